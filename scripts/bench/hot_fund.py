"""Eight callers on one fund: everybody decides on the same stream."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from infra.commands.command import Sender
from scripts.bench.ledgers import Bench, commitment, request
from scripts.bench.outcomes import Outcome, by_turns
from scripts.bench.pgbench import HOT_ROW, ONE_ROW, Pgbench

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger

CALLERS = 8


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pgbench: one client's inserts, and eight clients that update one row."""
    with bench.ledger() as ledger:
        limit = Pgbench(ledger.database.owner_url, bench.folder)
        limit.lay_out()
        each = 100 if bench.quick else 300
        ours, one_row, hot_row = by_turns(
            bench.rounds,
            lambda: rate(ledger, each),
            lambda: limit.rate(ONE_ROW),
            lambda: limit.rate(HOT_ROW, CALLERS),
        )
    against = {
        "hot-fund": (one_row, "pgbench, one-row insert, 1 client", 1.0),
        "hot-fund-row": (hot_row, "pgbench, 8 clients updating one row", 1.2),
    }
    for name, (theirs, what, goal) in against.items():
        yield Outcome(
            name=name,
            path="commands on one fund, 8 callers in process",
            ours=ours,
            limit=theirs,
            unit="/s",
            against=what,
            goal=goal,
            at_least=True,
        )


def rate(ledger: Ledger, each: int) -> float:
    """Return the commands a second of all callers together."""

    def call(_: int) -> None:
        treasurer, said = Sender("treasurer"), commitment()
        for _ in range(each):
            ledger.execute(request(said, treasurer))

    begun = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(call, range(CALLERS)))
    return CALLERS * each / (time.perf_counter() - begun)
