"""What a unit of work answers beyond its aggregates: the ports of `domain.kernel.unit`.

Answers come from the store and count what the unit has recorded and not yet stored. Where they
cannot, they refuse (`Unsettled`): the question is asked again once that is stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.benefits.merged_persons import paid_under_any
from domain.bodies.facilities import Facility
from domain.bodies.organisations import Organisation
from domain.kernel import accounts
from domain.kernel.duplicates import require_untold
from domain.payments.payment_events import FIRST, PaymentOverpaid
from domain.payments.payments import payment_prefix
from infra.commands.changes import Basis, Unsettled
from infra.commands.period_guard import NOTHING_CLOSED
from projections.core import event_log
from projections.decision_views import merged_persons, payments
from projections.decision_views.roll import RollView
from projections.decision_views.ungathered import UngatheredDonations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import psycopg

    from domain.benefits.rolls import Roll
    from domain.kernel.aggregate import Event
    from domain.kernel.unit import RunUnderWay, Unit
    from domain.payments.paid_months import PaidMonth
    from domain.payments.pay_run_lines import Drawn
    from infra.commands.decision_memo import DecisionMemo
    from infra.commands.decision_queries import DecisionQueries
    from infra.commands.named_locks import NamedLocks
    from infra.vault import Vault


@dataclass(frozen=True)
class StoredRolls:
    """Rolls as the decision views have them; refused while the unit keeps back what they read."""

    memo: DecisionMemo
    decisions: DecisionQueries
    basis: Basis
    recorded: Sequence[Event]

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return a scheme's roll for a benefit month, at a position or at the head."""
        self._require_settled()
        return self.memo.roll(scheme, month, at)

    def holders(self, scheme: str, at: int | None = None) -> Mapping[str, str]:
        """Return of all whom a scheme's roll may have had so far, by id, the id in use."""
        self._require_settled()
        return self.memo.holders(scheme, at)

    def stops_since(self, scheme: str, month: str, at: int = 0) -> Mapping[str, str]:
        """Return who may no longer be paid for the month."""
        self._require_settled()
        return self.memo.stops_since(scheme, month, at)

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month."""
        self._require_settled()
        return self.memo.bereaved(scheme, month)

    def other_accounts(self, month: str) -> frozenset[str]:
        """Return the holders of a month of whom somebody has another account than at first."""
        self._require_settled()
        return self.memo.other_accounts(month)

    def drawn_up(self, run: str, draw: Callable[[], Drawn]) -> Drawn:
        """Draw a run up, and perhaps remember it for its release."""
        drawn = draw()
        self.decisions.drawn_runs.keep(f"{run} {drawn.at} {drawn.digest}", drawn)
        return drawn

    def drawn_again(self, run: str, digest: str, draw: Callable[[], Drawn], *, at: int) -> Drawn:
        """Return what is remembered, or draw again: both are functions of the log up to `at`."""
        return self.decisions.drawn_runs.take(f"{run} {at} {digest}") or draw()

    def _require_settled(self) -> None:
        """Refuse to answer while the unit keeps back what would change the answer."""
        independent = self.basis is not Basis.ALONE
        if any(independent or event.TOPIC in RollView.TOPICS for event in self.recorded):
            raise Unsettled("the roll")


@dataclass(frozen=True)
class StoredPayments:
    """Payments named by the vault's keys, and those that are stored."""

    connection: psycopg.Connection
    memo: DecisionMemo
    decisions: DecisionQueries
    vault: Vault
    recorded: Sequence[Event]

    def tag(self, scheme: str, *parts: str) -> str:
        """Return the keyed hash that names a payment."""
        return self.vault.tag(self.connection, scheme, parts)

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders."""
        return self.vault.tags(self.connection, scheme, holders, parts)

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month."""
        place = self.memo.place(at)
        paid = self.decisions.paid(self.connection, run, scheme, month, place)
        same = merged_persons.same(self.connection, place) if paid else {}
        return paid_under_any(paid, same, lambda ids: self.tags(scheme, ids, month, FIRST))

    def paid_months(
        self, scheme: str, month: str, at: int | None = None
    ) -> Mapping[str, PaidMonth]:
        """Return by tag what was paid for a month and stands."""
        return payments.standing(self.connection, scheme, month, at=self.memo.place(at))

    def asked_back(self, scheme: str, holder: str, months: Iterable[str]) -> list[str]:
        """Return the recoveries that ask for what runs have paid to a holder for some months."""
        if any(event.TOPIC == PaymentOverpaid.TOPIC for event in self.recorded):
            raise Unsettled("payments")
        names = {
            payment_prefix(scheme, month) + self.tag(scheme, holder, month, FIRST): 0
            for month in months
        }
        events = event_log.of_subjects(self.connection, names) if names else ()
        return [each.recovery for _, each in events if isinstance(each, PaymentOverpaid)]

    def under_way(self) -> list[RunUnderWay]:
        """Return the runs that are approved and not released to their end."""
        if any(event.TOPIC.startswith("pay-run.") for event in self.recorded):
            raise Unsettled("pay runs")
        self.memo.place()
        return payments.under_way(self.connection)


