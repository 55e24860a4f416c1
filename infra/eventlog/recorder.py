"""Our recorder for the eventsourcing library: its reading and saving, through our one door.

`PERSISTENCE_MODULE=infra.eventlog.recorder` makes the library's Application, Repository and
ProjectionRunner stand on the same table as everything else.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    ListenNotifySubscription,
    Notification,
    ProcessRecorder,
    StoredEvent,
    TrackingRecorder,
)
from eventsourcing.utils import resolve_topic
from psycopg_pool import ConnectionPool

from domain import DECODERS, decode
from domain.kernel.refusals import PeriodClosed
from infra.eventlog.append import Batch, Guard, Stored, append
from infra.eventlog.subscription import Subscription
from infra.postgres.session import begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

MOST_CONNECTIONS = 10
# What the door says of a closed period, and of a soft-closed one: see infra/postgres/functions.
CLOSED = ("MZ001", "MZ002")
URL = "MINGZHANG_APP_URL"
COLUMNS = "originator_id, originator_version, topic, state"


class StreamRecorder(AggregateRecorder):
    """The library's recorder of streams over `ledger.events`."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Use a pool of autocommit connections of the application's role."""
        self.pool = pool

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Append events, all or none."""
        self._append(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Read one stream."""
        rows = self._read(
            f"SELECT {COLUMNS} FROM ledger.events"
            ' WHERE originator_id = %(id)s COLLATE "C"'
            " AND (%(gt)s::bigint IS NULL OR originator_version > %(gt)s)"
            " AND (%(lte)s::bigint IS NULL OR originator_version <= %(lte)s)"
            f" ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT %(limit)s",
            {"id": str(originator_id), "gt": gt, "lte": lte, "limit": limit},
        )
        return [StoredEvent(*row) for row in rows]

    def _append(self, stored_events: Sequence[StoredEvent]) -> range:
        """Append events, guarded by the closed periods; return their positions."""
        guard = Guard()
        for e in stored_events:
            if e.topic in DECODERS:
                guard.see(decode(e.topic, e.state), may_enter_soft=False)
        rows = [
            Stored(str(e.originator_id), e.originator_version, e.topic, e.state)
            for e in stored_events
        ]
        if not rows:
            return range(0)
        try:
            with self.pool.connection() as connection:
                first = append(connection, Batch(rows, guard)).first_position
        except psycopg.errors.UniqueViolation as error:
            raise IntegrityError(str(error)) from error
        except psycopg.Error as error:
            if error.sqlstate not in CLOSED:
                raise
            raise PeriodClosed.reported(str(error.diag.message_primary)) from error
        return range(first, first + len(rows))

    def _read(self, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection, connection.cursor(binary=True) as cursor:
            return cursor.execute(query.encode(), values).fetchall()


class LedgerRecorder(StreamRecorder, ApplicationRecorder):
    """The library's application recorder over `ledger.events`."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Append events, all or none; return their positions."""
        return list(self._append(stored_events))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Read the log by position."""
        first = 1 if start is None else start + (0 if inclusive_of_start else 1)
        rows = self._read(
            f"SELECT {COLUMNS}, notification_id FROM ledger.events"
            " WHERE notification_id >= %(first)s"
            " AND (%(stop)s::bigint IS NULL OR notification_id <= %(stop)s)"
            " AND (%(topics)s::text[] = '{}' OR topic = ANY (%(topics)s))"
            " ORDER BY notification_id LIMIT %(limit)s",
            {"first": first, "stop": stop, "topics": list(topics), "limit": limit},
        )
        return [Notification(*row) for row in rows]

    def max_notification_id(self) -> int | None:
        """Return the head of the log."""
        rows = self._read("SELECT max(notification_id) FROM ledger.events", {})
        return rows[0][0] if rows else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> LedgerSubscription:
        """Follow the log."""
        return LedgerSubscription(recorder=self, gt=gt, topics=topics)


class LedgerSubscription(ListenNotifySubscription[LedgerRecorder]):
    """The library's subscription, woken by the NOTIFY that append() sends."""

    def __init__(
        self, recorder: LedgerRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        """Listen on a connection of its own."""
        self._stopping = threading.Event()
        self._subscription = Subscription(str(recorder.pool.conninfo), self._stopping, 0.0)
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        threading.Thread(target=self._subscription.run, args=(self._wake,), daemon=True).start()

    def _wake(self, connection: psycopg.Connection) -> None:
        """Wake the thread that reads, at once and after each commit."""
        for _ in self._subscription.changes(connection):
            self._has_been_notified.set()

    def stop(self) -> None:
        """Stop following."""
        self._stopping.set()
        super().stop()


class LedgerFactory(InfrastructureFactory[TrackingRecorder]):
    """Gives the library its parts."""

    _pool: ConnectionPool | None = None

    def application_recorder(self) -> ApplicationRecorder:
        """Give the recorder of the log."""
        return LedgerRecorder(self.pool())

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Give a recorder of streams; of snapshots there is none."""
        if purpose != "events":
            raise NotImplementedError(f"this ledger keeps no {purpose}")
        return StreamRecorder(self.pool())

    def pool(self) -> ConnectionPool:
        """Open connections to the address in the environment, once."""
        if self._pool is None:
            address = self.env.get(URL) or ""
            self._pool = ConnectionPool(
                address,
                min_size=1,
                max_size=MOST_CONNECTIONS,
                kwargs={"autocommit": True},
                configure=begin,
                open=True,
            )
        return self._pool

    def tracking_recorder(
        self, tracking_recorder_class: type[TrackingRecorder] | None = None
    ) -> TrackingRecorder:
        """Open the recorder of a projection's position, named by class or in the environment."""
        topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
        kind: Any = tracking_recorder_class or (resolve_topic(topic) if topic else None)
        if kind is None:
            raise LookupError("name a tracking recorder class")
        recorder: TrackingRecorder = kind(self.env.get(URL) or "")
        return recorder

    def process_recorder(self) -> ProcessRecorder:
        """Refuse: here projections and decisions are apart."""
        raise NotImplementedError("this ledger has no process recorder")

    def close(self) -> None:
        """Give the connections back."""
        if self._pool is not None:
            self._pool.close()
        super().close()


class Ledger(Application[str]):
    """The library's application on our store: repository, notification log, subscriptions."""

    name = "ledger"
    env = {  # noqa: RUF012 - the library reads it so
        "PERSISTENCE_MODULE": "infra.eventlog.recorder",
        "MAPPER_TOPIC": "infra.eventlog.mapper:StructMapper",
    }
