"""The check of schemes that exclude each other: nobody was granted one beside another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.entitlement_events import (
    EntitlementApplied,
    EntitlementBroughtIn,
    EntitlementGranted,
    EntitlementStopped,
)
from domain.benefits.households import HouseholdFormed, HouseholdJoined, HouseholdLeft
from domain.benefits.schemes import SchemeAdopted
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.kernel.money import Posting


class Given(NamedTuple):
    """Where an entitlement was given, and on which scheme."""

    position: int
    scheme: str


class ExcludingSchemes(Fold):
    """What everybody had when something was granted to them, their household or a member of it."""

    NAME = "excluding-schemes"
    SENTENCE = (
        "Nothing was granted to anybody who had, alone, by their household or by one of its"
        " members, an entitlement granted or suspended whose scheme excludes it or is excluded."
    )
    POSTINGS = False
    TOPICS = (
        "scheme.adopted",
        "household.formed",
        "household.joined",
        "household.left",
        "entitlement.applied",
        "entitlement.brought-in",
        "entitlement.granted",
        "entitlement.stopped",
    )

    def __init__(self) -> None:
        """Start with nobody entitled."""
        super().__init__()
        self.excluded: defaultdict[str, set[str]] = defaultdict(set)
        # Who lives together: the members of a household, and the households of a person.
        self.together: defaultdict[str, set[str]] = defaultdict(set)
        self.scheme: dict[str, str] = {}
        self.given: defaultdict[str, dict[str, Given]] = defaultdict(dict)

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Keep schemes, households and claims; hold what is given against what is there."""
        subject = event.originator_id
        match event:
            case SchemeAdopted():
                self.exclude(subject, event.excludes)
            case HouseholdFormed():
                self.live(subject, event.members)
            case HouseholdJoined():
                self.live(subject, (event.person,))
            case HouseholdLeft():
                self.together[subject].discard(event.person)
                self.together[event.person].discard(subject)
            case EntitlementApplied():
                self.scheme[subject] = event.scheme
            case EntitlementStopped():
                self.given[event.holder].pop(subject, None)
            case EntitlementBroughtIn():
                self.give(position, event, event.scheme)
            case EntitlementGranted():
                self.give(position, event, self.scheme.pop(subject, ""))

    def exclude(self, scheme: str, others: Sequence[str]) -> None:
        """Note that a scheme and some others exclude each other."""
        for other in others:
            self.excluded[scheme].add(other)
            self.excluded[other].add(scheme)

    def live(self, household: str, persons: Sequence[str]) -> None:
        """Note that persons live in a household."""
        for person in persons:
            self.together[household].add(person)
            self.together[person].add(household)

    def give(self, position: int, event: Any, scheme: str) -> None:
        """Hold what is given against what its holder has, and those who count together with it."""
        self.found.examined += 1
        for other in self.around(event.holder) if self.excluded.get(scheme) else ():
            if other.scheme in self.excluded[scheme]:
                said = f"{scheme} beside {other.scheme}"
                self.found.breach([other.position, position], event.originator_id, said)
        self.given[event.holder][event.originator_id] = Given(position, scheme)

    def around(self, holder: str) -> Iterator[Given]:
        """Give what a holder has, and what those have who count together with it."""
        for each in (holder, *self.together.get(holder, ())):
            yield from self.given.get(each, {}).values()
