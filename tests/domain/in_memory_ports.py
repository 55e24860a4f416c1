"""The ports of a unit of work, answered by folding the events that are in memory."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain import KINDS
from domain.benefits.merged_persons import ids_in_use, paid_under_any
from domain.benefits.rolls import Roll
from domain.kernel import accounts
from domain.kernel.unit import RunUnderWay
from domain.payments.paid_months import PaidMonth, paid_months
from domain.payments.payment_events import FIRST
from domain.payments.payments import payment_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from domain.benefits.entitlement_rules import HeldClaim
    from domain.kernel.aggregate import Aggregate, Event
    from domain.payments.pay_run_lines import Drawn
    from tests.domain.in_memory_unit import InMemoryLedger, InMemoryUnit


def same_in(books: InMemoryLedger, at: int | None = None) -> dict[str, str]:
    """Return by merged id, as known at a position, the one under which the person is known."""
    events: list[Any] = list(books.all())[:at]
    return ids_in_use((e.originator_id, e.into) for e in events if e.TOPIC == "person.merged")


@dataclass(frozen=True)
class InMemoryRolls:
    """Rolls as the test gives them."""

    books: InMemoryLedger

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines that the test gives for a scheme and month."""
        position = len(self.books.stored) if at is None else at
        if self.books.on_roll is not None:
            return Roll(position, self.books.on_roll(scheme, month, position))
        return Roll(position, self.books.rolls.get((scheme, month), ()))

    def holders(self, scheme: str, at: int | None = None) -> dict[str, str]:  # noqa: ARG002
        """Return everybody who is registered, alone or as a household, and the id in use."""
        known = same_in(self.books, at)
        kinds = ("person", "household", "facility")
        ids = [each for each in self.books.positions if each.partition(":")[0] in kinds]
        return {each: known.get(each, each) for each in ids}

    def stops_since(self, scheme: str, month: str, at: int = 0) -> dict[str, str]:
        """Return who may no longer be paid, as the test says."""
        return {} if self.books.on_stops is None else self.books.on_stops(scheme, month, at)

    def bereaved(self, scheme: str, month: str) -> dict[str, int]:
        """Return the households that a death has made smaller, as the test says."""
        return {} if self.books.on_deaths is None else self.books.on_deaths(scheme, month)

    def other_accounts(self, month: str) -> frozenset[str]:  # noqa: ARG002 - whoever ever did
        """Return the persons whose account was changed, and who ever lived with them."""
        events: list[Any] = list(self.books.all())
        changed = {
            event.originator_id
            for event in events
            if event.TOPIC == "person.changed" and "account" in event.parts
        }
        lived = {
            event.originator_id
            for event in events
            if changed & {*getattr(event, "members", ()), getattr(event, "person", "")}
            and event.originator_id.startswith("household:")
        }
        return frozenset(changed | lived)

    def drawn_up(self, run: str, draw: Callable[[], Drawn]) -> Drawn:
        """Draw up, and remember it if the test wants it."""
        drawn = draw()
        if self.books.drawings is not None:
            self.books.drawings[f"{run} {drawn.at} {drawn.digest}"] = drawn
        return drawn

    def drawn_again(self, run: str, digest: str, draw: Callable[[], Drawn], *, at: int) -> Drawn:
        """Return what is remembered, once, or draw again."""
        remembered = (self.books.drawings or {}).get(f"{run} {at} {digest}")
        if remembered is None or self.books.drawings is None:
            return draw()
        return self.books.drawings.pop(f"{run} {at} {digest}")


@dataclass(frozen=True)
class InMemoryPayments:
    """Payments folded from the events; there is no key to hide in memory."""

    books: InMemoryLedger

    def tag(self, scheme: str, *parts: str) -> str:
        """Return a hash of the parts."""
        return hashlib.sha256("\n".join((scheme, *parts)).encode()).hexdigest()[:32]

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the hashes of many holders."""
        return [self.tag(scheme, holder, *parts) for holder in holders]

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags that other runs have paid: of payments, and of households' members."""
        found: set[str] = set()
        for event in list(self.books.all())[:at]:
            told: Any = event
            if getattr(event, "scheme", "") != scheme or getattr(event, "month", "") != month:
                continue
            if event.TOPIC == "pay-run.chunk-released" and event.originator_id != run:
                found.update(told.guards)
            if event.TOPIC == "payment.made" and told.run != run:
                found.add(event.originator_id.rpartition(":")[2])
        return paid_under_any(
            frozenset(found),
            same_in(self.books, at),
            lambda ids: self.tags(scheme, ids, month, FIRST),
        )

    def paid_months(self, scheme: str, month: str, at: int | None = None) -> dict[str, PaidMonth]:
        """Return by tag what was paid for a month and stands."""
        prefix = payment_prefix(scheme, month)
        events = list(self.books.all())[:at]
        return paid_months(each for each in events if each.originator_id.startswith(prefix))

    def asked_back(self, scheme: str, holder: str, months: Iterable[str]) -> list[str]:
        """Return the recoveries that ask for what runs have paid to a holder for some months."""
        names = {
            payment_prefix(scheme, month) + self.tag(scheme, holder, month, FIRST)
            for month in months
        }
        events: list[Any] = [each for each in self.books.all() if each.originator_id in names]
        return [each.recovery for each in events if each.TOPIC == "payment.overpaid"]

    def under_way(self) -> list[RunUnderWay]:
        """Return the runs whose last event is an approval, or a chunk that was released."""
        drawn: dict[str, Any] = {}
        last: dict[str, str] = {}
        for event in self.books.all():
            if event.TOPIC == "pay-run.drawn-up":
                drawn[event.originator_id] = event
            last[event.originator_id] = event.TOPIC
        states = {"pay-run.approved": False, "pay-run.chunk-released": True}
        return [
            RunUnderWay(run, event.scheme, event.month, states[last[run]])
            for run, event in drawn.items()
            if last[run] in states
        ]


