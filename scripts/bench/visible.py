"""From the moment the store takes an event until every view shows it, at 500 commands a second.

Eight callers send single commands at fixed instants; the projector is a process of its own, as it
is served. Somebody looks every few milliseconds how far all views are.
"""

from __future__ import annotations

import subprocess
import sys
import time
from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

import psycopg

from infra.commands.command import Sender
from infra.eventlog.subscription import Subscription
from infra.projector.projector import Projector
from infra.projector.tracking import lay_out
from projections.core import event_log, view
from scripts.bench.ledgers import commitment, request
from scripts.bench.outcomes import Outcome, percentile
from scripts.bench.serving import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

CALLERS, A_SECOND = 8, 500
# Single events that the projector's transaction is measured by.
TRANSACTIONS = 30
SECONDS_BETWEEN_LOOKS = 0.003
SECONDS_TO_CATCH_UP = 30.0
RECORDED = """
    SELECT notification_id, extract(epoch FROM recorded_at)::float8 FROM ledger.events
    WHERE notification_id > %s AND notification_id <= %s ORDER BY 1"""


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with the projector's pause and one transaction of it over all views."""
    seconds = 3 if bench.quick else 6
    with bench.ledger() as ledger:
        transaction_ms = milliseconds_of_a_transaction(ledger)
    with bench.ledger() as ledger, projector(ledger):
        # The projector needs a second to start, which no writer waits for.
        write(ledger, A_SECOND)
        first = caught_up(ledger)
        with Looks(ledger.database.app_url) as looks:
            begun = time.perf_counter()
            last = first + write(ledger, seconds * A_SECOND)
            rate = (last - first) / (time.perf_counter() - begun)
            caught_up(ledger)
        with ledger.connection() as connection:
            rows = connection.execute(RECORDED, (first, last)).fetchall()
    delays = [(looks.seen(position) - at) * 1000 for position, at in rows]
    yield compared(delays, transaction_ms, rate)


def compared(delays: list[float], transaction_ms: float, rate: float) -> Outcome:
    """Compare delays, in milliseconds, that were found at so many commands a second."""
    pause_ms = Subscription.seconds_to_gather * 1000
    return Outcome(
        name="visible",
        path=f"from commit to visible in all views, {A_SECOND} commands/s: the slowest hundredth",
        ours=percentile(delays, 0.99),
        limit=pause_ms + transaction_ms,
        unit="ms",
        against=f"the projector's pause, {pause_ms:g} ms, and one transaction over all views",
        goal=3.0,
        notes={
            "half of all within, ms": round(percentile(delays, 0.5), 1),
            "commands/s that were reached": round(rate),
        },
    )


def milliseconds_of_a_transaction(ledger: Ledger) -> float:
    """Return the median time in which a projector folds as many events as come in its pause."""
    treasurer, said = Sender("treasurer"), commitment()
    events = max(1, round(A_SECOND * Subscription.seconds_to_gather))
    taken = []
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        projecting = Projector(connection)
        projecting.catch_up()
        for _ in range(TRANSACTIONS):
            for _ in range(events):
                ledger.execute(request(said, treasurer))
            begun = time.perf_counter()
            projecting.advance()
            taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


@contextmanager
def projector(ledger: Ledger) -> Iterator[None]:
    """Run the projector of a ledger while the block runs."""
    with ledger.connection() as connection:
        lay_out(connection)
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--only", "projector"],
        env=environment(ledger.settings.data_folder),
        stdout=subprocess.DEVNULL,
    ) as child:
        try:
            yield
        finally:
            child.terminate()


def caught_up(ledger: Ledger) -> int:
    """Wait until every view is at the head; return it."""
    until = time.monotonic() + SECONDS_TO_CATCH_UP
    while time.monotonic() < until:
        with ledger.connection() as connection:
            head = event_log.head(connection).position
            if view.position(connection) >= head:
                return head
        time.sleep(0.05)
    raise RuntimeError(f"the views have not reached {head} in {SECONDS_TO_CATCH_UP:g} s")


def write(ledger: Ledger, many: int, a_second: int = A_SECOND) -> int:
    """Send so many commands, each at its instant or as soon as a caller is free."""
    begun = time.perf_counter()
    treasurer, said = Sender("treasurer"), commitment()

    def call(caller: int) -> None:
        for nth in range(caller, many, CALLERS):
            time.sleep(max(0.0, begun + nth / a_second - time.perf_counter()))
            ledger.execute(request(said, treasurer))

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(call, range(CALLERS)))
    return many


class Looks:
    """Notes when all views were first seen at a position, or behind it."""

    def __init__(self, url: str) -> None:
        """Look through a connection of its own."""
        self._url = url
        self._positions: list[int] = []
        self._times: list[float] = []
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look a last time, and stop."""
        self._done.set()
        self._thread.join()

    def seen(self, position: int) -> float:
        """Return when a position was first seen in all views (seconds of the epoch)."""
        return self._times[bisect_left(self._positions, position)]

    def _look(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            while True:
                last = self._done.wait(SECONDS_BETWEEN_LOOKS)
                found = view.position(connection)
                if not self._positions or found > self._positions[-1]:
                    self._positions.append(found)
                    self._times.append(time.time())
                if last:
                    return