@dataclass(frozen=True)
class StoredBodies:
    """Bodies of the register, this unit's changes included."""

    unit: Unit

    def ended_on(self, body: str) -> date | None:
        """Return the day on which a body ended, None if it has not."""
        return self.unit.find(Organisation, body).ended_on

    def that_runs(self, facility: str) -> str:
        """Return the body that runs a facility."""
        return self.unit.find(Facility, facility).body


@dataclass(frozen=True)
class StoredDonations:
    """Donations as the decision view has them, and those that the unit has recorded."""

    connection: psycopg.Connection
    memo: DecisionMemo
    decisions: DecisionQueries
    recorded: Sequence[Event]

    def ungathered(self, fund: str, earmark: str, through: date) -> int:
        """Return the fen donated up to a day and not yet gathered."""
        self.memo.place()
        stored = self.decisions.received(self.connection, fund, earmark, through)
        account = accounts.received(fund, earmark)
        recorded = [
            (event, line.value)
            for event in self.recorded
            if event.TOPIC in UngatheredDonations.TOPICS
            for line in event.postings()
            if line.account == account
        ]
        if not recorded:
            return stored
        # As in the view: a gathering counts whenever one asks, and no more is left than is there.
        by_day = sum(
            value
            for event, value in recorded
            if event.act.booked <= through or event.TOPIC == "fund.gathered"
        )
        there = self.decisions.received(self.connection, fund, earmark, date.max)
        return min(stored + by_day, there + sum(value for _, value in recorded))


@dataclass(frozen=True)
class StoredStock:
    """Goods as the decision view has them, and those that the unit has recorded."""

    connection: psycopg.Connection
    memo: DecisionMemo
    decisions: DecisionQueries
    recorded: Sequence[Event]

    def pieces(self, fund: str, earmark: str) -> Mapping[str, int]:
        """Return the pieces in store by kind."""
        self.memo.place()
        held = Counter(self.decisions.stock(self.connection, fund, earmark))
        place = accounts.stock(fund, earmark, "")
        for event in self.recorded:
            for line in event.postings():
                if line.account.startswith(place):
                    held[line.account.removeprefix(place)] += line.value
        return held


class StoredDuplicates:
    """What may be told once: as the unit has recorded it, and as the decision view has it."""

    def __init__(
        self,
        connection: psycopg.Connection,
        decisions: DecisionQueries,
        locks: NamedLocks,
        recorded: Sequence[Event],
    ) -> None:
        """Begin without having asked; `locks` and `recorded` are the unit's own."""
        self._connection = connection
        self._decisions = decisions
        self._locks = locks
        self._recorded = recorded
        # Who told what first, of the first `_seen` events that the unit has recorded.
        self._first: dict[str, str] = {}
        self._seen = 0

    def require_new(self, events: Sequence[Event]) -> None:
        """Refuse what the unit has told before; `events` are the last that it has recorded."""
        start = len(self._recorded) - len(events)
        for place, event in enumerate(self._recorded[self._seen :], self._seen):
            if words := event.tells():
                if place >= start:
                    require_untold(event, self._first.get(words))
                self._first.setdefault(words, event.originator_id)
        self._seen = len(self._recorded)

    def require_unstored(self, events: Sequence[Event]) -> None:
        """Refuse what is told and stored; nobody else tells the same until the unit ends.

        However many tell something, it takes a round trip for their names and one for the answer.
        """
        telling = [(event, words) for event in events if (words := event.tells())]
        if not telling:
            return
        told = [*{words: None for _, words in telling}]
        self._locks.take_all(f"told:{words}" for words in told)
        stored = self._decisions.first_told(self._connection, told)
        for event, words in telling:
            require_untold(event, stored.get(words))


@dataclass(frozen=True)
class StoredLog:
    """Stored events by their positions."""

    connection: psycopg.Connection
    recorded: Sequence[Event]

    def event_at(self, position: int) -> Event | None:
        """Return a stored event."""
        event = event_log.event_at(self.connection, position)
        if event is None and self.recorded:
            raise Unsettled(f"position {position}")
        return event


@dataclass(frozen=True)
class StoredPeriods:
    """Closed periods, as append() guards them."""

    connection: psycopg.Connection

    def closed_through(self) -> date | None:
        """Return the last closed day, None if no day was ever closed."""
        row = self.connection.execute("SELECT closed_through FROM ledger.periods").fetchone()
        return row[0] if row and row[0] > NOTHING_CLOSED.through else None
