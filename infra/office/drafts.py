"""Drafts (草稿): forms that wait to be sent, sealed as the vault seals, for who typed them alone.

A form may hold names and accounts: each draft has a key of its own, wrapped under the master key,
and is bound to its person. It goes when its form is sent, and after a week.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from psycopg.rows import class_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import psycopg

    from infra.vault import Vault

KEPT = timedelta(days=7)
# So many of one person are kept, the newest.
MOST = 50
KEEP = """INSERT INTO office.drafts (key, person, command, wrapped_key, content)
    VALUES (%(key)s, %(person)s, %(command)s, %(wrapped_key)s, %(content)s)
    ON CONFLICT (key) DO UPDATE SET wrapped_key = excluded.wrapped_key,
        content = excluded.content, kept_at = clock_timestamp()
    WHERE drafts.person = excluded.person AND drafts.command = excluded.command"""
FIND = """SELECT wrapped_key, content FROM office.drafts
    WHERE person = %s AND command = %s AND key = %s"""
OF_PERSON = """SELECT key, command, kept_at FROM office.drafts WHERE person = %s
    ORDER BY kept_at DESC, key"""
DROP = "DELETE FROM office.drafts WHERE person = %s AND key = %s"
CLEAN = """DELETE FROM office.drafts WHERE kept_at < clock_timestamp() - %s OR key IN
    (SELECT key FROM office.drafts WHERE person = %s ORDER BY kept_at DESC OFFSET %s)"""


class Draft(NamedTuple):
    """A row of office.drafts, without what was typed."""

    key: str
    command: str
    kept_at: datetime


class DraftedForm(NamedTuple):
    """What somebody typed in a command's form, under the form's key."""

    person: str
    command: str
    key: str
    typed: Mapping[str, str]


def name_of(person: str, key: str) -> str:
    """Return what a draft is sealed for: nobody else's row opens with it."""
    return f"draft:{person}:{key}"


def keep(connection: psycopg.Connection, vault: Vault, form: DraftedForm) -> None:
    """Keep what was typed, in place of what was kept of the same form before."""
    sealed = vault.seal(name_of(form.person, form.key), dict(form.typed))
    said = {**form._asdict(), **sealed._asdict()}
    connection.execute(KEEP, said)
    connection.execute(CLEAN, (KEPT, form.person, MOST))


def read(
    connection: psycopg.Connection, vault: Vault, person: str, command: str, key: str
) -> Mapping[str, str] | None:
    """Return what somebody typed in a form; None where it is gone, or somebody else's."""
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(FIND, (person, command, key)).fetchone()
    return vault.open(name_of(person, key), row[0], row[1]) if row else None


def of_person(connection: psycopg.Connection, person: str) -> Sequence[Draft]:
    """List somebody's drafts, the newest first."""
    with connection.cursor(row_factory=class_row(Draft)) as cursor:
        return cursor.execute(OF_PERSON, (person,)).fetchall()


def drop(connection: psycopg.Connection, person: str, key: str) -> None:
    """Let a draft go: its form was sent, or is not wanted."""
    connection.execute(DROP, (person, key))
