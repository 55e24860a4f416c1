"""Saving what was decided: at once, or behind the back of whoever decides the next chunk."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

import psycopg

from api.decided import guard_of
from api.races import ours
from infra.appending import Appended, Batch, append, stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.decided import Decided
    from infra.appending import Kept
    from infra.books import Books


def batch_of(
    books: Books, decided: Sequence[Decided] = (), kept: Sequence[Kept] = (), *, soft: bool
) -> Batch:
    """Put together what is pending, its receipts, and what the orders seal."""
    return Batch(
        [stored(event) for event in books.pending],
        guard_of(books, soft=soft),
        books.only_read(),
        kept,
        [sealed for d in decided for sealed in d.sealed],
        list(books.alike),
    )


def save(connection: psycopg.Connection, batch: Batch) -> Appended:
    """Append a batch; turn the database's refusals into ours."""
    try:
        return append(connection, batch)
    except psycopg.Error as error:
        raise ours(error) from None


class Behind:
    """Saves batches in their order on a connection of its own, one behind whoever decides.

    If one cannot be saved, whoever comes with the next one, or leaves, is told; nothing that was
    decided after it is saved.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        """Take a connection that nobody else uses meanwhile."""
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="saving")
        self._running: Future[Appended] | None = None

    def save(self, batch: Batch) -> None:
        """Begin to save a batch, once the one before it is saved."""
        self._wait()
        self._running = self._thread.submit(save, self._connection, batch)

    def _wait(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the last batch; if it was not saved, that is what went wrong first."""
        try:
            self._wait()
        finally:
            self._thread.shutdown()
