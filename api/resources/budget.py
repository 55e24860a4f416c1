"""The execution of budgets (预算执行): adopted, adjusted, allotted, promised, spent, by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from api.queries.formats import Column, Row, Total, columns
from api.queries.parameters import text, wrong
from api.queries.resource import Address, ShortList
from domain.funds.budgets import Budget, BudgetAdjusted, BudgetAdopted, class_title
from domain.kernel.sentences import InvalidValue
from projections import registers
from projections.accounts import budget_execution
from projections.accounts.payer_classes import OF_PAYERS
from projections.core import event_log
from projections.disclosure.clearance import READERS

MONEY = ("original", "adjusted", "allotted", "committed", "spent", "available")
ROWS = columns(
    "id fund earmark class class_title original adjusted allotted committed spent available rate",
    quantities=" ".join(MONEY),
)
FILTERS = ("fund", "earmark", "class")
# What has left the promises for good: spent, lost, or owed by whom it was paid to wrongly.
GONE = ("spent", "lost", "owed")
Key = tuple[str, str, str]


class BudgetExecution(ShortList):
    """A row for each class and earmark of the funds that have a budget of the year."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return ROWS

    @cached_property
    def year(self) -> str:
        """Return the year that is asked for."""
        year: str | None = self.query.single.get("year")
        if year is None:
            raise wrong("year", "name a year: 2007")
        return year

    def listed(self) -> Sequence[Row]:
        """Return the rows by fund, class and earmark."""
        where = self.query.where
        sums = self.sums(self.year)
        return [
            row_of(key, sums[key])
            for key in sorted(sums)
            if all(
                word in where.get(name, (word,))
                for name, word in zip(("fund", "class", "earmark"), key, strict=True)
            )
        ]

    def sums(self, year: str) -> dict[Key, dict[str, int]]:
        """Return by fund, class and earmark what was said and what happened, in fen."""
        connection, moment = self.query.connection, self.query.moment
        found: defaultdict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MONEY, 0))
        budgets = registers.rows(connection, Budget.COLLECTION, moment, where={"year": (year,)})
        funds = []
        for budget in budgets:
            funds.append(str(budget["fund"]))
            for position, event in event_log.positioned(connection, str(budget["id"])):
                late = moment.as_of is not None and event.act.on > moment.as_of
                if position <= moment.position and not late:
                    lay_over(found, event)
        if funds:
            for flow in budget_execution.flows(connection, moment, year, funds):
                enter(found[flow.fund, flow.class_, flow.earmark], flow)
        return {key: sums for key, sums in found.items() if any(sums.values())}

    def totals(self) -> Sequence[Total]:
        """Return what the rows sum to."""
        return tuple(
            Total(name, sum(row[name]["value"] for row in self.found), "fen") for name in MONEY
        )


def lay_over(found: defaultdict[Key, dict[str, int]], event: object) -> None:
    """Enter what a budget says."""
    if isinstance(event, BudgetAdopted):
        for line in event.lines:
            sums = found[event.fund, line.class_, line.earmark]
            sums["original"] = sums["adjusted"] = line.amount
    elif isinstance(event, BudgetAdjusted):
        for changed in event.lines:
            found[event.fund, changed.class_, changed.earmark]["adjusted"] = changed.amount


def enter(sums: dict[str, int], flow: budget_execution.ClassFlow) -> None:
    """Enter what happened on a stage of the money."""
    if flow.stage == "out":
        sums["allotted"] -= flow.value
    elif flow.stage == "available":
        sums["available"] += flow.value
    elif flow.stage in OF_PAYERS:
        sums["committed"] += flow.value
    elif flow.stage in GONE:
        sums["spent"] += flow.value


def row_of(key: Key, sums: dict[str, int]) -> Row:
    """Say a row; its rate is what is spent of the adjusted budget."""
    fund, class_, earmark = key
    return {
        "id": ":".join((fund.partition(":")[2], class_ or "-", earmark)),
        "fund": fund,
        "earmark": earmark,
        "class": class_ or None,
        "class_title": class_title(class_) if class_ else None,
        **{name: {"value": sums[name], "unit": "fen"} for name in MONEY},
        "rate": rate_of(sums["spent"], sums["adjusted"]),
    }


def rate_of(spent: int, budget: int) -> dict[str, Any] | None:
    """Return a share in percent with one decimal, half up; None of a budget of nothing."""
    if not budget:
        return None
    tenths = (abs(spent) * 2000 + budget) // (budget * 2)
    sign = "-" if spent < 0 and tenths else ""
    return {
        "value": f"{sign}{tenths // 10}.{tenths % 10}",
        "unit": "percent",
        "numerator": {"value": spent, "unit": "fen"},
        "denominator": {"value": budget, "unit": "fen"},
        "rounding": "half-up:1",
    }


def year_of(value: str) -> str:
    """Read a year."""
    if len(value) == len("2007") and value.isascii() and value.isdigit():
        return value
    raise InvalidValue("name a year: 2007")


BUDGET = Address(
    path="/budget",
    summary="The execution of the budgets of a year: adopted, adjusted, allotted, promised, spent.",
    resource=BudgetExecution,
    views=("registers", "journal"),
    filters=dict.fromkeys(FILTERS, text),
    single={"year": year_of},
    roles=READERS,
)
