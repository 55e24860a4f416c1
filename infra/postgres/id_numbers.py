"""Whose ID number it is, in a ledger of a format that did not know it: read from the vault once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from domain.benefits.id_numbers import id_number
from domain.kernel.refusals import IdNumberInvalid
from infra.config.clock import today
from infra.vault import Vault

if TYPE_CHECKING:
    import psycopg

# In the order in which they were registered: of two with one number the first has it.
PERSONS = """SELECT s.subject, s.wrapped_key, s.content
    FROM vault.sealed s JOIN ledger.events e
      ON e.originator_id = s.subject AND e.originator_version = 1
    WHERE s.subject LIKE 'person:%' AND s.wrapped_key IS NOT NULL AND s.content IS NOT NULL
    ORDER BY e.notification_id"""
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


def number_in(vault: Vault, person: str, wrapped_key: bytes, content: bytes) -> str:
    """Return the number that an entry has, in its eighteen signs; nothing if it cannot be read.

    Of an entry that does not open, `mingzhang verify` tells.
    """
    try:
        told = vault.open(person, wrapped_key, content).get("id_number", "")
        return id_number(person, told, today())
    except (InvalidTag, IdNumberInvalid):
        return ""
