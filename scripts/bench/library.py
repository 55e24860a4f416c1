"""The eventsourcing library as it comes, as a peer: its aggregates, its recorder, its runner."""

# ruff: noqa: ARG002 - the library makes its events from the signatures

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection
from psycopg.sql import SQL, Composed, Identifier

if TYPE_CHECKING:
    from eventsourcing.persistence import Tracking
    from eventsourcing.postgres import PostgresDatastore

# The journal and the balances of ours, in the plain way.
TABLES = (
    """CREATE TABLE IF NOT EXISTS {}.journal (
        position bigint, line smallint, account text, value bigint, unit text, booked date,
        on_ date, area text, subject text, by_ text, PRIMARY KEY (position, line))""",
    "CREATE INDEX IF NOT EXISTS journal_by_account ON {}.journal (account, position)",
    """CREATE TABLE IF NOT EXISTS {}.balances (
        account text, area text, booked date, value bigint, PRIMARY KEY (account, area, booked))""",
)
ROW = "INSERT INTO {}.journal VALUES (%s, %s, %s, %s, 'fen', %s, %s, %s, %s, %s)"
CELL = """INSERT INTO {}.balances AS b VALUES (%s, %s, %s, %s) ON CONFLICT (account, area, booked)
    DO UPDATE SET value = b.value + excluded.value"""


class Payment(Aggregate):
    """A payment that says what ours says."""

    @event("Made")
    def __init__(
        self,
        *,
        by: str,
        on: str,
        booked: str,
        run: str,
        scheme: str,
        programme: str,
        fund: str,
        earmark: str,
        area: str,
        tier: str,
        month: str,
        persons: int,
        households: int,
        amount: int,
        rate_from: str,
    ) -> None:
        """Pay a household."""
        self.run, self.scheme, self.programme, self.fund = run, scheme, programme, fund
        self.amount = amount


class Fund(Aggregate):
    """A fund that promises no more than it holds."""

    @event("Opened")
    def __init__(self, *, available: int) -> None:
        """Begin with some money."""
        self.available = available

    @event("Committed")
    def commit(self, *, amount: int, earmark: str, to: str, purpose: str) -> None:
        """Promise money."""
        if amount > self.available:
            raise ValueError("the fund has not so much")
        self.available -= amount


class Library(Application[UUID]):
    """Funds and payments, kept by the library's own recorder."""


class UnitOfWork(PostgresTrackingRecorder):
    """A journal and balances, with the position of what they were grown from."""

    def __init__(self, datastore: PostgresDatastore, **more: Any) -> None:
        """Say which tables there are."""
        super().__init__(datastore, **more)
        self.sql_create_statements += [self._ours(text) for text in TABLES]
        self._row, self._cell = self._ours(ROW), self._ours(CELL)

    def _ours(self, text: str) -> Composed:
        return SQL(text).format(Identifier(self.datastore.schema))

    def post(self, made: Any, tracking: Tracking) -> None:
        """Write a payment's two postings and the position, both or neither."""
        key, subject = made.fund.removeprefix("fund:"), str(made.originator_id)
        accounts = (
            (f"committed:{key}:{made.earmark}:{made.run}", -made.amount),
            (f"spent:{key}:{made.earmark}:{made.programme}", made.amount),
        )
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for line, (account, value) in enumerate(accounts, 1):
                said = (made.booked, made.on, made.area, subject, made.by)
                place = (tracking.notification_id, line, account, value)
                cursor.execute(self._row, (*place, *said), prepare=True)
                cell = (account, made.area, made.booked, value)
                cursor.execute(self._cell, cell, prepare=True)


class GrowBooks(Projection[UnitOfWork]):
    """Grows the books, one event at a time, as the library's runner gives them."""

    name = "books"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Post a payment; what a fund did posts nothing here."""
        if isinstance(domain_event, Payment.Made):  # type: ignore[attr-defined]
            self.view.post(domain_event, tracking)
        else:
            self.view.insert_tracking(tracking)
