"""Where the log and the views are just now, asked once for all requests of the same moment."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from psycopg import AsyncConnection

from infra.postgres.session import SETTINGS
from projections.core import event_log

ALIVE: dict[str, Any] = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
# A request that has waited so long is answered without it.
PATIENCE_SECONDS = 1.0
NOW = f"""
    SELECT {event_log.IDENTITY}, ({event_log.HEAD}),
           (SELECT string_agg(concat_ws(' ', view, position, built), ',' ORDER BY view)
            FROM views.positions)"""


class Progress(NamedTuple):
    """Which ledger this is, its head, and where each view stands: what an answer depends on."""

    ledger: int | None
    head: int | None
    views: str | None


class ProgressReader:
    """Asks the database when it is asked, never before, so that what it gives is never old.

    Requests that come while it waits for an answer share the next one; one question is under way
    at a time.
    """

    def __init__(self, url: str) -> None:
        """Use a connection of its own, as the application's role."""
        self._url = url
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[Progress] | None = None

    async def now(self) -> Progress:
        """Return it; psycopg.Error or OSError (TimeoutError) if the database does not answer."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_task(self._look())
        # A request that is cancelled does not cancel the question of the others.
        return await asyncio.shield(self._next)

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _look(self) -> Progress:
        async with self._turn:
            self._next = None
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await self._ask()
            except BaseException:
                await self.close()
                raise

    async def _ask(self) -> Progress:
        if self._connection is None:
            self._connection = await AsyncConnection.connect(self._url, autocommit=True, **ALIVE)
            await self._connection.execute(SETTINGS)
        row = await (await self._connection.execute(NOW)).fetchone()
        return Progress(*row) if row else Progress(None, None, None)
