"""What those whom a stop, a suspension or a death has touched could claim, and when that was known.

Only they, their households and their members are read: memory grows with what was stopped.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.benefits.entitlement_events import (
    EntitlementApplied,
    EntitlementBroughtIn,
    EntitlementGranted,
    EntitlementResumed,
    EntitlementStopped,
    EntitlementSuspended,
    EntitlementWithdrawn,
)
from domain.benefits.household_events import (
    HouseholdFormed,
    HouseholdJoined,
    HouseholdJoinWithdrawn,
    HouseholdLeaveWithdrawn,
    HouseholdLeft,
)
from domain.benefits.person_events import PersonDeathReported, PersonDeathWithdrawn
from domain.benefits.schemes import SchemeAdopted
from domain.kernel.months import month_of, moved
from infra.verify.checks.claim_history import (
    END,
    STANDS,
    ClaimChange,
    ClaimHistory,
    Why,
    withdraw,
)
from projections.core.event_log import stored_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.aggregate import Event
    from infra.verify.check import LogAtHead

EVENTS = """
    SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s ORDER BY notification_id"""
OF_HOLDERS = """
    SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s
      AND convert_from(state, 'UTF8')::json ->> 'holder' = ANY (%s) ORDER BY notification_id"""
STOPS = stored_names(
    EntitlementStopped, EntitlementSuspended, EntitlementResumed, EntitlementWithdrawn
)
DEATHS = stored_names(PersonDeathReported, PersonDeathWithdrawn, SchemeAdopted)
HOUSEHOLDS = stored_names(
    HouseholdFormed, HouseholdJoined, HouseholdLeft, HouseholdJoinWithdrawn, HouseholdLeaveWithdrawn
)
ONE_PERSON = (HouseholdJoined, HouseholdLeft, HouseholdJoinWithdrawn, HouseholdLeaveWithdrawn)
CLAIMS = stored_names(EntitlementApplied, EntitlementBroughtIn, EntitlementGranted)


class KnownDeath(NamedTuple):
    """The month of a death, and between which positions it was thought to be true."""

    position: int
    month: str
    withdrawn_at: int = STANDS


class MemberStay(NamedTuple):
    """A person's time in a household, as months, and where its beginning and end were recorded."""

    household: str
    person: str
    position: int
    first: str
    left_at: int = END
    last: str = ""
    withdrawn_at: int = STANDS

    def covers(self, month: str, at: int) -> bool:
        """Tell whether the person counts for a month, as known at a position."""
        gone = self.left_at < END and self.left_at <= at and self.last < month
        return self.position <= at < self.withdrawn_at and self.first <= month and not gone


