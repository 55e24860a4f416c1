"""The event log as readers ask it: the only module that reads the table `ledger.events`.

Functions take a connection and return rows or events. Fragments are for a query that must join the
log on the server: each is a subselect that PostgreSQL flattens, so that it costs what the bare
table would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeAlias

import msgspec
from psycopg import Connection

from domain import decode
from domain.kernel.aggregate import Event, stored_name

Reading: TypeAlias = Connection[tuple[Any, ...]]

# While so many rows are read, the server finds the next.
AT_ONCE = 250
COLUMNS = "notification_id, recorded_at, topic, originator_id, originator_version, state, salt"
EVENT = "notification_id, topic, state"

# Fragments.
HEAD = "SELECT coalesce(max(notification_id), 0) FROM ledger.events"
# Another number after the ledger was restored or laid out anew; NULL where there is none.
IDENTITY = "to_regclass('ledger.events')::oid::bigint"

# Queries for connections of either kind; the functions below use them too.
# The next page behind a position: %(after)s, %(limit)s.
NEXT = f"""SELECT {COLUMNS} FROM ledger.events
    WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s"""
# The same, with no more bytes of state than %(bytes)s, but one event at least.
NEXT_BYTES = f"""SELECT {COLUMNS} FROM (
        SELECT *, sum(octet_length(state)) OVER (ORDER BY notification_id) AS bytes
        FROM ledger.events WHERE notification_id > %(after)s
          AND notification_id <= %(after)s + %(limit)s::bigint
    ) page WHERE bytes <= %(bytes)s OR notification_id = %(after)s + 1
    ORDER BY notification_id"""
# The newest event between %(after)s and %(head)s, of %(topics)s or of all: position and instant.
NEWEST = """SELECT notification_id, recorded_at FROM ledger.events
    WHERE notification_id > %(after)s AND notification_id <= %(head)s
      AND (%(topics)s::text[] IS NULL OR topic = ANY (%(topics)s))
    ORDER BY notification_id DESC LIMIT 1"""
BETWEEN = f"""SELECT {EVENT} FROM ledger.events
    WHERE notification_id > %(after)s AND notification_id <= %(through)s"""
# The same columns of the events of all subjects of a kind behind %(after)s: few.
OF_KIND_BEHIND = f"""SELECT {EVENT}, recorded_at FROM ledger.events
    WHERE originator_id >= %(kind)s::text || ':' COLLATE "C"
      AND originator_id < %(kind)s::text || ';' COLLATE "C" AND notification_id > %(after)s
    ORDER BY notification_id"""
OF_SUBJECT = (
    f"SELECT {EVENT} FROM ledger.events"
    ' WHERE originator_id = %(subject)s COLLATE "C" ORDER BY originator_version'
)
OF_VERSIONS = """SELECT originator_id, originator_version, topic, state FROM ledger.events
    WHERE originator_id = %(subject)s COLLATE "C"
      AND (%(after)s::bigint IS NULL OR originator_version > %(after)s)
      AND (%(through)s::bigint IS NULL OR originator_version <= %(through)s)
    ORDER BY originator_version"""
OF_KEY = f"""SELECT {EVENT} FROM ledger.events
    WHERE originator_id = %(subject)s COLLATE "C"
      AND convert_from(state, 'UTF8')::json #>> '{{act,key}}' = %(key)s
    ORDER BY originator_version"""
OF_SUBJECTS = """SELECT e.originator_id, e.topic, e.state
    FROM unnest(%b::text[], %b::bigint[]) AS known(id, version)
    JOIN LATERAL (
        SELECT * FROM ledger.events e
        WHERE e.originator_id = known.id COLLATE "C" AND e.originator_version > known.version
        ORDER BY e.originator_version
    ) e ON true"""


class StoredEvent(msgspec.Struct, frozen=True, gc=False):
    """An event as the log holds it; `topic` is its stored name, `<topic>.v<version>`."""

    position: int
    recorded_at: datetime
    topic: str
    subject: str
    version: int
    state: bytes
    salt: bytes


class Place(NamedTuple):
    """A position and the instant at which the store took it; the empty log has no instant."""

    position: int
    time: datetime | None


def stored_names(*kinds: type[Event]) -> list[str]:
    """Return the names under which events of these classes are stored."""
    return [stored_name(kind) for kind in kinds]


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


def recorded_on(connection: Reading, position: int) -> date | None:
    """Return the day, by universal time, on which a position was recorded; None if it is none."""
    found = place(connection, position).time
    return found.astimezone(UTC).date() if found else None


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


def at(connection: Reading, position: int) -> StoredEvent | None:
    """Return the event at a position."""
    found = page(connection, after=position - 1, until=position, limit=1)
    return found[0] if found else None


def at_each(connection: Reading, positions: Sequence[int]) -> list[StoredEvent]:
    """Return the events at some positions, in their order."""
    query = f"""SELECT {COLUMNS} FROM ledger.events WHERE notification_id = ANY (%(at)s)
        ORDER BY notification_id"""
    rows = connection.execute(query, {"at": list(positions)}, binary=True).fetchall()
    return [StoredEvent(*row) for row in rows]


def event_at(connection: Reading, position: int) -> Event | None:
    """Return the event at a position, decoded."""
    given = {"after": position - 1, "through": position}
    row = connection.execute(BETWEEN, given, binary=True).fetchone()
    return decode(*row[1:]) if row else None


def page(
    connection: Reading,
    *,
    after: int,
    until: int,
    limit: int | None,
    topics: Sequence[str] | None = None,
    subjects: Sequence[str] | None = None,
) -> list[StoredEvent]:
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
        return [StoredEvent(*row) for row in cursor.stream(query, given, binary=True, size=AT_ONCE)]


def next_bytes(
    connection: Reading, *, after: int, limit: int, most_bytes: int
) -> list[StoredEvent]:
    """Return the next events behind a position, as many as both limits allow; one at least."""
    given = {"after": after, "limit": limit, "bytes": most_bytes}
    rows = connection.execute(NEXT_BYTES, given, binary=True).fetchall()
    return [StoredEvent(*row) for row in rows]


def between(
    connection: Reading, after: int, through: int, topics: Sequence[str] | None = None
) -> list[tuple[int, str, bytes]]:
    """Return position, stored name and state of the events behind one position up to another."""
    return connection.execute(
        BETWEEN + (" AND topic = ANY (%(topics)s)" if topics else "") + " ORDER BY 1",
        {"after": after, "through": through, "topics": listed(topics)},
        binary=True,
    ).fetchall()


def of_subject(connection: Reading, subject: str) -> Iterator[Event]:
    """Return the events of one subject, in order."""
    rows = connection.execute(OF_SUBJECT, {"subject": subject}, binary=True)
    return (decode(topic, state) for _, topic, state in rows)


def positioned(connection: Reading, subject: str) -> list[tuple[int, Event]]:
    """Return the events of one subject, in order, with their positions."""
    rows = connection.execute(OF_SUBJECT, {"subject": subject}, binary=True)
    return [(position, decode(topic, state)) for position, topic, state in rows]


def stream(
    connection: Reading,
    subject: str,
    *,
    after: int | None = None,
    through: int | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[tuple[str, int, str, bytes]]:
    """Return subject, version, stored name and state of a subject's events, by version."""
    given = {"subject": subject, "after": after, "through": through, "limit": limit}
    query = OF_VERSIONS + (" DESC" if newest_first else "") + " LIMIT %(limit)s"
    return connection.execute(query, given, binary=True).fetchall()


