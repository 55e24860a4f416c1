"""Households (户): who lives together and counts together, from which month to which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import msgspec

from domain.benefits.affected_months import affected_claims, answer_of
from domain.benefits.entitlement_rules import require_not_excluded_together
from domain.benefits.household_events import (
    HouseholdFormed,
    HouseholdJoined,
    HouseholdJoinWithdrawn,
    HouseholdLeaveWithdrawn,
    HouseholdLeft,
    HouseholdRelocated,
    LeftStay,
)
from domain.benefits.persons import Person
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.ids import AreaId, HouseholdId, PersonId
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import InAnotherHousehold, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

# All who say who lives where take turns, so that nobody is taken into two households at once.
TURN = "households"
# What ends a stay of a person, or takes its end or its beginning back.
ENDS = (HouseholdLeft, HouseholdJoinWithdrawn, HouseholdLeaveWithdrawn)


class HouseholdStay(NamedTuple):
    """A person's time in a household: from a day on, to the day of leaving; None: still there."""

    household: str
    since: date
    until: date | None = None


class Household(Aggregate):
    """A family that holds entitlements together."""

    KIND = "household"
    COLLECTION = "households"
    ORDER = 30

    def __init__(self, subject: str) -> None:
        """Start without members."""
        super().__init__(subject)
        self.formed_on = date.max
        self.area = ""
        self.members: dict[str, date] = {}
        # By person: the first month that counts, and the day on which the joining is booked.
        self.firsts: dict[str, str] = {}
        self.booked: dict[str, date] = {}
        # The stays of each who has left, in the order in which they ended.
        self.left: defaultdict[str, list[LeftStay]] = defaultdict(list)

    @command(roles=("clerk",), opens=True)
    def form(self, act: Act, unit: Unit, *, members: tuple[PersonId, ...], area: AreaId) -> None:
        """Form a household of registered persons; they count from this month on."""
        if not members or len(set(members)) < len(members):
            raise Malformed(self.id, "name each member once, and at least one", "/what/members")
        require_area(act, unit, area)
        for person in members:
            require_registered(unit, person)
            require_not_elsewhere(act, unit, person, household=self.id)
        self.record(HouseholdFormed, act, members=members, area=area, first=month_of(act.on))

    @command(roles=("clerk",))
    def join(self, act: Act, unit: Unit, *, person: PersonId) -> None:
        """Take in a person, who counts from the first whole month on."""
        require_registered(unit, person)
        if person in self.members:
            raise WrongState(self.id, "already-member", person=person)
        if act.on < self.formed_on:
            raise WrongState(self.id, "not-open-yet", first=self.formed_on)
        require_not_elsewhere(act, unit, person, household=self.id)
        month = month_of(act.on)
        whole = act.on.day == 1 or month == month_of(self.formed_on)
        first = month if whole else moved(month, 1)
        require_not_excluded_together(unit, self.id, person, first)
        self.record(
            HouseholdJoined,
            act,
            person=person,
            first=first,
            members=(*self.members, person),
            area=self.area,
        )

    @command(roles=("clerk",))
    def leave(self, act: Act, *, person: PersonId) -> None:
        """Let a member go, who counts to the end of this month."""
        since = self.members.get(person)
        if since is None:
            raise WrongState(self.id, "not-a-member", person=person)
        if act.on < since:
            raise WrongState(self.id, "out-of-order", since=since)
        self.record(
            HouseholdLeft,
            act,
            person=person,
            last=month_of(act.on),
            members=tuple(member for member in self.members if member != person),
            area=self.area,
        )

    @command(roles=("clerk",))
    def move(self, act: Act, unit: Unit, *, person: PersonId, from_: HouseholdId) -> None:
        """Take in a person from another household, which lets the person go by the same act."""
        if from_ == self.id:
            raise Malformed(self.id, "name the household that is left", "/what/from")
        unit[Household, from_].leave(act, person=person)
        self.join(act, unit, person=person)

    @command(roles=("clerk",))
    def withdraw_join(self, act: Act, unit: Unit, *, person: PersonId) -> dict[str, object]:
        """Take back that a person came: whoever was named by mistake never was a member."""
        since = self.members.get(person)
        if since is None:
            raise WrongState(self.id, "not-a-member", person=person)
        require_not_before(self.id, act, since)
        unit.locks.take(TURN)
        claims = affected_claims(unit, self.id, self.firsts[person], month_of(act.on))
        self.record(
            HouseholdJoinWithdrawn,
            counted_back(act, unit, self.booked[person]),
            person=person,
            since=since,
            members=tuple(member for member in self.members if member != person),
            area=self.area,
            claims=claims,
        )
        return answer_of(claims)

    @command(roles=("clerk",))
    def withdraw_leave(self, act: Act, unit: Unit, *, person: PersonId) -> dict[str, object]:
        """Take back that a member left: the person is there as before, without a gap."""
        stays = self.left[person]
        if person in self.members or not stays:
            raise WrongState(self.id, "has-not-left", person=person)
        stay = stays[-1]
        left_on = stay.act.on
        require_not_before(self.id, act, left_on)
        require_registered(unit, person)
        require_not_elsewhere(stay.act, unit, person, household=self.id)
        first = moved(month_of(left_on), 1)
        require_not_excluded_together(unit, self.id, person, first)
        claims = affected_claims(unit, self.id, first, month_of(act.on))
        self.record(
            HouseholdLeaveWithdrawn,
            counted_back(act, unit, stay.act.booked),
            person=person,
            since=stay.since,
            first=stay.first,
            left_on=left_on,
            members=(*self.members, person),
            area=self.area,
            claims=claims,
        )
        return answer_of(claims)

    @command(roles=("clerk",))
    def relocate(self, act: Act, unit: Unit, *, area: AreaId) -> None:
        """Note that the household lives in another area; its claims stay where they are."""
        if act.on < self.formed_on:
            raise WrongState(self.id, "not-open-yet", first=self.formed_on)
        require_area(act, unit, area)
        if area == self.area:
            raise WrongState(self.id, "lives-there", area=area)
        self.record(
            HouseholdRelocated, act, area=area, before=self.area, members=tuple(self.members)
        )


