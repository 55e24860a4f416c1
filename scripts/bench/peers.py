"""The ledger that peers stand beside: one server, one disk; each peer in a schema of its own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import conninfo_to_dict

from infra.projector.projector import Projector
from projections.core import event_log
from scripts.bench.million import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

# So many payments lie on one account, for ours and for theirs.
POSTINGS, QUICK_POSTINGS = 100_000, 20_000


@contextmanager
def beside(bench: Bench) -> Iterator[Ledger]:
    """Give a ledger with officers, a fund, and payments in all views."""
    many = postings(bench)
    with bench.ledger("peers") as ledger:
        with ledger.connection() as connection:
            if event_log.head(connection).position < many:
                fill(ledger, many)
            Projector(connection).catch_up()
        yield ledger


def postings(bench: Bench) -> int:
    """Return how many payments there are."""
    return QUICK_POSTINGS if bench.quick else POSTINGS


def empty_schema(ledger: Ledger, schema: str) -> dict[str, str]:
    """Make a schema anew, and return how its server is reached: host, port, user, password."""
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
        owner.execute("SET client_min_messages = warning")
        owner.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
        owner.execute(f"CREATE SCHEMA {schema}".encode())
    told = conninfo_to_dict(ledger.database.owner_url)
    return {name: str(told.get(name) or "") for name in ("dbname", "host", "port", "user")} | {
        "password": str(told.get("password") or "")
    }
