"""Sessions (会话): who is signed in at the desk, in which browser, and until when.

A session is known by the hash of its cookie's value; the value is kept by the browser alone. It
rests 30 minutes at most and ends after 12 hours. What it may do is asked of the ledger each time.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# A form that comes after its session's end is still known to be somebody's for so long.
KEPT = timedelta(days=1)
# A session's last use is noted to the minute, so that not every page writes.
NOTED = timedelta(minutes=1)
VALUE_BYTES = 32
MOST_BROWSER = 200
COLUMNS = "hash, id, person, roles, way, browser, begun_at, seen_at, ends_at"
STANDING = f"{COLUMNS}, ends_at > clock_timestamp() AND seen_at > clock_timestamp() - %(idle)s"
BEGIN = """INSERT INTO office.sessions (hash, person, roles, way, browser, ends_at)
    VALUES (%s, %s, %s, %s, %s, least(%s, clock_timestamp() + %s))"""
FIND = f"SELECT {STANDING} AS is_open FROM office.sessions WHERE hash = %(hash)s"
OF_PERSON = f"""SELECT * FROM (SELECT {STANDING} AS is_open FROM office.sessions
    WHERE person = %(person)s) found WHERE is_open ORDER BY begun_at DESC"""
NOTE = """UPDATE office.sessions SET seen_at = clock_timestamp()
    WHERE hash = %s AND seen_at < clock_timestamp() - %s"""
END = "DELETE FROM office.sessions WHERE hash = %s"
END_OF_PERSON = "DELETE FROM office.sessions WHERE person = %s AND id = %s"
CLEAN = "DELETE FROM office.sessions WHERE ends_at < clock_timestamp() - %s"


class BrowserSession(NamedTuple):
    """A row of office.sessions; `is_open` tells whether it counts still.

    `roles` are those of the token that signed in; None: all that the ledger grants.
    """

    hash: bytes
    id: UUID
    person: str
    roles: list[str] | None
    way: str
    browser: str
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    is_open: bool


class SignIn(NamedTuple):
    """Who signs in: the name, the token's roles (None: all held), how, and until when at most."""

    person: str
    roles: frozenset[str] | None
    way: str
    browser: str = ""
    ends_at: datetime | None = None


def hash_of(value: str) -> bytes:
    """Return what a session is known by in the database."""
    return sha256(value.encode()).digest()


def begin(connection: psycopg.Connection, who: SignIn) -> str:
    """Begin a session with a new value, and return the value for the cookie."""
    value = secrets.token_urlsafe(VALUE_BYTES)
    roles = None if who.roles is None else sorted(who.roles)
    browser = "".join(sign for sign in who.browser if sign.isprintable())[:MOST_BROWSER]
    connection.execute(CLEAN, (KEPT,))
    connection.execute(
        BEGIN, (hash_of(value), who.person, roles, who.way, browser, who.ends_at, LONGEST)
    )
    return value


def find(connection: psycopg.Connection, value: str) -> BrowserSession | None:
    """Return the session of a cookie's value, also one that is over; note that it was used."""
    with connection.cursor(row_factory=class_row(BrowserSession)) as cursor:
        asked = {"hash": hash_of(value), "idle": IDLE}
        session = cursor.execute(FIND, asked).fetchone()
    if session is not None and session.is_open:
        connection.execute(NOTE, (session.hash, NOTED))
    return session


def of_person(connection: psycopg.Connection, person: str) -> Sequence[BrowserSession]:
    """List somebody's sessions that count, the newest first."""
    with connection.cursor(row_factory=class_row(BrowserSession)) as cursor:
        return cursor.execute(OF_PERSON, {"person": person, "idle": IDLE}).fetchall()


def end(connection: psycopg.Connection, session: BrowserSession) -> None:
    """End a session."""
    connection.execute(END, (session.hash,))


def end_one_of(connection: psycopg.Connection, person: str, identifier: UUID) -> bool:
    """End one of somebody's sessions by its id; tell whether there was one."""
    return connection.execute(END_OF_PERSON, (person, identifier)).rowcount > 0
