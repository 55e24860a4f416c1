"""The books in memory: a Unit with the semantics of the real one, for tests of the domain.

Every save asserts what the whole ledger promises: the double entry sums to zero per fund and
unit, no account but `out` falls below zero, versions have no holes, and an event reads back from
its bytes as it was written.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from domain import KINDS, decode
from domain.benefits.rolls import Roll
from domain.kernel import accounts
from domain.kernel.aggregate import Aggregate, Unit, check_existence, commands_of
from domain.kernel.refusals import PeriodClosed, UnknownSubject
from domain.kernel.sentences import Sentence
from infra.config.egress_policy import STRICT

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from datetime import date

    from domain.benefits.rolls import RollLine
    from domain.kernel.aggregate import Act, CommandSpec, Event
    from domain.payments.pay_run_lines import Drawn

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Sent:
    """What one command did: its events, their positions, and what it adds to its receipt."""

    events: tuple[Event, ...]
    positions: tuple[int, ...]
    answer: dict[str, Any]

    @property
    def position(self) -> int:
        """Return the position of the only event."""
        (position,) = self.positions
        return position


@dataclass
class Books:
    """A ledger in memory.

    `rolls` or `on_roll` say what a roll holds, `on_stops` who may no longer be paid, `on_deaths`
    which households lost a member; all the rest is folded from the events.
    """

    stored: list[tuple[str, bytes]] = field(default_factory=list)
    positions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    balances: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    rolls: dict[tuple[str, str], tuple[RollLine, ...]] = field(default_factory=dict)
    # None: nothing stays at hand, and a release draws again.
    drawings: dict[str, Drawn] | None = None
    on_roll: Callable[[str, str, int], tuple[RollLine, ...]] | None = None
    on_stops: Callable[[str, str, int], dict[str, str]] | None = None
    on_deaths: Callable[[str, str], dict[str, int]] | None = None

    def send(self, name: str, subject: str, act: Act, /, **what: object) -> Sent:
        """Carry out one command, as `fund.commit`, on a subject; nothing stays of a refused one."""
        spec, method = the_command(name, subject)
        unit = self.unit()
        aggregate = unit.find(kind_of(subject), subject)
        check_existence(aggregate, spec)
        takes_books = "books" in method.__annotations__
        result = (
            method(aggregate, act, unit, **what) if takes_books else method(aggregate, act, **what)
        )
        before = len(self.stored)
        if spec.streams:
            result = self.stream(unit, result)
        self.save(unit)
        positions = tuple(range(before + 1, len(self.stored) + 1))
        return Sent(tuple(self.at(place) for place in positions), positions, result or {})

    def stream(self, unit: OneUnit, chunks: Generator[None, None, Any]) -> Any:
        """Save chunk by chunk; return what the command returns at its end."""
        while True:
            try:
                next(chunks)
            except StopIteration as end:
                return end.value
            self.save(unit)

    def unit(self) -> OneUnit:
        """Begin a unit of work."""
        return OneUnit(self)

    def save(self, unit: OneUnit) -> None:
        """Append what is pending, all of it or nothing, and keep the promises of the ledger."""
        events = unit.take()
        for event in events:
            self.guard(event)
        for event in events:
            self.append(event)

    def append(self, *events: Event) -> None:
        """Append events as they are; tests also use it to give a history."""
        for event in events:
            stream = self.positions[event.originator_id]
            assert event.originator_version == len(stream) + 1, event
            state = msgspec.json.encode(event)
            self.stored.append((f"{event.TOPIC}.v{event.VERSION}", state))
            stream.append(len(self.stored))
            # Compared as bytes: a reversal keeps its original raw.
            assert msgspec.json.encode(self.at(len(self.stored))) == state
            self.post(event)

    def post(self, event: Event) -> None:
        """Enter the event's lines and assert what the ledger promises of them."""
        sums: defaultdict[tuple[str, str], int] = defaultdict(int)
        for line in event.postings():
            taken_apart = accounts.parse(line.account)
            sums[taken_apart.fund, line.unit] += line.value
            self.balances[line.account] += line.value
        assert not any(sums.values()), f"{event.TOPIC} does not sum to zero: {dict(sums)}"
        for line in event.postings():
            held = self.balances[line.account]
            assert held >= 0 or line.account.startswith("out:"), f"{line.account} is {held}"

    def guard(self, event: Event) -> None:
        """Refuse a posting in a closed period, as the store's door does."""
        closed = self.closed_through()
        if closed is not None and event.act.booked <= closed and event.postings():
            raise PeriodClosed(event.originator_id, f"closed through {closed}")

    def at(self, position: int) -> Event:
        """Return the event at a position, read from its bytes."""
        return decode(*self.stored[position - 1])

    def all(self) -> Iterator[Event]:
        """Return every event in order."""
        return (self.at(place) for place in range(1, len(self.stored) + 1))

    def load(self, kind: type[A], subject: str) -> A:
        """Grow an aggregate from its history; version 0 if it has none."""
        aggregate = kind(subject)
        for place in self.positions.get(subject, ()):
            aggregate.replay(self.at(place))
        return aggregate

    def closed_through(self) -> date | None:
        """Return the last day of the closed periods."""
        closed = [event for event in self.all() if event.TOPIC == "period.closed"]
        return max((event.through for event in closed), default=None)  # type: ignore[attr-defined]

    def received(self, fund: str, earmark: str, through: date) -> int:
        """Return what came up to a booked day and is not gathered; never more than is there."""
        account = accounts.received(fund, earmark)
        lines = [
            (event, line.value)
            for event in self.all()
            for line in event.postings()
            if line.account == account
        ]
        by_day = (
            value
            for event, value in lines
            if event.act.booked <= through or event.TOPIC == "fund.gathered"
        )
        return min(sum(by_day), sum(value for _, value in lines))


