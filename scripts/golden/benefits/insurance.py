"""Inpatient insurance of dibao households: a year's premium for each member, paid to the insurer.

Adults are insured from March, children from September, when the city's insurance for them begins;
who comes to a household in payment later is insured from the month in which it is paid.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits.claims import Ending
from scripts.golden.benefits.entitlements import MEMBERS
from scripts.golden.kernel.commands import EVE, Order, first_of, on_day, order
from scripts.golden.office.officers import clerk
from scripts.golden.registers.areas import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.golden.benefits.claims import HouseholdClaim
    from scripts.golden.benefits.entitlements import Households
    from scripts.golden.benefits.rates import Rates
    from scripts.golden.kernel.agenda import Agenda

SCHEME = "inpatient-insurance"
INSURER = "organisation:people-insurance"
ADULTS = 2
ADULTS_FROM, CHILDREN_FROM = 3, 9
CHILDREN_TAKEN_IN = on_day(8, 25)
NEWCOMERS, JOINING = 27, 2


class Cover(NamedTuple):
    """A member's insurance: which member, its tier, its first month, and when it is entered."""

    member: int
    tier: str
    month: int
    day: date


def covers(claim: HouseholdClaim) -> Iterator[Cover]:
    """List the insurances of a household's members: of children only where it stays in payment."""
    for index in range(min(claim.size, ADULTS)):
        month = max(claim.first, ADULTS_FROM)
        yield Cover(index, "adult", month, EVE if claim.stock else on_day(month - 1, NEWCOMERS))
    if claim.ending is Ending.OPEN:
        for index in range(ADULTS, claim.size):
            # The member that leaves is the last one.
            if not (claim.left and claim.left <= CHILDREN_FROM and index == claim.size - 1):
                yield child(index, claim.first, on_day(max(claim.first - 1, 1), NEWCOMERS))
        if claim.joined:
            yield child(claim.size, claim.joined, on_day(claim.joined, JOINING))


def child(index: int, since: int, day: date) -> Cover:
    """Insure a child who counts from a month on."""
    if since <= CHILDREN_FROM and day <= CHILDREN_TAKEN_IN:
        return Cover(index, "child", CHILDREN_FROM, CHILDREN_TAKEN_IN)
    return Cover(index, "child", max(since, CHILDREN_FROM), day)


def need(claims: Iterable[HouseholdClaim], rates: Rates) -> int:
    """Return what all premiums cost at most."""
    return sum(rates.of(0, each.tier, each.month) for claim in claims for each in covers(claim))


def months(claims: Iterable[HouseholdClaim]) -> frozenset[int]:
    """Return the months in which somebody's insurance begins."""
    return frozenset(each.month for claim in claims for each in covers(claim))


def plan_events(agenda: Agenda, households: Households, claims: list[HouseholdClaim]) -> None:
    """Note who is taken in when; the adults of before the year come with the stock."""
    agenda.add(CHILDREN_TAKEN_IN, taken_in, households, claims)
    for claim in claims:
        for cover in covers(claim):
            if cover.day not in {EVE, CHILDREN_TAKEN_IN}:
                agenda.add(cover.day, one_insured, households, claim, cover)


def taken_in(households: Households, claims: list[HouseholdClaim]) -> Iterator[Order]:
    """Take the children in from the insurer's roll."""
    for claim in claims:
        for cover in covers(claim):
            if cover.day == CHILDREN_TAKEN_IN:
                yield insured(households, claim, cover)


def brought_in(households: Households, claim: HouseholdClaim) -> Iterator[Order]:
    """Bring in the adults of a household."""
    for cover in covers(claim):
        if cover.day == EVE:
            yield insured(households, claim, cover)


def one_insured(households: Households, claim: HouseholdClaim, cover: Cover) -> Iterator[Order]:
    """Insure one member who came later."""
    yield insured(households, claim, cover)


def insured(households: Households, claim: HouseholdClaim, cover: Cover) -> Order:
    """Enter one member's insurance."""
    area = PLACES[claim.place].id
    what = {
        "scheme": f"scheme:{SCHEME}",
        "holder": households.member(claim, cover.member),
        "payee": INSURER,
        "area": area,
        "tier": cover.tier,
        "from": first_of(cover.month),
    }
    subject = households.ids.entitlement(SCHEME, claim.number * MEMBERS + cover.member)
    return order("entitlement.bring-in", subject, what, by=clerk(area), on=cover.day)
