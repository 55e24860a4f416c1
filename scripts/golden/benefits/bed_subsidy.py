"""Bed subsidy: the private homes in use are paid for their beds, month by month.

In September the rate of nursing is raised from July on: a run of arrears pays what the two months
that were paid by the old rate lack (`scripts.golden.payments.arrears`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.bodies.facilities import PRIVATE_HOMES
from scripts.golden.kernel.commands import EVE, YEAR, Order, fen, order
from scripts.golden.office.officers import APPROVER_SCHEMES, clerk
from scripts.golden.targets import YUAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.benefits.rates import Rates
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

SCHEME = "bed-subsidy"
TIERS = ("self-care", "nursing")
MONTHS = range(1, 13)
USED_ONE_IN = 2
RAISED_TIER, RAISE = TIERS[1], 40 * YUAN
RAISED_FROM, RAISED = date(YEAR, 7, 1), date(YEAR, 9, 3)
ARREARS = (7, 8)
DOCUMENT = "深民〔2007〕141号《关于调整民办福利机构护理床位补贴的通知》"


def need(rates: Rates) -> int:
    """Return what the year costs."""
    return sum(
        rate(rates, number, month) * (home.beds // USED_ONE_IN)
        for number, home in enumerate(PRIVATE_HOMES)
        for month in MONTHS
    )


def rate(rates: Rates, number: int, month: int) -> int:
    """Return what a bed of a home is due in a month, as it is known at the end of the year."""
    tier = TIERS[number % len(TIERS)]
    raised = tier == RAISED_TIER and month >= RAISED_FROM.month
    return rates.of(0, tier, month) + (RAISE if raised else 0)


def plan_events(agenda: Agenda, ids: Ids, rates: Rates) -> None:
    """Note that the homes are brought in, after they themselves are; and the raise."""
    agenda.add(EVE, brought_in, ids)
    agenda.add(RAISED, raised, rates)


def raised(rates: Rates) -> Iterator[Order]:
    """Raise the rate of nursing from a day two months back."""
    what = {
        "tier": RAISED_TIER,
        "from": RAISED_FROM.isoformat(),
        "amount": fen(rates.of(0, RAISED_TIER, RAISED_FROM.month) + RAISE),
    }
    subject, by = f"scheme:{SCHEME}", APPROVER_SCHEMES
    yield order("scheme.set-rate", subject, what, by=by, on=RAISED, authority=DOCUMENT)


def brought_in(ids: Ids) -> Iterator[Order]:
    """Bring in each home with the beds that count."""
    for number, home in enumerate(PRIVATE_HOMES):
        what = {
            "scheme": f"scheme:{SCHEME}",
            "holder": home.id,
            "payee": home.body,
            "area": home.area,
            "units": home.beds // USED_ONE_IN,
            "tier": TIERS[number % len(TIERS)],
            "from": f"{YEAR - 1}-07-01",
        }
        subject = ids.entitlement(SCHEME, number)
        yield order("entitlement.bring-in", subject, what, by=clerk(home.area), on=EVE)
