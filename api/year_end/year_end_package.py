"""The package of a year's end (年终结账资料) as a workbook and as PDF, from the same tables."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from api.pages.numbers import measure
from api.pages.page_words import topic, word
from api.queries import printed_page
from api.queries.formats import Column
from api.queries.sheet_words import SheetWords
from api.queries.spreadsheet import ListBook
from api.year_end.package_tables import PackageTable, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from api.http.language import Language
    from api.queries.formats import Row
    from projections.casework.year_end import YearBooks

TEMPLATES = Path(__file__).parent / "templates"
# Rows of one table that are printed; the workbook has all.
MOST_PRINTED = 500
ABOUT = (Column("heading"), Column("text"))


def workbook(books: YearBooks, at: datetime, language: Language) -> bytes:
    """Write the package as a workbook; its last sheet says what it is of."""
    words = SheetWords(word, language)
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        place = Path(folder, "package.xlsx")
        book = ListBook(place, at, words)
        for table in tables(books):
            rows = [worded(row, language) for row in table.rows]
            book.add_table(words.said(table.name), table.columns, rows, table.totals)
        said = [{"heading": head, "text": text} for head, text in about(books, words)]
        book.add_table(words.said("about"), ABOUT, said, ())
        book.book.close()
        return place.read_bytes()


def pdf(books: YearBooks, language: Language) -> bytes:
    """Print the package on A4, across."""
    return printed_page.pdf(page_of(books, language))


def page_of(books: YearBooks, language: Language) -> str:
    """Write the page that is printed."""
    words = SheetWords(word, language)
    return printed_page.template(TEMPLATES, "package.html").render(
        language=language,
        said=words.said,
        about=about(books, words),
        tables=[printed(table, words) for table in tables(books)],
        year=books.year,
    )


def about(books: YearBooks, words: SheetWords) -> list[tuple[str, str]]:
    """Say what the package is of: the year, its first closing, and whether it balances."""
    closing, unbalanced = books.closing, books.unbalanced()
    balanced = words.said("not balanced" if unbalanced else "balanced")
    wrong = [" ".join(each) for each in unbalanced]
    return [
        (words.said("year"), str(books.year)),
        (words.said("as known at"), str(books.position)),
        (
            words.said("first closed"),
            f"{closing.on} · {closing.by} · {closing.position}"
            if closing
            else words.said("never closed"),
        ),
        (words.said("trial balance"), " ".join([balanced, *wrong])),
        (words.said("late facts"), words.said("late facts explained")),
    ]


def worded(row: Row, language: Language) -> Mapping[str, Any]:
    """Write the codes of a row as words."""
    said = dict(row)
    if "stage" in said:
        said["stage"] = word("class", str(said["stage"]), language)
    if "topic" in said:
        said["topic"] = topic(str(said["topic"]), language)
    if "part" in said:
        part, name = str(said["part"]), str(said["name"] or "")
        kind = {"opening": "class", "closing": "class", "in": "source"}.get(part, "programme")
        said |= {"part": word("sheet", part, language), "name": word(kind, name, language)}
    return said


def printed(table: PackageTable, words: SheetWords) -> Mapping[str, Any]:
    """Write a table as the page prints it: each amount with its unit, in one cell."""
    amounts = {column.name for column in table.columns if column.quantity}
    rows = [worded(row, words.language) for row in table.rows[:MOST_PRINTED]]
    sums = {total.field: total for total in table.totals}
    return {
        "name": words.said(table.name),
        "heads": [(words.title(column), column.quantity) for column in table.columns],
        "rows": [
            [
                (measure(row[name], words.language), True)
                if name in amounts
                else (str(row[name] if row[name] is not None else ""), False)
                for name in (column.name for column in table.columns)
            ]
            for row in rows
        ],
        "sums": [
            measure({"value": sums[column.name].value, "unit": "fen"}, words.language)
            if column.name in sums
            else ""
            for column in table.columns
        ]
        if sums
        else [],
        "left_out": len(table.rows) - len(rows),
    }
