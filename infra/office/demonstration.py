"""Whether a ledger is a demonstration's (演示): it began with a synthetic year."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

FIRST = "SELECT key FROM ledger.receipts WHERE first_position = 1"
DEMONSTRATIONS = ("golden-2007:", "plan-2012:")


def first_key(connection: psycopg.Connection) -> str | None:
    """Return the key under which the ledger's first command came; None where it is empty."""
    row = connection.execute(FIRST).fetchone()
    return None if row is None else str(row[0])


def is_demonstration(connection: psycopg.Connection) -> bool:
    """Tell whether the ledger began with a synthetic year; an empty one did not."""
    return (first_key(connection) or "").startswith(DEMONSTRATIONS)
