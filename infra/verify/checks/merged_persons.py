"""The check of merged persons: no act names an id that was merged before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from domain.benefits.person_events import MERGED, PersonMerged, PersonMergedIn
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.kernel.money import Posting


class OnePerson(Fold):
    """Every registration, and the id into which it was merged."""

    NAME = "one-person"
    SENTENCE = (
        "Who was registered twice is one person: a registration is merged once, into one that is"
        " not merged, with a word on both, and no later act names its id."
    )
    POSTINGS = False
    TOPICS: ClassVar[tuple[str, ...]] = (
        *("person.registered", "person.changed", "person.death-reported", "person.erased"),
        *("person.admitted", PersonMerged.TOPIC, PersonMergedIn.TOPIC),
        *("household.formed", "household.joined", "household.leave-withdrawn"),
        *("entitlement.applied", "entitlement.brought-in", "relief.applied"),
        *("placement.admitted", "placement.assisted", "placement.brought-in"),
        *("veteran.received", "worker.registered", "worker.appointed", "donation.received"),
    )

    def __init__(self) -> None:
        """Start with nobody merged."""
        super().__init__()
        # By merged id: where that was recorded, and into which id.
        self.merged: dict[str, tuple[int, str]] = {}
        # Merges of which the other id has not heard yet.
        self.unheard: dict[str, tuple[int, str]] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Hold an act against the merges known by then."""
        self.found.examined += 1
        if isinstance(event, PersonMerged):
            self.see_merge(position, event)
        elif isinstance(event, PersonMergedIn):
            self.unheard = {
                person: told
                for person, told in self.unheard.items()
                if told[1] != event.originator_id or person not in event.others
            }
        elif self.merged:
            for person in named(event):
                if person in self.merged:
                    at, into = self.merged[person]
                    self.found.breach([at, position], person, f"it is {into}: {event.TOPIC}")

    def see_merge(self, position: int, event: PersonMerged) -> None:
        """Look for a merge of a merged registration, or into one."""
        person, into = event.originator_id, event.into
        for each in (person, into):
            if each in self.merged:
                at, known = self.merged[each]
                self.found.breach([at, position], each, f"it is {known}: {event.TOPIC}")
        if person == into:
            self.found.breach([position], person, "merged into itself")
        self.merged.setdefault(person, (position, into))
        self.unheard[person] = position, into

    def end(self) -> None:
        """Look for merges of which the other registration says nothing."""
        for person, (position, into) in self.unheard.items():
            self.found.breach([position], person, f"{into} does not say so")


def named(event: Any) -> Iterator[str]:
    """Return the persons whom an act names, its subject among them.

    What is learnt of a person is recorded on every id of the person.
    """
    if event.originator_id.startswith("person:"):
        if getattr(event, "state", "") != MERGED and event.TOPIC != "person.admitted":
            yield event.originator_id
        return
    for field in ("holder", "person", "donor"):
        if name := getattr(event, field, None):
            yield name
    if event.TOPIC == "household.formed":
        yield from event.members
