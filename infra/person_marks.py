"""Marks (查找标记): keyed hashes of names, ID numbers and accounts, by which persons are found.

Each part has a key of its own, made from the master key. A text is brought to one form first, so
that full-width signs, spaces and small letters find what was written otherwise; only the whole is
found, never a half.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from domain.benefits.id_numbers import id_number
from domain.kernel.refusals import IdNumberInvalid
from infra.config.clock import today

# 128 bits: no two texts of all the world's persons are likely to have one.
MARK_SIGNS = 32
LEAST_ACCOUNT = 4
BETWEEN = re.compile(r"[\s\-]+")
# The dots that stand between the parts of a name, however they were typed.
DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･․.", "·"))


def plain_name(text: str) -> str:
    """Bring a name to one form: no spaces, one kind of dot, one width, small letters."""
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # What stood apart may have become one sign.
    return unicodedata.normalize("NFKC", BETWEEN.sub("", small.translate(DOTS)))


def plain_account(text: str) -> str:
    """Bring an account to one form; nothing of what is too short to be one."""
    told = BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return told if len(told) >= LEAST_ACCOUNT and told.isalnum() and told.isascii() else ""


def plain_number(text: str) -> str:
    """Bring an ID number to its eighteen signs; nothing of what can be nobody's."""
    try:
        return id_number("", BETWEEN.sub("", text), today())
    except IdNumberInvalid:
        return ""


PLAIN: Final[Mapping[str, Callable[[str], str]]] = {
    "name": plain_name,
    "id_number": plain_number,
    "account": plain_account,
}


class PersonMarks:
    """Makes marks; `master` is the master key."""

    def __init__(self, master: bytes) -> None:
        """Make the keys of the parts."""
        self._keys = {
            part: hmac.digest(master, f"mingzhang marks of {part}".encode(), "sha256")
            for part in PLAIN
        }

    def of(self, content: Mapping[str, str]) -> dict[str, str]:
        """Return the marks of what papers say, by part; what says nothing has none."""
        plain = {part: PLAIN[part](text) for part, text in content.items() if part in PLAIN}
        return {part: self._mark(part, text) for part, text in plain.items() if text}

    def of_any(self, text: str) -> dict[str, str]:
        """Return the marks of a text that may be any part of papers, by part."""
        return self.of(dict.fromkeys(PLAIN, text))

    def _mark(self, part: str, text: str) -> str:
        return hmac.digest(self._keys[part], text.encode(), "sha256").hex()[:MARK_SIGNS]
