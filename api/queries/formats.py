"""The forms of an answer: JSON, CSV and JSON Lines, all written from the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

import msgspec

from projections.disclosure.cloud_event import instant

Row: TypeAlias = Mapping[str, Any]
Cell: TypeAlias = str | int | bool | None

CHUNK = 64 * 1024
# What a spreadsheet would take for a formula when it opens a CSV file; a number below zero is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-[0-9]+([.][0-9]+)?(%|[\u4e00-\u9fff]{1,8})?")


class Column(NamedTuple):
    """A field of the rows; a quantity takes two columns where a form has no objects.

    Where it may be a ratio instead, a third one says what the ratio was made of. `title` is what a
    sheet calls it, where that is no word for a field.
    """

    name: str
    quantity: bool = False
    ratio: bool = False
    title: str = ""

    def names(self) -> Iterator[str]:
        """Name its columns in a flat table."""
        yield self.name
        if self.quantity:
            yield f"{self.name}_unit"
        if self.ratio:
            yield f"{self.name}_ratio"


def columns(names: str, *, quantities: str = "") -> tuple[Column, ...]:
    """List columns by their names, in order."""
    measured = frozenset(quantities.split())
    return tuple(Column(name, quantity=name in measured) for name in names.split())


class Total(NamedTuple):
    """A sum over all pages; cash and authority to spend (`basis`) are never added up."""

    field: str
    value: int
    unit: str
    basis: str = ""

    def said(self) -> dict[str, str | int]:
        """Return it as an answer says it."""
        return {name: word for name, word in self._asdict().items() if word != ""}


def quantity(value: int | None, unit: str = "fen") -> Row | None:
    """Write a number with its unit, where there is one."""
    return None if value is None else {"value": value, "unit": unit}


def as_json(value: object) -> bytes:
    """Write one object."""
    return msgspec.json.encode(value)


def ready(row: Row) -> Row:
    """Write a row's instants as the contract does; the rest is ready for JSON."""
    if datetime not in set(map(type, row.values())):
        return row
    return {k: instant(v) if isinstance(v, datetime) else v for k, v in row.items()}


def as_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write one row a line, in pieces of a good size."""
    piece = bytearray()
    encode = msgspec.json.Encoder().encode
    for row in rows:
        piece += encode(row)
        piece += b"\n"
        if len(piece) >= CHUNK:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def header(columns: Sequence[Column]) -> list[str]:
    """Name the columns of a flat table."""
    return [name for column in columns for name in column.names()]


def cells(columns: Sequence[Column], row: Row) -> Iterator[Cell]:
    """Write a row as plain cells; what is nested becomes JSON text."""
    for column in columns:
        value = row.get(column.name)
        if not column.quantity:
            yield plain(value)
            continue
        measure = dict(value) if isinstance(value, Mapping) else {}
        yield measure.pop("value", None)
        yield measure.pop("unit", None)
        if column.ratio:
            yield plain(measure or None)


def plain(value: object) -> Cell:
    """Write a value as a cell: whole numbers and booleans as they are, the rest as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
    return msgspec.json.encode(value).decode()


def totals_json(totals: Sequence[Total]) -> str:
    """Write totals for the header Mingzhang-Totals."""
    return json.dumps([total.said() for total in totals])


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Write a table as CSV (RFC 4180, UTF-8 with BOM), in pieces of a good size."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    text.write("\ufeff")
    write(header(columns))
    for row in rows:
        write(guarded(cell) for cell in cells(columns, row))
        if text.tell() >= CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def guarded(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a text as a formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(FORMULA) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
