"""A unit of work over the store: what a command sees of the ledger, and what it changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from domain import KINDS
from domain.benefits.entitlements import Entitlement
from domain.benefits.households import counted_with
from domain.kernel import accounts
from domain.kernel.aggregate import Aggregate, Event
from domain.kernel.refusals import UnknownSubject
from domain.kernel.sentences import Sentence
from infra.commands.caches.aggregate_cache import fork
from infra.commands.decision_memo import DecisionMemo
from infra.commands.named_locks import NamedLocks
from infra.config.egress_policy import STRICT, Outside
from infra.eventlog.append import Alike
from projections.core import event_log
from projections.decisions.roll import RollView
from projections.decisions.ungathered import UngatheredDonations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import psycopg

    from domain.benefits.rolls import Roll
    from domain.payments.pay_run_lines import Drawn
    from infra.commands.caches.aggregate_cache import AggregateCache
    from infra.commands.decision_views import ViewDecisions
    from infra.vault import Vault
    from projections.decisions.roll_queries import Held

A = TypeVar("A", bound=Aggregate)
HOLDERS = frozenset({"person", "household", "facility"})
# From this version on it pays to copy an aggregate, rather than to replay it after a lost race.
LONG = 64


class Unsettled(Exception):
    """The log was asked about something that this unit has decided and not yet stored."""


class UnitOfWork:
    """The unit of work of kernel.Unit on PostgreSQL. One thread, one connection, one try."""

    def __init__(
        self,
        connection: psycopg.Connection,
        aggregates: AggregateCache,
        decisions: ViewDecisions,
        vault: Vault,
        *,
        outside: Outside = STRICT,
        trusting: bool = False,
        grouped: bool = False,
    ) -> None:
        """Start with nothing loaded. `trusting`: what is in memory counts until it is appended."""
        self.connection = connection
        self.pending: list[Event] = []
        # Stored before the pending.
        self.alike: list[Alike] = []
        self._trusting = trusting
        self.grouped = grouped
        # What was asked for while trusting: the door checks that it has not moved on.
        self._asked: set[str] = set()
        # Aggregates with a long history as they were before this unit, and what it has spoilt.
        self._before: dict[str, Aggregate] = {}
        self._spoilt: set[str] = set()
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
        self.memo = DecisionMemo(connection, decisions)

    def prefetch(self, subjects: Iterable[str], *, new: Collection[str] = ()) -> None:
        """Load what commands name, in one round trip; none if all is at hand and trusted.

        `new` are taken for subjects without a history while one trusts: the door will tell.
        """
        wanted = [s for s in subjects if s not in self._loaded and s.partition(":")[0] in KINDS]
        if not wanted:
            return
        if self._trusting and self._aggregates.hold(s for s in wanted if s not in new):
            loaded = self._aggregates.recall(wanted)
        else:
            loaded = self._aggregates.load(self.connection, wanted)
        for aggregate in loaded.values():
            aggregate.pending = self.pending
            if self._aggregates.contended and aggregate.version >= LONG:
                self._before[aggregate.id] = fork(aggregate)
        self._loaded.update(loaded)

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
        if self._trusting:
            self._asked.add(subject)
        return aggregate

    def exists(self, subject: str) -> bool:
        """Tell whether a subject of a known kind has a history."""
        kind = KINDS.get(subject.partition(":")[0])
        return kind is not None and bool(self.find(kind, subject).version)

    def write(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject."""
        self.alike.append((event, subject))

    def facts(self) -> list[Event]:
        """Return what is to be stored; what is alike counts once."""
        return [*{id(event): event for event, _ in self.alike}.values(), *self.pending]

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return a scheme's roll for a benefit month, at a position or at the head."""
        self._require_settled()
        return self.memo.roll(scheme, month, at)

    def stops_since(self, scheme: str, month: str, at: int = 0) -> Mapping[str, str]:
        """Return who may no longer be paid for the month."""
        self._require_settled()
        return self.memo.stops_since(scheme, month, at)

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month."""
        self._require_settled()
        return self.memo.bereaved(scheme, month)

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month."""
        return self._decisions.paid(self.connection, run, scheme, month, self.memo.place(at))

    def keep_drawing(self, name: str, drawn: Drawn) -> None:
        """Keep what was drawn up at hand."""
        self._decisions.drawings.keep(name, drawn)

    def drawing(self, name: str) -> Drawn | None:
        """Return it, if it is still at hand."""
        return self._decisions.drawings.take(name)

    def received(self, fund: str, earmark: str, through: date) -> int:
        """Return the fen donated up to a day and not yet gathered, pending events included."""
        self.memo.place()
        stored = self._decisions.received(self.connection, fund, earmark, through)
        account = f"received:{fund.partition(':')[2]}:{earmark}"
        pending = [
            (event, line.value)
            for event in self.pending
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
        self.memo.place()
        held = Counter(self._decisions.stock(self.connection, fund, earmark))
        place = accounts.stock(fund, earmark, "")
        for event in self.pending:
            for line in event.postings():
                if line.account.startswith(place):
                    held[line.account.removeprefix(place)] += line.value
        return held

    def entitlements_of(self, holder: str) -> tuple[Held, ...]:
        """Return every entitlement of a holder, those of this unit of work included."""
        if holder not in self._entitlements:
            holders = {s for s in self._loaded if s.partition(":")[0] in HOLDERS} | {holder}
            self.memo.place()
            found = self._decisions.entitlements_of(self.connection, sorted(holders))
            self._entitlements = {h: found.get(h, ()) for h in holders}
        held = {key: (scheme, state) for key, scheme, state in self._entitlements[holder]}
        for entitlement in self._changed_entitlements(holder):
            held[entitlement.id] = (entitlement.scheme, entitlement.state)
        return tuple((key, *rest) for key, rest in held.items())

    def _changed_entitlements(self, holder: str) -> Iterable[Entitlement]:
        """Return what this unit of work has changed of a holder's entitlements."""
        for event in self.pending[self._seen :]:
            changed = self._loaded.get(event.originator_id)
            if isinstance(changed, Entitlement):
                self._touched(changed.holder).setdefault(changed.holder, set()).add(changed.id)
        self._seen = len(self.pending)
        others = counted_with(self, holder, self._changed["person"], self._changed["household"])
        for key in (key for one in (holder, *others) for key in self._touched(one).get(one, ())):
            aggregate = self._loaded.get(key)
            if isinstance(aggregate, Entitlement) and aggregate.version:
                yield aggregate

    def _touched(self, holder: str) -> dict[str, set[str]]:
        return self._changed[holder.partition(":")[0]]

    def tag(self, scheme: str, *parts: str) -> str:
        """Return the keyed hash that names a payment."""
        return self._vault.tag(self.connection, scheme, parts)

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders."""
        return self._vault.tags(self.connection, scheme, holders, parts)

    def event_at(self, position: int) -> Event | None:
        """Return a stored event."""
        event = event_log.event_at(self.connection, position)
        if event is None and self.pending:
            raise Unsettled(f"position {position}")
        return event

    def _require_settled(self) -> None:
        """Refuse to answer from the log while this unit keeps back what would change the answer.

        In a group of independent commands each sees all before it stored, as if it came alone.
        """
        if self.grouped and self.pending:
            raise Unsettled("the roll")
        if any(event.TOPIC in RollView.TOPICS for event in self.pending):
            raise Unsettled("the roll")

    def barred(self, url: str) -> Sentence | None:
        """Return why the server may not call an address."""
        return self._outside.barred(url)

    def closed_through(self) -> date | None:
        """Return the last closed day."""
        row = self.connection.execute("SELECT closed_through FROM ledger.periods").fetchone()
        return row[0] if row else None

    def exclusively(self, name: str) -> None:
        """Hold a name alone; `Busy`, upon which the door comes again, if another unit does."""
        self._names.take(name)

    def only_read(self) -> dict[str, int]:
        """Return what was decided from while trusting, beside what is written: id and version."""
        written = {event.originator_id for event in self.pending}
        return {s: self._loaded[s].version for s in self._asked - written}

    def roll_back(self, mark: int) -> None:
        """Take back what was decided after the first `mark` events."""
        touched = {event.originator_id for event in self.pending[mark:]}
        del self.pending[mark:]
        self._seen = min(self._seen, mark)
        for subject in touched:
            self._loaded.pop(subject, None)
        kept = {event.originator_id for event in self.pending}
        self.prefetch(sorted(touched & kept))
        for event in self.pending:
            if event.originator_id in touched:
                self._loaded[event.originator_id].replay(event)

    def saved(self) -> None:
        """Take note that what was pending is stored."""
        self.pending.clear()
        self.alike.clear()
        self._seen = 0
        self.memo.forget()

    def discard(self) -> None:
        """Drop what is pending without storing it; what it has changed is forgotten at the end."""
        self._spoilt.update(event.originator_id for event in self.pending)
        self.saved()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give back names and aggregates, but none with changes that were not stored."""
        self._names.give_back()
        self._aggregates.contend(lost=bool(self.pending))
        self.discard()
        for subject in self._spoilt:
            self._loaded.pop(subject, None)
            if subject in self._before:
                self._loaded[subject] = self._before[subject]
        self._aggregates.keep(self._loaded.values())
