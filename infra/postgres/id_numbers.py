"""Whose ID number it is, and by which marks persons are found, in a ledger of a former format.

Both are read from the vault once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from domain.benefits.id_numbers import id_number
from domain.kernel.refusals import IdNumberInvalid
from infra.config.clock import today
from infra.vault import Vault

if TYPE_CHECKING:
    import psycopg

PAGE = 1000
# In the order in which they were registered: of two with one number the first has it.
PERSONS = """SELECT s.subject, s.wrapped_key, s.content
    FROM vault.sealed s JOIN ledger.events e
      ON e.originator_id = s.subject AND e.originator_version = 1
    WHERE s.subject LIKE 'person:%' AND s.wrapped_key IS NOT NULL AND s.content IS NOT NULL
    ORDER BY e.notification_id"""
PAPERS = """SELECT subject, wrapped_key, content FROM vault.sealed
    WHERE subject LIKE 'person:%' AND wrapped_key IS NOT NULL AND content IS NOT NULL"""
MARK = "INSERT INTO vault.marks (mark, entry) VALUES (%s, %s) ON CONFLICT DO NOTHING"
KEEP = "INSERT INTO vault.id_numbers (number, person) VALUES (%s, %s) ON CONFLICT DO NOTHING"


def number_persons(connection: psycopg.Connection, master: bytes) -> None:
    """Enter the ID numbers that the vault holds, but for those that can be nobody's."""
    vault = Vault(master)
    with connection.cursor() as cursor:
        rows = cursor.execute(PERSONS).fetchall()
        numbered = ((number_in(vault, *row), row[0]) for row in rows)
        cursor.executemany(
            KEEP, [(vault.number_of(number), person) for number, person in numbered if number]
        )


def mark_persons(connection: psycopg.Connection, master: bytes) -> None:
    """Enter the marks of all papers that the vault holds, those that were replaced too."""
    vault = Vault(master)
    with connection.cursor() as cursor, connection.cursor("papers") as papers:
        papers.execute(PAPERS)
        for page in iter(lambda: papers.fetchmany(PAGE), []):
            cursor.executemany(MARK, [pair for row in page for pair in marks_in(vault, *row)])


def marks_in(vault: Vault, entry: str, wrapped_key: bytes, content: bytes) -> list[tuple[str, str]]:
    """Return the marks of an entry, each with the entry; none of one that does not open."""
    try:
        told = vault.open(entry, wrapped_key, content)
    except InvalidTag:
        return []
    return [(mark, entry) for mark in vault.marks.of(told).values()]


def number_in(vault: Vault, person: str, wrapped_key: bytes, content: bytes) -> str:
    """Return the number that an entry has, in its eighteen signs; nothing if it cannot be read.

    Of an entry that does not open, `mingzhang verify` tells.
    """
    try:
        told = vault.open(person, wrapped_key, content).get("id_number", "")
        return id_number(person, told, today())
    except (InvalidTag, IdNumberInvalid):
        return ""
