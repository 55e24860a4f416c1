"""The rows of a file, XLSX or CSV, with what is odd about their cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from infra.sheets.sheet_cells import OddCell, SheetCell, SheetRow, taken
from infra.sheets.unreadable_sheet import UnreadableSheet, column_letters
from infra.sheets.workbook_archive import (
    MOST_COLUMNS,
    MOST_ROWS,
    OddPlaces,
    SheetPart,
    WorkbookArchive,
    too_far,
)

# Sheets of a template that explain it.
EXPLAINING = {"说明", "instructions", "拒绝", "refused"}
MOST_MERGED = 200
LONGEST_CELL = 32_767
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class FoundSheet(NamedTuple):
    """The sheet that is read, and its rows; a CSV file has no title."""

    title: str
    rows: Iterator[SheetRow]


Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def rows_of_workbook(content: bytes) -> FoundSheet:
    """Read the one sheet with a table; `UnreadableSheet` where that is not plain to see."""
    archive = WorkbookArchive(content)
    archive.look_through()
    sheet = the_table(archive.sheets())
    odd = archive.odd_places(sheet)
    return FoundSheet(sheet.title, read_cells(content, sheet.title, odd))


def the_table(sheets: Sequence[SheetPart]) -> SheetPart:
    """Find the sheet with the table: the one that is shown and explains nothing."""
    for sheet in sheets:
        if not sheet.shown:
            raise UnreadableSheet(
                "the sheet {sheet} is hidden: show it or delete it, for what nobody sees is not"
                " read",
                sheet=sheet.title,
            )
    tables = [sheet for sheet in sheets if sheet.title.strip().lower() not in EXPLAINING]
    if len(tables) != 1:
        raise UnreadableSheet(
            "one sheet holds the table, but there are {sheets}: send a file for each",
            sheets=[sheet.title for sheet in tables[:10]] or ["0"],
        )
    return tables[0]


def read_cells(content: bytes, title: str, odd: OddPlaces) -> Iterator[SheetRow]:
    """Read a sheet's rows by calamine."""
    # The library is not needed for CSV, and its start takes time.
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415

    try:
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_name(title)
        if sheet.start is None or sheet.end is None:
            return
        merged = sheet.merged_cell_ranges or []
    except CalamineError:
        raise UnreadableSheet from None
    if sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS:
        raise too_far(title, f"{column_letters(sheet.end[1])}{sheet.end[0] + 1}")
    if len(merged) > MOST_MERGED:
        raise UnreadableSheet(
            "the sheet {sheet} holds {count} merged ranges: unmerge them",
            sheet=title,
            count=str(len(merged)),
        )
    before: list[SheetCell] = [None] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows()):
        cells = before + [taken(value) for value in values]
        mark_odd(number, cells, odd, merged)
        if any(cell is not None for cell in cells):
            yield SheetRow(number + 1, cells)


def mark_odd(number: int, cells: list[SheetCell], odd: OddPlaces, merged: Merged) -> None:
    """Put what is odd in the place of what a cell shows."""
    for places, word in ((odd.formulas, "formula"), (odd.errors, "error")):
        if places:
            for column in range(len(cells)):
                if (number, column) in places:
                    cells[column] = OddCell(word)  # type: ignore[arg-type]
    for (top, left), (bottom, right) in merged:
        if top <= number <= bottom:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = OddCell("merged")


def rows_of_csv(content: bytes) -> FoundSheet:
    """Read CSV: UTF-8 with or without a mark, else GB 18030."""
    return FoundSheet("", read_lines(text_of(content)))


def text_of(content: bytes) -> str:
    """Read a file's text; `UnreadableSheet` where it is none."""
    if content.startswith(b"PK\x03\x04") or b"\0" in content or content.startswith(UTF_16):
        raise UnreadableSheet(
            "the file is no CSV in UTF-8 or GB 18030: save it as CSV UTF-8, or send it as .xlsx"
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet(
        "the file is no CSV in UTF-8 or GB 18030: save it as CSV UTF-8, or send it as .xlsx"
    )


def read_lines(text: str) -> Iterator[SheetRow]:
    """Read the lines of CSV as rows; a row's number counts lines of the table, not of the text."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if len(line) > MOST_COLUMNS or number > MOST_ROWS:
                raise UnreadableSheet(
                    "row {row} has {columns} columns: a table has at most {most}, and {rows} rows",
                    row=str(number),
                    columns=str(len(line)),
                    most=str(MOST_COLUMNS),
                    rows=str(MOST_ROWS),
                )
            cells = [formula_or(taken(cell)) for cell in line]
            if any(cell is not None for cell in cells):
                yield SheetRow(number, cells)
    except csv.Error as error:
        raise UnreadableSheet("the file is no CSV: {reason}", reason=str(error)) from None


def formula_or(cell: SheetCell) -> SheetCell:
    """Tell a text that a spreadsheet would run."""
    return OddCell("formula") if isinstance(cell, str) and cell.startswith("=") else cell
