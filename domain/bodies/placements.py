"""Placements (安置、入住): who stays where, is cared for, or is helped without a stay.

Nobody is in two placements at once that exclude each other, by any day: the person's own stream
names the last placement of each kind, and every admission adds to it (docs/decisions).
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Literal, TypeAlias

from domain.benefits.households import require_registered
from domain.benefits.persons import Person
from domain.bodies.facilities import Facility
from domain.bodies.facility_events import SECRET
from domain.bodies.placement_events import (
    PlacementAdmitted,
    PlacementAssisted,
    PlacementBroughtIn,
    PlacementDischarged,
    PlacementTransferred,
)
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.chronology import require_not_before
from domain.kernel.ids import AreaId, FacilityId, PersonId
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.refusals import ExcludedByScheme, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

PlacementKind: TypeAlias = Literal[
    "shelter",
    "elder-home",
    "child-care",
    "day-care",
    "refuge",
    "retired-officer",
    "non-military-staff",
]
# Of each group a person has one at a time. A retired officer may live in an elders' home.
STAYS = frozenset({"shelter", "elder-home", "child-care", "day-care", "refuge"})
IN_CARE = frozenset({"retired-officer", "non-military-staff"})


class Placement(Aggregate):
    """One stay, or one help without a stay, of one person, who may be unidentified."""

    KIND = "placement"
    COLLECTION = "placements"
    ORDER = 200
    LIFE = LifeCycle(
        begins=("placement.admitted", "placement.brought-in", "placement.assisted"),
        ends=("placement.assisted", "placement.discharged"),
        dated=True,
    )

    def __init__(self, subject: str) -> None:
        """Start with nobody."""
        super().__init__(subject)
        self.state = ""
        self.kind = ""
        self.person: str | None = None
        self.facility: str | None = None
        self.area = ""
        self.since = date.min
        self.until = date.max

    @command(roles=("clerk",), opens=True)
    def admit(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: PlacementKind,
        person: PersonId | None = None,
        facility: FacilityId | None = None,
        area: AreaId,
    ) -> None:
        """Admit a person (入住、接收), to a bed if a facility is named."""
        self.check(act, unit, kind, person, area)
        self.enter(act, unit, kind=kind, facility=facility)
        said = {"kind": kind, "person": person, "facility": facility, "area": area}
        self.record(PlacementAdmitted, act, **said)
        self.mark(act, unit)

    @command(roles=("clerk",), opens=True)
    def assist(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: PlacementKind,
        person: PersonId | None = None,
        area: AreaId,
    ) -> None:
        """Help a person without a stay (救助): food, a ticket home, a call."""
        if person is not None:
            require_living(act, unit, person)
        require_area(act, unit, area)
        self.record(PlacementAssisted, act, kind=kind, person=person, area=area)

    @command(roles=("clerk",), opens=True)
    def bring_in(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: PlacementKind,
        person: PersonId | None = None,
        facility: FacilityId | None = None,
        area: AreaId,
    ) -> None:
        """Enter a placement that began before this ledger."""
        self.check(act, unit, kind, person, area)
        self.enter(act, unit, kind=kind, facility=facility)
        said = {"kind": kind, "person": person, "facility": facility, "area": area}
        self.record(PlacementBroughtIn, act, **said)
        self.mark(act, unit)

    @command(roles=("clerk",))
    def transfer(
        self,
        act: Act,
        unit: Unit,
        *,
        facility: FacilityId | None = None,
        area: AreaId | None = None,
    ) -> None:
        """Move the person to another facility or area (转出)."""
        self.require_admitted(act)
        if facility in {None, self.facility} and area in {None, self.area}:
            raise Malformed(self.id, "name another facility or area", "/what")
        if area is not None:
            require_area(act, unit, area)
        if facility not in {None, self.facility}:
            self.enter(act, unit, kind=self.kind, facility=facility)
            self.leave(act, unit)
        self.record(
            PlacementTransferred,
            act,
            kind=self.kind,
            facility=facility or self.facility,
            area=area or self.area,
            from_facility=self.facility,
            from_area=self.area,
        )

    @command(roles=("clerk",))
    def discharge(self, act: Act, unit: Unit) -> None:
        """Let the person go (离开)."""
        self.require_admitted(act)
        self.leave(act, unit)
        self.record(
            PlacementDischarged, act, kind=self.kind, facility=self.facility, area=self.area
        )

    def check(self, act: Act, unit: Unit, kind: str, person: str | None, area: str) -> None:
        """Refuse an unknown area, and a person who cannot be taken in."""
        require_area(act, unit, area)
        if person is not None:
            require_living(act, unit, person)
            require_free(act, unit, kind, person)

    def enter(self, act: Act, unit: Unit, *, kind: str, facility: str | None) -> None:
        """Take a bed of a facility, if one is named."""
        if facility is None:
            return
        house = unit[Facility, facility]
        if house.standing is not None and (house.standing.kind == SECRET) != (kind == SECRET):
            raise WrongState(facility, "wrong-facility", facility=house.standing.kind, kind=kind)
        house.occupy(act, unit, placement=self.id)

    def leave(self, act: Act, unit: Unit) -> None:
        """Give the bed back, if there is one."""
        if self.facility is not None:
            unit[Facility, self.facility].vacate(act, placement=self.id)

    def mark(self, act: Act, unit: Unit) -> None:
        """Leave word of this placement with the person."""
        if self.person is not None:
            unit[Person, self.person].admit(act, placement=self.id, kind=self.kind)

    def require_admitted(self, act: Act) -> None:
        """Refuse an act on somebody who is not there."""
        if self.state != "admitted":
            raise WrongState(self.id, "has-ended", state=self.state)
        require_not_before(self.id, act, self.since)


def require_living(act: Act, unit: Unit, person: str) -> None:
    """Refuse a person who is not registered, was erased, or had died before."""
    require_registered(unit, person)
    died = unit[Person, person].died
    if died is not None and died < act.on:
        raise WrongState(person, "has-died", died=died)


def require_free(act: Act, unit: Unit, kind: str, person: str) -> None:
    """Refuse a person who on this day or later is in a placement that excludes this one."""
    group = STAYS if kind in STAYS else IN_CARE
    known = (unit[Person, each].placements for each in unit[Person, person].ids)
    for other, last in chain.from_iterable(each.items() for each in known):
        if other not in group:
            continue
        placement = unit[Placement, last]
        if placement.until > act.on:
            until = "-" if placement.until == date.max else placement.until
            raise ExcludedByScheme(
                last,
                "{person} is in it as {kind} (until: {until}): discharge the person first",
                person=person,
                kind=other,
                until=until,
            )
