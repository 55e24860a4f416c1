"""Saving the chunks of a streaming command: while the next one is decided, or each at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from domain.kernel.aggregate import stored_name
from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.payment_events import PaymentMade
from infra.commands.save import save

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from infra.eventlog.batch import Appended, Batch
    from infra.eventlog.recorder import LedgerRecorder

# What a chunk of a release holds. None of it keeps anybody from being paid.
STOPS_NOBODY = (PaymentMade, PayRunChunkReleased)
NAMES_OF_THESE = frozenset(stored_name(kind) for kind in STOPS_NOBODY)


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


class OwnStretch(NamedTuple):
    """Positions without a gap in which one saver's batches stand, and nothing that stops anybody.

    Who knew the stops up to the first of them knows them up to the last, so that `append_staged()`
    need not look through the chunks that were saved since the stops were asked.
    """

    first: int = 0
    last: int = -1

    def and_then(self, batch: Batch, appended: Appended) -> OwnStretch:
        """Go on with a batch that was appended, or begin anew where another came between."""
        if not stops_nobody(batch):
            return OwnStretch()
        first = appended.first_position
        last = first + len(batch.alike) + len(batch.events) - 1
        return OwnStretch(self.first if first == self.last + 1 else first, last)

    def known_to(self, position: int | None) -> int | None:
        """Return the position up to which the stops are known that were asked at a position."""
        known = position is not None and self.first - 1 <= position <= self.last
        return self.last if known else position


def stops_nobody(batch: Batch) -> bool:
    """Tell whether all events of a batch are of those that keep nobody from being paid."""
    named = NAMES_OF_THESE.issuperset({event.topic for event in batch.events})
    return named and {type(event) for event, _ in batch.alike} <= {*STOPS_NOBODY}


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
        self._own = OwnStretch()
        self._last: tuple[Batch, Future[Appended]] | None = None

    def save(self, batch: Batch) -> None:
        """Begin to save a batch, once a connection is free."""
        self._recorder.appender.pack(batch)
        if len(self._running) == self._running.maxlen:
            self._running.popleft().result()
        if self._last:
            batch.turn = partial(self._follow, batch, *self._last)
        saving = self._threads.submit(save, self._recorder, next(self._connections), batch)
        self._last = (batch, saving)
        self._running.append(saving)

    def _follow(self, batch: Batch, before: Batch, saving: Future[Appended]) -> None:
        """Wait for the batch before; what stands up to its end is known to stop nobody."""
        self._own = self._own.and_then(before, saving.result())
        batch.stops_known_to = self._own.known_to(batch.stops_known_to)

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
