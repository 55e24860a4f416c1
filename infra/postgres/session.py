"""How a session of the application's role begins, whatever server, database and role set."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg.abc import Buffer
from psycopg.types.numeric import NumericBinaryLoader, NumericLoader
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


class WholeSum(NumericLoader):
    """Reads a sum of whole numbers, of any size, as the whole number that it is."""

    def load(self, data: Buffer) -> int:  # type: ignore[override]
        """Return it; `ValueError` if it is none."""
        return int(bytes(data))


class BinaryWholeSum(NumericBinaryLoader):
    """Does the same for PostgreSQL's own form."""

    def load(self, data: Buffer) -> int:  # type: ignore[override]
        """Return it; `ValueError` if it is none."""
        found = super().load(data)
        if found != found.to_integral_value():
            raise ValueError(f"{found} is no sum of whole numbers")
        return int(found)


def begin(connection: psycopg.Connection) -> None:
    """Make a new session independent of defaults that are not ours."""
    connection.execute(SETTINGS)
    for loader in (WholeSum, BinaryWholeSum):
        connection.adapters.register_loader("numeric", loader)


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
