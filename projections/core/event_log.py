"""The log as readers ask it: its head, its instants, its pages in order of position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from psycopg import Connection

from domain import decode
from domain.kernel.aggregate import Event
from projections.disclosure.cloud_event import Line

Reading: TypeAlias = Connection[tuple[Any, ...]]

COLUMNS = "notification_id, recorded_at, topic, originator_id, originator_version, state, salt"

# While so many rows are read, the server finds the next.
AT_ONCE = 250


class Place(NamedTuple):
    """A position and the instant at which the store took it; the empty log has no instant."""

    position: int
    time: datetime | None


def head(connection: Reading) -> Place:
    """Return the last position."""
    row = connection.execute(
        "SELECT notification_id, recorded_at FROM ledger.events"
        " ORDER BY notification_id DESC LIMIT 1"
    ).fetchone()
    return Place(*row) if row else Place(0, None)


def place(connection: Reading, position: int) -> Place:
    """Return a position with its instant."""
    row = connection.execute(
        "SELECT notification_id, recorded_at FROM ledger.events WHERE notification_id = %s",
        (position,),
    ).fetchone()
    return Place(*row) if row else Place(position, None)


def last_before(connection: Reading, moment: datetime) -> int:
    """Return the last position recorded at an instant or before, 0 if there is none.

    Instants never decrease with position, so halving the log finds it without an index of its own.
    """
    low, high = 0, head(connection).position
    while low < high:
        middle = (low + high + 1) // 2
        found = place(connection, middle).time
        low, high = (middle, high) if found and found <= moment else (low, middle - 1)
    return low


def one(connection: Reading, position: int) -> Line | None:
    """Return the event at a position."""
    found = page(connection, after=position - 1, until=position, limit=1)
    return found[0] if found else None


def page(
    connection: Reading,
    *,
    after: int,
    until: int,
    limit: int | None,
    topics: Sequence[str] | None = None,
    subjects: Sequence[str] | None = None,
) -> list[Line]:
    """Return events of positions after one and up to another, perhaps of some topics only."""
    conditions = "notification_id > %(after)s AND notification_id <= %(until)s"
    if topics is not None:
        conditions += " AND topic = ANY (%(topics)s)"
    if subjects is not None:
        conditions += " AND originator_id = ANY (%(subjects)s)"
    given: dict[str, Any] = {"after": after, "until": until, "limit": limit}
    given |= {"topics": listed(topics), "subjects": listed(subjects)}
    query = f"""SELECT {COLUMNS} FROM ledger.events WHERE {conditions}
        ORDER BY notification_id LIMIT %(limit)s"""
    with connection.cursor() as cursor:
        return [Line(*row) for row in cursor.stream(query, given, binary=True, size=AT_ONCE)]


def listed(values: Sequence[str] | None) -> list[str] | None:
    """Turn values into what PostgreSQL takes for an array."""
    return None if values is None else list(values)


def history(connection: Reading, subject: str) -> Iterator[Event]:
    """Return the events of one subject, in order."""
    rows = connection.execute(
        "SELECT topic, state FROM ledger.events"
        ' WHERE originator_id = %s COLLATE "C" ORDER BY originator_version',
        (subject,),
        binary=True,
    )
    return (decode(topic, state) for topic, state in rows)
