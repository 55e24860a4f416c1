"""From what a person typed in a form to the JSON of a command.

Nothing is rounded, nothing guessed: what cannot be read is handed on as it was typed, and refused
where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from api.desk.form_fields import ACT, FormField
from domain.kernel.money import MOST
from domain.kernel.sentences import FEN_A_YUAN, InvalidValue

Typed: TypeAlias = Mapping[str, str]
MOST_ROWS = 500
# Of the number of a row.
MOST_DIGITS = 5
YUAN = re.compile(r"(?a)(?:¥|￥|RMB)?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?)\s*元?")
WHOLE = re.compile(r"(?a)\d{1,3}(?:,\d{3})+|\d+")
DAYS = (
    re.compile(r"(?a)(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(?a)(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(?a)(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(?a)(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(?a)(\d{4})(\d{2})(\d{2})"),
)
MONTHS = (re.compile(r"(?a)(\d{4})[-/.](\d{1,2})"), re.compile(r"(\d{4})年(\d{1,2})月"))
PAIR = re.compile(r"\s*([^=：:\s]+)\s*[=：\s]\s*(\S+)(?:\s+(\S+))?\s*")


def plain(text: str) -> str:
    """Return a text as it would be typed on a narrow keyboard: digits, points and commas."""
    return unicodedata.normalize("NFKC", text).strip()


def fen(text: str) -> int:
    """Read an amount in 元 as fen, exactly."""
    found = YUAN.fullmatch(plain(text))
    if found is None:
        raise InvalidValue(
            "an amount is typed in yuan with at most two decimals, such as 1234.50: not {said}",
            said=text[:40],
        )
    whole, _, rest = found[1].replace(",", "").partition(".")
    amount = int(whole) * FEN_A_YUAN + int(rest.ljust(2, "0") or "0")
    if amount > MOST:
        raise InvalidValue("an amount has at most 15 digits")
    return amount


def in_form(value: int) -> str:
    """Write fen as a form has it: 元 with two decimals."""
    return f"{value // FEN_A_YUAN}.{value % FEN_A_YUAN:02d}"


def whole(text: str) -> int:
    """Read a whole number."""
    found = WHOLE.fullmatch(plain(text))
    if found is None or len(found[0]) > len(str(MOST)):
        raise InvalidValue("a whole number is wanted here, not {said}", said=text[:40])
    return int(found[0].replace(",", ""))


def day(text: str) -> str:
    """Read a day as it is written in China; one that is not is handed on."""
    said = plain(text)
    for form in DAYS:
        if found := form.fullmatch(said):
            return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    return said


def month(text: str) -> str:
    """Read a month likewise."""
    said = plain(text)
    for form in MONTHS:
        if found := form.fullmatch(said):
            return f"{found[1]}-{int(found[2]):02d}"
    return said


def flag(text: str) -> bool:
    """Read yes or no."""
    said = text.strip().lower()
    if said not in {"true", "false"}:
        raise InvalidValue("choose yes or no")
    return said == "true"


class FormReader:
    """Reads one form; errors are gathered, each with its field's name."""

    def __init__(self, typed: Typed) -> None:
        """Take what was typed, by the names of the fields."""
        self.typed = typed
        self.errors: list[tuple[str, InvalidValue]] = []

    def what(self, fields: Iterable[FormField]) -> dict[str, Any]:
        """Return the values of all fields that say something."""
        found = {field.word: self.value(field) for field in fields}
        return {word: value for word, value in found.items() if value is not None}

    def act(self) -> dict[str, Any]:
        """Return when and on what grounds, as a command says it."""
        said = {
            "on": day(self.text("on")),
            "booked": day(self.text("booked")),
            "authority": self.text("authority"),
            "reason": self.text("reason"),
        }
        evidence = next(field for field in ACT if field.name == "evidence")
        rows = self.value(evidence)
        found: dict[str, Any] = {name: text for name, text in said.items() if text}
        return found | ({"evidence": rows} if rows else {})

    def text(self, name: str) -> str:
        """Return what was typed in a field, without the space around it."""
        return self.typed.get(name, "").strip()

    def value(self, field: FormField) -> Any:
        """Return the value of a field; None where nothing was typed."""
        several: dict[str, Callable[[FormField], Any]] = {
            "several": self.ticked,
            "lines": self.lines,
            "rows": self.rows,
            "group": self.group,
            "quantity": self.quantity,
            "pairs": self.pairs,
        }
        if field.control in several:
            return several[field.control](field)
        text = self.text(field.name)
        return self.read(field, text) if text else None

    def group(self, field: FormField) -> dict[str, Any] | None:
        """Return the values of a group's fields, as far as they say something."""
        return self.what(field.below(field.name)) or None

    def read(self, field: FormField, text: str) -> Any:
        """Read a single value; what cannot be read is noted, and handed on as it is."""
        try:
            match field.control:
                case "yuan":
                    return {"value": fen(text), "unit": "fen"}
                case "number":
                    number = whole(text)
                    return {"value": number, "unit": field.unit} if field.unit else number
                case "flag":
                    return flag(text)
                case "day":
                    return day(text)
                case "month":
                    return month(text)
        except InvalidValue as error:
            self.errors.append((field.name, error))
        return text

    def ticked(self, field: FormField) -> list[str] | None:
        """Return the words that were ticked, in the order of the form."""
        said = [self.text(name) for name in self.numbered(field.name)]
        return [text for text in said if text] or None

    def lines(self, field: FormField) -> list[Any] | None:
        """Return what was typed a line each, or in numbered fields; perhaps they are numbers."""
        said = self.typed.get(field.name, "").splitlines()
        said += [self.text(name) for name in self.numbered(field.name)]
        texts = [text.strip() for text in said if text.strip()]
        return [self.read(part, text) for part in field.parts for text in texts] or texts or None

    def rows(self, field: FormField) -> list[dict[str, Any]] | None:
        """Return the rows in which something was typed."""
        found = [self.what(field.below(place)) for place in self.places(field.name)]
        return [row for row in found if row] or None

    def quantity(self, field: FormField) -> dict[str, Any] | None:
        """Return a number with the unit that was chosen; money is typed in 元."""
        text, unit = self.text(f"{field.name}.value"), self.text(f"{field.name}.unit")
        if not text:
            return None
        try:
            value: Any = fen(text) if unit == "fen" else plain(text)
            value = value if unit in {"fen", "percent"} else whole(text)
        except InvalidValue as error:
            self.errors.append((field.name, error))
            value = text
        return {"value": value, "unit": unit}

    def pairs(self, field: FormField) -> dict[str, Any] | None:
        """Return what was typed as `name number unit`, a line each."""
        found = {}
        for line in self.typed.get(field.name, "").splitlines():
            if not line.strip():
                continue
            pair = PAIR.fullmatch(plain(line))
            if pair is None or not WHOLE.fullmatch(pair[2]):
                wrong = InvalidValue("write a name, a whole number and a unit in each line")
                self.errors.append((field.name, wrong))
                continue
            found[pair[1]] = {"value": whole(pair[2]), "unit": pair[3] or "case"}
        return found or None

    def places(self, name: str) -> list[str]:
        """Return the rows of a list, each as `name.<number>`, in their order."""
        return [f"{name}.{number}" for number in numbers_below(self.typed, name)]

    def numbered(self, name: str) -> Sequence[str]:
        """Return the numbered fields of a list of texts."""
        return [place for place in self.places(name) if place in self.typed]


def numbers_below(typed: Iterable[str], name: str) -> list[int]:
    """Return the numbers that stand behind a name, each once, in order."""
    begins = f"{name}."
    found = {each[len(begins) :].partition(".")[0] for each in typed if each.startswith(begins)}
    numbers = sorted(
        int(number) for number in found if number.isdecimal() and len(number) <= MOST_DIGITS
    )
    return numbers[:MOST_ROWS]
