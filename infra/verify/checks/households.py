"""The check of households: people live in one at a time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.household_events import (
    HouseholdFormed,
    HouseholdJoined,
    HouseholdJoinWithdrawn,
    HouseholdLeaveWithdrawn,
    HouseholdLeft,
)
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.money import Posting


class LivedStay(NamedTuple):
    """A person's time in a household, by days, and the position at which it was recorded."""

    household: str
    position: int
    since: date
    until: date = date.max


class OneHousehold(Fold):
    """The stays of all who ever lived in a household, compared as they begin."""

    NAME = "one-household"
    SENTENCE = (
        "Nobody lives in two households on one day: whom a household takes in has left the other"
        " by that day."
    )
    POSTINGS = False
    TOPICS = (
        "household.formed",
        "household.joined",
        "household.left",
        "household.join-withdrawn",
        "household.leave-withdrawn",
    )

    def __init__(self) -> None:
        """Start with nobody anywhere."""
        super().__init__()
        self.stays: defaultdict[str, list[LivedStay]] = defaultdict(list)

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Hold whom a household takes in against the stays known by then; end a stay."""
        match event:
            case HouseholdFormed():
                for person in event.members:
                    self.enter(position, event, person)
            case HouseholdJoined():
                self.enter(position, event, event.person)
            case HouseholdLeft():
                self.end_stay(event, date.max, event.act.on)
            case HouseholdJoinWithdrawn():
                self.stays[event.person] = [
                    stay
                    for stay in self.stays[event.person]
                    if (stay.household, stay.until) != (event.originator_id, date.max)
                ]
            case HouseholdLeaveWithdrawn():
                self.end_stay(event, event.left_on, date.max)
                self.compare(position, event, event.person, event.left_on)

    def end_stay(self, event: Any, until: date, end: date) -> None:
        """Let the stay in a household that ends on a day end on another."""
        self.stays[event.person] = [
            stay._replace(until=end)
            if (stay.household, stay.until) == (event.originator_id, until)
            else stay
            for stay in self.stays[event.person]
        ]

    def enter(self, position: int, event: Any, person: str) -> None:
        """Begin a stay, which has no end yet."""
        self.found.examined += 1
        self.compare(position, event, person, event.act.on)
        self.stays[person].append(LivedStay(event.originator_id, position, event.act.on))

    def compare(self, position: int, event: Any, person: str, since: date) -> None:
        """Take down the stays elsewhere that go on after a day."""
        home = event.originator_id
        for stay in self.stays[person]:
            if stay.household != home and stay.until > since:
                said = f"{person} lives in {stay.household} from {stay.since} on"
                self.found.breach([stay.position, position], home, said)
