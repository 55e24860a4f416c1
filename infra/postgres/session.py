"""How a session of the application's role begins, whatever server, database and role set."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg_pool import ConnectionPool

# FastAPI runs plain routes in 40 threads; each needs one connection at a time, a release three.
MOST_CONNECTIONS = 44
SECONDS_TO_WAIT = 5.0
# A new attempt to connect is not put off for longer than this, however long the database was away.
SECONDS_BETWEEN_ATTEMPTS = 10.0

# A wait that lasts is an error, what is read was committed, and all may be written.
SETTINGS: Final = """SELECT set_config('lock_timeout', '10s', false),
    set_config('statement_timeout', '0', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('default_transaction_read_only', 'off', false),
    set_config('search_path', 'pg_catalog', false),
    set_config('role', 'mingzhang_app', false)"""


def begin(connection: psycopg.Connection) -> None:
    """Make a new session independent of defaults that are not ours."""
    connection.execute(SETTINGS)


def open_pool(url: str) -> ConnectionPool:
    """Make a pool of connections in autocommit, at an address of the application's role."""
    return ConnectionPool(
        url,
        min_size=1,
        max_size=MOST_CONNECTIONS,
        kwargs={"autocommit": True},
        configure=begin,
        open=True,
        timeout=SECONDS_TO_WAIT,
        reconnect_timeout=SECONDS_BETWEEN_ATTEMPTS,
    )
