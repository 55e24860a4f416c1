"""A spreadsheet's cells on their way between two processes: texts, numbers, days, odd cells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

import msgspec

Oddity: TypeAlias = Literal["formula", "merged", "error", "time"]


class OddCell(NamedTuple):
    """A cell whose value is not taken: a formula, a part of merged cells, an error, a time."""

    oddity: Oddity
    shown: str = ""


SheetCell: TypeAlias = "str | int | float | bool | date | OddCell | None"


class SheetRow(NamedTuple):
    """A row that has something in it; `number` is the sheet's own, the first row is 1."""

    number: int
    cells: list[SheetCell]


DAY, ODD = 1, 2
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")


def taken(value: object) -> SheetCell:
    """Return what a library read as a cell of ours: blank texts are nothing, midnight is a day."""
    match value:
        case str():
            text = value.strip()
            if text.startswith("#") and text in ERRORS:
                return OddCell("error", text)
            return text or None
        case None | bool() | int() | float():
            return value
        case datetime() if not (value.hour or value.minute or value.second):
            return value.date()
        case date() if not isinstance(value, datetime):
            return value
    return OddCell("time", str(value))


def _unpacked(code: int, content: memoryview) -> object:
    text = str(content, "utf-8")
    if code == DAY:
        return date.fromisoformat(text)
    oddity, _, shown = text.partition(" ")
    return OddCell(oddity, shown)  # type: ignore[arg-type]


def _plain(cell: SheetCell) -> object:
    match cell:
        case OddCell(oddity, shown):
            return msgspec.msgpack.Ext(ODD, f"{oddity} {shown}".encode())
        case date():
            return msgspec.msgpack.Ext(DAY, cell.isoformat().encode())
    return cell


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[tuple[int, list[object]]], ext_hook=_unpacked)


def pack_rows(rows: list[SheetRow]) -> bytes:
    """Write rows for another process."""
    return _ENCODER.encode([(row.number, [*map(_plain, row.cells)]) for row in rows])


def unpack_rows(packed: bytes) -> list[SheetRow]:
    """Read rows that another process wrote."""
    return [SheetRow(number, cells) for number, cells in _DECODER.decode(packed)]  # type: ignore[arg-type]
