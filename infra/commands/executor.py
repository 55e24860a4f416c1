"""Carries out commands: HTTP, the command line and code all write through here.

A unit of work is decided, then saved through `ledger.append()` with its receipts. Single commands
that wait at the same time are first decided from memory and appended together, and
`ledger.append()` checks that nothing they read has moved on; a refusal counts only from fresh
state. A command that loses a race is decided again, in the end while it holds the append lock.
Within a process one unit of work runs at a time, so that a busy fund costs no conflicts; a
streaming command lets others run between its chunks.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from domain.kernel.refusals import Malformed, PaidTwice, PeriodClosed, Refused
from infra.commands import receipts
from infra.commands.chunked import ChunkedDecision
from infra.commands.decision import Decision, check_role, decide, mentioned
from infra.commands.group_commit import GroupCommit
from infra.commands.pipelined_save import batch_of, save
from infra.commands.retry import LOST, Conflict, SoftClosed, Try, tries, when_free
from infra.commands.unit_of_work import Unsettled
from infra.config.errors import Unavailable
from infra.eventlog.append import Appended, Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import psycopg

    from infra.commands.command import Command, CommandRequest, Outcome, Receipts
    from infra.commands.unit_of_work import UnitOfWork
    from infra.vault import Vault


class Executor:
    """Carries out commands on one store."""

    def __init__(
        self,
        connection: Callable[[], AbstractContextManager[psycopg.Connection]],
        begin_unit: Callable[..., UnitOfWork],
        *,
        vault: Vault,
        content_secret: bytes,
    ) -> None:
        """Borrow connections, begin units of work on them; `content_secret` keys the hashes."""
        self._connection = connection
        self._begin_unit = begin_unit
        self._vault = vault
        self._content_secret = content_secret
        self._turn = threading.Lock()
        self._group_commit = GroupCommit(self._turn, partial(self._together, trusting=True))

    def execute(self, request: CommandRequest, *, dry_run: bool = False) -> Receipts:
        """Carry out a request and return a receipt for each of its commands."""
        done = self._group_commit.join(request) if request.single and not dry_run else None
        return self._by_itself(request, dry_run=dry_run) if done is None else done

    async def execute_async(self, request: CommandRequest, *, dry_run: bool = False) -> Receipts:
        """Do the same for a caller in the event loop."""
        grouped = request.single and not dry_run
        done = await self._group_commit.join_async(request) if grouped else None
        if done is not None:
            return done
        return await run_in_threadpool(self._by_itself, request, dry_run=dry_run)

    def _by_itself(self, request: CommandRequest, *, dry_run: bool) -> Receipts:
        """Decide a request from fresh state, again after each lost race."""
        if request.streams and len(request.commands) > 1:
            raise Malformed("", "this command appends in chunks: send it alone", "/command")
        soft = False
        for how in tries(dry_run=dry_run):
            attempt = self._stream if request.streams else self._once
            try:
                return when_free(partial(attempt, request, how._replace(soft=soft)))
            except LOST:
                continue
            except SoftClosed:
                soft = True
        raise Unavailable(
            "too many commands change the same subjects: send the same key again later"
        )

    def execute_each(
        self, requests: Sequence[CommandRequest], *, dry_run: bool = False
    ) -> list[Outcome]:
        """Carry out independent requests of one command each, each with its own outcome, in order.

        Those that can be are appended together; one that is refused harms no neighbour.
        """
        outcomes: list[Outcome] = []
        while rest := requests[len(outcomes) :]:
            try:
                done = when_free(partial(self._group, rest, dry_run=dry_run))
            except (*LOST, SoftClosed, PeriodClosed, PaidTwice):
                done = [self._alone(request, dry_run=dry_run) for request in rest]
            outcomes += done or [self._alone(rest[0], dry_run=dry_run)]
        return outcomes

    def _alone(self, request: CommandRequest, *, dry_run: bool) -> Outcome:
        try:
            return self.execute(request, dry_run=dry_run)
        except Refused as refused:
            return refused

    def _hash(self, request: CommandRequest) -> bytes:
        return receipts.content_hash(self._content_secret, request.content)

    @contextmanager
    def _locked(self) -> Iterator[psycopg.Connection]:
        """Lend a connection that holds the append lock."""
        with self._connection() as connection, connection.transaction():
            connection.execute("SELECT ledger.take_turn()")
            yield connection

    def _once(self, request: CommandRequest, how: Try) -> Receipts:
        """Decide all commands of a request, and save what was decided."""
        hashed = self._hash(request)
        lent = self._locked() if how.locked else self._connection()
        with self._turn, lent as connection:
            known = receipts.find(connection, [request.key])
            if known:
                return known[request.key].replay(hashed)
            with self._begin_unit(connection) as unit:
                unit.prefetch(mentioned(request.commands, *request.senders()))
                try:
                    decided = [self._decide(unit, one, request) for one in request.commands]
                except Unsettled:
                    raise Malformed(
                        "", "an act in this array changes what another reads: send the two apart"
                    ) from None
                if how.dry_run:
                    return receipts.receipts_of(request.key, decided, None)
                answer = receipts.answer_of(decided, listed=request.listed)
                kept = [Kept(request.key, hashed, 0, answer)]
                appended = self._save(unit, decided, kept, soft=how.soft)
                return receipts.receipts_of(request.key, decided, appended)

    def _stream(self, request: CommandRequest, how: Try) -> Receipts:
        """Carry out a command that saves chunk by chunk; its receipt comes with the last one."""
        hashed = self._hash(request)
        lend = self._connection
        with lend() as connection, lend() as one, lend() as another:
            known = receipts.find(connection, [request.key])
            if known:
                return known[request.key].replay(hashed)
            with self._begin_unit(connection) as unit:
                decided = ChunkedDecision(unit, request, how).decided((one, another))
                if how.dry_run:
                    return receipts.receipts_of(request.key, [decided], None)
                kept = [Kept(request.key, hashed, 0, receipts.answer_of([decided]))]
                appended = self._save(unit, [decided], kept, soft=how.soft)
                return receipts.receipts_of(request.key, [decided], appended)

    def _decide(self, unit: UnitOfWork, command: Command, request: CommandRequest) -> Decision:
        sender = request.sender_of(command)
        check_role(unit, command, sender.by, sender.roles)
        decided = decide(unit, command, command.act_of(sender.by, request.key))
        decided.seal(self._vault, unit)
        return decided

    def _group(self, requests: Sequence[CommandRequest], *, dry_run: bool) -> list[Outcome]:
        """Carry out the first of some independent requests together, from fresh state."""
        with self._turn:
            return self._together(requests, dry_run=dry_run)

    def _together(
        self, requests: Sequence[CommandRequest], *, dry_run: bool = False, trusting: bool = False
    ) -> list[Outcome]:
        """Decide independent requests one after another, and append them together.

        It ends before a request that streams, or that must see the others stored. While trusting it
        decides from memory, as `_once` does: what is then refused was perhaps refused in error.
        """
        requests = requests[: next((n for n, one in enumerate(requests) if one.streams), None)]
        keys = [request.key for request in requests]
        if len(set(keys)) < len(keys):
            raise Conflict("a key twice: one by one")
        with (
            self._connection() as connection,
            self._begin_unit(connection, trusting=trusting, grouped=True) as unit,
        ):
            known = {} if trusting else receipts.find(connection, keys)
            commands = [request.commands[0] for request in requests]
            unit.prefetch(
                mentioned(commands, *{by for request in requests for by in request.senders()}),
                new=[command.subject for command in commands if command.opens],
            )
            outcomes = list(self._settled(unit, requests, known))
            made = [o for o in outcomes if isinstance(o, Decision)]
            kept = [
                Kept(o.key, self._hash(request), o.start, receipts.answer_of([o], start=o.start))
                for request, o in zip(requests, outcomes, strict=False)
                if isinstance(o, Decision)
            ]
            appended = self._save(unit, made, kept, soft=False) if made and not dry_run else None
        return [
            receipts.receipts_of(o.key, [o], appended) if isinstance(o, Decision) else o
            for o in outcomes
        ]

    def _settled(
        self,
        unit: UnitOfWork,
        requests: Sequence[CommandRequest],
        known: dict[str, receipts.StoredReceipt],
    ) -> Iterator[Decision | Outcome]:
        """Decide requests up to the first that must see the others stored."""
        for request in requests:
            mark = len(unit.pending)
            try:
                yield self._one_of_group(unit, request, known)
            except Unsettled:
                unit.roll_back(mark)
                return

    def _one_of_group(
        self, unit: UnitOfWork, request: CommandRequest, known: dict[str, receipts.StoredReceipt]
    ) -> Decision | Outcome:
        mark = len(unit.pending)
        try:
            if request.key in known:
                return known[request.key].replay(self._hash(request))
            return self._decide(unit, request.commands[0], request)
        except Refused as refused:
            unit.roll_back(mark)
            return refused

    def _save(
        self, unit: UnitOfWork, decided: Sequence[Decision], kept: Sequence[Kept], *, soft: bool
    ) -> Appended:
        """Append what is pending."""
        appended = save(unit.connection, batch_of(unit, decided, kept, soft=soft))
        unit.saved()
        return appended
