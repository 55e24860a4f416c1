"""The recorder of the log: it lends connections, reads streams and pages, and appends.

It is the eventsourcing library's application recorder, and production's: the library's Application,
Repository and ProjectionRunner stand on the same object as executor, pages and feed.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
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
from psycopg_pool import PoolTimeout

from domain import DECODERS, decode
from domain.kernel.refusals import PeriodClosed
from infra.config.errors import Unavailable
from infra.eventlog.append import FASTEST
from infra.eventlog.batch import Batch, Guard, Stored
from infra.eventlog.subscription import Subscription
from infra.postgres.session import SECONDS_TO_WAIT, open_pool
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from psycopg_pool import ConnectionPool

    from infra.eventlog.batch import Appended

SECONDS_TO_WAIT_IN_DOUBT = 0.3
# What append() says of a closed period, and of a soft-closed one: see infra/postgres.
CLOSED = ("MZ001", "MZ002")
URL = "MINGZHANG_APP_URL"
LAST = 2**63 - 1


class StreamRecorder(AggregateRecorder):
    """The library's recorder of streams over the log."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Use a pool of autocommit connections of the application's role."""
        self.pool = pool
        self.appender = FASTEST
        self._doubtful = False

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """Lend a connection of the application's role, in autocommit.

        While the database is away no caller waits for long: the next one tries again.
        """
        if self._doubtful:
            self.pool.check()
        try:
            patience = SECONDS_TO_WAIT_IN_DOUBT if self._doubtful else SECONDS_TO_WAIT
            connection = self.pool.getconn(patience)
            try:
                yield connection
            finally:
                self.pool.putconn(connection)
        except PoolTimeout as error:
            self._doubtful = True
            raise Unavailable(
                "the database does not answer: send the same key again later"
            ) from error
        except psycopg.errors.QueryCanceled:
            # It was stopped because it took too long: the database answers.
            raise
        except psycopg.OperationalError:
            self._doubtful = True
            raise
        else:
            self._doubtful = False

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Append events, all or none."""
        self._insert(stored_events)
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
        subject = str(originator_id)
        with self.connection() as connection:
            rows = event_log.stream(
                connection, subject, after=gt, through=lte, limit=limit, newest_first=desc
            )
        return [StoredEvent(*row) for row in rows]

    def append(self, batch: Batch, connection: psycopg.Connection | None = None) -> Appended:
        """Append events with their receipts, guards and what is sealed, all or none.

        On a connection that is given it joins the transaction that is open there.
        """
        if connection is not None:
            return self.appender.append(connection, batch)
        with self.connection() as lent:
            return self.appender.append(lent, batch)

    def _insert(self, stored_events: Sequence[StoredEvent]) -> range:
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
            first = self.append(Batch(rows)).first_position
        except psycopg.errors.UniqueViolation as error:
            raise IntegrityError(str(error)) from error
        except psycopg.Error as error:
            if error.sqlstate not in CLOSED:
                raise
            raise PeriodClosed.reported(str(error.diag.message_primary)) from error
        return range(first, first + len(rows))


class LedgerRecorder(StreamRecorder, ApplicationRecorder):
    """The library's application recorder over the log."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Append events, all or none; return their positions."""
        return list(self._insert(stored_events))

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
        after = 0 if start is None else start - (1 if inclusive_of_start else 0)
        until = LAST if stop is None else stop
        with self.connection() as connection:
            found = event_log.page(
                connection, after=after, until=until, limit=limit, topics=topics or None
            )
        return [Notification(e.subject, e.version, e.topic, e.state, e.position) for e in found]

    def max_notification_id(self) -> int | None:
        """Return the head of the log; None if it is empty."""
        with self.connection() as connection:
            return event_log.head(connection).position or None

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
            self._pool = open_pool(self.env.get(URL) or "")
        return self._pool

    def tracking_recorder(
        self, tracking_recorder_class: type[TrackingRecorder] | None = None
    ) -> TrackingRecorder:
        """Open the recorder of a projection's position, named by class or in the environment."""
        topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
        kind: Any = tracking_recorder_class or (resolve_topic(topic) if topic else None)
        if kind is None:
            raise LookupError("name a tracking recorder class")
        recorder: TrackingRecorder = kind.opened(self.env.get(URL) or "")
        return recorder

    def process_recorder(self) -> ProcessRecorder:
        """Refuse: here projections and decisions are apart."""
        raise NotImplementedError("this ledger has no process recorder")

    def close(self) -> None:
        """Give the connections back."""
        if self._pool is not None:
            self._pool.close()
        super().close()