class Claims:
    """The claims of everybody whom a stop has touched."""

    def __init__(self, asked: LogAtHead) -> None:
        """Read the stops, then whom they touch, then what those can claim."""
        self.asked = asked
        self.after_death: dict[str, int] = {}
        self.follows: dict[str, str] = {}
        self.deaths: defaultdict[str, list[KnownDeath]] = defaultdict(list)
        self.changes: defaultdict[str, list[ClaimChange]] = defaultdict(list)
        self.holders: dict[str, None] = {}
        self.stays: defaultdict[str, list[MemberStay]] = defaultdict(list)
        self.members: defaultdict[str, list[MemberStay]] = defaultdict(list)
        self.claims: defaultdict[tuple[str, str], list[ClaimHistory]] = defaultdict(list)
        self.read_stops()
        self.read_households()
        self.read_claims()

    def events(self, topics: list[str]) -> Iterator[tuple[int, Event]]:
        """Read the events of some topics."""
        for position, topic, state in self.asked.rows("claims", EVENTS, (topics, self.asked.head)):
            event = decode(topic, state)
            if self.asked.until is None or event.act.on <= self.asked.until:
                yield position, event

    def read_stops(self) -> None:
        """Read what ends or rests an entitlement, deaths, and what schemes say of them."""
        for position, event in self.events(STOPS + DEATHS):
            match event:
                case EntitlementStopped() | EntitlementSuspended() | EntitlementResumed():
                    kind = event.TOPIC.partition(".")[2]
                    version = event.originator_version
                    change = ClaimChange(month_of(event.from_), position, kind, version)
                    self.changes[event.originator_id].append(change)
                    self.holders[event.holder] = None
                case EntitlementWithdrawn():
                    withdraw(self.changes[event.originator_id], position, event.version)
                case PersonDeathReported():
                    death = KnownDeath(position, month_of(event.date))
                    self.deaths[event.originator_id].append(death)
                    self.holders[event.originator_id] = None
                case PersonDeathWithdrawn():
                    *earlier, last = self.deaths[event.originator_id]
                    withdrawn = last._replace(withdrawn_at=position)
                    self.deaths[event.originator_id] = [*earlier, withdrawn]
                case SchemeAdopted():
                    self.after_death[event.originator_id] = event.after_death_months
                    if event.follows:
                        self.follows[event.originator_id] = event.follows

    def read_households(self) -> None:
        """Read all stays of the dead, and of whoever ever lived in a household that is touched."""
        people = set(self.deaths)
        for _, event in self.events(HOUSEHOLDS):
            if event.originator_id in self.holders:
                people.update(persons_in(event))
        for position, event in self.events(HOUSEHOLDS):
            for person in people.intersection(persons_in(event)):
                self.enter_stay(position, event, person)
        for stays in self.stays.values():
            for stay in stays:
                self.holders[stay.household] = None
                self.members[stay.household].append(stay)

    def enter_stay(self, position: int, event: Event, person: str) -> None:
        """Begin or end a person's time in a household."""
        stays = self.stays[person]
        if isinstance(event, HouseholdFormed | HouseholdJoined):
            stays.append(MemberStay(event.originator_id, person, position, event.first))
            return
        for number, stay in enumerate(stays):
            if stay.household == event.originator_id and stay.withdrawn_at == STANDS:
                stays[number] = stay_after(stay, position, event)
        if isinstance(event, HouseholdLeaveWithdrawn):
            stays.append(MemberStay(event.originator_id, person, position, event.first))

    def read_claims(self) -> None:
        """Read what the touched holders can claim."""
        known: dict[str, ClaimHistory] = {}
        given = CLAIMS, self.asked.head, list(self.holders)
        for position, topic, state in self.asked.rows("claims", OF_HOLDERS, given):
            event: Any = decode(topic, state)
            if self.asked.until is not None and event.act.on > self.asked.until:
                continue
            if isinstance(event, EntitlementApplied | EntitlementBroughtIn):
                claim = known[event.originator_id] = ClaimHistory(event.scheme, event.holder)
                claim.changes = self.changes.get(event.originator_id, [])
                self.claims[event.scheme, event.holder].append(claim)
            if not isinstance(event, EntitlementApplied) and event.originator_id in known:
                known[event.originator_id].grant(position, event)

    def touched(self) -> Iterator[tuple[str, str]]:
        """Return scheme and holder of all claims, and of what follows from them."""
        yield from list(self.claims)
        for follower, followed in self.follows.items():
            people = {
                person
                for scheme, holder in list(self.claims)
                if scheme == followed
                for person in [holder, *(stay.person for stay in self.members.get(holder, ()))]
                if person.startswith("person:")
            }
            yield from ((follower, person) for person in sorted(people))

    def why_not(
        self, scheme: str, holder: str, month: str, *, at: int = END, drawn_at: int = 0
    ) -> Why | None:
        """Say why a month is not due as known at a position; None if it is.

        `drawn_at` is where the roll of the payment's run was drawn; members count as known there.
        """
        if scheme in self.follows:
            return self.why_not_following(scheme, holder, month, at=at, drawn_at=drawn_at)
        reasons = [claim.why_not(month, at) for claim in self.claims.get((scheme, holder), ())]
        dead = self.dead(holder, moved(month, -self.after_death.get(scheme, 0)), at)
        if dead is not None:
            return dead
        if not reasons or not all(reasons):
            return self.dead_member(holder, month, at=at, drawn_at=drawn_at)
        return max(reason for reason in reasons if reason is not None)

    def why_not_following(
        self, scheme: str, person: str, month: str, *, at: int, drawn_at: int
    ) -> Why | None:
        """Say so of a scheme that pays the members of another's roll."""
        followed = self.follows[scheme]
        dead = self.dead(person, month, at) if self.stays.get(person) else None
        if dead is not None:
            return dead
        holders = [person] + [
            stay.household
            for stay in self.stays.get(person, ())
            if stay.covers(month, drawn_at or END)
        ]
        reasons = [
            self.why_not(followed, holder, month, at=at, drawn_at=END)
            for holder in holders
            if (followed, holder) in self.claims
        ]
        if not reasons or not all(reasons):
            return None
        return max(reason for reason in reasons if reason is not None)

    def dead(self, person: str, oldest: str, at: int) -> Why | None:
        """Say whether a person was known to have died before a month."""
        for position, month, withdrawn_at in self.deaths.get(person, ()):
            if position <= at < withdrawn_at and month < oldest:
                return Why(ends=True, position=position, why=f"died in {month}")
        return None

    def dead_member(self, household: str, month: str, *, at: int, drawn_at: int) -> Why | None:
        """Say whether the death of a member, who was drawn with the household, was known."""
        for stay in self.members.get(household, ()):
            if stay.covers(month, max(drawn_at, stay.position)):
                dead = self.dead(stay.person, month, at)
                if dead is not None and dead.position > drawn_at:
                    return dead._replace(why=f"a member {dead.why}")
        return None


def persons_in(event: Event) -> tuple[str, ...]:
    """Return whom a household's event brings in or lets go."""
    if isinstance(event, HouseholdFormed):
        return event.members
    return (event.person,) if isinstance(event, ONE_PERSON) else ()


def stay_after(stay: MemberStay, position: int, event: Event) -> MemberStay:
    """Return a stay as an event in its household leaves it."""
    if isinstance(event, HouseholdLeft) and stay.left_at == END:
        return stay._replace(left_at=position, last=event.last)
    never_was = isinstance(event, HouseholdJoinWithdrawn) and stay.left_at == END
    never_left = isinstance(event, HouseholdLeaveWithdrawn) and stay.last == month_of(event.left_on)
    return stay._replace(withdrawn_at=position) if never_was or never_left else stay
