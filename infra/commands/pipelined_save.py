"""Saving what was decided: at once, or behind the back of whoever decides the next chunk."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from typing import TYPE_CHECKING, Self

import psycopg

from infra.commands.decision import guard_of
from infra.commands.retry import refusal_of
from infra.eventlog.append import Appended, Batch, append, stored
from infra.processes.interpreter_tuning import HardWork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.commands.decision import Decision
    from infra.commands.unit_of_work import UnitOfWork
    from infra.eventlog.append import Kept


def batch_of(
    unit: UnitOfWork, decided: Sequence[Decision] = (), kept: Sequence[Kept] = (), *, soft: bool
) -> Batch:
    """Put together what is pending, its receipts, and what the commands seal."""
    return Batch(
        [stored(event) for event in unit.pending],
        guard_of(unit, soft=soft),
        unit.only_read(),
        kept,
        [sealed for d in decided for sealed in d.sealed],
        list(unit.alike),
        unit.memo.stops_known_to,
    )


def save(connection: psycopg.Connection, batch: Batch) -> Appended:
    """Append a batch; turn what the database refuses into this package's exceptions."""
    try:
        return append(connection, batch)
    except psycopg.Error as error:
        raise refusal_of(error) from None


class PipelinedSave:
    """Saves batches in their order on connections of its own, behind whoever decides.

    One is appended while the next one is sent to the database. If one cannot be saved, whoever
    comes with another, or leaves, is told; nothing that was decided after it is saved.
    """

    def __init__(self, connections: Sequence[psycopg.Connection]) -> None:
        """Take connections that nobody else uses meanwhile."""
        self._connections = cycle(connections)
        self._threads = ThreadPoolExecutor(len(connections), thread_name_prefix="saving")
        self._running: deque[Future[Appended]] = deque(maxlen=len(connections))
        self._hard_work = HardWork()

    def save(self, batch: Batch) -> None:
        """Begin to save a batch, once a connection is free."""
        batch.pack()
        if len(self._running) == self._running.maxlen:
            self._running.popleft().result()
        before = self._running[-1] if self._running else None
        batch.turn = before.result if before else None
        self._running.append(self._threads.submit(save, next(self._connections), batch))

    def _wait(self) -> None:
        while self._running:
            self._running.popleft().result()

    def __enter__(self) -> Self:
        """Begin."""
        self._hard_work.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for all; what was not saved first is what went wrong first."""
        try:
            self._wait()
        finally:
            self._hard_work.__exit__()
            self._threads.shutdown()
