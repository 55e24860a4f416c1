"""Kept exports (留存导出): which were asked for, of which moment, and what was written.

The files lie in the data folder; an export is a function of its format and moment, so that files
that are gone are written again.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from infra.processes.work_process import taken_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    import psycopg

    from projections.core.event_log import Reading
    from projections.core.view import Moment

COLUMNS = "id, person, format, as_of, position, state, manifest, asked_at"
ASK = """INSERT INTO office.exports (id, person, format, as_of, position)
    VALUES (gen_random_uuid(), %s, %s, %s, %s) RETURNING id"""
ASK_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('exports are asked for', 0))"
# One that waits is the same to whom it is asked for again.
SAME = """SELECT id FROM office.exports WHERE state = 'waiting' AND person = %s AND format = %s
    AND as_of IS NOT DISTINCT FROM %s AND position = %s ORDER BY asked_at LIMIT 1"""
FIND = f"SELECT {COLUMNS} FROM office.exports WHERE id = %s"
OF_PERSON = f"""SELECT {COLUMNS} FROM office.exports WHERE person = %s
    ORDER BY asked_at DESC LIMIT %s"""
WAITING = "SELECT id FROM office.exports WHERE state = 'waiting' ORDER BY asked_at"
DONE = """UPDATE office.exports SET state = 'done', manifest = %s
    WHERE id = %s AND state = 'waiting'"""
FAIL = "UPDATE office.exports SET state = 'failed' WHERE id = %s AND state = 'waiting'"
# What is older than a week goes, and its files with it.
OLD = """DELETE FROM office.exports WHERE asked_at < clock_timestamp() - interval '7 days'
    RETURNING id"""
# An export for this process alone: tells whether nobody else has it.
taken = partial(taken_alone, "export")


class KeptExport(NamedTuple):
    """An export: who asked for what of which moment, and how far it is."""

    id: UUID
    person: str
    format: str
    as_of: date | None
    position: int
    state: str
    manifest: bytes | None
    asked_at: datetime

    def files(self) -> list[dict[str, Any]]:
        """Return the files that were written."""
        said: dict[str, Any] = msgspec.json.decode(self.manifest) if self.manifest else {}
        found: list[dict[str, Any]] = said.get("files", [])
        return found


def ask(connection: psycopg.Connection, person: str, form: str, moment: Moment) -> UUID:
    """Ask for an export."""
    row = connection.execute(ASK, (person, form, moment.as_of, moment.position)).fetchone()
    if row is None:
        raise LookupError("an export that was stored has no id")
    return UUID(str(row[0]))


@contextmanager
def one_by_one(connection: psycopg.Connection) -> Iterator[None]:
    """Let nobody else ask for an export until what is asked for here is kept."""
    with connection.transaction():
        connection.execute(ASK_ALONE)
        yield


def same(connection: Reading, person: str, form: str, moment: Moment) -> UUID | None:
    """Return somebody's waiting export of the same format and moment."""
    asked = (person, form, moment.as_of, moment.position)
    row = connection.execute(SAME, asked).fetchone()
    return None if row is None else UUID(str(row[0]))


def find(connection: Reading, export: UUID) -> KeptExport | None:
    """Return an export."""
    with connection.cursor(row_factory=class_row(KeptExport), binary=True) as cursor:
        return cursor.execute(FIND, (export,)).fetchone()


def of_person(connection: Reading, person: str, most: int) -> Sequence[KeptExport]:
    """List somebody's exports, the newest first."""
    with connection.cursor(row_factory=class_row(KeptExport), binary=True) as cursor:
        return cursor.execute(OF_PERSON, (person, most)).fetchall()


def waiting(connection: Reading) -> list[UUID]:
    """List the exports that have not ended."""
    return [row[0] for row in connection.execute(WAITING)]


def done(connection: psycopg.Connection, export: UUID, manifest: Mapping[str, Any]) -> None:
    """Keep what was written."""
    connection.execute(DONE, (msgspec.json.encode(manifest), export))


def fail(connection: psycopg.Connection, export: UUID) -> None:
    """Note that an export cannot be made."""
    connection.execute(FAIL, (export,))


def forget_old(connection: psycopg.Connection) -> list[UUID]:
    """Forget the exports of more than a week ago; return which."""
    return [row[0] for row in connection.execute(OLD)]
