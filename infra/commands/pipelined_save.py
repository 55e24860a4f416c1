"""Saving the chunks of a streaming command: while the next one is decided, or each at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from typing import TYPE_CHECKING, Protocol, Self

from infra.commands.save import save

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from infra.eventlog.batch import Appended, Batch
    from infra.eventlog.recorder import LedgerRecorder


class ChunkSaver(Protocol):
    """Saves batches in their order, all of them by the end of its block."""

    def save(self, batch: Batch) -> None:
        """Save a batch, or begin to."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """Wait until all are saved, or raise why the first that is not could not be."""


class PlainSave:
    """Saves each batch before its caller goes on."""

    def __init__(self, recorder: LedgerRecorder, connections: Sequence[psycopg.Connection]) -> None:
        """Take connections that nothing else uses meanwhile; one is enough."""
        self._recorder = recorder
        self._connection = connections[0]

    def save(self, batch: Batch) -> None:
        """Save a batch."""
        save(self._recorder, self._connection, batch)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: all are saved."""


class PipelinedSave:
    """Saves batches in threads, on connections of its own, while the next ones are decided.

    One is appended while the next one is sent to the database. If one cannot be saved, the next
    call raises why; nothing that was decided after it is saved.
    """

    def __init__(self, recorder: LedgerRecorder, connections: Sequence[psycopg.Connection]) -> None:
        """Take connections that nothing else uses meanwhile."""
        self._recorder = recorder
        self._connections = cycle(connections)
        self._threads = ThreadPoolExecutor(len(connections), thread_name_prefix="saving")
        self._running: deque[Future[Appended]] = deque(maxlen=len(connections))

    def save(self, batch: Batch) -> None:
        """Begin to save a batch, once a connection is free."""
        self._recorder.appender.pack(batch)
        if len(self._running) == self._running.maxlen:
            self._running.popleft().result()
        before = self._running[-1] if self._running else None
        batch.turn = before.result if before else None
        self._running.append(
            self._threads.submit(save, self._recorder, next(self._connections), batch)
        )

    def _wait(self) -> None:
        while self._running:
            self._running.popleft().result()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for all; what was not saved first is what went wrong first."""
        try:
            self._wait()
        finally:
            self._threads.shutdown()
