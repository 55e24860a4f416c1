"""The budgets of the year: adopted and adjusted; the class (功能科目) of each fund's money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import YEAR, Order, fen, order
from scripts.golden.office.officers import TREASURER_FUNDS
from scripts.golden.targets import WAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.golden.kernel.agenda import Agenda

# 功能科目 of 2007: what the budget calls the money of a fund. The money of charities is outside the
# budget; it is told under the class of what it does.
CLASSES = {
    "fund:social-assistance": "20812",
    "fund:elderly-care": "2081002",
    "fund:veterans": "20808",
    "fund:social-organisations": "2080206",
    "fund:lottery": "22960",
    "fund:migrant-care": "22960",
    "fund:federation": "2081099",
}
COMMUNITY_CLASS = "2080208"
ADOPTED, ADJUSTED = date(YEAR, 1, 1), date(YEAR, 7, 25)
# The price subsidy was not foreseen when the budget was made.
UNFORESEEN = "fund:social-assistance"
ADOPTED_BY, ADJUSTED_BY = "深财预〔2007〕1号", "深财预〔2007〕77号"


def class_of(fund: str) -> str:
    """Return the budget class of a fund's money."""
    return CLASSES.get(fund, COMMUNITY_CLASS)


def earmark_of(fund: str) -> str:
    """Return the earmark of the year's money: the lottery's knows no years."""
    return "general" if fund == "fund:lottery" else str(YEAR)


def plan_events(agenda: Agenda, given: Mapping[str, int], unforeseen: int) -> None:
    """Note the budgets: `given` is what each fund is allotted, `unforeseen` a part of one."""
    agenda.add(ADOPTED, adopted, given, unforeseen)
    agenda.add(ADJUSTED, adjusted, given)


def adopted(given: Mapping[str, int], unforeseen: int) -> Iterator[Order]:
    """Adopt each fund's budget as it was foreseen, in whole 万元."""
    for fund, amount in given.items():
        foreseen = (amount - unforeseen) // WAN * WAN if fund == UNFORESEEN else amount
        what = {"lines": lines(fund, foreseen), "document": ADOPTED_BY}
        yield order("budget.adopt", budget(fund), what, by=TREASURER_FUNDS, on=ADOPTED)


def adjusted(given: Mapping[str, int]) -> Iterator[Order]:
    """Raise the budget that pays the price subsidy to what it will be given."""
    what = {"lines": lines(UNFORESEEN, given[UNFORESEEN]), "document": ADJUSTED_BY}
    yield order("budget.adjust", budget(UNFORESEEN), what, by=TREASURER_FUNDS, on=ADJUSTED)


def budget(fund: str) -> str:
    """Name a fund's budget of the year."""
    return f"budget:{fund.partition(':')[2]}:{YEAR}"


def lines(fund: str, amount: int) -> list[dict[str, object]]:
    """Write the one line of a fund's budget."""
    return [{"class": class_of(fund), "earmark": earmark_of(fund), "amount": fen(amount)}]
