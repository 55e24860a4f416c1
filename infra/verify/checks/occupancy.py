"""Checks of places: no bed is taken twice, nobody is in two places at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.bodies.facility_events import (
    FacilityBroughtIn,
    FacilityOccupied,
    FacilityOpened,
    FacilityResized,
    FacilityVacated,
)
from domain.bodies.placement_events import PlacementDischarged
from domain.bodies.placements import IN_CARE, STAYS
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.money import Posting


class BedsNotOverfilled(Fold):
    """Beds by facility and day, whenever each move was learnt."""

    NAME = "beds-not-overfilled"
    SENTENCE = "On no day are more beds of a facility taken than it has."
    POSTINGS = False
    TOPICS = (
        "facility.opened",
        "facility.brought-in",
        "facility.resized",
        "facility.occupied",
        "facility.vacated",
    )

    def __init__(self) -> None:
        """Start without facilities."""
        super().__init__()
        # How many beds more, or fewer, are free from a day on, by facility.
        self.changes: defaultdict[str, defaultdict[date, int]] = defaultdict(
            lambda: defaultdict(int)
        )

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Enter the change, and look at every day from then on."""
        self.found.examined += 1
        days = self.changes[event.originator_id]
        days[event.act.on] += change_of(event)
        free = 0
        for day in sorted(days):
            free += days[day]
            if day >= event.act.on and free < 0:
                said = f"{-free} too many on {day}"
                self.found.breach([position], event.originator_id, said)
                return


def change_of(event: Any) -> int:
    """Return how many beds more are free after an event, or fewer if negative."""
    match event:
        case FacilityOpened() | FacilityBroughtIn():
            return event.beds
        case FacilityResized():
            return event.beds - event.before.beds if event.before.state == "open" else 0
        case FacilityOccupied():
            return -1
        case FacilityVacated():
            return 1
    raise TypeError(event.TOPIC)


class BedStay(NamedTuple):
    """A person's stay: where it began in the log, and its days."""

    position: int
    placement: str
    kind: str
    since: date
    until: date = date.max


class OnePlaceAtATime(Fold):
    """Stays of each person, day by day."""

    NAME = "one-place-at-a-time"
    SENTENCE = "Nobody is in two placements on one day that exclude each other."
    POSTINGS = False
    TOPICS = ("placement.admitted", "placement.brought-in", "placement.discharged")

    def __init__(self) -> None:
        """Start with nobody anywhere."""
        super().__init__()
        self.stays: defaultdict[str, list[BedStay]] = defaultdict(list)
        self.whose: dict[str, str] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Enter a stay or its end; a stay is held against the person's others."""
        self.found.examined += 1
        placement = event.originator_id
        if isinstance(event, PlacementDischarged):
            stays = self.stays[self.whose.get(placement, placement)]
            for nth, stay in enumerate(stays):
                if stay.placement == placement:
                    stays[nth] = stay._replace(until=event.act.on)
            return
        person = event.person or placement
        self.whose[placement] = person
        began = BedStay(position, placement, event.kind, event.act.on)
        for other in self.stays[person]:
            if excluding(other, began) and other.until > began.since:
                said = f"{placement} beside {other.placement} on {began.since}"
                self.found.breach([other.position, position], person, said)
        self.stays[person].append(began)


def excluding(one: BedStay, other: BedStay) -> bool:
    """Tell whether nobody can be in both kinds of placement at once."""
    return any({one.kind, other.kind} <= group for group in (STAYS, IN_CARE))
