"""Reads the next page of the log on a connection of its own, while the last one is folded.

It is decoded while PostgreSQL still writes the rows of the last one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import psycopg

from domain import decode
from infra.processes.interpreter_tuning import HardWork
from projections.core import event_log
from projections.core.view import recorded

if TYPE_CHECKING:
    from concurrent.futures import Future

    from psycopg import Connection

    from projections.core.view import Recorded

Rows = list[Any]
Bounds = tuple[int, int]


def decoded(rows: Rows) -> list[Recorded]:
    """Decode what was read."""
    return [recorded(position, decode(topic, state)) for position, topic, state in rows]


class Ahead:
    """One page that is read beforehand. What the log holds never changes, so it is never stale."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Connect to where this connection leads, as the same role."""
        self._beside = psycopg.connect(
            connection.info.dsn, password=connection.info.password, autocommit=True
        )
        self._hand = ThreadPoolExecutor(1, "ahead")
        self._reading: dict[Bounds, Future[Rows]] = {}
        self._ready: dict[Bounds, list[Recorded]] = {}
        self._hard_work = HardWork()

    def __enter__(self) -> Self:
        """Begin."""
        self._hard_work.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing under way."""
        self._hard_work.__exit__()
        self._hand.shutdown()
        self._beside.close()

    def ask(self, bounds: Bounds) -> None:
        """Begin to read a page; what was asked for earlier than the last one is forgotten."""
        if bounds not in self._reading:
            kept = list(self._reading.items())[-1:]
            self._reading = dict(kept) | {
                bounds: self._hand.submit(event_log.between, self._beside, *bounds)
            }

    def make_ready(self) -> None:
        """Decode what was asked for last; what is wrong with it is told when its turn comes."""
        for bounds, reading in list(self._reading.items())[-1:]:
            if bounds not in self._ready:
                with suppress(Exception):
                    self._ready = {bounds: decoded(reading.result())}

    def take(self, bounds: Bounds) -> list[Recorded] | None:
        """Return the page, if it was asked for."""
        reading, ready = self._reading.pop(bounds, None), self._ready.pop(bounds, None)
        if ready is None and reading is not None:
            return decoded(reading.result())
        return ready
