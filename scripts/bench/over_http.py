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
MOST_MS = 25.0


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pgbench's one-row insert at eight clients; and the slowest hundredth."""
    taken: list[float] = []
    ours, theirs = rates(bench, taken)
    yield Outcome(
        name="http",
        path="commands over HTTP, 8 clients",
        ours=ours,
        limit=theirs,
        unit="/s",
        against="pgbench, one-row insert, 8 clients",
        goal=0.08,
        at_least=True,
    )
    yield Outcome(
        name="http-p99",
        path="the slowest hundredth of them",
        ours=percentile(taken, 0.99) * 1000,
        limit=MOST_MS,
        unit="ms",
        against="fixed",
        goal=1.0,
    )


def rates(bench: Bench, taken: list[float]) -> list[float]:
    """Return commands a second, ours and pgbench's (medians); add what each of ours took, in s."""
    each = 50 if bench.quick else 150
    with bench.ledger() as ledger:
        limit = Pgbench(ledger.database.owner_url, bench.folder)
        limit.lay_out()
        folder = ledger.settings.data_folder
        token = told(folder, "token", "--as", "treasurer", "--role", "treasurer")["token"]
        with served(folder) as server:
            send_all(server, token, 20)
            return by_turns(
                bench.rounds,
                lambda: rate(server, token, each, taken),
                lambda: limit.rate(ONE_ROW, CLIENTS),
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
