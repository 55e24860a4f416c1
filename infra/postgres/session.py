"""How a session of the application's role begins, whatever server, database and role set."""

from __future__ import annotations

from typing import Final

import psycopg

# A wait that lasts is an error, what is read was committed, and all may be written.
SETTINGS: Final = """SELECT set_config('lock_timeout', '10s', false),
    set_config('statement_timeout', '0', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('default_transaction_read_only', 'off', false),
    set_config('search_path', 'pg_catalog', false)"""


def begin(connection: psycopg.Connection) -> None:
    """Make a new session independent of defaults that are not ours."""
    connection.execute(SETTINGS)
