"""Reads the next page of the log on a connection of its own, while the last one is folded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

import psycopg

from infra.threads import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from types import TracebackType

    from psycopg import Connection

READ = """
    SELECT notification_id, recorded_at, topic, state FROM ledger.events
    WHERE notification_id > %(after)s AND notification_id <= %(through)s"""
Rows = list[Any]
Bounds = tuple[int, int]


def read(connection: Connection[Any], bounds: Bounds, topics: Sequence[str] | None = None) -> Rows:
    """Read the events behind one position up to another, of some stored topics or of all."""
    after, through = bounds
    return connection.execute(
        READ + (" AND topic = ANY (%(topics)s)" if topics else "") + " ORDER BY 1",
        {"after": after, "through": through, "topics": topics},
        binary=True,
    ).fetchall()


class Ahead:
    """One page that is read beforehand. What the log holds never changes, so it is never stale."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Connect to where this connection leads, as the same role."""
        self._beside = psycopg.connect(
            connection.info.dsn, password=connection.info.password, autocommit=True
        )
        self._hand = ThreadPoolExecutor(1, "ahead")
        self._reading: dict[Bounds, Future[Rows]] = {}
        self._prompt = Prompt()

    def __enter__(self) -> Self:
        """Begin."""
        self._prompt.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave nothing under way."""
        self._prompt.__exit__(kind, error, traceback)
        self._hand.shutdown()
        self._beside.close()

    def ask(self, bounds: Bounds) -> None:
        """Begin to read a page; what was asked for earlier than the last one is forgotten."""
        if bounds not in self._reading:
            kept = list(self._reading.items())[-1:]
            self._reading = dict(kept) | {bounds: self._hand.submit(read, self._beside, bounds)}

    def take(self, bounds: Bounds) -> Rows | None:
        """Return the page, if it was asked for."""
        reading = self._reading.pop(bounds, None)
        return None if reading is None else reading.result()
