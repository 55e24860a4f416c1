"""Welfare facilities (福利机构) and their beds: planned, opened, resized, closed, never overfilled.

A facility keeps on its own stream which placements take a bed, so that two admissions at once
cannot both have the last one. Beds are counted by day: what is learnt late overfills no past day.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from datetime import date
from typing import Annotated, TypeAlias

from domain.bodies.facility_events import (
    FacilityBroughtIn,
    FacilityClosed,
    FacilityOccupied,
    FacilityOpened,
    FacilityPlanned,
    FacilityResized,
    FacilityStanding,
    FacilityVacated,
)
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.chronology import require_not_before
from domain.kernel.ids import AreaId, OrganisationId, Text, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Measured
from domain.kernel.payees import require_body
from domain.kernel.refusals import AlreadyExists, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

Beds: TypeAlias = Annotated[int, Measured("bed")]


class FreeBeds:
    """How many beds are free on each day, kept as what changed on it."""

    def __init__(self) -> None:
        """Start without a bed."""
        self.now = 0
        self.days: list[date] = []
        self.changes: dict[date, int] = {}

    def change(self, day: date, by: int) -> None:
        """Let so many more be free from a day on, or fewer if negative."""
        if day not in self.changes:
            insort(self.days, day)
            self.changes[day] = 0
        self.changes[day] += by
        self.now += by

    def least_from(self, day: date) -> int:
        """Return the least number free on the day or any later one."""
        least = left = self.now
        for later in reversed(self.days[bisect_right(self.days, day) :]):
            left -= self.changes[later]
            least = min(least, left)
        return least


class FacilityFull(WrongState):
    """Beds are never overfilled."""

    UNIT = "bed"


class Facility(Aggregate):
    """One home, shelter or centre, with so many beds."""

    KIND = "facility"
    COLLECTION = "facilities"
    ORDER, PUBLIC_ORDER = 180, 90
    LIFE = LifeCycle(
        begins=("facility.planned", "facility.brought-in"),
        ends=("facility.closed",),
        follows=(("facility.opened", "facility.planned"),),
        dated=True,
    )

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.standing: FacilityStanding | None = None
        self.body = ""
        self.since = date.min
        self.free = FreeBeds()
        self.taken = 0
        self.last_move = date.min

    @command(roles=("clerk",), opens=True)
    def plan(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: Word,
        body: OrganisationId,
        area: AreaId,
        beds: Beds,
        title: Text | None = None,
    ) -> None:
        """Plan a facility (筹办)."""
        require_area(act, unit, area)
        require_body(act, unit, self.id, body)
        said = {"kind": kind, "body": body, "area": area, "beds": beds}
        self.record(FacilityPlanned, act, **said, title=title)

    @command(roles=("clerk",), opens=None)
    def open(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: Word | None = None,
        body: OrganisationId | None = None,
        area: AreaId | None = None,
        beds: Beds | None = None,
        title: Text | None = None,
    ) -> None:
        """Open a facility (开业); of a planned one only what differs from the plan is said."""
        if self.version and (self.standing is None or self.standing.state != "planned"):
            raise AlreadyExists(self.id)
        require_not_before(self.id, act, self.since)
        said = {"kind": kind, "body": body, "area": area, "beds": beds}
        given = self.planned() | {name: value for name, value in said.items() if value is not None}
        if missing := said.keys() - given.keys():
            raise Malformed(
                self.id,
                "it was not planned: say {missing} as well",
                "/what",
                missing=sorted(missing),
            )
        require_area(act, unit, str(given["area"]))
        require_body(act, unit, self.id, str(given["body"]))
        self.record(FacilityOpened, act, **given, title=title, before=self.standing)

    @command(roles=("clerk",), opens=True)
    def bring_in(
        self,
        act: Act,
        unit: Unit,
        *,
        kind: Word,
        body: OrganisationId,
        area: AreaId,
        beds: Beds,
        title: Text | None = None,
    ) -> None:
        """Enter a facility that was open before this ledger began."""
        require_area(act, unit, area)
        require_body(act, unit, self.id, body)
        said = {"kind": kind, "body": body, "area": area, "beds": beds}
        self.record(FacilityBroughtIn, act, **said, title=title)

    @command(roles=("clerk",))
    def resize(self, act: Act, unit: Unit, *, beds: Beds) -> None:
        """Give it more beds or fewer, but never fewer than are taken on some day from then on."""
        before = self.standing_now()
        if beds > before.beds:
            require_body(act, unit, self.id, self.body)
        require_not_before(self.id, act, self.since)
        free = self.free.least_from(act.on)
        if before.state == "open" and free + beds - before.beds < 0:
            raise FacilityFull(self.id, "beds-taken", taken=before.beds - free, wanted=beds)
        self.record(FacilityResized, act, kind=before.kind, beds=beds, before=before)

    @command(roles=("clerk",))
    def close(self, act: Act) -> None:
        """Close it, once everybody has left; or give its plan up."""
        before = self.standing_now()
        if self.taken:
            raise FacilityFull(self.id, "residents-left", taken=self.taken)
        require_not_before(self.id, act, max(self.since, self.last_move))
        self.record(FacilityClosed, act, kind=before.kind, before=before)

    def occupy(self, act: Act, unit: Unit, *, placement: str) -> None:
        """Take a bed for a placement from this day on."""
        now = self.standing_now()
        require_body(act, unit, self.id, self.body)
        if now.state != "open":
            raise WrongState(self.id, "not-open", state=now.state)
        free = self.free.least_from(act.on)
        if free < 1:
            raise FacilityFull(self.id, "facility-full", day=act.on, wanted=1, free=free)
        self.record(FacilityOccupied, act, kind=now.kind, placement=placement, taken=self.taken + 1)

    def vacate(self, act: Act, *, placement: str) -> None:
        """Give the bed of a placement back from this day on."""
        now = self.standing_now()
        self.record(FacilityVacated, act, kind=now.kind, placement=placement, taken=self.taken - 1)

    def planned(self) -> dict[str, object]:
        """Return what its plan says, nothing if there is none."""
        plan = self.standing
        if plan is None:
            return {}
        return {"kind": plan.kind, "body": self.body, "area": plan.area, "beds": plan.beds}

    def standing_now(self) -> FacilityStanding:
        """Return how it stands; refuse a closed one."""
        if self.standing is None:
            raise WrongState(self.id, "has-ended", state="closed")
        return self.standing
