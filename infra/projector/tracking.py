"""The views as the eventsourcing library has them: a projection over a tracking recorder.

`ViewTracking` holds the tables of some views with the positions that they were grown to, and writes
both in one transaction. Two runners drive `ViewProjection`: the projector by pages, the library's
`ProjectionRunner` event by event.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import psycopg
from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder
from eventsourcing.projection import Projection

from infra.eventlog.application import EventLog
from projections import VIEWS
from projections.core import event_log
from projections.core.copy_writer import CopyWriter, ParallelCopyWriter
from projections.core.view import SCHEMA, create, digest, enter, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection, Cursor

    from domain.kernel.aggregate import Event
    from projections.core.view import Digest, Recorded, View

LOG = logging.getLogger("mingzhang.projector")
# The unqualified names of folds mean the schema's; a view that is lost with the power grows again.
BEGIN = "SELECT set_config('search_path', %s, true), set_config('synchronous_commit', 'off', true)"
LOCK = (
    "SELECT position, built FROM positions WHERE view = ANY (%s)"
    ' ORDER BY view COLLATE "C" FOR UPDATE'
)
MOVE = "UPDATE positions SET position = %s WHERE view = ANY (%s)"
STOP = "UPDATE positions SET stopped = %s WHERE view = %s AND position = %s"
ADD = "INSERT INTO positions (view) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
FORWARD = f"{MOVE} AND position < %s"
# A view that has stopped is waited for by nobody.
TRACKED = """SELECT coalesce(min(position) FILTER (WHERE stopped IS NULL), max(position))
    FROM positions WHERE view = ANY (%s)"""
Bounds = tuple[int, int]


class Stand(NamedTuple):
    """Where a view stands, and why it stopped if it did."""

    view: View
    position: int
    stopped: str | None


class MovedError(IntegrityError):
    """The events are recorded already: another projector has moved these views meanwhile."""


def lay_out(
    connection: Connection[Any], views: Sequence[type[View]] = VIEWS, schema: str = SCHEMA
) -> None:
    """Make the tables of views where they are missing; what has another shape grows anew."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('mingzhang views'))")
        for view in views:
            if create(cursor, view(), schema):
                LOG.warning("view %s is of another edition: it grows anew", view.NAME)


def wanted(page: list[Recorded], view: View) -> list[Recorded]:
    """Return the events of a page that a view wants."""
    topics = view.TOPICS
    return page if topics is None else [one for one in page if one.topic in topics]


