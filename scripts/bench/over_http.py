"""Single commands over HTTP from eight clients, each on a connection that it keeps."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import msgspec

from scripts.bench.ledgers import Bench, commitment, new_key
from scripts.bench.outcomes import Outcome, by_turns, percentile
from scripts.bench.pgbench import ONE_ROW, Pgbench
from scripts.bench.serving import Served, seconds_to, served, told

if TYPE_CHECKING:
    from collections.abc import Iterable

CLIENTS = 8


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pgbench's one-row insert at eight clients; so too the slowest hundredth."""
    taken: list[float] = []
    theirs_taken: list[float] = []
    each = 50 if bench.quick else 150
    with bench.ledger() as ledger:
        limit = Pgbench(ledger.database.owner_url, bench.folder)
        limit.lay_out()
        folder = ledger.settings.data_folder
        token = told(folder, "token", "--as", "treasurer", "--role", "treasurer")["token"]
        with served(folder) as server:
            send_all(server, token, 20)
            ours, theirs = by_turns(
                bench.rounds,
                lambda: rate(server, token, each, taken),
                lambda: limit.timed_rate(ONE_ROW, CLIENTS, theirs_taken),
            )
    yield from lines(ours, theirs, taken, theirs_taken)


def lines(
    ours: float, theirs: float, taken: list[float], theirs_taken: list[float]
) -> Iterable[Outcome]:
    """Tell of the rates and of the slowest hundredths."""
    against = f"pgbench, one-row insert, {CLIENTS} clients"
    yield Outcome(
        name="http",
        path=f"commands over HTTP, {CLIENTS} clients",
        ours=ours,
        limit=theirs,
        unit="/s",
        against=against,
        goal=0.15,
        at_least=True,
    )
    yield Outcome(
        name="http-p99",
        path="the slowest hundredth of them",
        ours=percentile(taken, 0.99) * 1000,
        limit=percentile(theirs_taken, 0.99) * 1000,
        unit="ms",
        against=f"the slowest hundredth of {against}",
        goal=6.0,
        notes={"half of all within, ms": round(percentile(taken, 0.5) * 1000, 1)},
    )


def rate(server: Served, token: str, each: int, taken: list[float]) -> float:
    """Return the receipts a second of all clients; note how long each answer took."""
    begun = time.perf_counter()
    taken += send_all(server, token, each)
    return CLIENTS * each / (time.perf_counter() - begun)


def send_all(server: Served, token: str, each: int) -> list[float]:
    """Let every client send so many commands, one after another."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(_: int) -> list[float]:
        connection = server.connect()
        bodies = [msgspec.json.encode(commitment() | {"key": new_key()}) for _ in range(each)]
        return [seconds_to(connection, "/v1/commands", body=b, headers=headers) for b in bodies]

    with ThreadPoolExecutor(CLIENTS) as clients:
        return [seconds for found in clients.map(send, range(CLIENTS)) for seconds in found]
