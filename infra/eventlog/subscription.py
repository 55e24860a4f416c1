"""Tells a follower that the log may have grown: LISTEN, gather, connect anew, stop.

A follower reads the log itself, from the position it stands at: a notification that is lost with a
connection loses nothing, because the first thing heard on a new connection is "read".
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import AsyncConnection, Connection

from infra.config.retry_pauses import DATABASE_AWAY
from infra.postgres.session import SETTINGS

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

LOG = logging.getLogger("mingzhang.subscription")
# What append() notifies.
CHANNEL: Final = "ledger"
LISTEN: Final = f"LISTEN {CHANNEL}"
# A server that is silently gone is given up after so many seconds (and milliseconds).
ALIVE: Final[dict[str, Any]] = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
SECONDS_TO_LISTEN = 1.0


@dataclass(frozen=True)
class Subscription:
    """Follows the log in the calling thread until `stopping` is set.

    `seconds_to_gather` pass before each reading, so that many small commits are read together.
    """

    url: str
    stopping: threading.Event
    seconds_to_gather: float = 0.015

    def run(self, follow: Callable[[Connection[Any]], None]) -> None:
        """Let `follow` work with a connection that listens, anew whenever the database is back."""
        failures = 0
        while not self.stopping.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True, **ALIVE) as connection:
                    connection.execute(SETTINGS)
                    connection.execute(LISTEN)
                    failures = 0
                    follow(connection)
            except psycopg.OperationalError as gone:
                failures += 1
                LOG.warning("the database is away: %s", gone)
                self.stopping.wait(DATABASE_AWAY.seconds(failures))

    def changes(self, connection: Connection[Any]) -> Iterator[bool]:
        """Yield at once, then after each commit (True) or second without one (False)."""
        yield True
        while not self.stopping.wait(self.seconds_to_gather):
            yield self.wait(connection)

    def drain(self, connection: Connection[Any]) -> None:
        """Take what has come to a connection that is not waited on for a while."""
        deque(connection.notifies(timeout=0), maxlen=0)

    def wait(self, connection: Connection[Any]) -> bool:
        """Wait for a commit, a second at most; tell whether there was one."""
        return bool(list(connection.notifies(timeout=SECONDS_TO_LISTEN, stop_after=1)))


@dataclass(frozen=True)
class AsyncSubscription:
    """Follows the log in an event loop until `is_stopping` says so, or its task is cancelled."""

    url: str
    is_stopping: Callable[[], bool]
    seconds_to_gather: Callable[[], float]

    async def run(self, follow: Callable[[AsyncConnection[Any]], Awaitable[None]]) -> None:
        """Let `follow` work with a connection, anew whenever the database is back."""
        failures = 0
        while not self.is_stopping():
            try:
                async with await connect(self.url) as connection:
                    failures = 0
                    await follow(connection)
            # A group, because a follower may run tasks of its own; any error of the database,
            # because a ledger that is being restored has no tables for a while.
            except* (psycopg.Error, OSError) as gone:
                failures += 1
                LOG.warning("the database is away: %s", gone.exceptions[0])
            if failures:
                await asyncio.sleep(DATABASE_AWAY.seconds(failures))

    async def changes(self, connection: AsyncConnection[Any]) -> AsyncIterator[bool]:
        """Listen; yield at once, then after each commit (True) or second without one (False).

        Not before: what nobody reads of a connection that listens fills the server's queue.
        """
        await connection.execute(LISTEN)
        yield True
        while not self.is_stopping():
            await asyncio.sleep(self.seconds_to_gather())
            heard = connection.notifies(timeout=SECONDS_TO_LISTEN, stop_after=1)
            yield bool([commit async for commit in heard])


async def connect(url: str) -> AsyncConnection[Any]:
    """Connect as the application's role, in autocommit."""
    connection = await AsyncConnection.connect(url, autocommit=True, **ALIVE)
    await connection.execute(SETTINGS)
    return connection
