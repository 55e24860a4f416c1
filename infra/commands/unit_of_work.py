"""A unit of work over the store: what a command sees of the ledger, and what it changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from domain import KINDS
from domain.benefits.entitlements import Entitlement
from domain.benefits.households import counted_with
from domain.kernel import accounts
from domain.kernel.aggregate import Aggregate, Event
from domain.kernel.refusals import UnknownSubject
from domain.kernel.sentences import Sentence
from infra.commands.changes import Basis, Changes, Savepoint, Unsettled
from infra.commands.decision_memo import DecisionMemo
from infra.commands.named_locks import NamedLocks
from infra.config.egress_policy import STRICT, Outside
from projections.core import event_log
from projections.decisions.roll import RollView
from projections.decisions.ungathered import UngatheredDonations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import psycopg

    from domain.benefits.rolls import Roll
    from domain.payments.pay_run_lines import Drawn
    from infra.commands.caches.aggregate_cache import Aggregates
    from infra.commands.decision_views import ViewDecisions
    from infra.eventlog.batch import Alike
    from infra.vault import Vault
    from projections.decisions.roll_queries import Held

A = TypeVar("A", bound=Aggregate)
HOLDERS = frozenset({"person", "household", "facility"})


class UnitOfWork:
    """The unit of work of kernel.Unit on PostgreSQL. One thread, one connection, one attempt."""

    def __init__(
        self,
        connection: psycopg.Connection,
        aggregates: Aggregates,
        decisions: ViewDecisions,
        vault: Vault,
        *,
        outside: Outside = STRICT,
        basis: Basis = Basis.ALONE,
    ) -> None:
        """Start with nothing loaded."""
        self.connection = connection
        self._basis = basis
        self._events: list[Event] = []
        self._alike: list[Alike] = []
        # What was asked for from memory, by version: append() checks that it has not moved on.
        self._asked: dict[str, int] = {}
        # Subjects of events that were given to another thread, which may have saved them.
        self._given: set[str] = set()
        # Subjects whose aggregates a savepoint dropped, though earlier events of them may stay.
        self._dropped: set[str] = set()
        self._aggregates = aggregates
        self._decisions = decisions
        self._vault = vault
        self._outside = outside
        self._loaded: dict[str, Aggregate] = {}
        self._entitlements: dict[str, tuple[Held, ...]] = {}
        self._names = NamedLocks(connection)
        # By kind and holder, the entitlements that the first `_seen` pending events touch.
        self._changed: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self._seen = 0
        self._memo = DecisionMemo(connection, decisions)

    def prefetch(self, subjects: Iterable[str], *, new: Collection[str] = ()) -> None:
        """Load what commands name, in one round trip; none if memory has all and counts.

        `new` are taken for subjects without a history where memory counts: append() will tell.
        """
        wanted = [s for s in subjects if s not in self._loaded and s.partition(":")[0] in KINDS]
        if not wanted:
            return
        loaded = None
        if self._basis is Basis.MEMORY:
            loaded = self._aggregates.recall(wanted, new=new)
        if loaded is None:
            loaded = self._aggregates.checkout(self.connection, wanted)
        for aggregate in loaded.values():
            aggregate.pending = self._events
        self._loaded.update(loaded)
        self._replay(self._dropped.intersection(loaded))

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
        if self._basis is Basis.MEMORY:
            self._asked.setdefault(subject, aggregate.version)
        return aggregate

    def exists(self, subject: str) -> bool:
        """Tell whether a subject of a known kind has a history."""
        kind = KINDS.get(subject.partition(":")[0])
        return kind is not None and bool(self.find(kind, subject).version)

    def write(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject."""
        self._alike.append((event, subject))

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return a scheme's roll for a benefit month, at a position or at the head."""
        self._require_settled()
        return self._memo.roll(scheme, month, at)

    def stops_since(self, scheme: str, month: str, at: int = 0) -> Mapping[str, str]:
        """Return who may no longer be paid for the month."""
        self._require_settled()
        return self._memo.stops_since(scheme, month, at)

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month."""
        self._require_settled()
        return self._memo.bereaved(scheme, month)

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month."""
        return self._decisions.paid(self.connection, run, scheme, month, self._memo.place(at))

    def keep_drawing(self, name: str, drawn: Drawn) -> None:
        """Keep what was drawn up at hand."""
        self._decisions.drawn_runs.keep(name, drawn)

    def drawing(self, name: str) -> Drawn | None:
        """Return it, if it is still at hand."""
        return self._decisions.drawn_runs.take(name)

    def received(self, fund: str, earmark: str, through: date) -> int:
        """Return the fen donated up to a day and not yet gathered, pending events included."""
        self._memo.place()
        stored = self._decisions.received(self.connection, fund, earmark, through)
        account = f"received:{fund.partition(':')[2]}:{earmark}"
        pending = [
            (event, line.value)
            for event in self._events
            if event.TOPIC in UngatheredDonations.TOPICS
            for line in event.postings()
            if line.account == account
        ]
        if not pending:
            return stored
        # As in the view: a gathering counts whenever one asks, and no more is left than is there.
        by_day = sum(v for e, v in pending if e.act.booked <= through or e.TOPIC == "fund.gathered")
        there = self._decisions.received(self.connection, fund, earmark, date.max)
        return min(stored + by_day, there + sum(value for _, value in pending))

    def stock(self, fund: str, earmark: str) -> dict[str, int]:
        """Return the pieces in store by kind, pending events included."""
        self._memo.place()
        held = Counter(self._decisions.stock(self.connection, fund, earmark))
        place = accounts.stock(fund, earmark, "")
        for event in self._events:
            for line in event.postings():
                if line.account.startswith(place):
                    held[line.account.removeprefix(place)] += line.value
        return held

    def entitlements_of(self, holder: str) -> tuple[Held, ...]:
        """Return every entitlement of a holder, those of this unit of work included."""
        if holder not in self._entitlements:
            holders = {s for s in self._loaded if s.partition(":")[0] in HOLDERS} | {holder}
            self._memo.place()
            found = self._decisions.entitlements_of(self.connection, sorted(holders))
            self._entitlements = {h: found.get(h, ()) for h in holders}
        held = {key: (scheme, state) for key, scheme, state in self._entitlements[holder]}
        for entitlement in self._changed_entitlements(holder):
            held[entitlement.id] = (entitlement.scheme, entitlement.state)
        return tuple((key, *rest) for key, rest in held.items())

    def _changed_entitlements(self, holder: str) -> Iterable[Entitlement]:
        """Return what this unit of work has changed of a holder's entitlements."""
        for event in self._events[self._seen :]:
            changed = self._loaded.get(event.originator_id)
            if isinstance(changed, Entitlement):
                of_kind = self._changed[changed.holder.partition(":")[0]]
                of_kind.setdefault(changed.holder, set()).add(changed.id)
        self._seen = len(self._events)
        others = counted_with(self, holder, self._changed["person"], self._changed["household"])
        touched = (self._changed[one.partition(":")[0]].get(one, ()) for one in (holder, *others))
        for key in (key for keys in touched for key in keys):
            aggregate = self._loaded.get(key)
            if isinstance(aggregate, Entitlement) and aggregate.version:
                yield aggregate

    def tag(self, scheme: str, *parts: str) -> str:
        """Return the keyed hash that names a payment."""
        return self._vault.tag(self.connection, scheme, parts)

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders."""
        return self._vault.tags(self.connection, scheme, holders, parts)

    def event_at(self, position: int) -> Event | None:
        """Return a stored event."""
        event = event_log.event_at(self.connection, position)
        if event is None and self._events:
            raise Unsettled(f"position {position}")
        return event

    def _require_settled(self) -> None:
        """Refuse to answer from the log while this unit keeps back what would change the answer."""
        independent = self._basis is not Basis.ALONE
        if any(independent or event.TOPIC in RollView.TOPICS for event in self._events):
            raise Unsettled("the roll")

    def barred(self, url: str) -> Sentence | None:
        """Return why the server may not call an address."""
        return self._outside.barred(url)

    def closed_through(self) -> date | None:
        """Return the last closed day."""
        row = self.connection.execute("SELECT closed_through FROM ledger.periods").fetchone()
        return row[0] if row else None

    def exclusively(self, name: str) -> None:
        """Hold a name alone; `Busy`, upon which the unit is tried again, if another unit does."""
        self._names.take(name)

    def changes(self) -> Changes:
        """Return what this unit brings to the store, as it is now."""
        events = list(self._events)
        written = {event.originator_id for event in events}
        reads = {subject: seen for subject, seen in self._asked.items() if subject not in written}
        return Changes(list(self._alike), events, reads, self._memo.stops_known_to)

    @contextmanager
    def savepoint(self) -> Iterator[Savepoint]:
        """Take back what the block has recorded if it raises."""
        point = Savepoint(len(self._events), self._events)
        try:
            yield point
        except BaseException:
            self._roll_back(point)
            raise

    def _roll_back(self, point: Savepoint) -> None:
        """Drop the aggregates that have changed since: they are loaded again when asked for."""
        self._dropped.update(event.originator_id for event in point.events)
        for subject in self._dropped:
            self._loaded.pop(subject, None)
        del self._events[point.start :]
        self._seen = min(self._seen, point.start)

    def saved(self) -> None:
        """Take note that all of its changes are stored."""
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
        self._seen = 0
        self._memo.forget()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give back names and aggregates, but none with changes that were not stored."""
        self._names.give_back()
        lost = self._given.union(event.originator_id for event in self._events)
        self._aggregates.restore(self._loaded.values(), lost=lost)
