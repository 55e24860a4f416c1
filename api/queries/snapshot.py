"""Which moment an answer shows: a position that its views have reached, and a day."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import psycopg
from starlette.concurrency import run_in_threadpool

from api.http.problems import Unreadable, ViewBehind
from api.http.read_limit import SECONDS_TO_READ, stoppable
from api.queries.cursor import Cursor
from api.queries.parameters import RequestContext, checked, day_or_time, known, wrong
from infra.config.clock import end_of, today
from infra.ledger import Ledger
from projections import figures
from projections.core import event_log, view
from projections.core.event_log import Place, Reading
from projections.core.view import Moment
from projections.disclosure.cloud_event import instant
from projections.disclosure.suppression import PublishedStep

PATIENCE_SECONDS = 2.0
FIRST_LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.01, 0.2
# Whoever reads this view tells of money.
OF_MONEY = "balances"

# A plan made without the values of a question takes a few rows for many: each is planned anew.
# No statement takes longer than a whole question may. All are said in one message.
BEGIN = f"""
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL statement_timeout = {round(1000 * SECONDS_TO_READ)};
    SET LOCAL plan_cache_mode = force_custom_plan""".encode()


class Pinned(NamedTuple):
    """The moment of an answer, which every later page of it keeps."""

    place: Place
    as_of: date | None
    # Whether the reader named the position, instead of asking for what is known now.
    is_named: bool = False
    # In public, where it is about money: the step at which money to persons was published last.
    published: PublishedStep | None = None

    @property
    def moment(self) -> Moment:
        """Return it as the views take it."""
        return Moment(self.place.position, self.as_of, self.is_named)

    def echo(self) -> dict[str, Any]:
        """Return what every answer says of its moment."""
        time = instant(self.place.time) if self.place.time else None
        known_at = {"position": self.place.position, "time": time}
        return {"as_of": self.as_of, "known_at": known_at, **self.persons()}

    def persons(self) -> dict[str, Any]:
        """Return up to which position, and before which day, money to persons is told."""
        if self.published is None:
            return {}
        position, before = self.published
        return {"persons_known_at": {"position": position, "before": before.isoformat()}}


@contextmanager
def snapshot(ledger: Ledger) -> Iterator[Reading]:
    """Give a connection that sees one state of the store and can write nothing."""
    with ledger.connection() as connection, stoppable(connection):
        connection.execute(BEGIN)
        try:
            yield connection
        except BaseException:
            # What went wrong is told, not that it can not be undone any more.
            with suppress(psycopg.Error):
                connection.rollback()
            raise
        connection.commit()


async def reach(context: RequestContext, views: Sequence[str]) -> None:
    """Wait a little until the views have reached what is asked for, without keeping a thread."""
    wanted = max(context.single.get("min_position", 0), context.known_position or 0)
    waited, pause = 0.0, FIRST_LOOK_SECONDS
    while wanted and await run_in_threadpool(reached, context, views) < wanted:
        if waited >= PATIENCE_SECONDS:
            raise ViewBehind(
                "position {position} is not in the view yet: ask again in a moment",
                position=str(wanted),
            )
        await asyncio.sleep(pause)
        waited, pause = waited + pause, min(pause * 2, LONGEST_LOOK_SECONDS)


def reached(context: RequestContext, views: Sequence[str]) -> int:
    """Return how far the views are; refuse a `known_at` that the log itself has not reached."""
    # No answer is made of these: they need not be seen in one snapshot.
    with context.ledger.connection() as connection:
        named = context.known_position
        if named is not None and named > event_log.head(connection).position:
            raise beyond(named)
        return view.position(connection, *views)


def pin(
    connection: Reading, context: RequestContext, *, views: Sequence[str], cursor: Cursor | None
) -> Pinned:
    """Choose the position: the cursor's, the one asked for, else where the views are now."""
    named = context.single.get("known_at")
    if cursor is not None:
        at = cursor.position
    elif isinstance(named, int):
        at = named
    else:
        at = view.position(connection, *views)
        if isinstance(named, date):
            at = min(at, at_time(connection, named))
    is_named = named is not None if cursor is None else cursor.is_named
    pinned = Pinned(event_log.place(connection, at), context.single.get("as_of"), is_named)
    if context.zone == "open" and OF_MONEY in views:
        steps = figures.steps_of(connection, pinned.moment)
        pinned = pinned._replace(published=steps[-1] if steps else None)
    return pinned


def beyond(position: int) -> Unreadable:
    """Say that the log has not come as far as a position."""
    return wrong(
        "/known_at",
        "position {position} lies beyond the head of the log",
        position=str(position),
    )


def moment_of(
    connection: Reading, as_of: str | None, known_at: str | None, views: Sequence[str] = ()
) -> Moment:
    """Return the moment of an export; without a position where the views are, or the log's head."""
    day = None if as_of is None else checked("as_of", as_of, day_or_time)
    head = event_log.head(connection).position
    if known_at is None:
        return Moment(view.position(connection, *views) if views else head, day)
    named: Any = checked("known_at", known_at, known)
    position = named if isinstance(named, int) else at_time(connection, named)
    if position > head:
        raise beyond(position)
    return Moment(position, day, is_named=True)


def at_time(connection: Reading, named: date) -> int:
    """Return the last position at an instant, or at the end of a day, or by now if it is today."""
    if isinstance(named, datetime):
        return at_instant(connection, named)
    now = today()
    if named > now:
        raise wrong("/known_at", "the day {day} has not come yet", day=named.isoformat())
    if named == now:
        return event_log.head(connection).position
    return event_log.last_before(connection, end_of(named))


def at_instant(connection: Reading, named: datetime) -> int:
    """Return the last position at an instant that has passed."""
    if named > datetime.now(UTC):
        raise wrong("/known_at", "this instant has not come yet")
    return event_log.last_before(connection, named)
