"""Group commit: single commands that wait at the same time share one unit of work and one append.

Callers in threads and in the event loop put their requests into one queue. A writer thread takes up
to 100 of them, decides them from the aggregates in memory, appends them in one transaction and
wakes their callers; `ledger.append()` checks that nothing they read has moved on. Before it decides
it waits up to 0.3 ms for as many requests as the last group had: a lone caller is not delayed. What
is refused from memory, or lost a race, is decided again from the store.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from domain.kernel.refusals import PaidTwice, PeriodClosed, Refused
from infra.commands.changes import Basis, Unsettled
from infra.commands.command import Undecided
from infra.commands.command_batch import TogetherExecution
from infra.commands.named_locks import Busy
from infra.commands.retry import AWAY, LOST, SoftClosed, when_free

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infra.commands.command import CommandRequest, Outcome
    from infra.commands.executor import FreshExecutor
    from infra.commands.ledger_access import LedgerAccess

LOG = logging.getLogger(__name__)
# Few enough that one append stays short.
MOST_TOGETHER = 100
# About as long as a flush takes, and the shortest sleep there is.
SECONDS_TO_GATHER, SECONDS_BETWEEN_LOOKS = 0.0003, 0.00002
# It must see the others of its group stored.
UNSETTLED = Undecided(Unsettled("the group"))
# Upon these each request is decided by itself.
APART = (*LOST, SoftClosed, PeriodClosed, PaidTwice)


class Waiting:
    """A request in the queue; `tell` gives its caller the outcome."""

    __slots__ = ("request", "tell")

    def __init__(self, request: CommandRequest, tell: Callable[[Outcome], object]) -> None:
        """Begin to wait."""
        self.request = request
        self.tell = tell


class GroupCommitExecutor:
    """Decorates an executor that decides from the store, which remains the judge."""

    def __init__(self, fresh: FreshExecutor, access: LedgerAccess) -> None:
        """Begin without a writer: the first request starts it."""
        self._fresh = fresh
        self._access = access
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._starting = Lock()
        self._last_time = 1

    def execute(
        self, requests: Sequence[CommandRequest], *, dry_run: bool = False
    ) -> list[Outcome]:
        """Carry out one request with all that wait, or several together."""
        if len(requests) != 1:
            return self._in_batches(requests, dry_run=dry_run)
        request = requests[0]
        if dry_run or not request.single:
            return self._fresh.execute(requests, dry_run=dry_run)
        outcome = self._from_memory(request)
        return self._fresh.execute(requests) if again(outcome) else [outcome]

    def _from_memory(self, request: CommandRequest) -> Outcome:
        """Wait in a thread for the outcome of the group; a lone caller decides in its own."""
        if (
            self._last_time == 1
            and self._queue.empty()
            and self._access.turn.acquire(blocking=False)
        ):
            try:
                return self._decided([request])[0]
            finally:
                self._access.turn.release()
        outcomes: list[Outcome] = []
        told = Lock()
        told.acquire()

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            told.release()

        self._join(Waiting(request, tell))
        told.acquire()
        return outcomes[0]

    async def execute_async(self, request: CommandRequest, *, dry_run: bool = False) -> Outcome:
        """Do the same for a caller in the event loop, who waits without a thread."""
        if dry_run or not request.single:
            return await self._fresh.execute_async(request, dry_run=dry_run)
        loop = asyncio.get_running_loop()
        came: asyncio.Future[Outcome] = loop.create_future()

        def settle(outcome: Outcome) -> None:
            if not came.done():
                came.set_result(outcome)

        self._join(Waiting(request, lambda outcome: loop.call_soon_threadsafe(settle, outcome)))
        outcome = await came
        return await self._fresh.execute_async(request) if again(outcome) else outcome

    def _in_batches(self, requests: Sequence[CommandRequest], *, dry_run: bool) -> list[Outcome]:
        """Carry out requests together as far as can be, from the store."""
        outcomes: list[Outcome] = []
        while rest := requests[len(outcomes) :]:
            single = rest[: next((n for n, one in enumerate(rest) if not one.single), None)]
            try:
                done = when_free(partial(self._batch, single, dry_run=dry_run))
            except APART:
                done = [one for each in single for one in self.execute([each], dry_run=dry_run)]
            except AWAY as away:
                done = [Undecided(away)] * len(single)
            outcomes += done or self.execute(rest[:1], dry_run=dry_run)
        return outcomes

    def _batch(self, requests: Sequence[CommandRequest], *, dry_run: bool) -> list[Outcome]:
        together = TogetherExecution(self._access, requests)
        with self._access.turn:
            return together.run(Basis.TOGETHER, dry_run=dry_run) if requests else []

    def close(self) -> None:
        """End the writer thread once it has carried out what waits."""
        with self._starting:
            if self._writer is not None:
                self._queue.put(None)
                self._writer.join()
                self._writer = None

    def _join(self, waiting: Waiting) -> None:
        # Not behind the None that ends a writer: nothing would carry it out.
        with self._starting:
            self._queue.put(waiting)
            if self._writer is None:
                self._writer = Thread(target=self._write, name="group commit", daemon=True)
                self._writer.start()

    def _write(self) -> None:
        """Carry out what waits, group by group, until a None says that it is over."""
        while (first := self._queue.get()) is not None:
            self._let_gather()
            with self._access.turn:
                group = [first, *self._drained()]
                self._last_time = len(group)
                outcomes = self._decided([waiting.request for waiting in group])
            for waiting, outcome in zip(group, outcomes, strict=True):
                # An event loop that has ended waits for nothing.
                with suppress(RuntimeError):
                    waiting.tell(outcome)

    def _let_gather(self) -> None:
        """Wait a moment for as many as came together the last time."""
        end = time.monotonic() + SECONDS_TO_GATHER
        while 1 + self._queue.qsize() < self._last_time and time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _drained(self) -> list[Waiting]:
        drained: list[Waiting] = []
        with suppress(Empty):
            while len(drained) < MOST_TOGETHER - 1:
                waiting = self._queue.get_nowait()
                if waiting is None:
                    self._queue.put(None)
                    break
                drained.append(waiting)
        return drained

    def _decided(self, requests: Sequence[CommandRequest]) -> list[Outcome]:
        """Decide requests from memory. What memory refuses, or cannot say, is left undecided."""
        try:
            outcomes = TogetherExecution(self._access, requests).run(Basis.MEMORY)
        except (*APART, Busy, *AWAY) as error:
            return [Undecided(error)] * len(requests)
        except Exception as error:
            LOG.exception("a group of commands is decided one by one")
            return [Undecided(error)] * len(requests)
        done = (Undecided(one) if isinstance(one, Refused) else one for one in outcomes)
        return [*done, *[UNSETTLED] * (len(requests) - len(outcomes))]


def again(outcome: Outcome) -> bool:
    """Tell whether a request is to be decided from the store: nothing of it can be stored."""
    # To psycopg a lost race is an OperationalError too.
    return isinstance(outcome, Undecided) and (
        isinstance(outcome.cause, LOST) or not isinstance(outcome.cause, AWAY)
    )
