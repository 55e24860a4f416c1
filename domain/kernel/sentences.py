"""What a person is told: an English sentence with named parts, which catalogues translate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import ClassVar, NamedTuple, TypeAlias

FEN_A_YUAN = 100


class CountedPart(NamedTuple):
    """A whole number in a sentence, with its unit."""

    value: int
    unit: str


class Sentence:
    """One sentence: `text` is its English and its name in every catalogue, `{name}` a part."""

    def __init__(self, text: str, /, **parts: object) -> None:
        """Keep the sentence and its parts: texts, days, whole numbers, tuples of texts."""
        self.text = text
        self.parts = parts

    def __str__(self) -> str:
        """Tell it in English."""
        return self.told(self.text, yuan="¥{}", comma=", ")

    def told(self, pattern: str, *, yuan: str, comma: str) -> str:
        """Tell it by a pattern with the same parts: English, or a translation."""
        return pattern.format_map(
            {name: shown(part, yuan=yuan, comma=comma) for name, part in self.parts.items()}
        )


def shown(part: object, *, yuan: str, comma: str) -> str:
    """Write one part: fen as `yuan`, texts one after another with `comma`, days as YYYY-MM-DD."""
    match part:
        case CountedPart(value, unit):
            return yuan.format(in_yuan(value)) if unit == "fen" else str(value)
        case date():
            return part.isoformat()
        case str():
            return part
        case Iterable():
            return comma.join(map(str, part))
    return str(part)


def in_yuan(fen: int) -> str:
    """Write fen as 元: 4048700000 is 40,487,000.00."""
    whole, rest = divmod(abs(fen), FEN_A_YUAN)
    return f"{'−' if fen < 0 else ''}{whole:,}.{rest:02d}"


Telling: TypeAlias = Callable[[Sentence], str]


class Explained(Exception):
    """An error with a sentence for a person; SAYS stands where it is raised without one."""

    SAYS: ClassVar[str]

    def __init__(self, text: str = "", /, **parts: object) -> None:
        """Keep what is told, and its parts."""
        self.sentence = Sentence(text or self.SAYS, **parts)
        super().__init__(self.sentence.text)

    def __str__(self) -> str:
        """Tell it in English."""
        return self.tell(str)

    def tell(self, telling: Telling) -> str:
        """Tell it; `telling` writes a sentence in the reader's language."""
        return telling(self.sentence)


class Failure(Explained):
    """What a command or a request fails with: a code for clients, a title in both languages."""

    CODE: ClassVar[str]
    STATUS: ClassVar[int]
    ZH: ClassVar[str]
    EN: ClassVar[str]


class InvalidValue(Explained, ValueError):
    """A value that cannot be read; its sentence says what is wanted."""
