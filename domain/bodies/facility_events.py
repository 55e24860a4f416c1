"""What happens to a facility and to its beds, and how each event counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from domain.kernel.aggregate import Event
from domain.kernel.disclosure import public
from domain.kernel.facts import Fact
from domain.kernel.money import Measured

if TYPE_CHECKING:
    from domain.bodies.facilities import Facility

# Where a refuge lies is never told, so that nothing of it is counted by area.
SECRET = "refuge"  # noqa: S105 - a kind of facility


class FacilityStanding(msgspec.Struct, frozen=True, gc=False):
    """Under what a facility is counted: planned or open, its kind, its area, its beds."""

    state: str
    kind: str
    area: str
    beds: Annotated[int, Measured("bed")]

    def stock(self, sign: int) -> tuple[Fact, ...]:
        """Count the facility and its beds in or out."""
        return (self.fact("facilities", sign, "organisation"), self.more_beds(sign * self.beds))

    def more_beds(self, value: int) -> Fact:
        """Count so many beds more, or fewer if negative."""
        return self.fact("beds", value, "bed")

    def fact(self, measure: str, value: int, unit: str) -> Fact:
        """Count the facility, or its beds; what is only planned is counted apart."""
        return Fact(
            measure=f"{measure}-planned" if self.state == "planned" else measure,
            value=value,
            unit=unit,
            area=area_shown(self.kind, self.area),
            detail=self.kind,
        )


def area_shown(kind: str, area: str) -> str:
    """Return the area in which something is counted: none for a refuge."""
    return "" if kind == SECRET else area


class FacilityEntered(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A facility came into the register, or from its plan into use."""

    title: str | None = None
    kind: str
    body: str
    area: str
    beds: Annotated[int, Measured("bed")]

    def standing(self) -> FacilityStanding:
        """Return under what it is counted from now on."""
        return FacilityStanding(self.STATE or "", self.kind, self.area, self.beds)

    def apply(self, facility: Facility) -> None:
        """Let it stand; the beds of an open one are free."""
        facility.standing = self.standing()
        facility.body = self.body
        facility.since = self.act.on
        if self.STATE == "open":
            facility.free.change(self.act.on, self.beds)


class FacilityPlanned(
    FacilityEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """Somebody prepares a facility."""

    TOPIC = "facility.planned"
    PUBLIC = public("title kind body area beds")
    STATE = "planned"

    def facts(self) -> tuple[Fact, ...]:
        """Count what is planned."""
        return self.standing().stock(1)


class FacilityOpened(
    FacilityEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The facility is in use; `before` is how it was planned, if it was."""

    TOPIC = "facility.opened"
    PUBLIC = public("title kind body area beds")
    STATE = "open"
    ROW = ("title", "kind", "body", "area", "beds")

    before: FacilityStanding | None = None

    def facts(self) -> tuple[Fact, ...]:
        """Count it, and no more as planned."""
        now = self.standing()
        planned = self.before.stock(-1) if self.before else ()
        return (now.fact("facilities-opened", 1, "organisation"), *planned, *now.stock(1))


class FacilityBroughtIn(
    FacilityEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The facility was in use before this ledger began."""

    TOPIC = "facility.brought-in"
    PUBLIC = public("title kind body area beds")
    STATE = "open"

    def facts(self) -> tuple[Fact, ...]:
        """Count it."""
        return self.standing().stock(1)


class FacilityResized(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The facility, or its plan, has another number of beds."""

    TOPIC = "facility.resized"
    PUBLIC = public("kind beds")
    ROW = ("beds",)

    kind: str
    beds: Annotated[int, Measured("bed")]
    before: FacilityStanding

    def apply(self, facility: Facility) -> None:
        """Set the beds from this day on."""
        facility.standing = msgspec.structs.replace(self.before, beds=self.beds)
        facility.since = self.act.on
        if self.before.state == "open":
            facility.free.change(self.act.on, self.beds - self.before.beds)

    def facts(self) -> tuple[Fact, ...]:
        """Count the beds that came or went."""
        return (self.before.more_beds(self.beds - self.before.beds),)


class FacilityClosed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The facility, or its plan, is no more."""

    TOPIC = "facility.closed"
    PUBLIC = public("kind")
    STATE = "closed"
    ROW = ()

    kind: str
    before: FacilityStanding

    def apply(self, facility: Facility) -> None:
        """Let it stand no more."""
        facility.standing = None

    def facts(self) -> tuple[Fact, ...]:
        """Count it and its beds out."""
        return self.before.stock(-1)


class FacilityMove(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A bed was taken or given back; `taken` is how many are taken then."""

    ROW = ("taken",)

    kind: str
    placement: str
    taken: Annotated[int, Measured("bed", least=0)]

    def move(self, facility: Facility, free: int) -> None:
        """Let so many beds be free from this day on."""
        facility.free.change(self.act.on, free)
        facility.taken = self.taken
        facility.last_move = max(facility.last_move, self.act.on)


class FacilityOccupied(
    FacilityMove, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A placement took a bed."""

    TOPIC = "facility.occupied"

    def apply(self, facility: Facility) -> None:
        """Take the bed."""
        self.move(facility, -1)


class FacilityVacated(
    FacilityMove, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A placement gave its bed back."""

    TOPIC = "facility.vacated"

    def apply(self, facility: Facility) -> None:
        """Give the bed back."""
        self.move(facility, 1)
