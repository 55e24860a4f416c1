"""Why a spreadsheet is not read: a sentence, and where in the file."""

from __future__ import annotations

from typing import Any

from domain.kernel.sentences import Explained, Sentence


class UnreadableSheet(Explained):
    """A file that is no table of ours, or harms: nothing of it is read."""

    SAYS = "the file cannot be read as a spreadsheet: save it as .xlsx or as CSV UTF-8"

    def packed(self) -> dict[str, Any]:
        """Return it for another process."""
        return {"text": self.sentence.text, "parts": self.sentence.parts}

    @classmethod
    def unpacked(cls, text: str, parts: dict[str, Any]) -> UnreadableSheet:
        """Return what another process packed."""
        found = cls()
        found.sentence = Sentence(text, **parts)
        return found


def column_letters(number: int) -> str:
    """Return a column's letters, as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