def require_not_elsewhere(act: Act, unit: Unit, person: str, *, household: str) -> None:
    """Refuse whom another household has on the day of the act or later."""
    unit.locks.take(TURN)
    stays = (stay for each in unit.find(Person, person).ids for stay in unit.households.of(each))
    for stay in stays:
        if stay.household != household and (stay.until is None or stay.until > act.on):
            raise InAnotherHousehold(
                household, person=person, household=stay.household, since=stay.since
            )


def stays_after(stays: dict[str, tuple[HouseholdStay, ...]], event: Event) -> None:
    """Bring the stays of persons to where an event has them; others than these are left out."""
    if isinstance(event, HouseholdFormed | HouseholdJoined):
        came = event.members if isinstance(event, HouseholdFormed) else (event.person,)
        for person in stays.keys() & came:
            stays[person] += (HouseholdStay(event.originator_id, event.act.on),)
    elif isinstance(event, ENDS) and event.person in stays:
        stays[event.person] = tuple(
            left
            for stay in stays[event.person]
            for left in (stay_after(stay, event),)
            if left is not None
        )


def stay_after(stay: HouseholdStay, event: Event) -> HouseholdStay | None:
    """Return a stay as an event leaves it; None where it never was."""
    if stay.household != event.originator_id:
        return stay
    if isinstance(event, HouseholdLeft) and stay.until is None:
        return stay._replace(until=event.act.on)
    if isinstance(event, HouseholdJoinWithdrawn) and stay.until is None:
        return None
    if isinstance(event, HouseholdLeaveWithdrawn) and is_stay(stay, event):
        return stay._replace(until=None)
    return stay


def is_stay(stay: HouseholdStay, event: HouseholdLeaveWithdrawn) -> bool:
    """Tell whether a stay is the one whose end an event takes back."""
    return (stay.since, stay.until) == (event.since, event.left_on)


def counted_back(act: Act, unit: Unit, booked: date) -> Act:
    """Let an act count on the day of what it takes back, or on its own if that period is closed."""
    closed = unit.periods.closed_through()
    if closed is not None and booked <= closed:
        return act
    return msgspec.structs.replace(act, booked=booked)


def require_registered(unit: Unit, person: str) -> None:
    """Refuse a person who is not registered, or who was erased."""
    if unit[Person, person].erased:
        raise WrongState(person, "erased")


def counted_with(
    unit: Unit, holder: str, persons: Collection[str], households: Collection[str]
) -> list[str]:
    """Return those of some persons and households whose aid counts with a holder's.

    What a household has counts for its members, and what they have for it.
    """
    kind = holder.partition(":")[0]
    if kind == Household.KIND and persons:
        return [member for member in unit.find(Household, holder).members if member in persons]
    if kind == "person":
        return [one for one in households if holder in unit.find(Household, one).members]
    return []