class ViewTracking(TrackingRecorder):
    """The tables of views and how far each was grown, on one connection in autocommit."""

    def __init__(
        self,
        connection: Connection[Any],
        views: Sequence[type[View]] = VIEWS,
        schema: str = SCHEMA,
        *,
        parallel_copy: bool = True,
    ) -> None:
        """Take a connection of the application's role, and lay out what is missing."""
        self.connection = connection
        self.schema = schema
        self.views = {view.NAME: view() for view in views}
        self._built: dict[str, int] = {}
        # The library's runner asks for the position in one thread, and folds in another.
        self._guard = threading.Lock()
        # Starts its thread when there is something large to write.
        self._thread = ThreadPoolExecutor(1, "copy") if parallel_copy else None
        lay_out(connection, views, schema)

    @classmethod
    def opened(cls, url: str) -> Self:
        """Connect at an address of the application's role."""
        return cls(psycopg.connect(url, autocommit=True))

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record a position by itself; `IntegrityError` if it is not a later one."""
        names = self._tracked(tracking.application_name)
        position = tracking.notification_id
        with self._guard, self.connection.transaction(), self.connection.cursor() as cursor:
            enter(cursor, self.schema)
            cursor.execute(ADD, (names,))
            cursor.execute(FORWARD, (position, names, position))
            if cursor.rowcount != len(names):
                raise IntegrityError(f"{tracking} is recorded already")

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return the last position that all views that go on have taken from an application."""
        with self._guard, self.connection.transaction(), self.connection.cursor() as cursor:
            enter(cursor, self.schema)
            row = cursor.execute(TRACKED, (self._tracked(application_name),)).fetchone()
        return row[0] or None if row else None

    def _tracked(self, application_name: str) -> list[str]:
        """Name the rows of positions: of the log those of the views, else one of that name."""
        return list(self.views) if application_name == EventLog.name else [application_name]

    def fold(
        self,
        views: Sequence[View],
        page: list[Recorded],
        bounds: Bounds,
        *,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Write a page's rows and the position behind it, both or neither.

        `page` holds all events wanted between two positions; `MovedError` if the views stand
        elsewhere. `meanwhile` is called while PostgreSQL still writes.
        """
        after, through = bounds
        names = [view.NAME for view in views]
        try:
            with self._guard, self.connection.transaction(), self.connection.cursor() as cursor:
                cursor.execute(BEGIN, (self.schema,))
                self._lock(cursor, names, after)
                with self._writer(cursor) as writer:
                    for view in views:
                        if mine := wanted(page, view):
                            view.fold(writer, mine, through)
                    meanwhile()
                    writer.settled().execute(MOVE, (through, names))
        except BaseException:
            for view in views:
                view.forget()
            raise

    def _writer(self, cursor: Cursor[Any]) -> CopyWriter:
        return ParallelCopyWriter(cursor, self._thread) if self._thread else CopyWriter(cursor)

    def _lock(self, cursor: Cursor[Any], names: list[str], after: int) -> None:
        """Keep other projectors off the views for this transaction."""
        cursor.execute(LOCK, (sorted(names),))
        for name, (position, built) in zip(sorted(names), cursor.fetchall(), strict=True):
            if position != after:
                raise MovedError(f"view {name} stands at {position}, not at {after}")
            if self._built.setdefault(name, built) != built:
                self.views[name].forget()
                self._built[name] = built

    def stop(self, view: View, position: int, reason: str) -> None:
        """Note that a view cannot go on behind a position, and why."""
        with self._guard, self.connection.transaction(), self.connection.cursor() as cursor:
            enter(cursor, self.schema)
            cursor.execute(STOP, (reason, view.NAME, position))

    def look(self) -> tuple[list[Stand], int]:
        """Return where the views stand, and the last position of the log."""
        with self._guard:
            rows = self.connection.execute(
                f"SELECT head, view, position, stopped FROM ({event_log.HEAD}) log (head)"
                f" LEFT JOIN {self.schema}.positions ON true ORDER BY view"
            ).fetchall()
        stands = [Stand(self.views[row[1]], *row[2:]) for row in rows if row[1] in self.views]
        return stands, int(rows[0][0])

    def digests(self) -> list[Digest]:
        """Hash what the views hold."""
        with self._guard, self.connection.transaction(), self.connection.cursor() as cursor:
            return [digest(cursor, view, self.schema) for view in self.views.values()]


class ViewProjection(Projection[ViewTracking]):
    """Grows the views from the log: by one event, as the library does it, or by a page."""

    name = "views"

    def process_event(self, domain_event: Event, tracking: Tracking) -> None:
        """Fold one event into the views that stand before it; `MovedError` if all have moved on."""
        position = tracking.notification_id
        stands, _ = self.view.look()
        going = [s for s in stands if s.stopped is None]
        due = [s.view for s in going if s.position == position - 1]
        if not going:
            return
        if not due:
            raise MovedError(f"position {position} is recorded already, or not yet due")
        self.process_page(due, [recorded(position, domain_event)], (position - 1, position))

    def process_page(
        self,
        views: Sequence[View],
        page: list[Recorded],
        bounds: Bounds,
        *,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Fold all events wanted between two positions into views that stand at the first."""
        self.view.fold(views, page, bounds, meanwhile=meanwhile)
