"""Where the log and the views are just now, asked once for all who ask at the same time."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from psycopg import AsyncConnection

from infra.postgres.session import SETTINGS
from projections.core import event_log

ALIVE: dict[str, Any] = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
# Who has waited so long finds out in another way.
PATIENCE_SECONDS = 1.0
NOW = f"""
    SELECT {event_log.IDENTITY}, ({event_log.HEAD}),
           (SELECT string_agg(concat_ws(' ', view, position, built), ',' ORDER BY view)
            FROM views.positions)"""


class Whereabouts(NamedTuple):
    """Which ledger this is, its head, and where each view stands: what an answer depends on."""

    ledger: int | None
    head: int | None
    views: str | None


class Lookout:
    """Looks when somebody asks: never before, so that what it tells is never old.

    Those who ask while nobody is looking share the next look; one look is under way at a time.
    """

    def __init__(self, url: str) -> None:
        """Look through a connection of its own, as the application's role."""
        self._url = url
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[Whereabouts] | None = None

    async def now(self) -> Whereabouts:
        """Tell; raise psycopg.Error or OSError (TimeoutError) if the database does not answer."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_task(self._look())
        # Whoever leaves does not take the look from the others.
        return await asyncio.shield(self._next)

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _look(self) -> Whereabouts:
        async with self._turn:
            self._next = None
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await self._ask()
            except BaseException:
                await self.close()
                raise

    async def _ask(self) -> Whereabouts:
        if self._connection is None:
            self._connection = await AsyncConnection.connect(self._url, autocommit=True, **ALIVE)
            await self._connection.execute(SETTINGS)
        row = await (await self._connection.execute(NOW)).fetchone()
        return Whereabouts(*row) if row else Whereabouts(None, None, None)
