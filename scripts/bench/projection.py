"""All views grown from a long log page by page, beside a bare read of the same pages."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

from infra.projector.projector import Projector
from infra.projector.tracking import lay_out
from projections import VIEWS
from projections.core.view import BLOCK, drop
from scripts.bench import million
from scripts.bench.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from scripts.bench.ledgers import Bench

ROUNDS = 10
# What the log tells of an event; its place in its own stream and its salt are nothing to a view.
READ = """
    SELECT notification_id, recorded_at, topic, state FROM ledger.events
    WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id"""


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with reading the stored rows and doing nothing with them."""
    ours: list[float] = []
    read: list[float] = []
    with million.filled(bench) as ledger, ledger.connection() as connection:
        emptied(connection)
        projector = Projector(connection)
        for first, last in slices(bench.many, ROUNDS):
            begun = time.perf_counter()
            projector.advance(last)
            ours.append((last - first) / (time.perf_counter() - begun))
            read.append((last - first) / seconds_to_read(connection, first, last))
    yield Outcome(
        name="projection",
        path=f"all views grown from {bench.many:,} events",
        ours=median(ours),
        limit=median(read),
        unit="/s",
        against="a bare read of the same pages",
        goal=0.1,
        at_least=True,
        notes={"first and last tenth of the log, events/s": f"{ours[0]:,.0f}, {ours[-1]:,.0f}"},
    )


def slices(many: int, rounds: int) -> list[tuple[int, int]]:
    """Cut a log into parts that end where a page ends, but for the last."""
    ends = [many * nth // rounds // BLOCK * BLOCK for nth in range(rounds)]
    return list(zip(ends, [*ends[1:], many], strict=True))


def emptied(connection: Connection[Any]) -> None:
    """Let the views begin anew, whatever has grown already."""
    with connection.transaction(), connection.cursor() as cursor:
        for view in VIEWS:
            drop(cursor, view())
    lay_out(connection)


def seconds_to_read(connection: Connection[Any], first: int, last: int) -> float:
    """Return the seconds that reading takes, page by page as the projector reads."""
    begun = time.perf_counter()
    for after in range(first, last, BLOCK):
        page = (after, min(after + BLOCK, last))
        connection.execute(READ, page, binary=True).fetchall()
    return time.perf_counter() - begun
