"""Budgets (预算): what a fund may spend in a year, by class (功能科目) and earmark.

A budget binds nobody by itself: authority to spend is what was allotted. It is what the year's
execution (预算执行率) is measured against, so two persons say it, and two change it.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from domain.funds.funds import Fund
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Earmark, Text, Word
from domain.kernel.money import Fen, Income
from domain.kernel.refusals import Malformed
from domain.kernel.unit import Unit

# Titles of the classification of expenditure by function (政府收支分类科目), by their codes.
TITLES = {
    "208": "社会保障和就业",
    "20802": "民政管理事务",
    "2080206": "民间组织管理",
    "2080208": "基层政权和社区建设",
    "20808": "抚恤",
    "20809": "退役安置",
    "20810": "社会福利",
    "2081002": "老年福利",
    "20812": "城市居民最低生活保障",
    "229": "其他支出",
    "22960": "彩票公益金安排的支出",
}


def class_title(code: str) -> str | None:
    """Return the title of a class, or of the nearest above it; None of one that is not known."""
    known = (code[:length] for length in range(len(code), 2, -1))
    return next((TITLES[each] for each in known if each in TITLES), None)


class BudgetLine(msgspec.Struct, frozen=True, gc=False):
    """So much for a class under an earmark."""

    class_: Word
    earmark: Earmark
    amount: Fen


class AdjustedLine(msgspec.Struct, frozen=True, gc=False):
    """What a line is from now on; nothing: it is given up."""

    class_: Word
    earmark: Earmark
    amount: Income


class Budget(Aggregate):
    """One fund's budget of one year: `budget:<fund key>:<year>`."""

    KIND = "budget"
    COLLECTION = "budgets"
    ORDER = 375

    def __init__(self, subject: str) -> None:
        """Start without lines."""
        super().__init__(subject)
        self.fund = ""
        self.year = ""
        # By class and earmark, in fen.
        self.lines: dict[tuple[str, str], int] = {}

    @command(roles=("treasurer",), opens=True, second=("approver", "treasurer"))
    def adopt(self, act: Act, unit: Unit, *, lines: tuple[BudgetLine, ...], document: Text) -> None:
        """Adopt a fund's budget of a year (批复预算)."""
        fund, year = self.named()
        unit[Fund, fund].require_open(act)
        require_each_once(self.id, lines)
        self.record(BudgetAdopted, act, fund=fund, year=year, lines=lines, document=document)

    @command(roles=("treasurer",), second=("approver", "treasurer"))
    def adjust(self, act: Act, *, lines: tuple[AdjustedLine, ...], document: Text) -> None:
        """Say what lines are from now on (预算调整); those that are not named stay."""
        require_each_once(self.id, lines)
        after = self.lines | {(each.class_, each.earmark): each.amount for each in lines}
        if after == self.lines:
            raise Malformed(self.id, "every line has this amount already", "/what/lines")
        stands = tuple(AdjustedLine(*key, amount) for key, amount in after.items())
        said = {"fund": self.fund, "year": self.year, "document": document}
        self.record(BudgetAdjusted, act, **said, changed=lines, lines=stands)

    def named(self) -> tuple[str, str]:
        """Return the fund and the year that its id names; refuse another form."""
        _, _, rest = self.id.partition(":")
        fund, _, year = rest.rpartition(":")
        if not fund or not (year.isascii() and year.isdigit() and "1900" <= year <= "2199"):
            raise Malformed(self.id, "name it budget:<fund key>:<year>", "/subject")
        return f"fund:{fund}", year


def require_each_once(
    budget: str, lines: tuple[BudgetLine, ...] | tuple[AdjustedLine, ...]
) -> None:
    """Refuse a budget without lines, and one with two lines of one class and earmark."""
    if not lines:
        raise Malformed(budget, "name at least one line", "/what/lines")
    (key, times), *_ = Counter((each.class_, each.earmark) for each in lines).most_common(1)
    if times > 1:
        raise Malformed(
            budget,
            "class {class_} has several lines under earmark {earmark}: add them up",
            "/what/lines",
            class_=key[0],
            earmark=key[1],
        )


class BudgetAdopted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A fund's budget of a year was adopted."""

    TOPIC = "budget.adopted"
    STATE = "adopted"

    fund: str
    year: str
    lines: tuple[BudgetLine, ...]
    document: str

    def apply(self, budget: Budget) -> None:
        """Set its lines."""
        budget.fund, budget.year = self.fund, self.year
        budget.lines = {(each.class_, each.earmark): each.amount for each in self.lines}


class BudgetAdjusted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Lines of a budget were `changed`; `lines` are all that stand now."""

    TOPIC = "budget.adjusted"
    STATE = "adjusted"
    ROW = ("lines", "document")

    fund: str
    year: str
    changed: tuple[AdjustedLine, ...]
    lines: tuple[AdjustedLine, ...]
    document: str

    def apply(self, budget: Budget) -> None:
        """Set its lines."""
        budget.lines = {(each.class_, each.earmark): each.amount for each in self.lines}
