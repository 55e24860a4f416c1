"""A ledger in memory, and its unit of work, with the semantics of the real one, for tests.

Every save asserts what the whole ledger promises: the double entry sums to zero per fund and
unit, no account but `out` falls below zero, versions have no holes, and an event reads back from
its bytes as it was written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from domain import KINDS, decode
from domain.benefits.persons import require_current
from domain.kernel import accounts
from domain.kernel.aggregate import Aggregate, check_existence, commands_of
from domain.kernel.refusals import PeriodClosed, UnknownSubject
from domain.office.periods import BooksClosed, BooksReopened
from infra.commands.changes import Changes, Savepoint
from infra.config.egress_policy import STRICT
from tests.domain.in_memory_bodies import InMemoryBodies, InMemoryHouseholds
from tests.domain.in_memory_ports import (
    InMemoryDonations,
    InMemoryEntitlements,
    InMemoryLocks,
    InMemoryLog,
    InMemoryPayments,
    InMemoryRolls,
    InMemoryStock,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from datetime import date

    from domain.benefits.rolls import RollLine
    from domain.kernel.aggregate import Act, CommandSpec, Event
    from domain.payments.pay_run_lines import Drawn
    from infra.eventlog.batch import Alike

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
class InMemoryLedger:
    """A ledger in memory.

    `rolls` or `on_roll` say what a roll holds, `on_stops` who may no longer be paid, `on_deaths`
    which households lost a member; all the rest is folded from the events.
    """

    stored: list[tuple[str, bytes]] = field(default_factory=list)
    positions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    balances: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    rolls: dict[tuple[str, str], tuple[RollLine, ...]] = field(default_factory=dict)
    # None: nothing is remembered, and a release draws again.
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
        require_current(unit, [subject, *named(what)])
        takes_unit = "unit" in method.__annotations__
        result = (
            method(aggregate, act, unit, **what) if takes_unit else method(aggregate, act, **what)
        )
        before = len(self.stored)
        if spec.streams:
            result = self.stream(unit, result)
        self.save(unit)
        positions = tuple(range(before + 1, len(self.stored) + 1))
        return Sent(tuple(self.at(place) for place in positions), positions, result or {})

    def stream(self, unit: InMemoryUnit, chunks: Generator[None, None, Any]) -> Any:
        """Save chunk by chunk; return what the command returns at its end."""
        while True:
            try:
                next(chunks)
            except StopIteration as end:
                return end.value
            self.save(unit)

    def unit(self) -> InMemoryUnit:
        """Begin a unit of work."""
        return InMemoryUnit(self)

    def save(self, unit: InMemoryUnit) -> None:
        """Append what was recorded, all of it or nothing, and keep the promises of the ledger."""
        alike, events, *_ = unit.changes()
        written = [msgspec.structs.replace(event, originator_id=name) for event, name in alike]
        for event in (*written, *events):
            self.guard(event)
        self.append(*written, *events)
        unit.saved()

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
        """Refuse a posting in a closed period, as append() does."""
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
        closings: defaultdict[str, list[date]] = defaultdict(list)
        for event in self.all():
            if isinstance(event, BooksClosed):
                closings[event.originator_id].append(event.through)
            elif isinstance(event, BooksReopened):
                closings[event.originator_id].pop()
        return max(chain.from_iterable(closings.values()), default=None)


class InMemoryUnit:
    """One unit of work over the books: what it gives out changes together."""

    def __init__(self, books: InMemoryLedger) -> None:
        """Start with nothing loaded."""
        self.books = books
        self.loaded: dict[str, Aggregate] = {}
        self.events: list[Event] = []
        self.alike: list[Alike] = []
        self.rolls = InMemoryRolls(books)
        self.payments = InMemoryPayments(books)
        self.entitlements = InMemoryEntitlements(self)
        self.households = InMemoryHouseholds(self)
        self.bodies = InMemoryBodies(self)
        self.donations = InMemoryDonations(books, self.events)
        self.stock = InMemoryStock(books, self.events)
        self.periods = books
        self.log = InMemoryLog(books)
        self.locks = InMemoryLocks()
        self.addresses = STRICT

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        kind, subject = which
        aggregate = self.find(kind, subject)
        if not aggregate.version:
            raise UnknownSubject(subject)
        return aggregate

    def find(self, kind: type[A], subject: str) -> A:
        """Return the aggregate, with version 0 if it has no history."""
        if subject not in self.loaded:
            self.loaded[subject] = aggregate = self.books.load(kind_of(subject), subject)
            for event in self.events:
                if event.originator_id == subject:
                    aggregate.replay(event)
            aggregate.on_record = self.events.append
        found = self.loaded[subject]
        if not isinstance(found, kind):
            raise UnknownSubject(subject, "it is no {kind}", kind=kind.KIND)
        return found

    def exists(self, subject: str) -> bool:
        """Tell whether a subject has a history."""
        kind = KINDS.get(subject.partition(":")[0])
        return kind is not None and bool(self.find(kind, subject).version)

    def add(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject."""
        assert event.originator_version == 1, event
        self.alike.append((event, subject))

    def changes(self) -> Changes:
        """Return what this unit brings to the books."""
        return Changes(list(self.alike), list(self.events), {}, self.locks.held, None)

    def savepoint(self) -> Savepoint:
        """Take back what the block has recorded if it raises."""
        return Savepoint(self.events, self._roll_back)

    def _roll_back(self, point: Savepoint) -> None:
        for event in point.events:
            self.loaded.pop(event.originator_id, None)
        del self.events[point.start :]

    def saved(self) -> None:
        """Take note that all of its changes are stored."""
        self.alike.clear()
        self.events.clear()


def kind_of(subject: str) -> type[Aggregate]:
    """Return the class of a subject's kind."""
    return KINDS[subject.partition(":")[0]]


def named(value: object) -> Iterator[str]:
    """Return the texts in a body, the ids among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(named, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(named, value))


def the_command(name: str, subject: str) -> tuple[CommandSpec, Callable[..., Any]]:
    """Find a command by its contract name; `event.reverse` belongs to its subject's kind."""
    wanted = name.partition(".")[2]
    for spec, method in commands_of(kind_of(subject)):
        if spec.name == wanted:
            return spec, method
    raise LookupError(name)
