"""What a cell says as a value of a command: days, 元, yes or no; understood, or refused by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import isfinite
from typing import Any, TypeGuard

from api.imports.import_columns import ImportColumn
from domain.kernel.days import calendar_day
from domain.kernel.money import MOST
from domain.kernel.sentences import FEN_A_YUAN, InvalidValue
from infra.sheets.sheet_cells import OddCell, SheetCell

DATED = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
YUAN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,14}(?:\.[0-9]+)?")
UNITED = re.compile(r"[0-9.,\s]+(?:万|亿|千|元|圆|块|RMB|CNY|￥|¥).*|[￥¥].*", re.IGNORECASE)
YES, NO = {"是", "yes", "true", "y", "1"}, {"否", "no", "false", "n", "0"}
SEVERAL = re.compile(r"[、,，;；\s]+")
# Digits that a spreadsheet keeps of a number.
DIGITS, EXACT = 15, 2**53


class WrongCell(InvalidValue):
    """A cell that does not say what its column wants; the class names the code."""

    CODE = "cell-type"


class FormulaCell(WrongCell):
    """A cell that holds a formula."""

    CODE = "cell-formula"


class DayCell(WrongCell):
    """A cell that says no day."""

    CODE = "cell-date"


class UnitCell(WrongCell):
    """An amount whose unit is not plain."""

    CODE = "cell-unit"


def value_of(column: ImportColumn, cell: SheetCell, fen: int = FEN_A_YUAN) -> Any:
    """Return a cell's value as a command says it; None where it is empty.

    `fen` is what one of the column's unit comes to. `WrongCell` says what is wanted.
    """
    if isinstance(cell, OddCell):
        require_plain(cell)
    if cell is None:
        return None
    if column.type == "money":
        return {"value": fen_in(cell, fen), "unit": "fen"}
    if reader := READERS.get(column.type):
        return reader(cell)
    text = text_in(column, cell)
    if column.type == "ids":
        return [prefixed(column, each) for each in SEVERAL.split(text) if each]
    return prefixed(column, text)


def require_plain(cell: OddCell) -> None:
    """Refuse what is no value."""
    match cell.oddity:
        case "formula":
            raise FormulaCell("a formula is not read: paste its value in its place")
        case "merged":
            raise WrongCell("it is part of merged cells: unmerge them and fill in each row")
        case "error":
            raise WrongCell("it shows an error of the spreadsheet: write the value")
    raise DayCell("a time of day is not read here: write the day alone, as 2026-01-31")


def is_number(cell: SheetCell) -> TypeGuard[int | float]:
    """Tell whether a cell holds a number."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and isfinite(cell)


def narrow(text: str) -> str:
    """Write full-width signs, as an input method makes them, as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def day_in(cell: SheetCell) -> str:
    """Read a day: one of the spreadsheet's, or written as 2026-01-31, 2026/1/31, 2026年1月31日."""
    if isinstance(cell, date):
        return cell.isoformat()
    found = DATED.fullmatch(narrow(cell)) if isinstance(cell, str) else None
    if found is None:
        raise DayCell("write a day as 2026-01-31: a bare number or another form may be any day")
    year, month, day = found.groups()
    try:
        return calendar_day(f"{year}-{int(month):02}-{int(day):02}").isoformat()
    except InvalidValue:
        raise DayCell("there is no such day between 1900 and 2199") from None


def fen_in(cell: SheetCell, fen: int) -> int:
    """Read an amount in the column's unit; nothing is rounded away."""
    if isinstance(cell, str):
        text = narrow(cell)
        if UNITED.fullmatch(text):
            raise UnitCell(
                "write the number alone: the unit, 元 or 万元, stands in the head of the column"
            )
        if not YUAN.fullmatch(text):
            raise WrongCell("write an amount as 1234.50")
        number = Decimal(text.replace(",", ""))
    elif is_number(cell):
        number = Decimal(format(cell, f".{DIGITS}g"))
    else:
        raise WrongCell("write an amount as 1234.50")
    found = number * fen
    if found != found.quantize(Decimal(1), ROUND_HALF_EVEN):
        raise WrongCell("an amount has no part of a fen: write it as 1234.50")
    if not 0 <= found <= MOST:
        raise WrongCell("an amount is not below zero, and at most 90 trillion")
    return int(found)


def count_in(cell: SheetCell) -> int:
    """Read a whole number."""
    if isinstance(cell, str) and narrow(cell).isdecimal() and len(cell) <= DIGITS:
        return int(narrow(cell))
    if is_number(cell) and cell == int(cell) and 0 <= cell <= EXACT:
        return int(cell)
    raise WrongCell("write a whole number, without a unit")


def yes_or_no(cell: SheetCell) -> bool:
    """Read 是 or 否."""
    if isinstance(cell, bool):
        return cell
    word = narrow(str(int(cell) if isinstance(cell, float) and cell in {0, 1} else cell)).lower()
    if word in YES or word in NO:
        return word in YES
    raise WrongCell("write 是 or 否")


def text_in(column: ImportColumn, cell: SheetCell) -> str:
    """Read a text; a number stands for its digits where no digit can be lost."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        raise WrongCell("this is a day: write the text, and give the cell the format Text")
    if column.type == "sealed":
        raise WrongCell(
            "it is a number, of which a spreadsheet loses digits: give the cell the format Text,"
            " and write it again"
        )
    if not is_number(cell) or cell != int(cell) or abs(cell) >= 10**DIGITS:
        raise WrongCell("write a text, and give the cell the format Text")
    return str(int(cell))


def prefixed(column: ImportColumn, text: str) -> str:
    """Write an id of the column's one kind whole."""
    if not column.prefix:
        return text
    text = narrow(text).lower()
    return text if ":" in text and text.startswith(column.prefix) else f"{column.prefix}{text}"


READERS: dict[str, Callable[[SheetCell], Any]] = {
    "day": day_in,
    "count": count_in,
    "yes-no": yes_or_no,
}
