"""The welfare lottery: daily sales, the monthly extraction of the public-welfare fund."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import BUREAU, EVE, YEAR, Order, fen, order
from scripts.golden.office.officers import CLERK, TREASURER_FUNDS
from scripts.golden.targets import LOTTERY_SALES, LOTTERY_SALES_2006, YUAN

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from scripts.golden.kernel.agenda import Agenda

SUBJECT = "lottery:welfare"
TICKET = 2 * YUAN
EXTRACTED_PERCENT = 35
DRAW_DAYS = frozenset({1, 3, 6})


def sales(seed: int) -> dict[date, int]:
    """Return each day's sales: draws sell more, nobody sells at new year, a ticket is 2 yuan."""
    chance = dice(seed, "lottery")
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(365)]
    weights = [
        chance.uniform(0.85, 1.15) * (1.4 if day.weekday() in DRAW_DAYS else 1.0) for day in days
    ]
    return dict(zip(days, shares(LOTTERY_SALES.value, weights, TICKET), strict=True))


def plan_events(agenda: Agenda, seed: int, wrong: Container[date]) -> None:
    """Note the daily report and, on each month's last day, what is extracted and remitted.

    A day that was reported wrongly at first is reported anew on the next day.
    """
    month_sales = 0
    for day, amount in sales(seed).items():
        agenda.add(day + timedelta(days=1) if day in wrong else day, reported, day, amount)
        month_sales += amount
        if (day + timedelta(days=1)).day == 1:
            agenda.add(day, extracted, day, month_sales * EXTRACTED_PERCENT // 100)
            month_sales = 0


def reported(day: date, amount: int) -> Iterator[Order]:
    """Report a day's sales."""
    what = {"day": day.isoformat(), "amount": fen(amount)}
    yield order("lottery.report-sales", SUBJECT, what, by=CLERK, on=day)


def extracted(day: date, amount: int) -> Iterator[Order]:
    """Extract the month's share and remit it."""
    what = {"month": day.isoformat()[:7], "amount": fen(amount)}
    yield order("lottery.extract", SUBJECT, what, by=TREASURER_FUNDS, on=day)
    yield order("lottery.remit", SUBJECT, what, by=TREASURER_FUNDS, on=day)


def sales_before(seed: int) -> Order:
    """State the sales of 2006, as the lottery centre reported them."""
    amount = dice(seed, "lottery-2006").randrange(
        LOTTERY_SALES_2006.start, LOTTERY_SALES_2006.stop, TICKET
    )
    what = {
        "figure": "lottery.sales",
        "keeper": BUREAU,
        "value": fen(amount),
        "qualifier": "exact",
        "scope": "city",
        "period": "2006",
        "source": "2006年福利彩票销售统计",
        "published_on": EVE.isoformat(),
    }
    return order("statement.record", "statement:lottery-sales-2006", what, by=CLERK, on=EVE)
