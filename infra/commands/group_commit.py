"""Commands that wait at the same time are carried out together: one append, one flush for all.

Whoever comes first leads: he carries out what is waiting, the others' requests with his own, and
hands the lead to one who has come meanwhile. Before that he gives those of the last time a moment
to come again; a caller alone is carried out at once. Callers in an event loop wait without a thread
of their own.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

import psycopg
from starlette.concurrency import run_in_threadpool

from domain.kernel.refusals import PaidTwice, PeriodClosed, Refused
from infra.commands.named_locks import Busy
from infra.commands.retry import LOST, SoftClosed
from infra.config.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infra.commands.command import CommandRequest, Receipts

# So many are appended at once: few enough that one append stays short.
MOST_TOGETHER = 100
# About as long as a flush takes, and the shortest sleep there is.
SECONDS_TO_GATHER, SECONDS_BETWEEN_LOOKS = 0.0003, 0.00002
# Upon these each decides again by itself.
APART = (*LOST, SoftClosed, PeriodClosed, PaidTwice, Busy)
AWAY = (psycopg.OperationalError, Unavailable)


class Waiting:
    """A request that waits, and what came of it; nothing: it is to be decided again by itself."""

    __slots__ = ("came", "fault", "receipts", "request", "tell")

    def __init__(self, request: CommandRequest, tell: Callable[[], object] | None = None) -> None:
        """Begin to wait; `tell` is called once it has come to something."""
        self.request = request
        self.tell = tell
        self.came = False
        self.receipts: Receipts | None = None
        self.fault: BaseException | None = None

    def outcome(self) -> Receipts | None:
        """Return the receipts, or raise what went wrong for all."""
        if self.fault is not None:
            raise self.fault
        return self.receipts


class InThread(Waiting):
    """A request whose sender waits in a thread."""

    __slots__ = ("_told", "leads")

    def __init__(self, request: CommandRequest) -> None:
        """Begin to wait."""
        super().__init__(request, self.wake)
        self.leads = False
        self._told = Lock()
        self._told.acquire()

    def wait(self) -> None:
        """Wait until it came to something, or until its sender is to lead."""
        self._told.acquire()

    def wake(self) -> None:
        """Let the sender look; who was woken already is not woken again."""
        with suppress(RuntimeError):
            self._told.release()


class GroupCommit:
    """Those who wait for a turn."""

    def __init__(
        self, turn: Lock, together: Callable[[Sequence[CommandRequest]], list[Any]]
    ) -> None:
        """Share a turn; `together` carries out requests from memory, or the first of them."""
        self._turn = turn
        self._together = together
        self._waiting: deque[Waiting] = deque()
        # Guards who leads; callers in threads only.
        self._guard = Lock()
        self._is_led = False
        self._last_time = 1
        # The event loop's own caller, while one is under way.
        self._calling: asyncio.Task[None] | None = None

    def join(self, request: CommandRequest) -> Receipts | None:
        """Carry out a request with all that wait; None if it must be decided by itself."""
        mine = InThread(request)
        with self._guard:
            self._waiting.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            mine.wait()
            with self._guard:
                if not mine.leads:
                    return mine.outcome()
        try:
            while not mine.came:
                self._take_turn()
        finally:
            self._hand_over()
        return mine.outcome()

    def _give_time_to_come(self) -> None:
        """Wait a moment for as many as came together the last time."""
        end = time.monotonic() + SECONDS_TO_GATHER
        while len(self._waiting) < self._last_time and time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _hand_over(self) -> None:
        """Let one of those who wait in threads lead; if there is none, whoever comes next."""
        with self._guard:
            for each in tuple(self._waiting):
                if isinstance(each, InThread) and not each.came:
                    each.leads = True
                    each.wake()
                    return
            self._is_led = False

    async def join_async(self, request: CommandRequest) -> Receipts | None:
        """Do the same for a caller in the event loop."""
        loop = asyncio.get_running_loop()
        came = asyncio.Event()
        mine = Waiting(request, lambda: loop.call_soon_threadsafe(came.set))
        self._waiting.append(mine)
        if self._calling is None:
            self._calling = loop.create_task(self._call())
        await came.wait()
        return mine.outcome()

    async def _call(self) -> None:
        """Carry out what waits, in a thread, until nothing does; who comes meanwhile is next."""
        try:
            while self._waiting:
                await run_in_threadpool(self._take_turn)
        finally:
            self._calling = None

    def _take_turn(self) -> None:
        self._give_time_to_come()
        with self._turn:
            self._carry_out_some()

    def _carry_out_some(self) -> None:
        some = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
        if not some:
            # Another has just carried out all that waited.
            return
        self._last_time = len(some)
        try:
            for each, outcome in zip(some, self._together([w.request for w in some]), strict=False):
                # What is refused from memory was perhaps refused in error.
                each.receipts = None if isinstance(outcome, Refused) else outcome
        except APART:
            pass
        except AWAY as away:
            for each in some:
                each.fault = away
        finally:
            for each in some:
                each.came = True
                if each.tell:
                    each.tell()
