"""A list as a workbook for people: titles in their language, money in 元, days as days, totals.

The rows, their order and their totals are those of the other forms; a sheet of its own says which
field stands under which title. Texts are written as texts, so that nothing in a cell can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.queries.formats import CHUNK, Cell, Column, Row, Total, cells
from api.queries.sheet_words import LongCells, SheetWords, is_money
from domain.kernel.days import DAY
from domain.kernel.sentences import FEN_A_YUAN

SHEET_ROWS = 1_048_576
# A cell keeps fifteen digits: a greater number stands as text, to its last digit.
MOST_EXACT = 10**15
WIDTHS: Mapping[str, int] = {"id": 28, "title": 28, "account": 40, "subject": 28}
NARROWEST, OF_MONEY = 12, 18
STYLES: Mapping[str, Mapping[str, object]] = {
    "head": {"bold": True, "bg_color": "#EDF1F4", "bottom": 1, "text_wrap": True},
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "#,##0"},
    "day": {"num_format": "yyyy-mm-dd"},
    "sum": {"bold": True, "top": 1},
    "money sum": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "number sum": {"bold": True, "top": 1, "num_format": "#,##0"},
}


class SheetColumn(NamedTuple):
    """A column of a sheet: its field, its title, and the column in which its unit stands."""

    field: str
    title: str
    unit: int | None = None


def as_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    totals: Sequence[Total],
    at: datetime,
    words: SheetWords,
) -> Iterator[bytes]:
    """Write a table as a workbook; more rows than a sheet holds go on further sheets.

    Totals stand below the last row, and with unit and basis on a sheet `totals`. What is too long
    for a cell stands whole on a sheet `long cells`, and the cell says where.
    """
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        place = Path(folder, "table.xlsx")
        book = ListBook(place, at, words)
        book.write(columns, rows, totals)
        book.book.close()
        with place.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


class ListBook:
    """A workbook that is written row by row, so that its size never fills the memory."""

    def __init__(self, place: Path, at: datetime, words: SheetWords) -> None:
        """Begin it; `at` is the instant of what it shows, so that a question gives equal bytes."""
        settings = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(place.parent),
        }
        self.book = xlsxwriter.Workbook(place, settings)
        self.book.set_properties({"created": at.astimezone(UTC).replace(tzinfo=None)})
        self.words = words
        self.styles = {name: self.book.add_format(dict(said)) for name, said in STYLES.items()}
        self.long = LongCells(self.book, words)

    def write(
        self, columns: Sequence[Column], rows: Iterable[Row], totals: Sequence[Total]
    ) -> None:
        """Write the rows with their totals, then the sheets that explain them."""
        heads = [*sheet_columns(columns, self.words)]
        sheet = self.book.add_worksheet("rows")
        sums, fields = self.book.add_worksheet("totals"), self.book.add_worksheet("fields")
        self.write_totals(sums, totals)
        self.write_fields(fields, heads)
        waiting = (tuple(cells(columns, row)) for row in rows)
        while (used := self.fill(sheet, heads, waiting)) == SHEET_ROWS:
            sheet = self.book.add_worksheet(f"rows {len(self.book.worksheets()) - 1}")
        if totals and used + len(sum_rows(totals)) <= SHEET_ROWS:
            self.write_sums(sheet, heads, totals, used)

    def add_table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Row], totals: Sequence[Total]
    ) -> None:
        """Write a table that one sheet holds, with its totals."""
        heads = [*sheet_columns(columns, self.words)]
        sheet = self.book.add_worksheet(name)
        used = self.fill(sheet, heads, (tuple(cells(columns, row)) for row in rows))
        self.write_sums(sheet, heads, totals, used)

    def fill(
        self, sheet: Worksheet, heads: Sequence[SheetColumn], waiting: Iterator[Sequence[Cell]]
    ) -> int:
        """Write a head and rows under it, as many as the sheet holds; return how many in all."""
        self.begin(sheet, [head.title for head in heads], map(width_of, heads))
        used = 1
        units = {head.unit for head in heads}
        for row in islice(waiting, SHEET_ROWS - 1):
            for nth, (head, cell) in enumerate(zip(heads, row, strict=True)):
                unit = "" if head.unit is None else str(row[head.unit] or "")
                value = self.words.unit(str(cell)) if nth in units and cell else cell
                self.write_cell(sheet, (used, nth), value, unit)
            used += 1
        return used

    def begin(self, sheet: Worksheet, titles: Sequence[str], widths: Iterable[int]) -> None:
        """Write the head of a sheet, which stays in sight."""
        for nth, width in enumerate(widths):
            sheet.set_column(nth, nth, width)
        sheet.freeze_panes(1, 0)
        for nth, title in enumerate(titles):
            sheet.write_string(0, nth, title, self.styles["head"])

    def write_cell(
        self, sheet: Worksheet, at: tuple[int, int], cell: Cell, unit: str, kind: str = ""
    ) -> None:
        """Write a value by its type; money in 元. `kind` is ` sum` in a row of totals."""
        style: Format | None = self.styles[kind.strip()] if kind else None
        match cell:
            case None:
                if style:
                    sheet.write_blank(*at, None, style)
            case bool():
                sheet.write_boolean(*at, cell)
            case int() if is_money(unit) and abs(cell) < MOST_EXACT:
                sheet.write_number(*at, cell / FEN_A_YUAN, self.styles[f"money{kind}"])
            case int() if abs(cell) < MOST_EXACT:
                sheet.write_number(*at, cell, self.styles[f"number{kind}"] if unit else style)
            case int() if is_money(unit):
                sheet.write_string(*at, in_full(cell), style)
            case str() if DAY.fullmatch(cell) and (day := day_in(cell)):
                sheet.write_datetime(*at, day, self.styles["day"])
            case _:
                text = self.long.short(sheet, at, str(cell))
                sheet.write_string(*at, text, style)

    def write_sums(
        self, sheet: Worksheet, heads: Sequence[SheetColumn], totals: Sequence[Total], row: int
    ) -> None:
        """Write the totals below the rows: a row for each unit and basis."""
        places = {head.field: nth for nth, head in enumerate(heads)}
        for (unit, basis), sums in sum_rows(totals).items():
            line: dict[int, Cell] = {0: " ".join(filter(None, (self.words.said("total"), basis)))}
            for field, value in sums.items():
                if (nth := places.get(field)) is not None:
                    line[nth] = value
                    if heads[nth].unit is not None:
                        line[heads[nth].unit or 0] = self.words.unit(unit)
            for nth in range(len(heads)):
                self.write_cell(sheet, (row, nth), line.get(nth), unit, " sum")
            row += 1

    def write_totals(self, sheet: Worksheet, totals: Sequence[Total]) -> None:
        """Write each total with its unit, and its basis if any has one."""
        names = Total._fields[: len(Total._fields) - (not any(each.basis for each in totals))]
        heads = [self.words.title(Column(name)) for name in names]
        self.begin(sheet, heads, [28, OF_MONEY, NARROWEST, NARROWEST][: len(names)])
        for row, total in enumerate(totals, start=1):
            said: Sequence[Cell] = (
                total.field,
                total.value,
                self.words.unit(total.unit),
                total.basis,
            )
            for nth, cell in enumerate(said[: len(names)]):
                self.write_cell(sheet, (row, nth), cell, total.unit if nth == 1 else "")

    def write_fields(self, sheet: Worksheet, heads: Sequence[SheetColumn]) -> None:
        """Write which field of the other forms stands under which title."""
        self.begin(sheet, [self.words.said("heading"), self.words.said("field")], [28, 28])
        for row, head in enumerate(heads, start=1):
            sheet.write_string(row, 0, head.title)
            sheet.write_string(row, 1, head.field)


def sheet_columns(columns: Sequence[Column], words: SheetWords) -> Iterator[SheetColumn]:
    """Give the columns of a sheet: a quantity takes two, what may be a ratio a third."""
    names = [column.name for column in columns]
    start = 0
    for column in columns:
        title, flat = words.title(column), [*column.names()]
        unit = start + 1 if column.quantity else None
        if column.name == "value" and not column.quantity and "unit" in names:
            unit = sum(len([*each.names()]) for each in columns[: names.index("unit")])
        yield SheetColumn(flat[0], title, unit)
        for name, said in zip(flat[1:], ("unit of", "made of"), strict=False):
            yield SheetColumn(name, f"{title} · {words.said(said)}")
        start += len(flat)


def width_of(head: SheetColumn) -> int:
    """Return the width of a column in characters, of which a Chinese one takes two."""
    title = sum(1 + (not character.isascii()) for character in head.title) + 2
    least = OF_MONEY if head.unit is not None else NARROWEST
    return max(WIDTHS.get(head.field, least), title)


def sum_rows(totals: Sequence[Total]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Sort totals by unit and basis: each has a row of its own."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for total in totals:
        found.setdefault((total.unit, total.basis), {})[total.field] = total.value
    return found


def day_in(text: str) -> date | None:
    """Return the day that a text is, if there is such a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def in_full(fen: int) -> str:
    """Write money in 元 to the fen, where a cell would round it."""
    whole, rest = divmod(abs(fen), FEN_A_YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02}"
