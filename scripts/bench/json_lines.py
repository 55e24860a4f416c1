"""10,000 independent commands as JSON Lines, each under its own key and with its own receipt."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import msgspec

from api.cli.send import LINES_TOGETHER, carried_out
from infra.commands.command import Sender
from scripts.bench.ledgers import Bench, commitment, new_key
from scripts.bench.outcomes import Outcome, by_turns
from scripts.bench.pgbench import ONE_ROW, Pgbench

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger

LINES = 10_000
MOST_MICROSECONDS = 120.0


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pgbench's one-row insert at one client; count the processor's time."""
    spent: list[float] = []
    with bench.ledger() as ledger:
        limit = Pgbench(ledger.database.owner_url, bench.folder)
        limit.lay_out()
        ours, theirs = by_turns(
            bench.rounds, lambda: rate(ledger, spent), lambda: limit.rate(ONE_ROW)
        )
    bench.rates["json-lines"] = ours
    yield Outcome(
        name="json-lines",
        path="10,000 independent commands as JSON Lines",
        ours=ours,
        limit=theirs,
        unit="/s",
        against="pgbench, one-row insert, 1 client",
        goal=3.0,
        at_least=True,
    )
    yield Outcome(
        name="json-lines-processor",
        path="processor time of one such command, in process",
        ours=min(spent) * 1e6,
        limit=MOST_MICROSECONDS,
        unit="us",
        against="fixed",
        goal=1.0,
    )


def rate(ledger: Ledger, spent: list[float]) -> float:
    """Return receipts a second; note the seconds of our processor time per command."""
    file = io.BytesIO(
        b"".join(
            msgspec.json.encode(commitment() | {"key": new_key()}) + b"\n" for _ in range(LINES)
        )
    )
    begun, processor = time.perf_counter(), time.process_time()
    receipts = 0
    for outcomes in carried_out(ledger, file, Sender("treasurer"), LINES_TOGETHER, dry_run=False):
        receipts += sum(isinstance(outcome, list) for outcome in outcomes)
    spent.append((time.process_time() - processor) / LINES)
    if receipts != LINES:
        raise RuntimeError(f"{LINES - receipts} lines were refused")
    return LINES / (time.perf_counter() - begun)
