"""Households (户): who lives together and counts together, from which month to which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.benefits.persons import Person
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, PersonId
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

# The measure that tells who lives in which household.
MEMBERS = "household-members"


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
        self.record(HouseholdFormed, act, members=members, area=area, first=month_of(act.on))

    @command(roles=("clerk",))
    def join(self, act: Act, unit: Unit, *, person: PersonId) -> None:
        """Take in a person, who counts from the first whole month on."""
        require_registered(unit, person)
        if person in self.members:
            raise WrongState(self.id, "already-member", person=person)
        if act.on < self.formed_on:
            raise WrongState(self.id, "not-open-yet", first=self.formed_on)
        month = month_of(act.on)
        whole = act.on.day == 1 or month == month_of(self.formed_on)
        self.record(
            HouseholdJoined,
            act,
            person=person,
            first=month if whole else moved(month, 1),
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
