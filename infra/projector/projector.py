"""Grows the views from the log: page by page while behind, one event at a time when idle.

Views that stand at the same position are folded together, from one reading; their rows and their
positions are written in one transaction. A projector that finds a position moved starts over.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import msgspec
import psycopg

from infra.eventlog.subscription import Subscription
from infra.projector.prefetch import PageReader, Prefetch
from infra.projector.tracking import MovedError, ViewProjection, ViewTracking
from projections import VIEWS
from projections.core.view import BLOCK, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from psycopg import Connection

    from infra.config.optimisations import Optimisations
    from infra.projector.prefetch import Bounds
    from infra.projector.tracking import Stand
    from projections.core.view import View

LOG = logging.getLogger("mingzhang.projector")
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
# So many events make old statistics useless.
MANY = 20_000
STALE = """
    SELECT coalesce(max(n_mod_since_analyze), 0)::bigint FROM pg_stat_user_tables
    WHERE schemaname = %s AND relname = ANY (%s)"""


@dataclass(frozen=True)
class ProjectorOptions:
    """How a projector works; what it writes is the same.

    Pages end at multiples of `block` positions. Two pages behind the head it reads ahead
    (`prefetch`); large rows are sent in a thread (`parallel_copy`).
    """

    block: int = BLOCK
    prefetch: bool = True
    parallel_copy: bool = True

    @classmethod
    def of(cls, on: Optimisations) -> Self:
        """Take those of the process's optimisations that concern a projector."""
        return cls(prefetch=on.prefetch, parallel_copy=on.parallel_copy)


FASTEST = ProjectorOptions()


def topics_of(views: Sequence[View]) -> frozenset[str] | None:
    """Return the topics that some views want together; None if one of them wants all."""
    found: frozenset[str] = frozenset()
    for view in views:
        if view.TOPICS is None:
            return None
        found = found.union(view.TOPICS)
    return found


class Projector:
    """Runs the projection of some views by pages. One thread, one connection."""

    def __init__(
        self,
        connection: Connection[Any],
        views: Sequence[type[View]] = VIEWS,
        schema: str = SCHEMA,
        *,
        options: ProjectorOptions = FASTEST,
    ) -> None:
        """Take a connection in autocommit mode, as the application's role."""
        self.connection = connection
        self.schema = schema
        self.options = options
        self.tracking = ViewTracking(connection, views, schema, parallel_copy=options.parallel_copy)
        self.projection = ViewProjection(self.tracking)
        self.views = self.tracking.views
        self._reader = PageReader(connection)
        # Views that had stopped when it last looked.
        self.stopped: list[Stand] = []
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
        is_far = False
        with ExitStack() as stack:
            while True:
                stands, head = self.tracking.look()
                head = head if to is None else to
                self.stopped = [s for s in stands if s.stopped is not None]
                behind = [s for s in stands if s.stopped is None and s.position < head]
                if not is_far and any(head - s.position > 2 * self.options.block for s in behind):
                    is_far = True
                    self._read_ahead(stack)
                if not behind or self.step(behind, head):
                    return head
                if is_far:
                    # Not while a reader waits for what it has just written.
                    self.take_stock(max(MANY, head // 4))

    def _read_ahead(self, stack: ExitStack) -> None:
        """Read each page while the one before it is folded, as long as the stack is open."""
        if self.options.prefetch:
            plain, self._reader = self._reader, stack.enter_context(Prefetch(self.connection))
            stack.callback(setattr, self, "_reader", plain)

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
        through = min(self._end_of_page(after), nearest, head)
        if through < head and not group[0].DECIDES:
            self._reader.announce((through, min(self._end_of_page(through), head)))
        try:
            self.fold(group, (after, through))
        except MovedError:
            return False
        except FAULTS as fault:
            LOG.warning("events %d to %d: %s", after + 1, through, fault)
            for view in group:
                self.find_poison(view, after, through)
            return False
        return through == head and len(group) == len(behind)

    def _end_of_page(self, position: int) -> int:
        """Return the last position of the page behind a position."""
        return (position // self.options.block + 1) * self.options.block

    def fold(self, views: Sequence[View], bounds: Bounds) -> None:
        """Fold the events between two positions into views, in one transaction."""
        page = self._reader.page(bounds, topics_of(views))
        self.projection.process_page(views, page, bounds, meanwhile=self._reader.decode_next)
        self.grown += len(page)

    def find_poison(self, view: View, after: int, through: int) -> None:
        """Fold a view event by event, and stop it at the one that it cannot take."""
        for position in range(after, through):
            try:
                self.fold([view], (position, position + 1))
            except MovedError:
                return
            except FAULTS as fault:
                reason = f"position {position + 1}: {type(fault).__name__}: {fault}"
                LOG.exception("view %s stopped at %s", view.NAME, reason)
                self.tracking.stop(view, position, reason)
                return

    def stands(self) -> list[Stand]:
        """Return where the views stand."""
        return self.tracking.look()[0]


def follow(
    url: str,
    stopping: Event,
    views: Sequence[type[View]] = VIEWS,
    options: ProjectorOptions = FASTEST,
) -> None:
    """Keep views at the head until told to stop; connect anew when the database comes back."""
    subscription = Subscription(url, stopping)

    def grow(listening: Connection[Any]) -> None:
        with psycopg.connect(url, autocommit=True) as working:
            projector = Projector(working, views, options=options)
            for has_grown in subscription.changes(listening):
                projector.advance()
                if not has_grown:
                    # Nothing was written for a second: no reader waits for its own event.
                    projector.take_stock(MANY)

    subscription.run(grow)
