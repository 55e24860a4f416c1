"""Pages of the log for the projector: read when they are folded, or one page earlier.

`Prefetch` reads the next page on a connection of its own while the last one is folded, and decodes
it while PostgreSQL still writes that one's rows. `PageReader` is its simple twin.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import psycopg

from domain import EVENTS, decode
from projections.core import event_log
from projections.core.view import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from psycopg import Connection

    from projections.core.view import Recorded

# Stored names with their topics.
STORED = [(name, kind.TOPIC) for name, kind in EVENTS.items()]
StoredRows = list[tuple[int, str, bytes]]
Bounds = tuple[int, int]


def decoded(rows: StoredRows) -> list[Recorded]:
    """Decode what was read."""
    return [recorded(position, decode(topic, state)) for position, topic, state in rows]


class PageReader:
    """Reads each page when it is asked for."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Read on the projector's own connection."""
        self._connection = connection

    def page(self, bounds: Bounds, topics: frozenset[str] | None) -> list[Recorded]:
        """Return the events behind one position up to another, of some topics or of all."""
        names = None if topics is None else [name for name, topic in STORED if topic in topics]
        return decoded(self._read(bounds, names))

    def _read(self, bounds: Bounds, names: Sequence[str] | None) -> StoredRows:
        return event_log.between(self._connection, *bounds, names)

    def announce(self, bounds: Bounds) -> None:
        """Hear which page, of all topics, will probably be asked for next."""

    def decode_next(self) -> None:
        """Use a moment in which PostgreSQL writes and Python would wait."""


class Prefetch(PageReader):
    """Reads the page that was announced. What the log holds never changes: it is never stale."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Connect a second time to where this connection leads, as the same role."""
        super().__init__(connection)
        self._second = psycopg.connect(
            connection.info.dsn, password=connection.info.password, autocommit=True
        )
        self._thread = ThreadPoolExecutor(1, "prefetch")
        self._reading: dict[Bounds, Future[StoredRows]] = {}
        self._ready: dict[Bounds, list[Recorded]] = {}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing under way."""
        self._thread.shutdown()
        self._second.close()

    def page(self, bounds: Bounds, topics: frozenset[str] | None) -> list[Recorded]:
        """Return the events between two positions; those of all topics perhaps read already."""
        if topics is not None:
            return super().page(bounds, topics)
        reading, ready = self._reading.pop(bounds, None), self._ready.pop(bounds, None)
        if ready is not None:
            return ready
        return decoded(reading.result()) if reading else super().page(bounds, None)

    def announce(self, bounds: Bounds) -> None:
        """Begin to read a page; what was announced before the last one is forgotten."""
        if bounds not in self._reading:
            last = list(self._reading.items())[-1:]
            reading = self._thread.submit(event_log.between, self._second, *bounds)
            self._reading = dict(last) | {bounds: reading}

    def decode_next(self) -> None:
        """Decode what was announced last; what is wrong with it is told when its turn comes."""
        for bounds, reading in list(self._reading.items())[-1:]:
            if bounds not in self._ready:
                with suppress(Exception):
                    self._ready = {bounds: decoded(reading.result())}
