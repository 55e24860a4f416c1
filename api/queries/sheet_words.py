"""The words of a workbook, and its texts that are too long for a cell."""

from __future__ import annotations

from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from api.http.language import Language
from api.http.state import Words
from api.queries.formats import Column

# What a cell holds, in UTF-16 units; a longer text stands whole on its own sheet.
CELL_UNITS = 32_767
PIECE, SHOWN_OF_LONG = CELL_UNITS // 2, 100
MONEY = "fen"
# What a sheet itself says.
SAYS = (
    "yuan", "total", "field", "heading", "unit of", "made of", "cell", "text",
    # Of the package of a year's end.
    "trial balance", "fund statements", "late facts", "about", "year", "first closed",
    "never closed", "as known at", "balanced", "not balanced", "late facts explained",
    "the rest", "opening", "in", "out", "written-off", "closing",
)  # fmt: skip


class SheetWords(NamedTuple):
    """The words of a sheet in its reader's language."""

    words: Words
    language: Language

    def said(self, name: str) -> str:
        """Return a word of SAYS."""
        return self.words("sheet", name, self.language)

    def title(self, column: Column) -> str:
        """Return the title of a field."""
        if column.title:
            return column.title
        found = self.words("column", column.name, self.language)
        if found == column.name:
            found = self.words("field", column.name, self.language)
        return found[:1].upper() + found[1:]

    def unit(self, code: str) -> str:
        """Return a unit as a sheet says it: money is in 元."""
        return code.replace(MONEY, self.said("yuan"), 1) if is_money(code) else code


class LongCells:
    """The sheet of what is too long for a cell, in pieces; there is none before it is needed."""

    def __init__(self, book: xlsxwriter.Workbook, words: SheetWords) -> None:
        """Keep nothing yet."""
        self.book = book
        self.words = words
        self.sheet: Worksheet | None = None
        self.filled = 0

    def short(self, sheet: Worksheet, at: tuple[int, int], text: str) -> str:
        """Return what a cell says of its text: the text itself, or where it stands whole."""
        if len(text) <= PIECE or len(text.encode("utf-16-le")) // 2 <= CELL_UNITS:
            return text
        first, cell = self.filled + 1 if self.sheet else 2, xl_rowcol_to_cell(*at)
        for start in range(0, len(text), PIECE):
            self.write(f"{sheet.get_name()}!{cell}", text[start : start + PIECE])
        place = f"whole on the sheet 'long cells', rows {first} to {self.filled}"
        return f"{text[:SHOWN_OF_LONG]}… ({place})"

    def write(self, *row: str) -> None:
        """Write a row below the last one."""
        if self.sheet is None:
            self.sheet = self.book.add_worksheet("long cells")
            self.write(self.words.said("cell"), self.words.said("text"))
        for column, text in enumerate(row):
            self.sheet.write_string(self.filled, column, text)
        self.filled += 1


def is_money(unit: str) -> bool:
    """Tell whether a unit is fen, or fen by something."""
    return unit == MONEY or unit.startswith(f"{MONEY}/")
