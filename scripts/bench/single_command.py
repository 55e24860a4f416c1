"""One command after another, in this process: decided, stored and answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from infra.commands.command import Sender
from scripts.bench.ledgers import Bench, commitment, request
from scripts.bench.outcomes import Outcome, by_turns
from scripts.bench.pgbench import ONE_ROW, Pgbench

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pgbench's one-row insert at one client."""
    with bench.ledger() as ledger:
        limit = Pgbench(ledger.database.owner_url, bench.folder)
        limit.lay_out()
        many = 500 if bench.quick else 2000
        ours, theirs, prepared = by_turns(
            bench.rounds,
            lambda: rate(ledger, many),
            lambda: limit.rate(ONE_ROW),
            lambda: limit.rate(ONE_ROW, protocol="prepared"),
        )
    yield Outcome(
        name="single-command",
        path="single commands, one caller in process",
        ours=ours,
        limit=theirs,
        unit="/s",
        against="pgbench, one-row insert, 1 client",
        goal=0.35,
        at_least=True,
        notes={"part of pgbench with prepared statements": round(ours / prepared, 2)},
    )


def rate(ledger: Ledger, many: int) -> float:
    """Return commands a second, from their JSON to their receipts."""
    treasurer, said = Sender("treasurer"), commitment()
    begun = time.perf_counter()
    for _ in range(many):
        ledger.execute(request(said, treasurer))
    return many / (time.perf_counter() - begun)
