"""Imports (导入): tables that were sent, what became of them, and how far those under way are.

A table holds names and accounts: its file and its result are sealed as the vault seals. They go
after a week. An import that was cut off is taken up again: its rows have their effect once.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from infra.processes.work_process import taken_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from infra.vault import Vault

KEPT = timedelta(days=7)
KEEP = """INSERT INTO office.imports
    (id, person, roles, kind, form, dry_run, rows, wrapped_key, content)
    VALUES (%(id)s, %(person)s, %(roles)s, %(kind)s, %(form)s, %(dry_run)s, %(rows)s,
        %(wrapped_key)s, %(content)s)"""
COLUMNS = "id, person, roles, kind, form, dry_run, state, rows, rows_done, made_at"
FIND = f"SELECT {COLUMNS} FROM office.imports WHERE id = %s"
OPEN = "SELECT id FROM office.imports WHERE state = 'waiting' ORDER BY made_at"
OF_PERSON = f"""SELECT {COLUMNS} FROM office.imports WHERE person = %s
    ORDER BY made_at DESC LIMIT %s"""
FILE = "SELECT wrapped_key, content FROM office.imports WHERE id = %s"
RESULT = "SELECT result_key, result FROM office.imports WHERE id = %s AND result IS NOT NULL"
GO_ON = "UPDATE office.imports SET rows_done = %s WHERE id = %s"
END = """UPDATE office.imports SET state = 'done', rows_done = rows, result_key = %s, result = %s
    WHERE id = %s"""
CLEAN = "DELETE FROM office.imports WHERE made_at < clock_timestamp() - %s"
# An import for this process alone: tells whether nobody else has it.
taken = partial(taken_alone, "import")


class ImportedTable(NamedTuple):
    """A row of office.imports, without the table and its result."""

    id: UUID
    person: str
    roles: list[str] | None
    kind: str
    form: str
    dry_run: bool
    state: str
    rows: int
    rows_done: int
    made_at: datetime


class SentTable(NamedTuple):
    """A table as it was sent: by whom, in which roles (None: all held), and how many rows."""

    id: UUID
    person: str
    roles: list[str] | None
    kind: str
    form: str
    dry_run: bool
    rows: int


def file_name(identifier: UUID) -> str:
    """Return what a table's file is sealed for."""
    return f"import:{identifier}"


def result_name(identifier: UUID) -> str:
    """Return what a table's result is sealed for."""
    return f"import:{identifier}:result"


def keep(connection: psycopg.Connection, vault: Vault, sent: SentTable, file: bytes) -> None:
    """Keep a table that was sent; those older than a week go."""
    sealed = vault.seal(file_name(sent.id), {"file": b64encode(file).decode()})
    connection.execute(CLEAN, (KEPT,))
    connection.execute(KEEP, {**sent._asdict(), **sealed._asdict()})


def find(connection: psycopg.Connection, identifier: UUID) -> ImportedTable | None:
    """Return an import."""
    with connection.cursor(row_factory=class_row(ImportedTable)) as cursor:
        return cursor.execute(FIND, (identifier,)).fetchone()


def of_person(connection: psycopg.Connection, person: str, most: int) -> Sequence[ImportedTable]:
    """List somebody's imports, the newest first."""
    with connection.cursor(row_factory=class_row(ImportedTable)) as cursor:
        return cursor.execute(OF_PERSON, (person, most)).fetchall()


def open_imports(connection: psycopg.Connection) -> list[UUID]:
    """List the imports that are not done."""
    return [row[0] for row in connection.execute(OPEN)]


def file_of(connection: psycopg.Connection, vault: Vault, identifier: UUID) -> bytes:
    """Return the file of an import."""
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(FILE, (identifier,)).fetchone()
    if row is None:
        return b""
    return b64decode(vault.open(file_name(identifier), row[0], row[1])["file"])


def result_of(connection: psycopg.Connection, vault: Vault, identifier: UUID) -> str | None:
    """Return what became of an import, as it was kept."""
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(RESULT, (identifier,)).fetchone()
    return vault.open(result_name(identifier), row[0], row[1])["result"] if row else None


def go_on(connection: psycopg.Connection, identifier: UUID, rows: int) -> None:
    """Note how far an import is."""
    connection.execute(GO_ON, (rows, identifier))


def end(connection: psycopg.Connection, vault: Vault, identifier: UUID, result: str) -> None:
    """Keep what became of an import."""
    sealed = vault.seal(result_name(identifier), {"result": result})
    connection.execute(END, (sealed.wrapped_key, sealed.content, identifier))
