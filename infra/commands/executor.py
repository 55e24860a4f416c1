"""Carries out commands: HTTP, the command line and code all write through an executor.

A request is decided in a unit of work from the state that is stored, and saved through
`ledger.append()` with its receipts. One that loses a race is decided again, in the end while it
holds the append lock. A streaming command lets others run between its chunks.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Protocol

from starlette.concurrency import run_in_threadpool

from domain.kernel.refusals import Malformed, Refused
from infra.commands import receipts
from infra.commands.changes import Unsettled
from infra.commands.chunked import ChunkedDecision
from infra.commands.command import Undecided
from infra.commands.command_batch import append_decided
from infra.commands.decision import decide, mentioned
from infra.commands.papers import numbers_of
from infra.commands.retry import AWAY, until_won
from infra.eventlog.batch import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.commands.command import CommandRequest, Outcome, Receipts
    from infra.commands.decision import Decision
    from infra.commands.ledger_access import LedgerAccess
    from infra.commands.retry import Attempt
    from infra.commands.unit_of_work import UnitOfWork


class Executor(Protocol):
    """Carries out requests, each under its own key."""

    def execute(
        self, requests: Sequence[CommandRequest], *, dry_run: bool = False
    ) -> list[Outcome]:
        """Carry out independent requests in order, each with its own outcome.

        One that is refused harms no neighbour. A dry run decides and stores nothing.
        """

    async def execute_async(self, request: CommandRequest, *, dry_run: bool = False) -> Outcome:
        """Carry out one request for a caller in the event loop."""

    def close(self) -> None:
        """End what runs in the background."""


class FreshExecutor:
    """Decides every request by itself from the state that is stored."""

    def __init__(self, access: LedgerAccess) -> None:
        """Write to one store."""
        self._access = access

    def execute(
        self, requests: Sequence[CommandRequest], *, dry_run: bool = False
    ) -> list[Outcome]:
        """Carry out one request after another."""
        return [self.execute_one(request, dry_run=dry_run) for request in requests]

    async def execute_async(self, request: CommandRequest, *, dry_run: bool = False) -> Outcome:
        """Carry out one request in a thread."""
        return await run_in_threadpool(self.execute_one, request, dry_run=dry_run)

    def close(self) -> None:
        """Do nothing: nothing runs in the background."""

    def execute_one(self, request: CommandRequest, *, dry_run: bool = False) -> Outcome:
        """Decide and save a request, again after each lost race."""
        try:
            if request.streams and len(request.commands) > 1:
                raise Malformed("", "this command appends in chunks: send it alone", "/command")
            attempt = self._in_chunks if request.streams else self._at_once
            return until_won(partial(attempt, request), dry_run=dry_run)
        except Refused as refused:
            return refused
        except AWAY as away:
            return Undecided(away)

    def _at_once(self, request: CommandRequest, attempt: Attempt) -> Receipts:
        """Decide all commands of a request, and save what was decided."""
        access, key = self._access, request.key
        hashed = access.hash(request)
        lock = access.append_lock if attempt.locked else nullcontext
        # The unit outlives the transaction: what a failed COMMIT did not store, it does not keep.
        with (
            access.turn,
            access.connection() as connection,
            access.unit(connection) as unit,
            lock(connection),
        ):
            if known := receipts.find(connection, [key]):
                return known[key].replay(hashed)
            decided = self._decided(unit, request)
            answers = receipts.answers_of(decided, listed=request.listed)
            if attempt.dry_run:
                return receipts.receipts_of(key, answers, None)
            kept = Kept(key, hashed, 0, receipts.encoded(answers))
            appended = append_decided(access.recorder, unit, decided, [kept], soft=attempt.soft)
            return receipts.receipts_of(key, answers, appended)

    def _decided(self, unit: UnitOfWork, request: CommandRequest) -> list[Decision]:
        unit.prefetch(mentioned(request.commands, *request.senders()))
        unit.id_numbers.prefetch(numbers_of(request.commands, self._access.vault))
        try:
            decided = [decide(unit, request, one, self._access.vault) for one in request.commands]
        except Unsettled:
            raise Malformed(
                "", "an act in this array changes what another reads: send the two apart"
            ) from None
        unit.duplicates.require_unstored(unit.recorded)
        return decided

    def _in_chunks(self, request: CommandRequest, attempt: Attempt) -> Receipts:
        """Carry out a command that saves chunk by chunk; its receipt comes with the last one."""
        access, key = self._access, request.key
        hashed, lend = access.hash(request), access.connection
        with lend() as connection, lend() as one, lend() as another:
            if known := receipts.find(connection, [key]):
                return known[key].replay(hashed)
            with access.unit(connection) as unit:
                chunked = ChunkedDecision(unit, request, attempt)
                decided = [chunked.decided(access.saver((one, another)))]
                answers = receipts.answers_of(decided)
                if attempt.dry_run:
                    return receipts.receipts_of(key, answers, None)
                kept = Kept(key, hashed, 0, receipts.encoded(answers))
                appended = append_decided(access.recorder, unit, decided, [kept], soft=attempt.soft)
                return receipts.receipts_of(key, answers, appended)
