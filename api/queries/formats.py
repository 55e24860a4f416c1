"""The forms of an answer: JSON, CSV, XLSX and JSON Lines, all written from the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

import msgspec
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from projections.disclosure.cloud_event import instant

Row: TypeAlias = Mapping[str, Any]
Cell: TypeAlias = str | int | bool | None

CHUNK = 64 * 1024
# What a spreadsheet would take for a formula when it opens a CSV file; a number below zero is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-[0-9]+([.][0-9]+)?(%|[\u4e00-\u9fff]{1,8})?")
SHEET_ROWS = 1_048_576
EXACT = 2**53


class Column(NamedTuple):
    """A field of the rows; a quantity takes two columns where a form has no objects.

    Where it may be a ratio instead, a third one says what the ratio was made of.
    """

    name: str
    quantity: bool = False
    ratio: bool = False

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
    """A sum over all pages."""

    field: str
    value: int
    unit: str


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
    return json.dumps([total._asdict() for total in totals])


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


def as_xlsx(
    columns: Sequence[Column], rows: Iterable[Row], *, totals: Sequence[Total], at: datetime
) -> Iterator[bytes]:
    """Write a table as a workbook, its totals on a second sheet; more rows go on further sheets."""
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        place = Path(folder, "table.xlsx")
        book = workbook(place, at)
        sheet, sums = book.add_worksheet("rows"), book.add_worksheet("totals")
        fill(sums, [Total._fields, *totals])
        waiting = (tuple(cells(columns, row)) for row in rows)
        while fill(sheet, chain([header(columns)], islice(waiting, SHEET_ROWS - 1))) == SHEET_ROWS:
            sheet = book.add_worksheet(f"rows {len(book.worksheets())}")
        book.close()
        with place.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


def workbook(place: Path, at: datetime) -> xlsxwriter.Workbook:
    """Begin a workbook that is written row by row, so that its size never fills the memory."""
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(place.parent),
    }
    book = xlsxwriter.Workbook(place, settings)
    # The instant of what it shows, not of the writing: the same question gives the same bytes.
    book.set_properties({"created": at.astimezone(UTC).replace(tzinfo=None)})
    return book


def fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows under one another, the first of them as the heading; return how many."""
    sheet.freeze_panes(1, 0)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case bool():
                    sheet.write_boolean(number - 1, column, cell)
                case int() if -EXACT <= cell <= EXACT:
                    sheet.write_number(number - 1, column, cell)
                case _:
                    sheet.write_string(number - 1, column, str(cell))
    return number
