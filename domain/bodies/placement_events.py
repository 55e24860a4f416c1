"""What happens to a placement, and whom each event counts.

A refuge counts for the whole city and for no area, so that nobody can be looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.bodies.facility_events import area_shown
from domain.kernel.aggregate import Event
from domain.kernel.facts import Fact

if TYPE_CHECKING:
    from domain.bodies.placements import Placement


class PlacementEvent(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something happened to a placement of a kind in an area."""

    kind: str
    area: str

    def fact(self, measure: str, value: int = 1, *, who: str = "", area: str = "") -> Fact:
        """Count the person."""
        shown = area_shown(self.kind, area or self.area)
        return Fact(measure=measure, value=value, who=who, area=shown, detail=self.kind)


class PlacementOfPerson(
    PlacementEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """Somebody came; without a `person`, somebody unidentified."""

    person: str | None = None
    facility: str | None = None

    def apply(self, placement: Placement) -> None:
        """Keep who came where."""
        placement.state = self.STATE or ""
        placement.kind = self.kind
        placement.person = self.person
        placement.facility = self.facility
        placement.area = self.area
        placement.since = self.act.on

    def helped(self) -> Fact:
        """Count whom it helped: a person once, somebody unidentified each time."""
        return self.fact("placement-helped", who=self.person or self.originator_id)


class PlacementAdmitted(
    PlacementOfPerson, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A person was admitted."""

    TOPIC = "placement.admitted"
    STATE = "admitted"

    def facts(self) -> tuple[Fact, ...]:
        """Count the admission, the person, and the stay."""
        who = self.person or self.originator_id
        admitted = self.fact("placements-admitted", who=who)
        return (admitted, self.helped(), self.fact("placements"))


class PlacementBroughtIn(
    PlacementOfPerson, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A person had been admitted before this ledger began."""

    TOPIC = "placement.brought-in"
    STATE = "admitted"

    def facts(self) -> tuple[Fact, ...]:
        """Count the stay."""
        return (self.fact("placements"),)


class PlacementAssisted(
    PlacementOfPerson, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A person was helped without a stay."""

    TOPIC = "placement.assisted"
    STATE = "assisted"

    def apply(self, placement: Placement) -> None:
        """Keep that there is no stay."""
        super().apply(placement)
        placement.until = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the help, and the person."""
        return (self.fact("placements-assisted"), self.helped())


class PlacementTransferred(
    PlacementEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The person went to another facility or area; the placement goes on."""

    TOPIC = "placement.transferred"
    ROW = ("facility", "area")

    facility: str | None = None
    from_facility: str | None = None
    from_area: str

    def apply(self, placement: Placement) -> None:
        """Keep where the person is."""
        placement.facility = self.facility
        placement.area = self.area
        placement.since = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the stay in its new area, and no more in the old one."""
        if self.from_area == self.area:
            return ()
        return (self.fact("placements", -1, area=self.from_area), self.fact("placements"))


class PlacementDischarged(
    PlacementEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The person has left."""

    TOPIC = "placement.discharged"
    STATE = "discharged"
    ROW = ()

    facility: str | None = None

    def apply(self, placement: Placement) -> None:
        """Keep the last day."""
        placement.state = "discharged"
        placement.until = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the stay out."""
        return (self.fact("placements-discharged"), self.fact("placements", -1))
