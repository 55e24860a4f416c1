"""The head of a table: which column holds which field, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from api.commands.parsing import unreadable
from api.imports.cell_values import narrow
from api.imports.import_columns import TITLES, ImportColumn
from api.imports.import_kinds import ImportKind
from domain.kernel.sentences import FEN_A_YUAN
from infra.sheets.sheet_cells import SheetCell, SheetRow
from infra.sheets.unreadable_sheet import column_letters

# What an annotated copy says of a row: it is passed over when that is sent again.
RESULT, WHY = ("处理结果", "result"), ("拒绝原因", "refused because")
PASSED_OVER = {*RESULT, *WHY}
UNITED = re.compile(r"(.+?)\((.+)\)")
FEN = {"元": FEN_A_YUAN, "cny": FEN_A_YUAN, "yuan": FEN_A_YUAN, "万元": 10_000 * FEN_A_YUAN}
FIELDS = {title: field for field, title in TITLES.items()}
MOST_TOLD = 5


class HeadColumn(NamedTuple):
    """A column of a table; `fen` is what one of its unit comes to, 0 where no unit is said."""

    place: int
    column: ImportColumn
    fen: int = 0

    @property
    def letters(self) -> str:
        """Return the column's letters."""
        return column_letters(self.place)


def head_of(kind: ImportKind, row: SheetRow | None) -> Sequence[HeadColumn]:
    """Read the head; `Unreadable` where a column is not known, stands twice, or is missing."""
    if row is None:
        raise unreadable("/file", "the file is empty: it begins with the head of the template")
    known = {column.field: column for column in kind.columns}
    found = [*columns_in(known, row.cells)]
    fields = [each.column.field for each in found]
    twice = {field for field in fields if fields.count(field) > 1}
    missing = [c.field for c in kind.columns if c.required and c.field not in fields]
    if twice or missing:
        raise unreadable(
            "/file",
            "row {row} is the head: each of its columns stands once; missing: {missing}; twice:"
            " {twice}",
            row=str(row.number),
            missing=[both_titles(field) for field in missing] or ["-"],
            twice=[both_titles(field) for field in sorted(twice)] or ["-"],
        )
    return found


def columns_in(
    known: Mapping[str, ImportColumn], cells: Sequence[SheetCell]
) -> Iterator[HeadColumn]:
    """Give the columns that a head names; refuse those that are not known."""
    strange: list[str] = []
    for place, cell in enumerate(cells):
        if cell is None:
            continue
        word = narrow(cell).lower().replace(" *", "").rstrip("*") if isinstance(cell, str) else ""
        if word in PASSED_OVER:
            continue
        united = UNITED.fullmatch(word.replace(" ", ""))
        name, unit = (united[1], united[2]) if united else (word, "")
        column = known.get(FIELDS.get(name, name))
        fen = FEN.get(unit, 0)
        if column is None or (unit and not (fen and column.type == "money")):
            strange.append(f"{column_letters(place)}: {str(cell)[:30]}")
        else:
            yield HeadColumn(place, column, fen)
    if strange:
        raise unreadable(
            "/file",
            "the head has columns that the template has not: {strange}; there are {names}",
            strange=strange[:MOST_TOLD],
            names=[column.title("zh") for column in known.values()],
        )


def both_titles(field: str) -> str:
    """Name a field as both heads do."""
    return f"{TITLES[field]} ({field})"
