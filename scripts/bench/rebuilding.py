"""One rebuild of journal and balances from the log, beside SQL that does the same.

The SQL reads the stored JSON once, states the double entry of the two kinds of events that the log
holds, and fills the same tables with the same indexes; it knows nothing of any other event.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from infra.projector.rebuild import NEXT, anew, chosen
from infra.projector.tracking import lay_out
from projections.core.view import BLOCK, digest, drop
from scripts.bench.million import filled
from scripts.bench.outcomes import Outcome, by_turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

VIEWS = ("journal", "balances")
LIMIT = "bench_limit"


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with SQL from the stored JSON into the same tables."""
    rows: set[tuple[str, ...]] = set()
    with filled(bench) as ledger:
        ours, theirs = by_turns(
            bench.long_rounds,
            lambda: rebuilt(ledger, rows),
            lambda: written_by_sql(ledger, rows),
        )
    if len(rows) != 1:
        raise RuntimeError("the two have not written the same rows")
    yield Outcome(
        name="rebuild",
        path=f"journal and balances rebuilt over {bench.many:,} events",
        ours=ours,
        limit=theirs,
        unit="s",
        against="SQL from the stored JSON into the same tables and indexes",
        goal=0.6,
    )


def rebuilt(ledger: Ledger, rows: set[tuple[str, ...]]) -> float:
    """Return the seconds in which new tables reach the head; note what they hold."""
    begun = time.perf_counter()
    with ledger.connection() as connection, anew(connection, chosen(VIEWS)) as growing:
        growing.catch_up()
        taken = time.perf_counter() - begun
        rows.add(held(connection, NEXT))
    return taken


def written_by_sql(ledger: Ledger, rows: set[tuple[str, ...]]) -> float:
    """Return the seconds that PostgreSQL takes alone; note what its tables hold."""
    views = chosen(VIEWS)
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {LIMIT}")
        with connection.transaction(), connection.cursor() as cursor:
            for view in views:
                drop(cursor, view(), LIMIT)
        begun = time.perf_counter()
        lay_out(connection, views, LIMIT)
        with connection.transaction():
            text = Path(__file__).with_name("rebuilding.sql").read_text(encoding="utf-8")
            connection.execute(text.replace("{block}", str(BLOCK)))
        taken = time.perf_counter() - begun
        rows.add(held(connection, LIMIT))
    return taken


def held(connection: psycopg.Connection[Any], schema: str) -> tuple[str, ...]:
    """Return the digests of what the tables of a schema hold."""
    with connection.transaction(), connection.cursor() as cursor:
        return tuple(digest(cursor, view(), schema).digest for view in chosen(VIEWS))
