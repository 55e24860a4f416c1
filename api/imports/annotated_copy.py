"""The annotated copy of a table: every row as it was read, and why the refused ones were.

It is written anew, not edited: nothing that a stranger's file may hold comes back in it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from api.imports.import_templates import DATA
from api.imports.sheet_heads import RESULT, WHY
from infra.sheets.sheet_cells import OddCell
from infra.sheets.unreadable_sheet import column_letters

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from api.imports.import_rows import CellProblem
    from infra.sheets.sheet_cells import SheetCell, SheetRow

CHUNK = 64 * 1024
REFUSED, DONE = "拒绝", "已办理"
WIDTH, WIDTH_OF_WHY = 18, 60
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def annotated(
    rows: Iterable[SheetRow], problems: Iterable[CellProblem], language: str
) -> Iterator[bytes]:
    """Write the copy row by row, each where it stood, so that its numbers hold."""
    wrong: dict[int, list[CellProblem]] = {}
    for problem in problems:
        wrong.setdefault(problem.row, []).append(problem)
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        place = Path(folder, "copy.xlsx")
        settings: dict[str, Any] = {**PLAIN, "constant_memory": True, "tmpdir": folder}
        book = xlsxwriter.Workbook(place, settings)
        fill(book, rows, wrong, language)
        book.close()
        with place.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


def fill(
    book: xlsxwriter.Workbook,
    rows: Iterable[SheetRow],
    wrong: dict[int, list[CellProblem]],
    language: str,
) -> None:
    """Write the rows, with two columns behind them that are passed over when it is sent again."""
    sheet = book.add_worksheet(DATA)
    red = {"bg_color": "#F8D7DA"}
    formats = {
        False: (book.add_format(), book.add_format({"num_format": "yyyy-mm-dd"})),
        True: (book.add_format(red), book.add_format({**red, "num_format": "yyyy-mm-dd"})),
    }
    sheet.freeze_panes(1, 0)
    width = 0
    for row in rows:
        if not width:
            width = len(row.cells)
            sheet.set_column(0, width, WIDTH)
            sheet.set_column(width + 1, width + 1, WIDTH_OF_WHY)
            end = (RESULT[0], WHY[0])
        else:
            found = wrong.get(row.number, [])
            end = (REFUSED if found else DONE, "；".join(told(each, language) for each in found))
        at = {each.column for each in wrong.get(row.number, [])}
        for column, cell in enumerate(row.cells[:width]):
            is_wrong = bool(at) and ("" in at or column_letters(column) in at)
            write(sheet, (row.number - 1, column), cell, formats[is_wrong])
        for column, text in enumerate(end, start=width):
            sheet.write_string(row.number - 1, column, text)


def told(problem: CellProblem, language: str) -> str:
    """Say a problem with its column."""
    said = problem.zh if language == "zh" else problem.en
    return f"{problem.column}: {said}" if problem.column else said


def write(
    sheet: Worksheet, place: tuple[int, int], cell: SheetCell, formats: tuple[Any, Any]
) -> None:
    """Write a cell as what it was; a text is never run."""
    plain, dated = formats
    match cell:
        case None | OddCell():
            sheet.write_blank(*place, None, plain)
        case bool():
            sheet.write_boolean(*place, cell, plain)
        case int() | float():
            sheet.write_number(*place, cell, plain)
        case date():
            sheet.write_datetime(*place, cell, dated)
        case _:
            sheet.write_string(*place, cell, plain)