class OneUnit(Unit):
    """One unit of work over the books: what it gives out changes together."""

    def __init__(self, books: Books) -> None:
        """Start with nothing loaded."""
        self.books = books
        self.loaded: dict[str, Aggregate] = {}
        self.pending: list[Event] = []
        self.names: list[str] = []

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        kind, subject = which
        aggregate = self.find(kind, subject)
        if not aggregate.version:
            raise UnknownSubject(subject)
        return aggregate

    def find(self, kind: type[A], subject: str) -> A:
        """Return the aggregate, with version 0 if it has no history."""
        if subject not in self.loaded:
            self.loaded[subject] = self.books.load(kind_of(subject), subject)
            # One list for all, as in the store's unit of work: events are kept as they happen.
            self.loaded[subject].pending = self.pending
        aggregate = self.loaded[subject]
        if not isinstance(aggregate, kind):
            raise UnknownSubject(subject, f"it is no {kind.KIND}")
        return aggregate

    def exists(self, subject: str) -> bool:
        """Tell whether a subject has a history."""
        if subject in self.loaded:
            return self.loaded[subject].version > 0
        return subject in self.books.positions

    def write(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject."""
        assert event.originator_version == 1, event
        self.pending.append(msgspec.structs.replace(event, originator_id=subject))

    def take(self) -> list[Event]:
        """Give what is pending to be saved."""
        events = list(self.pending)
        self.pending.clear()
        return events

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines that the test gives for a scheme and month."""
        position = len(self.books.stored) if at is None else at
        if self.books.on_roll is not None:
            return Roll(position, self.books.on_roll(scheme, month, position))
        return Roll(position, self.books.rolls.get((scheme, month), ()))

    def stops_since(self, scheme: str, month: str, at: int = 0) -> dict[str, str]:
        """Return who may no longer be paid, as the test says."""
        return {} if self.books.on_stops is None else self.books.on_stops(scheme, month, at)

    def bereaved(self, scheme: str, month: str) -> dict[str, int]:
        """Return the households that a death has made smaller, as the test says."""
        return {} if self.books.on_deaths is None else self.books.on_deaths(scheme, month)

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
        return frozenset(found)

    def keep_drawing(self, name: str, drawn: Drawn) -> None:
        """Keep what was drawn up at hand, if the test wants it."""
        if self.books.drawings is not None:
            self.books.drawings[name] = drawn

    def drawing(self, name: str) -> Drawn | None:
        """Return what was drawn up under a name, once."""
        return None if self.books.drawings is None else self.books.drawings.pop(name, None)

    def entitlements_of(self, holder: str) -> tuple[tuple[str, str, str], ...]:
        """Return (entitlement, scheme, state) of the holder, its household and its members."""
        homes: list[Any] = self.every("household")
        holders = {holder} | {home.id for home in homes if holder in home.members}
        holders |= {person for home in homes if home.id == holder for person in home.members}
        return tuple(
            (each.id, each.scheme, each.state)  # type: ignore[attr-defined]
            for each in self.every("entitlement")
            if each.holder in holders  # type: ignore[attr-defined]
        )

    def every(self, kind: str) -> list[Aggregate]:
        """Return all that there is of a kind, with what this unit of work has changed."""
        subjects = {*self.books.positions, *self.loaded}
        mine = sorted(each for each in subjects if each.startswith(f"{kind}:"))
        found = [self.find(KINDS[kind], subject) for subject in mine]
        return [each for each in found if each.version]

    def tag(self, scheme: str, *parts: str) -> str:
        """Return a hash of the parts; there is no key to hide in memory."""
        return hashlib.sha256("\n".join((scheme, *parts)).encode()).hexdigest()[:32]

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the hashes of many holders."""
        return [self.tag(scheme, holder, *parts) for holder in holders]

    def received(self, fund: str, earmark: str, through: date) -> int:
        """Return what is donated up to a day and not gathered."""
        return self.books.received(fund, earmark, through)

    def stock(self, fund: str, earmark: str) -> dict[str, int]:
        """Return the pieces in store by kind, what this unit of work has changed included."""
        place = accounts.stock(fund, earmark, "")
        held = Counter(self.books.balances)
        for event in self.pending:
            for line in event.postings():
                held[line.account] += line.value
        return {a.removeprefix(place): held[a] for a in held if a.startswith(place)}

    def exclusively(self, name: str) -> None:
        """Note the name; nobody else works on these books."""
        self.names.append(name)

    def barred(self, url: str) -> Sentence | None:
        """Return why the server may not call an address; its operator has allowed nothing."""
        return STRICT.barred(url)

    def event_at(self, position: int) -> Event | None:
        """Return the stored event at a position, None if there is none."""
        return self.books.at(position) if 0 < position <= len(self.books.stored) else None

    def closed_through(self) -> date | None:
        """Return the last day of the closed periods."""
        return self.books.closed_through()


def kind_of(subject: str) -> type[Aggregate]:
    """Return the class of a subject's kind."""
    return KINDS[subject.partition(":")[0]]


def the_command(name: str, subject: str) -> tuple[CommandSpec, Callable[..., Any]]:
    """Find a command by its contract name; `event.reverse` belongs to its subject's kind."""
    wanted = name.partition(".")[2]
    for spec, method in commands_of(kind_of(subject)):
        if spec.name == wanted:
            return spec, method
    raise LookupError(name)
