"""Households (户): who lives together and counts together, from which month to which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from domain.benefits.entitlement_rules import require_not_excluded_together
from domain.benefits.persons import Person
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, HouseholdId, PersonId
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import InAnotherHousehold, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

# The measure that tells who lives in which household.
MEMBERS = "household-members"
# All who say who lives where take turns, so that nobody is taken into two households at once.
TURN = "households"


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
    for stay in unit.households.of(person):
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
    elif isinstance(event, HouseholdLeft) and event.person in stays:
        stays[event.person] = tuple(
            stay._replace(until=event.act.on)
            if stay.household == event.originator_id and stay.until is None
            else stay
            for stay in stays[event.person]
        )


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


def membership(household: str, person: str, area: str, *, sign: int) -> Fact:
    """Count a person into a household, or out of it; the two are named together."""
    return Fact(measure=MEMBERS, value=sign, who=f"{household} {person}", area=area)


class HouseholdFormed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The household was formed; its members count from month `first` on."""

    TOPIC = "household.formed"
    STATE = "formed"

    members: tuple[str, ...]
    area: str
    first: str

    def apply(self, household: Household) -> None:
        """Set its members."""
        household.formed_on = self.act.on
        household.area = self.area
        household.members = dict.fromkeys(self.members, self.act.on)

    def facts(self) -> tuple[Fact, ...]:
        """Count the members in."""
        home = self.originator_id
        return tuple(membership(home, person, self.area, sign=1) for person in self.members)


class HouseholdJoined(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A person joined, and counts from month `first` on; `members` are all there are now."""

    TOPIC = "household.joined"
    ROW = ("members",)

    person: str
    first: str
    members: tuple[str, ...]
    area: str = ""

    def apply(self, household: Household) -> None:
        """Take the person in."""
        household.members[self.person] = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the person in."""
        return (membership(self.originator_id, self.person, self.area, sign=1),)


class HouseholdLeft(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A member left, and counts to month `last`; `members` are those who stay."""

    TOPIC = "household.left"
    ROW = ("members",)

    person: str
    last: str
    members: tuple[str, ...]
    area: str = ""

    def apply(self, household: Household) -> None:
        """Let the member go."""
        del household.members[self.person]

    def facts(self) -> tuple[Fact, ...]:
        """Count the person out."""
        return (membership(self.originator_id, self.person, self.area, sign=-1),)


class HouseholdRelocated(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The household lives in another area from the day on, with all its `members` of then."""

    TOPIC = "household.relocated"
    ROW = ("area",)

    area: str
    before: str
    members: tuple[str, ...]

    def apply(self, household: Household) -> None:
        """Set the area."""
        household.area = self.area

    def facts(self) -> tuple[Fact, ...]:
        """Count the members out of the one area and into the other."""
        home = self.originator_id
        return tuple(
            membership(home, person, area, sign=sign)
            for area, sign in ((self.before, -1), (self.area, 1))
            for person in self.members
        )
