"""Watches the append lock: a session that keeps it, or takes it in vain, holds up all writers.

The application's role can reset its own time limits, so a limit of the database does not do. A turn
of the lock is in vain if nothing was appended by it: whoever has it for seconds, in one turn or in
many short ones, is ended.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import psycopg

if TYPE_CHECKING:
    from types import TracebackType

# An append of a full chunk takes well under a second, also on a busy machine.
SECONDS_TO_HOLD = 3.5
SECONDS_BETWEEN_LOOKS = 0.5
# Turns in vain are counted over so many seconds.
SECONDS_TO_REMEMBER = 20.0
# Where they make up a quarter of that time, one turn more is soon too long.
SECONDS_IN_VAIN, SECONDS_TO_HOLD_THEN = 5.0, 1.0
log = logging.getLogger("mingzhang")
LOOK = "SELECT * FROM ledger.end_stalled(%s, %s, %s, %s)"


class Seen(NamedTuple):
    """What a look at the append lock sees: the holder as pid and virtual transaction."""

    holder: str | None
    holder_xids: list[str] | None
    inserting: bool | None
    head: int
    # Whether the turn that was asked about has appended something.
    appended: bool
    ended: int


@dataclass
class Turn:
    """One turn of the lock: its holder, and when it was seen."""

    holder: str
    head: int
    seen_at: list[float] = field(default_factory=list)
    xids: list[str] = field(default_factory=list)
    inserting: bool = False

    @property
    def pid(self) -> int:
        """Give the session's process."""
        return int(self.holder.partition(" ")[0])

    def see(self, now: float, seen: Seen) -> None:
        """Add what was seen of it now."""
        self.seen_at.append(now)
        self.xids = seen.holder_xids or self.xids
        self.inserting = bool(seen.inserting)


class Turns:
    """The turn of now, and those of the last seconds that were in vain."""

    def __init__(self) -> None:
        """Begin without any."""
        self.current: Turn | None = None
        self._in_vain: deque[tuple[float, int | None]] = deque()

    def see(self, now: float, seen: Seen) -> None:
        """Take in what a look has seen; `seen.appended` is told of the turn before."""
        before = self.current
        if before is not None and before.holder != seen.holder:
            if not seen.appended:
                self._in_vain.extend((at, before.pid) for at in before.seen_at)
            self.current = None
        if seen.holder is not None:
            if self.current is None:
                self.current = Turn(seen.holder, seen.head)
            self.current.see(now, seen)
        while self._in_vain and now - self._in_vain[0][0] > SECONDS_TO_REMEMBER:
            self._in_vain.popleft()

    def too_long(self, now: float) -> str | None:
        """Return the holder whose turn has taken too long."""
        turn = self.current
        if turn is None:
            return None
        crowded = self.seconds_in_vain() >= SECONDS_IN_VAIN and not turn.inserting
        most = SECONDS_TO_HOLD_THEN if crowded else SECONDS_TO_HOLD
        return turn.holder if now - turn.seen_at[0] >= most else None

    def repeated(self) -> list[int]:
        """Return the sessions whose turns in vain add up to a turn that takes too long."""
        looks = Counter(pid for _, pid in self._in_vain if pid is not None)
        most = SECONDS_TO_HOLD
        if self.seconds_in_vain() >= SECONDS_IN_VAIN:
            most = SECONDS_TO_HOLD_THEN
        return [pid for pid, many in looks.items() if many * SECONDS_BETWEEN_LOOKS >= most]

    def seconds_in_vain(self) -> float:
        """Return how long the lock was held in vain in the time that is remembered."""
        return len(self._in_vain) * SECONDS_BETWEEN_LOOKS

    def forget(self, pids: list[int]) -> None:
        """Count no more against sessions that were ended; the time stays counted."""
        self._in_vain = deque((at, None if pid in pids else pid) for at, pid in self._in_vain)


class LockWatchdog:
    """A thread with one connection that ends stalled sessions."""

    def __init__(self, app_url: str) -> None:
        """Watch the database at the application's address."""
        self._url = app_url
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="lock-watchdog", daemon=True)
        self._turns = Turns()

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
                    while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
                        self._look(connection)
            except psycopg.OperationalError:
                pass
            except psycopg.Error:
                log.exception("the watchdog of the append lock")
            self._stop.wait(SECONDS_BETWEEN_LOOKS)

    def _look(self, connection: psycopg.Connection) -> None:
        """Look once, and end who has held the lock for too long."""
        now = time.monotonic()
        turn, repeated = self._turns.current, self._turns.repeated()
        asked = (turn.head, turn.xids) if turn else (0, [])
        row = connection.execute(LOOK, (self._turns.too_long(now), repeated, *asked)).fetchone()
        if row is None:
            return
        seen = Seen(*row)
        self._turns.forget(repeated)
        self._turns.see(now, seen)
        if seen.ended:
            log.warning("ended %d session(s) that kept the append lock", seen.ended)
