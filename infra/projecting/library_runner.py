"""Our views under the eventsourcing library's own runner: one event, one transaction.

The projector grows the views faster; this shows that they are the library's projections too: grown
by its runner from its subscription, in a schema of their own, they have the same digests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg_pool import ConnectionPool

from infra.eventlog.application import PARTS, EventLog
from infra.eventlog.recorder import URL
from projections import VIEWS
from projections.core.view import create, digest, enter, recorded

if TYPE_CHECKING:
    from psycopg import Cursor

    from domain.kernel.aggregate import Event
    from projections.core.view import Digest, View

TRACKING = """
CREATE TABLE IF NOT EXISTS tracking (
    application_name text PRIMARY KEY, notification_id bigint NOT NULL
)"""
# Gives no row if the position, or a later one, is there already: somebody else was faster.
TRACK = """
    INSERT INTO tracking VALUES (%s, %s)
    ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id
    WHERE tracking.notification_id < excluded.notification_id
    RETURNING notification_id"""
TRACKED = "SELECT notification_id FROM tracking WHERE application_name = %s"
MOVE = "UPDATE positions SET position = %s"


class TrackedViews(TrackingRecorder):
    """The tables of all views, with the position of what they were grown from."""

    # A schema that the application owns and nobody reads from.
    SCHEMA: ClassVar[str] = "views_next"

    def __init__(self, app_url: str) -> None:
        """Connect as the application's role, and lay out what is missing."""
        self.views: list[View] = [view() for view in VIEWS]
        self.pool = ConnectionPool(app_url, min_size=1, max_size=2, open=True)
        with self.pool.connection() as connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL client_min_messages = warning")
            for view in self.views:
                create(cursor, view, self.SCHEMA)
            cursor.execute(TRACKING)

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record a position by itself."""
        with self.pool.connection() as connection, connection.cursor() as cursor:
            self.track(cursor, tracking)

    def track(self, cursor: Cursor[Any], tracking: Tracking) -> None:
        """Record a position in a transaction; `IntegrityError` if it is not a later one."""
        enter(cursor, self.SCHEMA)
        cursor.execute(TRACK, (tracking.application_name, tracking.notification_id))
        if cursor.fetchone() is None:
            raise IntegrityError(f"{tracking} is recorded already")

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return the last position recorded for an application."""
        with self.pool.connection() as connection, connection.cursor() as cursor:
            enter(cursor, self.SCHEMA)
            row = cursor.execute(TRACKED, (application_name,)).fetchone()
        return row[0] if row else None

    def fold(self, event: Event, tracking: Tracking) -> None:
        """Write an event's rows and its position, both or neither."""
        position = tracking.notification_id
        try:
            with self.pool.connection() as connection, connection.cursor() as cursor:
                self.track(cursor, tracking)
                page = [recorded(position, event)]
                for view in self.views:
                    if view.TOPICS is None or event.TOPIC in view.TOPICS:
                        view.fold(cursor, page, position)
                cursor.execute(MOVE, (position,))
        except BaseException:
            for view in self.views:
                view.forget()
            raise

    def digests(self) -> list[Digest]:
        """Hash what the views hold."""
        with self.pool.connection() as connection, connection.cursor() as cursor:
            return [digest(cursor, view, self.SCHEMA) for view in self.views]

    def close(self) -> None:
        """Give the connections back."""
        self.pool.close()


class GrowViews(Projection[TrackedViews]):
    """Grows all views from every event."""

    name = "views"

    def process_event(self, domain_event: Event, tracking: Tracking) -> None:
        """Fold an event."""
        self.view.fold(domain_event, tracking)


def runner(
    app_url: str, views: type[TrackedViews] = TrackedViews
) -> ProjectionRunner[EventLog, TrackedViews]:
    """Start the library's runner on the store; use it as a context, and close its view at last."""
    return ProjectionRunner(
        application_class=EventLog,
        projection_class=GrowViews,
        view_class=views,
        env={**PARTS, URL: app_url},
    )
