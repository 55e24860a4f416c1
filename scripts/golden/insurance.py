"""Inpatient insurance of dibao households: a year's premium for each member, paid to the insurer.

Adults are insured from March; the city's insurance for children begins in September.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.areas import PLACES
from scripts.golden.claims import Ending
from scripts.golden.entitlements import MEMBERS
from scripts.golden.officers import clerk
from scripts.golden.orders import EVE, Order, first_of, on_day, order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from scripts.golden.agenda import Agenda
    from scripts.golden.claims import HouseholdClaim
    from scripts.golden.entitlements import Households
    from scripts.golden.rates import Rates

SCHEME = "inpatient-insurance"
INSURER = "organisation:people-insurance"
CHILDREN_TAKEN_IN = on_day(8, 25)
ADULTS = 2


class Cover(NamedTuple):
    """A group of members: its tier, the first month of its year, and when it is brought in."""

    tier: str
    month: int
    day: date


ADULT = Cover("adult", 3, EVE)
CHILD = Cover("child", 9, CHILDREN_TAKEN_IN)
MONTHS = (ADULT.month, CHILD.month)


def adults(claim: HouseholdClaim) -> range:
    """Return the numbers of the grown members of a household of before the year."""
    return range(min(claim.size, ADULTS) if claim.stock else 0)


def children(claim: HouseholdClaim) -> range:
    """Return the numbers of the children of a household to which nothing happens."""
    stays = claim.stock and claim.ending is Ending.OPEN and not claim.left
    return range(ADULTS, claim.size if stays else ADULTS)


def need(claims: Iterable[HouseholdClaim], rates: Rates) -> int:
    """Return what all premiums cost at most."""
    adult = rates.of(0, ADULT.tier, ADULT.month)
    child = rates.of(0, CHILD.tier, CHILD.month)
    return sum(adult * len(adults(claim)) + child * len(children(claim)) for claim in claims)


def plan_events(agenda: Agenda, households: Households, claims: list[HouseholdClaim]) -> None:
    """Note when the children's roll is taken over; the adults' comes with the stock."""
    agenda.add(CHILDREN_TAKEN_IN, taken_in, households, claims)


def taken_in(households: Households, claims: list[HouseholdClaim]) -> Iterator[Order]:
    """Take the children in from the insurer's roll."""
    for claim in claims:
        for index in children(claim):
            yield insured(households, claim, index, cover=CHILD)


def brought_in(households: Households, claim: HouseholdClaim) -> Iterator[Order]:
    """Bring in the adults of a household."""
    for index in adults(claim):
        yield insured(households, claim, index, cover=ADULT)


def insured(households: Households, claim: HouseholdClaim, index: int, *, cover: Cover) -> Order:
    """Bring in one member's insurance."""
    area = PLACES[claim.place].id
    what = {
        "scheme": f"scheme:{SCHEME}",
        "holder": households.member(claim, index),
        "payee": INSURER,
        "area": area,
        "tier": cover.tier,
        "from": first_of(cover.month),
    }
    subject = households.ids.entitlement(SCHEME, claim.number * MEMBERS + index)
    return order("entitlement.bring-in", subject, what, by=clerk(area), on=cover.day)
