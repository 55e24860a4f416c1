"""The check of schemes that exclude each other: nobody was granted one beside another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.entitlement_events import (
    EntitlementApplied,
    EntitlementBroughtIn,
    EntitlementGranted,
    EntitlementStopped,
    EntitlementWithdrawn,
)
from domain.benefits.entitlement_rules import FOR_EVER, months_given
from domain.benefits.household_events import (
    HouseholdFormed,
    HouseholdJoined,
    HouseholdJoinWithdrawn,
    HouseholdLeaveWithdrawn,
    HouseholdLeft,
)
from domain.benefits.schemes import SchemeAdopted
from domain.kernel.months import month_of, moved
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.kernel.money import Posting


class Given(NamedTuple):
    """Where an entitlement was given, of which scheme, for which months; `last` may be empty."""

    position: int
    entitlement: str
    scheme: str
    first: str
    last: str

    def within(self, first: str, last: str) -> Given:
        """Leave it some months of these."""
        ends = [each for each in (self.last, last) if each]
        return self._replace(first=max(self.first, first), last=min(ends, default=""))

    def meets(self, other: Given) -> bool:
        """Tell whether both are given for one month."""
        first = max(self.first, other.first)
        return first <= min(self.last or FOR_EVER, other.last or FOR_EVER)


class ExcludingSchemes(Fold):
    """What people had when something was granted to them or theirs, and when they came together."""

    NAME = "excluding-schemes"
    SENTENCE = (
        "Nothing was granted for a month to anybody who had for that month, alone, by their"
        " household or by one of its members, an entitlement whose scheme excludes it or is"
        " excluded; and nobody joined a household that had one."
    )
    POSTINGS = False
    TOPICS = (
        "scheme.adopted",
        "household.formed",
        "household.joined",
        "household.left",
        "household.join-withdrawn",
        "household.leave-withdrawn",
        "entitlement.applied",
        "entitlement.brought-in",
        "entitlement.granted",
        "entitlement.stopped",
        "entitlement.withdrawn",
    )

    def __init__(self) -> None:
        """Start with nobody entitled."""
        super().__init__()
        self.excluded: defaultdict[str, set[str]] = defaultdict(set)
        # Who lives together, for which months: members of a household, households of a person.
        self.together: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self.scheme: dict[str, str] = {}
        self.given: defaultdict[str, dict[str, Given]] = defaultdict(dict)
        # By claim: what it was before its stop.
        self.unstopped: dict[str, Given] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Keep schemes, households and claims; hold what is given against what is there."""
        subject = event.originator_id
        match event:
            case SchemeAdopted():
                self.exclude(subject, event.excludes)
            case EntitlementApplied():
                self.scheme[subject] = event.scheme
            case EntitlementStopped():
                self.stop(event)
            case EntitlementWithdrawn() if event.withdrawn == "stopped":
                self.withdraw(position, event)
            case EntitlementBroughtIn():
                self.give(position, event, event.scheme)
            case EntitlementGranted():
                self.give(position, event, self.scheme.pop(subject, ""))
            case _:
                self.dwell(position, event)

    def dwell(self, position: int, event: Any) -> None:
        """Keep who lives in a household; hold who comes against what it has."""
        subject = event.originator_id
        match event:
            case HouseholdFormed():
                self.live(subject, event.members, (event.first, ""))
            case HouseholdJoined():
                self.live(subject, (event.person,), (event.first, ""))
                self.join(position, event, event.first)
            case HouseholdLeft():
                first, _ = self.together[subject].get(event.person, ("", ""))
                self.live(subject, (event.person,), (first, event.last))
            case HouseholdJoinWithdrawn():
                self.together[subject].pop(event.person, None)
                self.together[event.person].pop(subject, None)
            case HouseholdLeaveWithdrawn():
                self.live(subject, (event.person,), (event.first, ""))
                self.join(position, event, moved(month_of(event.left_on), 1))

    def exclude(self, scheme: str, others: Sequence[str]) -> None:
        """Note that a scheme and some others exclude each other."""
        for other in others:
            self.excluded[scheme].add(other)
            self.excluded[other].add(scheme)

    def live(self, household: str, persons: Sequence[str], months: tuple[str, str]) -> None:
        """Note that persons live in a household for some months."""
        for person in persons:
            self.together[household][person] = months
            self.together[person][household] = months

    def stop(self, event: EntitlementStopped) -> None:
        """Let a claim end before the month of its stop."""
        theirs = self.given[event.holder]
        given = theirs.get(event.originator_id)
        if given is not None:
            self.unstopped[event.originator_id] = given
            theirs[event.originator_id] = given.within("", moved(month_of(event.from_), -1))

    def withdraw(self, position: int, event: EntitlementWithdrawn) -> None:
        """Let a claim stand again, and hold it against what was given since."""
        self.found.examined += 1
        again = self.unstopped.pop(event.originator_id, None)
        if again is None:
            return
        for other in self.around(event.holder):
            if other.entitlement != again.entitlement:
                self.compare(again, other, position)
        self.given[event.holder][event.originator_id] = again

    def give(self, position: int, event: Any, scheme: str) -> None:
        """Hold what is given against what its holder has, and those who count together with it."""
        self.found.examined += 1
        subject = event.originator_id
        months = months_given(
            month_of(event.from_), month_of(event.until) if event.until else "", ""
        )
        new = Given(position, subject, scheme, *months)
        for other in self.around(event.holder) if self.excluded.get(scheme) else ():
            self.compare(new, other, position)
        self.given[event.holder][subject] = new

    def join(self, position: int, event: Any, first: str) -> None:
        """Hold what a person has against what the household has that the person joins."""
        self.found.examined += 1
        theirs = self.given.get(event.originator_id, {}).values()
        for own in self.given.get(event.person, {}).values():
            for other in theirs:
                self.compare(own.within(first, ""), other, position)

    def compare(self, one: Given, other: Given, position: int) -> None:
        """Take down two that exclude each other and are given for one month."""
        if other.scheme in self.excluded.get(one.scheme, ()) and one.meets(other):
            said = f"{one.scheme} beside {other.scheme}"
            self.found.breach([other.position, position], one.entitlement, said)

    def around(self, holder: str) -> Iterator[Given]:
        """Give what a holder has, and for the months together what those have who live with it."""
        yield from self.given.get(holder, {}).values()
        for other, months in self.together.get(holder, {}).items():
            for given in self.given.get(other, {}).values():
                yield given.within(*months)
