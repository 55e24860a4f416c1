"""The pivot (透视表): one measure of money by two words, as a table that sums to the balances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, quantity
from api.queries.resource import Address, ShortList
from api.resources.accounts import STAGE, chosen_in_journal
from domain.funds.budgets import class_title
from projections import figures, registers
from projections.accounts import journal_queries, pivot
from projections.disclosure.clearance import READERS

# What stands for a word that a posting has not; no word of ours is written so.
WITHOUT = "-"
TOTAL = "total"
# The words that name subjects, with the collections that know their titles.
TITLED = {"fund": "funds", "area": "areas"}


class PivotTable(ShortList):
    """A row for each word of one kind, a column for each of another, sums in the cells."""

    @cached_property
    def asked(self) -> Mapping[str, Any]:
        """Return what is asked by words that stand once."""
        return self.query.single

    @cached_property
    def sides(self) -> tuple[str, str | None]:
        """Return what the rows and the columns are made by."""
        single = self.asked
        for name in ("measure", "rows"):
            if name not in single:
                words = pivot.MEASURES if name == "measure" else tuple(pivot.DIMENSIONS)
                raise parameters.wrong(f"/{name}", "say one of {words}", words=words)
        if single["rows"] == single.get("columns"):
            raise parameters.wrong("/columns", "rows and columns are made by different words")
        return single["rows"], single.get("columns")

    @cached_property
    def cells(self) -> Sequence[pivot.PivotCell]:
        """Return all sums, asked for once."""
        query, (rows, columns) = self.query, self.sides
        is_by_area = "area" in {rows, columns}
        which = pivot.PivotFilter(
            measure=self.asked["measure"],
            rows=rows,
            columns=columns,
            journal=chosen_in_journal(query),
            districts=figures.district_spans(query.connection, query.moment) if is_by_area else (),
        )
        return pivot.cells(query.connection, query.moment, which)

    @cached_property
    def keys(self) -> Sequence[str]:
        """Return the names of the columns of sums, in order; what has no word stands last."""
        if self.sides[1] is None:
            return ()
        found = {cell.column for cell in self.cells}
        return [self.field(word) for word in sorted(found, key=last_if_none)]

    def field(self, word: str | None) -> str:
        """Name the column of a word, apart from what else a row says."""
        if word is None:
            return WITHOUT
        rows, columns = self.sides
        return f"{columns}:{word}" if word in {rows, "title", TOTAL} else word

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return each row's place, from 1."""
        return {str(row[self.sides[0]]): nth for nth, row in enumerate(self.found, start=1)}

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return a row's place."""
        return (self.numbers[str(row[self.sides[0]])],)

    def columns(self) -> Sequence[Column]:
        """Return the row's word with its title, the sums, and their sum."""
        sums = [*self.keys, TOTAL]
        return (
            Column(self.sides[0]),
            Column("title"),
            *(Column(key, quantity=True) for key in sums),
        )

    def listed(self) -> Sequence[Row]:
        """Return the rows in order of their words; what has no word stands last."""
        sums: defaultdict[str | None, dict[str, int]] = defaultdict(dict)
        for cell in self.cells:
            sums[cell.row][self.field(cell.column)] = cell.value
        titles = self.titles(self.sides[0])
        return [
            {
                self.sides[0]: word,
                "title": titles.get(word or ""),
                **{key: quantity(sums[word].get(key)) for key in self.keys},
                TOTAL: quantity(sum(sums[word].values())),
            }
            for word in sorted(sums, key=last_if_none)
        ]

    def titles(self, side: str) -> Mapping[str, str]:
        """Return the titles of the words of a side, where they have any."""
        if side == "class":
            words = {cell.row for cell in self.cells} | {cell.column for cell in self.cells}
            named = {word: class_title(word) for word in words if word}
            return {word: title for word, title in named.items() if title}
        if side not in TITLED:
            return {}
        query = self.query
        known = query.moment._replace(as_of=None)
        rows = registers.rows(query.connection, TITLED[side], known, where={})
        return {str(row["id"]): str(row.get("title") or row["id"]) for row in rows}

    def totals(self) -> Sequence[Total]:
        """Return the sum of each column, and of all."""
        sums: defaultdict[str, int] = defaultdict(int)
        for cell in self.cells:
            if self.sides[1] is not None:
                sums[self.field(cell.column)] += cell.value
            sums[TOTAL] += cell.value
        return tuple(Total(key, sums[key], "fen") for key in [*self.keys, TOTAL])

    def extra(self) -> Mapping[str, Any]:
        """Return what the table is of, and what its columns are called."""
        rows, columns = self.sides
        titles = self.titles(columns) if columns else {}
        return {
            "by": {"measure": self.asked["measure"], "rows": rows, "columns": columns},
            "columns": [{"key": key, "title": titles.get(key)} for key in self.keys],
        }


def last_if_none(word: str | None) -> tuple[bool, str]:
    """Order words; what has none stands last."""
    return word is None, word or ""


PIVOT = Address(
    path="/pivot",
    summary="One measure of money by two words of its postings: a table that sums to the balances.",
    resource=PivotTable,
    views=("journal", "registers"),
    single={
        "measure": parameters.one_of(*pivot.MEASURES),
        "rows": parameters.one_of(*pivot.DIMENSIONS),
        "columns": parameters.one_of(*pivot.DIMENSIONS),
        "from": parameters.day,
        "to": parameters.day,
    },
    filters={
        **dict.fromkeys(journal_queries.FILTERS, parameters.text),
        **parameters.AREAS,
        **STAGE,
        "unit": parameters.one_of("fen"),
    },
    roles=READERS,
)
