"""What happens to a household: who comes, who goes, where it lives, and what was a mistake."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.benefits.affected_months import AffectedClaim
from domain.kernel.aggregate import Act, Event
from domain.kernel.facts import Fact

if TYPE_CHECKING:
    from domain.benefits.households import Household

# The measure that tells who lives in which household.
MEMBERS = "household-members"


class LeftStay(NamedTuple):
    """A stay that has ended: its first day and first counted month, and the act that ended it."""

    since: date
    first: str
    act: Act


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
        household.firsts = dict.fromkeys(self.members, self.first)
        household.booked = dict.fromkeys(self.members, self.act.booked)

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
        household.firsts[self.person] = self.first
        household.booked[self.person] = self.act.booked

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
        since = household.members.pop(self.person)
        stay = LeftStay(since, household.firsts[self.person], self.act)
        household.left[self.person].append(stay)

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


class HouseholdJoinWithdrawn(
    Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A person never was in the household, who was said to be in it `since` a day.

    `members` are those who are there now.
    """

    TOPIC = "household.join-withdrawn"
    ROW = ("members",)

    person: str
    since: date
    members: tuple[str, ...]
    area: str
    claims: tuple[AffectedClaim, ...] = ()

    def apply(self, household: Household) -> None:
        """Take the person out."""
        del household.members[self.person]

    def facts(self) -> tuple[Fact, ...]:
        """Count the person out."""
        return (membership(self.originator_id, self.person, self.area, sign=-1),)

    def back_to(self) -> date:
        """Return the day of the mistaken joining."""
        return self.since


class HouseholdLeaveWithdrawn(
    Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A member never left, who was said to have left on a day: `since` and `first` are as before.

    `members` are those who are there now.
    """

    TOPIC = "household.leave-withdrawn"
    ROW = ("members",)

    person: str
    since: date
    first: str
    left_on: date
    members: tuple[str, ...]
    area: str
    claims: tuple[AffectedClaim, ...] = ()

    def apply(self, household: Household) -> None:
        """Let the member be there as before."""
        household.members[self.person] = self.since
        household.firsts[self.person] = self.first
        household.left[self.person].pop()

    def facts(self) -> tuple[Fact, ...]:
        """Count the person in."""
        return (membership(self.originator_id, self.person, self.area, sign=1),)

    def back_to(self) -> date:
        """Return the day of the mistaken leaving."""
        return self.left_on
