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
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from projections.disclosure.cloud_event import instant

Row: TypeAlias = Mapping[str, Any]
Cell: TypeAlias = str | int | bool | None

CHUNK = 64 * 1024
# What a spreadsheet would take for a formula when it opens a CSV file; a number below zero is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-[0-9]+([.][0-9]+)?(%|[\u4e00-\u9fff]{1,8})?")
SHEET_ROWS = 1_048_576
# What a cell of a workbook holds, in UTF-16 units; a longer text stands whole on its own sheet.
CELL_UNITS = 32_767
PIECE, SHOWN_OF_LONG = CELL_UNITS // 2, 100
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
    """A sum over all pages; cash and authority to spend (`basis`) are never added up."""

    field: str
    value: int
    unit: str
    basis: str = ""

    def said(self) -> dict[str, str | int]:
        """Return it as an answer says it."""
        return {name: word for name, word in self._asdict().items() if word != ""}


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


def as_xlsx(
    columns: Sequence[Column], rows: Iterable[Row], *, totals: Sequence[Total], at: datetime
) -> Iterator[bytes]:
    """Write a table as a workbook, its totals on a second sheet; more rows go on further sheets.

    What is too long for a cell stands whole on a sheet `long cells`, and the cell says where.
    """
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        place = Path(folder, "table.xlsx")
        book = workbook(place, at)
        sheet, sums = book.add_worksheet("rows"), book.add_worksheet("totals")
        long = LongCells(book)
        parts = len(Total._fields) - (not any(total.basis for total in totals))
        fill(sums, [Total._fields[:parts], *(total[:parts] for total in totals)], long)
        waiting = (tuple(cells(columns, row)) for row in rows)
        head = [header(columns)]
        while fill(sheet, chain(head, islice(waiting, SHEET_ROWS - 1)), long) == SHEET_ROWS:
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


class LongCells:
    """The sheet of what is too long for a cell, in pieces; there is none before it is needed."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Keep nothing yet."""
        self.book = book
        self.sheet: Worksheet | None = None
        self.filled = 0

    def short(self, sheet: Worksheet, cell: str, text: str) -> str:
        """Return what a cell says of its text: the text itself, or where it stands whole."""
        if len(text) <= PIECE or len(text.encode("utf-16-le")) // 2 <= CELL_UNITS:
            return text
        first = self.filled + 1 if self.sheet else 2
        for start in range(0, len(text), PIECE):
            self.write(f"{sheet.get_name()}!{cell}", text[start : start + PIECE])
        place = f"whole on the sheet 'long cells', rows {first} to {self.filled}"
        return f"{text[:SHOWN_OF_LONG]}… ({place})"

    def write(self, *row: str) -> None:
        """Write a row below the last one."""
        if self.sheet is None:
            self.sheet = self.book.add_worksheet("long cells")
            self.write("cell", "text")
        for column, text in enumerate(row):
            self.sheet.write_string(self.filled, column, text)
        self.filled += 1


def fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]], long: LongCells) -> int:
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
                    place = xl_rowcol_to_cell(number - 1, column)
                    sheet.write_string(number - 1, column, long.short(sheet, place, str(cell)))
    return number