@dataclass(frozen=True)
class InMemoryEntitlements:
    """Entitlements of all that are stored or changed in the unit."""

    unit: InMemoryUnit

    def of(self, holder: str) -> tuple[HeldClaim, ...]:
        """Return what the holder has, and for their months its households and its members."""
        person = self.unit.find(KINDS[holder.partition(":")[0]], holder)
        return tuple(
            claim for each in getattr(person, "ids", (holder,)) for claim in self.under(each)
        )

    def under(self, holder: str) -> tuple[HeldClaim, ...]:
        """Return what the holder has under an id."""
        claims: list[Any] = list(self.every("entitlement"))
        found: list[HeldClaim] = [each.held() for each in claims if each.holder == holder]
        for home, person, first, last in months_together(self.unit):
            if holder in (home, person):
                other = person if holder == home else home
                found += [
                    narrowed(each.held(), first, last) for each in claims if each.holder == other
                ]
        return tuple(found)

    def every(self, kind: str) -> Iterator[Aggregate]:
        """Return all that there is of a kind, with what this unit of work has changed."""
        subjects = {*self.unit.books.positions, *self.unit.loaded}
        for subject in sorted(each for each in subjects if each.startswith(f"{kind}:")):
            found = self.unit.find(KINDS[kind], subject)
            if found.version:
                yield found


def months_together(unit: InMemoryUnit) -> Iterator[tuple[str, str, str, str]]:
    """Return households, persons, and the first and last months for which these count in them."""
    there: dict[tuple[str, str], str] = {}
    left: dict[tuple[str, str], tuple[str, str]] = {}
    ended: list[tuple[str, str, str, str]] = []
    for event in (*unit.books.all(), *unit.events):
        told: Any = event
        home = event.originator_id
        if event.TOPIC == "household.formed":
            there |= {(home, person): told.first for person in told.members}
        elif event.TOPIC == "household.joined":
            there[home, told.person] = told.first
        elif event.TOPIC == "household.left":
            left[home, told.person] = there.pop((home, told.person)), told.last
            ended.append((home, told.person, *left[home, told.person]))
        elif event.TOPIC == "household.join-withdrawn":
            del there[home, told.person]
        elif event.TOPIC == "household.leave-withdrawn":
            there[home, told.person] = told.first
            ended.remove((home, told.person, *left.pop((home, told.person))))
    yield from ended
    for (home, person), first in there.items():
        yield home, person, first, ""


def narrowed(claim: HeldClaim, first: str, last: str) -> HeldClaim:
    """Leave a claim the months in which two live together."""
    return claim._replace(
        first=max(claim.first, first) if claim.first else "",
        last=min((each for each in (claim.last, last) if each), default=""),
    )


@dataclass(frozen=True)
class InMemoryDonations:
    """Donations folded from the events, those that the unit has recorded included."""

    books: InMemoryLedger
    recorded: Sequence[Event]

    def ungathered(self, fund: str, earmark: str, through: date) -> int:
        """Return what came up to a booked day and is not gathered; never more than is there."""
        account = accounts.received(fund, earmark)
        lines = [
            (event, line.value)
            for event in (*self.books.all(), *self.recorded)
            for line in event.postings()
            if line.account == account
        ]
        by_day = (
            value
            for event, value in lines
            if event.act.booked <= through or event.TOPIC == "fund.gathered"
        )
        return min(sum(by_day), sum(value for _, value in lines))


@dataclass(frozen=True)
class InMemoryStock:
    """Goods by their accounts, those that the unit has recorded included."""

    books: InMemoryLedger
    recorded: Sequence[Event]

    def pieces(self, fund: str, earmark: str) -> Mapping[str, int]:
        """Return the pieces in store by kind."""
        place = accounts.stock(fund, earmark, "")
        held = Counter(self.books.balances)
        for event in self.recorded:
            for line in event.postings():
                held[line.account] += line.value
        return {a.removeprefix(place): held[a] for a in held if a.startswith(place)}


@dataclass(frozen=True)
class InMemoryLog:
    """Stored events by their positions."""

    books: InMemoryLedger

    def event_at(self, position: int) -> Event | None:
        """Return the stored event at a position, None if there is none."""
        return self.books.at(position) if 0 < position <= len(self.books.stored) else None


@dataclass
class InMemoryLocks:
    """Names that the unit holds; no other unit works on these books."""

    names: list[str] = field(default_factory=list)

    def take(self, name: str) -> None:
        """Note the name."""
        if name not in self.names:
            self.names.append(name)

    @property
    def held(self) -> tuple[str, ...]:
        """The names in the order in which they were taken."""
        return tuple(self.names)