def of_key(connection: Reading, subject: str, key: str) -> list[tuple[int, Event]]:
    """Return the events of a subject that a command of this key made, with their positions."""
    rows = connection.execute(OF_KEY, {"subject": subject, "key": key}, binary=True)
    return [(position, decode(topic, state)) for position, topic, state in rows]


def of_subjects(connection: Reading, known: Mapping[str, int]) -> Iterator[tuple[str, Event]]:
    """Return the events of subjects behind the versions that are known, each subject's in order."""
    with connection.cursor(binary=True) as cursor:
        for subject, topic, state in cursor.execute(OF_SUBJECTS, (list(known), [*known.values()])):
            yield subject, decode(topic, state)


def of_prefix(connection: Reading, kind: str) -> Iterator[Event]:
    """Return the events of all subjects of a kind, in order of position."""
    query = f"SELECT {EVENT} FROM {rows_of_kind(kind)} e ORDER BY notification_id"
    rows = connection.execute(query, binary=True)
    return (decode(topic, state) for _, topic, state in rows)


def subjects_of_kind(connection: Reading, kind: str) -> list[str]:
    """Return all subjects of a kind, by their ids."""
    query = f"""SELECT originator_id FROM {rows_of_kind(kind)} e
        WHERE originator_version = 1 ORDER BY originator_id"""
    return [row[0] for row in connection.execute(query)]


def rows_of_kind(kind: str) -> str:
    """Write, as a fragment, the rows of all subjects of a kind: `kind:` and what follows it."""
    return rows_of_range(f"'{kind}:'", f"'{kind};'")


def rows_of_range(first: str, beyond: str) -> str:
    """Write, as a fragment, the rows of the subjects from one expression up to another."""
    return f"""(SELECT * FROM ledger.events
        WHERE originator_id >= {first} COLLATE "C" AND originator_id < {beyond} COLLATE "C")"""


def rows_of_subjects(subjects: str) -> str:
    """Write, as a fragment, the rows of the subjects of an array's expression."""
    return f"""(SELECT * FROM ledger.events WHERE originator_id = ANY ({subjects} COLLATE "C"))"""


def rows_at(position: str) -> str:
    """Write, as a fragment, the row at a position, which may be another row's column."""
    return f"(SELECT * FROM ledger.events WHERE notification_id = {position})"


def joined(position: str) -> str:
    """Write, as a fragment, a join with the event `e` at another row's position."""
    return f"JOIN ledger.events e ON e.notification_id = {position}"


def listed(values: Sequence[str] | None) -> list[str] | None:
    """Turn values into what PostgreSQL takes for an array."""
    return None if values is None else list(values)
