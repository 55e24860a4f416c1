"""Bed subsidy: the private homes in use are paid for their beds, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden.bodies.facilities import PRIVATE_HOMES
from scripts.golden.kernel.commands import EVE, YEAR, Order, order
from scripts.golden.office.officers import clerk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.benefits.rates import Rates
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

SCHEME = "bed-subsidy"
TIERS = ("self-care", "nursing")
MONTHS = range(1, 13)
USED_ONE_IN = 2


def need(rates: Rates) -> int:
    """Return what the year costs."""
    return sum(
        rates.of(0, TIERS[number % len(TIERS)], month) * (home.beds // USED_ONE_IN)
        for number, home in enumerate(PRIVATE_HOMES)
        for month in MONTHS
    )


def plan_events(agenda: Agenda, ids: Ids) -> None:
    """Note that the homes are brought in, after they themselves are."""
    agenda.add(EVE, brought_in, ids)


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
