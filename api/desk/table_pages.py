"""The desk's pages of the pivot and of the budget's execution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from api.desk.desk_page import DeskPage
from api.desk.shown_value import page_of
from api.pages.page_words import word
from api.pages.rendering import PageResource
from api.queries.formats import Row
from api.resources.budget import BUDGET, BudgetExecution
from api.resources.pivot import PIVOT, TOTAL, WITHOUT, PivotTable
from domain.funds.budgets import Budget
from infra.config.clock import today
from projections import registers
from projections.accounts import pivot

if TYPE_CHECKING:
    from api.queries.respond import ListPage

# What the page shows before anything is asked.
FIRST = {"measure": "spent", "rows": "fund", "columns": "quarter"}
FILTERS = ("fund", "programme", "area")
# Of a page alone: its language, and where in the list it stands.
NOT_ASKED = frozenset({"lang", "limit", "after"})
# Where a cell leads: the journal takes these words as filters; earmarks, districts and days do not
# stand in it as one word.
IN_JOURNAL = frozenset({"fund", "programme", "class"})


class PivotShown(PivotTable, PageResource):
    """The table, and the form that asks for another."""

    @cached_property
    def asked(self) -> Mapping[str, Any]:
        """Return what is asked; the page has a first table of its own."""
        given = self.query.single
        return given if {"measure", "rows"} & given.keys() else {**FIRST, **given}

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the table with its totals."""
        query = self.query
        rows, columns = self.sides
        heads = self.extra()["columns"]
        return {
            "from_": self.asked.get("from", ""),
            "to": self.asked.get("to", ""),
            "twins": twins(PIVOT_PAGE, self.asked, query.where),
            "where": {name: query.where.get(name, ("",))[0] for name in FILTERS},
            "measures": pivot.MEASURES,
            "dimensions": tuple(pivot.DIMENSIONS),
            "by": (self.asked["measure"], rows, columns),
            "heads": [(each["key"], self.named(columns or "", each)) for each in heads],
            "rows": [self.shown(row) for row in page.rows],
            "totals": {total.field: total.value for total in page.totals},
            "total": TOTAL,
        }

    def shown(self, row: Row) -> Mapping[str, Any]:
        """Name a row, and say where it leads."""
        side = self.sides[0]
        key = {"key": row[side] or WITHOUT, "title": row["title"]}
        return {
            "title": self.named(side, key),
            "link": self.link(side, str(row[side] or "")),
            "cells": [row[each] for each in self.keys],
            "total": row[TOTAL],
        }

    def named(self, side: str, key: Mapping[str, Any]) -> str:
        """Say the word of a row or a column as a person reads it."""
        language = self.query.language
        if key["key"] == WITHOUT:
            return word("dimension without", side, language)
        if side == "programme":
            return word("programme", str(key["key"]), language)
        return str(key["title"] or key["key"])

    def link(self, side: str, key: str) -> str:
        """Return the journal of a row, by the same filters; empty where it cannot be asked."""
        if not key:
            return ""
        if side not in IN_JOURNAL:
            return ""
        days = {name: text for name, text in self.asked.items() if name in {"from", "to"}}
        asked = {**self.query.where, "stage": self.asked["measure"], side: key, **days}
        return f"/desk/journal?{urlencode(asked, doseq=True)}"


class BudgetShown(BudgetExecution, PageResource):
    """The execution of a year's budgets, by fund."""

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the rows with their sums."""
        return {
            "year": self.year,
            "years": self.years,
            "rows": page.rows,
            "totals": {total.field: total.value for total in page.totals},
            "page_of": page_of,
            "twins": twins(BUDGET_PAGE, {"year": self.year}, self.query.where),
        }

    @cached_property
    def years(self) -> Sequence[str]:
        """Return the years that have a budget, the last one first."""
        query = self.query
        rows = registers.rows(query.connection, Budget.COLLECTION, query.moment, where={})
        return sorted({str(row["year"]) for row in rows}, reverse=True)

    @cached_property
    def year(self) -> str:
        """Return the year that is asked for, or the last one with a budget."""
        this = str(today().year)
        return self.query.single.get("year") or next(iter(self.years), this)


def twins(
    page: DeskPage, single: Mapping[str, Any], where: Mapping[str, Sequence[str]]
) -> Callable[[str], str]:
    """Return what gives the address of the same rows in a form, with all that is asked."""
    pairs = [(name, str(text)) for name, text in single.items() if name not in NOT_ASKED]
    pairs += [(name, text) for name, some in where.items() for text in some]
    return lambda form: f"{page.beside}.{form}?{urlencode(pairs)}"


PIVOT_PAGE = DeskPage(
    path="/desk/pivot",
    summary=PIVOT.summary,
    resource=PivotShown,
    views=PIVOT.views,
    single=PIVOT.single,
    filters=PIVOT.filters,
    roles=PIVOT.roles,
    template="pivot.html",
    section="pivot",
    beside=f"/v1{PIVOT.path}",
)
BUDGET_PAGE = DeskPage(
    path="/desk/budget",
    summary=BUDGET.summary,
    resource=BudgetShown,
    views=BUDGET.views,
    single=BUDGET.single,
    filters=BUDGET.filters,
    roles=BUDGET.roles,
    template="budget.html",
    section="budget",
    beside=f"/v1{BUDGET.path}",
)
