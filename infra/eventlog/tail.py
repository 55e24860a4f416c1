"""The newest events of the log, read once for all who follow it.

One connection listens; what it reads lies in one ring of bounded size, from which every reader
takes at its own pace. A reader that falls behind the ring reads the log itself.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from infra.eventlog.subscription import AsyncSubscription
from projections.core import event_log
from projections.core.event_log import StoredEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import AsyncConnection

# The ring holds so many events, or so many bytes as they are stored; their texts take about four
# times that.
MOST_EVENTS, MOST_BYTES = 5_000, 8 * 2**20
PAGE = 500
# Between two readings, so that many small commits wake many readers only a few times a second.
LEAST_PAUSE, LONGEST_PAUSE, PAUSE_FOR_A_READER = 0.02, 0.25, 0.00025


class BufferedEvent:
    """An event in the ring, and the texts that were made of it, one for each zone."""

    __slots__ = ("line", "texts")

    def __init__(self, line: StoredEvent) -> None:
        """Hold an event of which no text was made yet."""
        self.line = line
        self.texts: dict[str, Any] = {}


class Tail:
    """Follows the log from the first reader on, in that reader's event loop."""

    def __init__(self, url: str) -> None:
        """Read at an address of the application's role, from the first reader on."""
        self._url = url
        self._ring: list[BufferedEvent] = []
        self._size = 0
        self._position: int | None = None
        self._news = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        # What readers at the same position share, until there is something new.
        self.shared: dict[Any, Any] = {}
        self.closed = False
        self.readers = 0
        self.cut_off = 0

    def start(self) -> None:
        """Follow the log if that has not begun."""
        if not self.closed and (self._following is None or self._following.done()):
            self._following = asyncio.get_running_loop().create_task(self._follow())

    def close(self) -> None:
        """End what all readers wait for."""
        self.closed = True
        if self._following is not None:
            self._following.cancel()
        self._wake_readers()

    def behind(self, after: int) -> Sequence[BufferedEvent] | None:
        """Return the events behind a position; None if the ring does not hold the first of them."""
        if self._position is None:
            return None
        passed = after - (self._position - len(self._ring))
        return self._ring[passed : passed + PAGE] if passed >= 0 else None

    async def news(self, seconds: float) -> None:
        """Wait until there is something new, but no longer than so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                await self._news.wait()

    async def _follow(self) -> None:
        subscription = AsyncSubscription(self._url, lambda: self.closed, self._pause)

        async def keep_up(connection: AsyncConnection[Any]) -> None:
            async for _ in subscription.changes(connection):
                while await self._read(connection):
                    pass

        await subscription.run(keep_up)

    def _pause(self) -> float:
        """Return how many seconds to gather: with many readers, only a few pieces a second."""
        return min(max(self.readers * PAUSE_FOR_A_READER, LEAST_PAUSE), LONGEST_PAUSE)

    async def _read(self, connection: AsyncConnection) -> bool:
        """Take in what is new, from the head of the first reading on; tell if there is more."""
        if self._position is None:
            found = await (await connection.execute(event_log.HEAD)).fetchone()
            self._position = int(found[0]) if found else 0
            self._wake_readers()
        given = {"after": self._position, "limit": PAGE}
        rows = await connection.execute(event_log.NEXT, given, binary=True)
        lines = [StoredEvent(*row) for row in await rows.fetchall()]
        if lines:
            self._take_in(lines)
        return len(lines) == PAGE

    def _take_in(self, lines: Sequence[StoredEvent]) -> None:
        self._ring += map(BufferedEvent, lines)
        self._position = lines[-1].position
        self._size += sum(len(line.state) for line in lines)
        drop = 0
        while len(self._ring) - drop > MOST_EVENTS or self._size > MOST_BYTES:
            self._size -= len(self._ring[drop].line.state)
            drop += 1
        del self._ring[:drop]
        self._wake_readers()

    def _wake_readers(self) -> None:
        self.shared.clear()
        news, self._news = self._news, asyncio.Event()
        news.set()
