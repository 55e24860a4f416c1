"""Watches the append lock: a session that keeps it for seconds holds up all writers, and is ended.

The application's role can reset its own time limits, so a limit of the database does not do.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Self

import psycopg

if TYPE_CHECKING:
    from types import TracebackType

# An append of a full chunk takes well under a second, also on a busy machine.
SECONDS_TO_HOLD = 3.5
SECONDS_BETWEEN_LOOKS = 0.5
log = logging.getLogger("mingzhang")
LOOK = "SELECT holders, ended FROM ledger.end_stalled(%s)"


class LockWatchdog:
    """A thread with one connection that ends stalled sessions."""

    def __init__(self, app_url: str) -> None:
        """Watch the database at the application's address."""
        self._url = app_url
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="lock-watchdog", daemon=True)
        # The sessions that hold the lock, and when each was seen first.
        self._since: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    self._look(connection)
            except psycopg.OperationalError:
                pass
            except psycopg.Error:
                log.exception("the watchdog of the append lock")
            self._stop.wait(SECONDS_BETWEEN_LOOKS)

    def _look(self, connection: psycopg.Connection) -> None:
        """Look until told to stop, or until the connection breaks."""
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            now = time.monotonic()
            too_long = [h for h, since in self._since.items() if now - since >= SECONDS_TO_HOLD]
            row = connection.execute(LOOK, (too_long,)).fetchone()
            holders, ended = row or ([], 0)
            self._since = {h: self._since.get(h, now) for h in holders}
            if ended:
                log.warning("ended %d session(s) that kept the append lock", ended)
