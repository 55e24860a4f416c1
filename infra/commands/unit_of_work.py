"""A unit of work over the store: what a command sees of the ledger, and what it changes."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from psycopg.pq import TransactionStatus

from domain import KINDS
from domain.kernel.aggregate import Aggregate, outside_a_unit
from domain.kernel.refusals import UnknownSubject
from infra.commands.changes import Basis, Changes, Savepoint, only_read
from infra.commands.decision_memo import DecisionMemo
from infra.commands.entitlements import HolderEntitlements
from infra.commands.great_sums import StoredSums
from infra.commands.households import PersonHouseholds
from infra.commands.named_locks import NamedLocks
from infra.commands.papers import IdNumbers
from infra.commands.ports import (
    StoredBodies,
    StoredDonations,
    StoredDuplicates,
    StoredLog,
    StoredPayments,
    StoredPeriods,
    StoredRolls,
    StoredStock,
)
from infra.config.egress_policy import STRICT, Outside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import psycopg

    from domain.kernel.aggregate import Event
    from infra.commands.caches.aggregate_cache import Aggregates
    from infra.commands.decision_queries import DecisionQueries
    from infra.eventlog.batch import Alike
    from infra.vault import Vault

A = TypeVar("A", bound=Aggregate)


class UnitOfWork:
    """The unit of `domain.kernel.unit` on PostgreSQL. One thread, one connection, one attempt."""

    # Whether each command asks what is told and stored, or all of them once, at the end.
    asks_each = False

    def __init__(
        self,
        connection: psycopg.Connection,
        aggregates: Aggregates,
        decisions: DecisionQueries,
        vault: Vault,
        *,
        outside: Outside = STRICT,
        basis: Basis = Basis.ALONE,
    ) -> None:
        """Start with nothing loaded."""
        self.connection = connection
        self._aggregates = aggregates
        self._decisions = decisions
        self._vault = vault
        self._basis = basis
        self._from_memory = basis is Basis.MEMORY
        self.addresses = outside
        self.locks = NamedLocks(connection)
        self._memo = DecisionMemo(connection, decisions)
        self._events: list[Event] = []
        self._alike: list[Alike] = []
        self._loaded: dict[str, Aggregate] = {}
        # What was asked for from memory, or is watched, by version: append() checks it.
        self._asked: dict[str, int] = {}
        # Subjects of events that were given to another thread, which may have saved them, and of
        # those that were appended in a transaction that has not ended yet.
        self._given, self._uncommitted = set[str](), set[str]()
        # Subjects whose aggregates a savepoint dropped, though earlier events of them may stay.
        self._dropped: set[str] = set()

    @cached_property
    def id_numbers(self) -> IdNumbers:
        """Whose ID numbers are known."""
        from_memory = self._from_memory
        return IdNumbers(self.connection, self._vault, self._events, from_memory=from_memory)

    @cached_property
    def rolls(self) -> StoredRolls:
        """Who is entitled to what."""
        return StoredRolls(self._memo, self._decisions, self._basis, self._events)

    @cached_property
    def payments(self) -> StoredPayments:
        """How payments are named, and which months are paid."""
        memo, decisions = self._memo, self._decisions
        return StoredPayments(self.connection, memo, decisions, self._vault, self._events)

    @cached_property
    def entitlements(self) -> HolderEntitlements:
        """What holders have."""
        return HolderEntitlements(
            self.connection,
            self._memo,
            self._decisions,
            unit=self,
            loaded=self._loaded,
            recorded=self._events,
        )

    @cached_property
    def households(self) -> PersonHouseholds:
        """Where persons live."""
        return PersonHouseholds(
            self.connection, self._memo, self._decisions, loaded=self._loaded, recorded=self._events
        )

    @cached_property
    def bodies(self) -> StoredBodies:
        """Which bodies have ended."""
        return StoredBodies(self)

    @cached_property
    def donations(self) -> StoredDonations:
        """What was donated in money."""
        return StoredDonations(self.connection, self._memo, self._decisions, self._events)

    @cached_property
    def stock(self) -> StoredStock:
        """What was donated in goods."""
        return StoredStock(self.connection, self._memo, self._decisions, self._events)

    @cached_property
    def duplicates(self) -> StoredDuplicates:
        """What was told already."""
        return StoredDuplicates(self.connection, self._decisions, self.locks, self._events)

    @cached_property
    def sums(self) -> StoredSums:
        """What great acts add up to."""
        return StoredSums(self.connection, self._decisions, self.locks, self._events)

    @cached_property
    def periods(self) -> StoredPeriods:
        """Which days are closed."""
        return StoredPeriods(self.connection)

    @cached_property
    def log(self) -> StoredLog:
        """What is stored."""
        return StoredLog(self.connection, self._events)

    def prefetch(self, subjects: Iterable[str], *, new: Collection[str] = ()) -> None:
        """Load what commands name, in one round trip; none if memory has all and counts.

        `new` are taken for subjects without a history where memory counts: append() will tell.
        """
        wanted = [s for s in subjects if s not in self._loaded and s.partition(":")[0] in KINDS]
        if not wanted:
            return
        loaded = self._aggregates.recall(wanted, new=new) if self._from_memory else None
        if loaded is None:
            loaded = self._aggregates.checkout(self.connection, wanted)
        self._loaded.update(loaded)
        self._replay(self._dropped.intersection(loaded))
        for aggregate in loaded.values():
            aggregate.on_record = self._events.append

    def _replay(self, subjects: set[str]) -> None:
        """Bring aggregates that were loaded again to where the events of this unit have them."""
        if subjects:
            self._dropped -= subjects
            for event in self._events:
                if event.originator_id in subjects:
                    self._loaded[event.originator_id].replay(event)

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        """Return an aggregate that has a history."""
        aggregate = self.find(*which)
        if not aggregate.version:
            raise UnknownSubject(aggregate.id)
        return aggregate

    def find(self, kind: type[A], subject: str) -> A:
        """Return an aggregate, perhaps without a history."""
        if subject not in self._loaded:
            self.prefetch([subject])
        aggregate = self._loaded.get(subject)
        if not isinstance(aggregate, kind):
            raise UnknownSubject(subject, "it is no {kind}", kind=kind.KIND)
        if self._from_memory and subject not in self._asked:
            self._asked[subject] = aggregate.version
        return aggregate

    def watch(self, subjects: Iterable[str]) -> None:
        """Let append() check that none of these has moved on."""
        for one in subjects:
            self._asked.setdefault(one, self._loaded[one].version)

    def exists(self, subject: str) -> bool:
        """Tell whether a subject of a known kind has a history."""
        kind = KINDS.get(subject.partition(":")[0])
        return kind is not None and bool(self.find(kind, subject).version)

    def add(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject."""
        self._alike.append((event, subject))

    def changes(self) -> Changes:
        """Return what this unit brings to the store, as it is now."""
        return Changes(
            alike=list(self._alike),
            events=list(self._events),
            reads=only_read(self._asked, self._events),
            locks=self.locks.held,
            stops_known_to=self._memo.stops_known_to,
        )

    def savepoint(self) -> Savepoint:
        """Take back what the block has recorded if it raises."""
        return Savepoint(self._events, self._roll_back)

    @contextmanager
    def taken_back(self) -> Iterator[Savepoint]:
        """Take back what the block has recorded."""
        point = self.savepoint()
        try:
            yield point
        finally:
            self._roll_back(point)

    def _roll_back(self, point: Savepoint) -> None:
        """Drop the aggregates that have changed since: they are loaded again when asked for."""
        self._dropped.update(event.originator_id for event in point.events)
        for subject in self._dropped:
            self._loaded.pop(subject, None)
        del self._events[point.start :]
        self._ask_anew()

    @property
    def recorded(self) -> Sequence[Event]:
        """What it has recorded and not yet saved or given away."""
        return self._events

    def saved(self) -> None:
        """Take note that all of its changes are stored, once an open transaction is committed."""
        if self.connection.info.transaction_status is not TransactionStatus.IDLE:
            self._uncommitted.update(event.originator_id for event in self._events)
        self._given.clear()
        self._clear()

    def give(self) -> Changes:
        """Give the changes to be saved by another thread, or to be let go; `saved()` ends it."""
        changes = self.changes()
        self._given.update(event.originator_id for event in changes.events)
        self._clear()
        return changes

    def _clear(self) -> None:
        self._events.clear()
        self._alike.clear()
        self._asked.clear()
        self._ask_anew()
        self._memo.forget()
        self.id_numbers.forget()

    def _ask_anew(self) -> None:
        """Forget what rests on events of this unit: they were stored, or taken back."""
        for port in ("entitlements", "households", "duplicates", "sums"):
            vars(self).pop(port, None)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give back names and aggregates, but none with changes that were not stored."""
        self.locks.give_back()
        self._ask_anew()
        lost = self._given.union(event.originator_id for event in self._events)
        if kind is not None:
            lost |= self._uncommitted
        for aggregate in self._loaded.values():
            aggregate.on_record = outside_a_unit
        self._aggregates.restore(self._loaded.values(), lost=lost)
