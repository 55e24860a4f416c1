"""Watches the append lock: a session that keeps it for seconds holds up all writers, and is ended.

The application's role can reset its own time limits, so a limit of the database does not do.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Self

import psycopg

if TYPE_CHECKING:
    from types import TracebackType

# An append of a full chunk takes well under a second, also on a busy machine.
SECONDS_TO_HOLD = 3.5
SECONDS_BETWEEN_LOOKS = 0.5
log = logging.getLogger("mingzhang")
LOOK = "SELECT holders, ended FROM ledger.end_stalled(%s)"
# A session seen so often in so many looks, and never writing, keeps the lock again and again.
LOOKS, MOST_SEEN = 20, 5
IDLE_HOLDERS = """
    SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND a.usename = current_user AND a.backend_xid IS NULL"""
END = "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM unnest(%s::int[]) pid"


class LockWatchdog:
    """A thread with one connection that ends stalled sessions."""

    def __init__(self, app_url: str) -> None:
        """Watch the database at the application's address."""
        self._url = app_url
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="lock-watchdog", daemon=True)
        # The sessions that hold the lock, and when each was seen first.
        self._since: dict[str, float] = {}
        # The sessions that held it at the last looks without having written anything.
        self._idle: deque[set[int]] = deque(maxlen=LOOKS)

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
            ended += self._end_repeated(connection)
            if ended:
                log.warning("ended %d session(s) that kept the append lock", ended)

    def _end_repeated(self, connection: psycopg.Connection) -> int:
        """End sessions that take the lock over and over and never write; return how many."""
        self._idle.append({row[0] for row in connection.execute(IDLE_HOLDERS).fetchall()})
        seen = Counter(pid for look in self._idle for pid in look)
        repeated = [pid for pid, times in seen.items() if times >= MOST_SEEN]
        if not repeated:
            return 0
        self._idle = deque((look - set(repeated) for look in self._idle), maxlen=LOOKS)
        row = connection.execute(END, (repeated,)).fetchone()
        return int(row[0]) if row else 0
