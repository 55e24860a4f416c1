"""Merged persons (合并登记): one person who was registered twice, and what that means for a month.

The records of both registrations stay. The one that is merged is at rest: it has no claim that may
be paid after the month, and lives in no household; so nothing of it goes on under the old id.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from domain.benefits.affected_months import pay_turn, payment_of
from domain.benefits.schemes import Scheme
from domain.kernel.months import month_of, moved, spanned
from domain.kernel.refusals import InAnotherHousehold, Malformed, WrongState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.benefits.entitlement_rules import HeldClaim
    from domain.benefits.persons import Person
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit


class TwicePaid(msgspec.Struct, frozen=True, gc=False):
    """Two claims on one scheme, and the months (YYYY-MM) that runs have paid to both holders."""

    entitlement: str
    other: str
    scheme: str
    months: tuple[str, ...]


def require_one_person(merged: Person, stays: Person, act: Act, unit: Unit) -> None:
    """Refuse two registrations that cannot be one person's, or one that is not at rest."""
    if merged.id == stays.id:
        raise Malformed(merged.id, "name the other registration of the person", "/what/into")
    for each in (merged, stays):
        if each.erased:
            raise WrongState(each.id, "erased")
    if merged.died != stays.died:
        died, lives = (merged, stays) if merged.died else (stays, merged)
        raise WrongState(died.id, "one-has-died", died=died.died, lives=lives.id)
    unit.locks.take("households")
    unit.locks.take("entitlements")
    for stay in unit.households.of(merged.id):
        if stay.until is None or stay.until > act.on:
            raise InAnotherHousehold(
                merged.id, person=merged.id, household=stay.household, since=stay.since
            )
    for claim in unit.entitlements.of(merged.id):
        if claim.holder in merged.ids and goes_on(unit, claim, month_of(act.on)):
            raise WrongState(claim.entitlement, "claim-goes-on", state=claim.state)
    require_no_release(merged.id, unit)


def require_no_release(merged: str, unit: Unit) -> None:
    """Refuse a merge between two chunks of a release, whose lines were drawn for two persons.

    A run that is only approved waits: it finds the merge when it is released.
    """
    for run in unit.payments.under_way():
        if not run.is_releasing:
            unit.locks.take(pay_turn(run.scheme, run.month))
    for run in unit.payments.under_way():
        if run.is_releasing:
            raise WrongState(merged, "run-releasing", run=run.run)


def goes_on(unit: Unit, claim: HeldClaim, month: str) -> bool:
    """Tell whether a claim waits for a decision, or may be paid for months after this one."""
    if claim.is_asked_for:
        return True
    if unit[Scheme, claim.scheme].pays == "once" and claim.first <= month:
        return False
    return claim.meets(moved(month, 1), "")


def paid_under_both(one: Person, other: Person, unit: Unit, last: str) -> tuple[TwicePaid, ...]:
    """Return the months up to `last` that a scheme has paid under ids of both registrations."""
    theirs: defaultdict[str, list[HeldClaim]] = defaultdict(list)
    for claim in unit.entitlements.of(other.id):
        theirs[claim.scheme].append(claim)
    pairs = (
        (claim, beside)
        for claim in unit.entitlements.of(one.id)
        for beside in theirs[claim.scheme]
        if claim.first and beside.first and claim.entitlement != beside.entitlement
    )
    found = []
    for claim, beside in pairs:
        first = max(claim.first, beside.first)
        ends = min(last_paid(claim, one, last), last_paid(beside, other, last))
        both = (payments_of(unit, claim, first, ends), payments_of(unit, beside, first, ends))
        if months := tuple(sorted(both[0] & both[1])):
            said = claim.entitlement, beside.entitlement, claim.scheme
            found.append(TwicePaid(*said, months))
    return tuple(found)


def last_paid(claim: HeldClaim, person: Person, last: str) -> str:
    """Return the last month that may have been paid: of a claim of the person's own, any.

    It may have been stopped for months that were paid by then.
    """
    return last if claim.holder in person.ids else min(claim.last or last, last)


def payments_of(unit: Unit, claim: HeldClaim, first: str, last: str) -> set[str]:
    """Return the months of a claim that a run has paid."""
    return {month for month in spanned(first, last) if unit.exists(payment_of(unit, claim, month))}


def ids_in_use(merged: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return by merged id the one under which the person is known, of merges one by one."""
    into = dict(merged)
    found = {}
    for person, known in into.items():
        last = known
        while last in into:
            last = into[last]
        found[person] = last
    return found


def paid_under_any(
    paid: frozenset[str], same: Mapping[str, str], tags_of: Callable[[list[str]], list[str]]
) -> frozenset[str]:
    """Return the tags that are paid, and those of the same persons under their other ids."""
    if not paid or not same:
        return paid
    ids = sorted({*same, *same.values()})
    people: defaultdict[str, set[str]] = defaultdict(set)
    for person, tag in zip(ids, tags_of(ids), strict=True):
        people[same.get(person, person)].add(tag)
    return paid.union(*(tags for tags in people.values() if not paid.isdisjoint(tags)))
