"""How long a question may keep the database: 30 s, and no longer than its reader waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock

import psycopg
from psycopg import Connection
from psycopg.errors import QueryCanceled
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS_TO_READ = 30.0
# A cancellation between two statements cancels nothing: it is sent again.
SECONDS_BETWEEN_CANCELLATIONS = 0.2
SECONDS_TO_CANCEL = 5.0
READS = frozenset({"GET", "HEAD"})


class RunningRead:
    """The connection on which a request reads just now, so that another thread can stop it."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._lock = Lock()
        self._connection: Connection | None = None
        self._stopped = False

    @contextmanager
    def on(self, connection: Connection) -> Iterator[None]:
        """Let the reading on a connection be stopped while the block runs.

        `psycopg.errors.QueryCanceled` if it was stopped before it began.
        """
        if not self._begin(connection):
            raise QueryCanceled("nobody waits for the answer any more")
        try:
            yield
        finally:
            with self._lock:
                self._connection = None
            if self._stopped:
                # A cancellation that comes late must not meet the next question there.
                connection.close()

    def _begin(self, connection: Connection) -> bool:
        """Note the connection, unless it was stopped before."""
        with self._lock:
            self._connection = None if self._stopped else connection
            return not self._stopped

    def stop(self) -> None:
        """Cancel what is read until it has ended; what has not begun does not begin."""
        with self._lock:
            self._stopped = True
        begun = time.monotonic()
        while self._cancel() and time.monotonic() - begun < SECONDS_TO_READ:
            time.sleep(SECONDS_BETWEEN_CANCELLATIONS)

    def _cancel(self) -> bool:
        """Cancel the statement of this moment; tell whether a connection is in use."""
        with self._lock:
            if self._connection is None:
                return False
            with suppress(psycopg.Error):
                self._connection.cancel_safe(timeout=SECONDS_TO_CANCEL)
            return True


RUNNING: ContextVar[RunningRead | None] = ContextVar("running_read", default=None)


@contextmanager
def stoppable(connection: Connection) -> Iterator[None]:
    """Let the request that asks now be stopped on a connection, if there is such a request."""
    running = RUNNING.get()
    if running is None:
        yield
        return
    with running.on(connection):
        yield


class ReadLimit:
    """Stops the reading of a question that takes too long, or whose reader has gone."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        if scope["type"] != "http" or scope["method"] not in READS:
            await self.app(scope, receive, send)
            return
        limited = LimitedRead(receive, send)
        RUNNING.set(limited.running)
        watching = asyncio.create_task(limited.watch())
        try:
            await self.app(scope, limited.received, limited.sent)
        except Exception:
            # What was stopped because nobody reads it is no mistake.
            if not limited.left:
                raise
        finally:
            limited.answered()
            watching.cancel()


class LimitedRead:
    """One question under way: it is over time until its answer begins, and watched to its end."""

    def __init__(self, receive: Receive, send: Send) -> None:
        """Begin the time."""
        self.running = RunningRead()
        self._receive, self._send = receive, send
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self.left = self._whole = False
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(SECONDS_TO_READ, self._stop)

    async def watch(self) -> None:
        """Pass on that there is no body, and stop the reading when the reader goes."""
        self._messages.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        while (await self._receive())["type"] != "http.disconnect":
            pass
        # Of an answer that was sent whole, the server says the same.
        self.left = not self._whole
        self._messages.put_nowait({"type": "http.disconnect"})
        if self.left:
            self._stop()

    async def received(self) -> Message:
        """Give the app the next message."""
        return await self._messages.get()

    async def sent(self, message: Message) -> None:
        """Pass a message on; with the first the answer has begun."""
        self.answered()
        is_body = message["type"] == "http.response.body"
        self._whole = is_body and not message.get("more_body", False)
        await self._send(message)

    def answered(self) -> None:
        """End the time."""
        self._timer.cancel()

    def _stop(self) -> None:
        """Stop the reading, in a thread: it takes as long as the database does."""
        asyncio.get_running_loop().run_in_executor(None, self.running.stop)
