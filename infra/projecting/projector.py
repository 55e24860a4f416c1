"""Grows the views from the log: page by page while behind, one event at a time when idle.

Views that stand at the same position are folded together, from one reading; their rows and their
positions are written in one transaction. Who finds a position row taken or moved starts over.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import psycopg

from domain import EVENTS
from infra.eventlog.subscription import Subscription
from infra.projecting.prefetch import Ahead, decoded
from projections import VIEWS
from projections.core import event_log
from projections.core.copy_writer import Beside
from projections.core.view import BLOCK, SCHEMA, create, enter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from psycopg import Connection, Cursor

    from projections.core.view import Recorded, View

LOG = logging.getLogger("mingzhang.projector")
# The unqualified names of folds mean the schema's; a view that is lost with the power grows again.
BEGIN = "SELECT set_config('search_path', %s, true), set_config('synchronous_commit', 'off', true)"
LOCK = (
    "SELECT position, built FROM positions WHERE view = ANY (%s)"
    ' ORDER BY view COLLATE "C" FOR UPDATE'
)
MOVE = "UPDATE positions SET position = %s WHERE view = ANY (%s)"
STOP = "UPDATE positions SET stopped = %s WHERE view = %s AND position = %s"
# Stored names with their topics.
STORED = [(name, kind.TOPIC) for name, kind in EVENTS.items()]
# What may be wrong with an event; a database that is away is no fault of an event.
FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.ProgrammingError,
)
# Who is so many pages behind, reads ahead.
FAR = 2 * BLOCK
# So many events make old statistics useless.
MANY = 20_000
STALE = """
    SELECT coalesce(max(n_mod_since_analyze), 0)::bigint FROM pg_stat_user_tables
    WHERE schemaname = %s AND relname = ANY (%s)"""


class Stand(NamedTuple):
    """Where a view stands, and why it stopped if it did."""

    view: View
    position: int
    stopped: str | None


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


def end_of_block(position: int) -> int:
    """Return the last position of the block behind a position."""
    return (position // BLOCK + 1) * BLOCK


def wanted_by(views: Sequence[View]) -> frozenset[str] | None:
    """Return the topics that some views want together; None if one of them wants all."""
    found: frozenset[str] = frozenset()
    for view in views:
        if view.TOPICS is None:
            return None
        found = found.union(view.TOPICS)
    return found


def wanted(page: list[Recorded], view: View) -> list[Recorded]:
    """Return the events of a page that a view wants."""
    topics = view.TOPICS
    return page if topics is None else [one for one in page if one.topic in topics]


class MovedError(Exception):
    """Another projector has moved these views meanwhile."""


class Projector:
    """Folds events into the tables of some views. One thread, one connection."""

    def __init__(
        self,
        connection: Connection[Any],
        views: Sequence[type[View]] = VIEWS,
        schema: str = SCHEMA,
    ) -> None:
        """Take a connection in autocommit mode, as the application's role."""
        self.connection = connection
        self.schema = schema
        self.views = {view.NAME: view() for view in views}
        self.built: dict[str, int] = {}
        # Starts its thread when there is something large to write.
        self.hand = ThreadPoolExecutor(1, "projector")
        self.ahead: Ahead | None = None
        lay_out(connection, views, schema)
        # What has grown, by this projector or another, since the tables' statistics were gathered.
        tables = [table.name for view in views for table in view.TABLES]
        ((self.grown,),) = connection.execute(STALE, (schema, tables)).fetchall()

    def catch_up(self, to: int | None = None) -> int:
        """Bring all views that have not stopped to a position, or to the head; return it."""
        head = self.advance(to)
        self.take_stock(MANY)
        return head

    def advance(self, to: int | None = None) -> int:
        """Catch up, and leave it to the caller when statistics are gathered at last."""
        with ExitStack() as stack:
            while True:
                stands, head = self.look()
                head = head if to is None else to
                behind = [s for s in stands if s.stopped is None and s.position < head]
                if self.ahead is None and any(head - s.position > FAR for s in behind):
                    self.ahead = stack.enter_context(Ahead(self.connection))
                    stack.callback(self.stop_reading_ahead)
                if not behind or self.step(behind, head):
                    return head
                if self.ahead:
                    # Not while somebody waits for what he has just written.
                    self.take_stock(max(MANY, head // 4))

    def stop_reading_ahead(self) -> None:
        """Read what is folded when it is folded."""
        self.ahead = None

    def take_stock(self, many: int) -> None:
        """Gather statistics of tables that have grown by many events, or queries go astray.

        PostgreSQL's own collector comes a minute later, and that minute may be the first readers'.
        It takes up to a second, in which no view moves.
        """
        if self.grown < many:
            return
        self.grown = 0
        tables = [f"{self.schema}.{t.name}" for v in self.views.values() for t in v.TABLES]
        with self.connection.transaction():
            # A tenth of the usual sample is enough, and looks at a tenth of the rows.
            self.connection.execute("SET LOCAL default_statistics_target = 10")
            self.connection.execute(f"ANALYZE {', '.join(tables)}")

    def step(self, behind: Sequence[Stand], head: int) -> bool:
        """Fold one page into those views that are the furthest behind and share a position.

        Tell whether all that were behind have reached the head.
        """
        after = min(stand.position for stand in behind)
        group = [stand.view for stand in behind if stand.position == after]
        # Commands wait for the views they decide by, so these are never held up by the others.
        group = [view for view in group if view.DECIDES == group[0].DECIDES]
        nearest = min((s.position for s in behind if s.position > after), default=head)
        through = min(end_of_block(after), nearest, head)
        if self.ahead and through < head and not group[0].DECIDES:
            self.ahead.ask((through, min(end_of_block(through), head)))
        try:
            self.fold(group, after, through)
        except MovedError:
            return False
        except FAULTS as fault:
            LOG.warning("events %d to %d: %s", after + 1, through, fault)
            for view in group:
                self.find_poison(view, after, through)
            return False
        return through == head and len(group) == len(behind)

    def fold(self, views: Sequence[View], after: int, through: int) -> None:
        """Fold the events between two positions into views, in one transaction."""
        names = [view.NAME for view in views]
        try:
            with self.connection.transaction(), Beside(self.connection, self.hand) as cursor:
                cursor.execute(BEGIN, (self.schema,))
                self.lock(cursor, names, after)
                page = self.read(after, through, wanted_by(views))
                for view in views:
                    mine = wanted(page, view)
                    if mine:
                        view.fold(cursor, mine, through)
                if self.ahead:
                    self.ahead.make_ready()
                cursor.execute(MOVE, (through, names))
            self.grown += len(page)
        except BaseException:
            for view in views:
                view.forget()
            raise

    def lock(self, cursor: Cursor[Any], names: list[str], after: int) -> None:
        """Keep other projectors off the views for this transaction."""
        cursor.execute(LOCK, (sorted(names),))
        for name, (position, built) in zip(sorted(names), cursor.fetchall(), strict=True):
            if position != after:
                raise MovedError
            if self.built.setdefault(name, built) != built:
                self.views[name].forget()
                self.built[name] = built

    def read(self, after: int, through: int, topics: frozenset[str] | None) -> list[Recorded]:
        """Read and decode the events between two positions, of some topics or of all."""
        bounds = after, through
        names = None if topics is None else [name for name, topic in STORED if topic in topics]
        page = self.ahead.take(bounds) if self.ahead and names is None else None
        return decoded(event_log.between(self.connection, *bounds, names)) if page is None else page

    def find_poison(self, view: View, after: int, through: int) -> None:
        """Fold a view event by event, and stop it at the one that it cannot take."""
        for position in range(after, through):
            try:
                self.fold([view], position, position + 1)
            except MovedError:
                return
            except FAULTS as fault:
                reason = f"position {position + 1}: {type(fault).__name__}: {fault}"
                LOG.exception("view %s stopped at %s", view.NAME, reason)
                with self.connection.transaction(), self.connection.cursor() as cursor:
                    enter(cursor, self.schema)
                    cursor.execute(STOP, (reason, view.NAME, position))
                return

    def stands(self) -> list[Stand]:
        """Return where the views stand."""
        return self.look()[0]

    def look(self) -> tuple[list[Stand], int]:
        """Return where the views stand, and the last position of the log."""
        rows = self.connection.execute(
            f"SELECT head, view, position, stopped FROM ({event_log.HEAD}) log (head)"
            f" LEFT JOIN {self.schema}.positions ON true ORDER BY view"
        ).fetchall()
        stands = [Stand(self.views[row[1]], *row[2:]) for row in rows if row[1] in self.views]
        return stands, int(rows[0][0])


def follow(url: str, stopping: Event, views: Sequence[type[View]] = VIEWS) -> None:
    """Keep views at the head until told to stop; connect anew when the database comes back."""
    subscription = Subscription(url, stopping)

    def grow(listening: Connection[Any]) -> None:
        with psycopg.connect(url, autocommit=True) as working:
            projector = Projector(working, views)
            for has_grown in subscription.changes(listening):
                projector.advance()
                if not has_grown:
                    # Nothing was written for a second: no reader waits for its own event.
                    projector.take_stock(MANY)

    subscription.run(grow)
