"""The one door for writing: HTTP, the command line and code all pass here.

A unit of work is decided, then saved through `ledger.append()` with its receipts. Single commands
that wait at the same time are first decided from what is in memory and appended together, and the
door of the database checks that nothing of it has moved on; a refusal counts only from fresh state.
Who loses races decides again, in the end behind the gate. Within a process one unit runs at a time,
so that a busy fund costs no conflicts; a streaming command leaves the turn to others between its
chunks.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import psycopg
from starlette.concurrency import run_in_threadpool

from api.commands import receipts
from api.commands.chunked import Streaming
from api.commands.decision import Decided, check_role, decide, mentioned
from api.commands.group_commit import Company
from api.commands.parsing import Order
from api.commands.pipelined_save import batch_of, save
from api.commands.retry import LOST, Conflict, SoftClosed, Try, patiently, tries
from api.http.problems import Problem
from domain.kernel.refusals import Malformed, PaidTwice, PeriodClosed, Refused
from infra.commands.unit_of_work import Books, Unsettled
from infra.config.errors import Unavailable
from infra.eventlog.append import Appended, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.wiring import Wiring

Receipts: TypeAlias = list[dict[str, Any]]
Outcome: TypeAlias = Receipts | Refused | Problem


class Sender(msgspec.Struct, frozen=True):
    """Who sends: his name, and the roles that his token carries (None: all that he holds)."""

    by: str
    roles: frozenset[str] | None = None


class Letter(msgspec.Struct, frozen=True):
    """One key's content: an order, or several as all or nothing, and who sends them."""

    orders: Sequence[Order]
    key: str
    # None: each order says who sends it, and is held to the roles that he has.
    sender: Sender | None
    listed: bool = False

    @property
    def content(self) -> bytes:
        """What the key stands for: who says what."""
        said = ((self.sender_of(order).by.encode(), order.content) for order in self.orders)
        return b"\n".join(part for pair in said for part in pair)

    def sender_of(self, order: Order) -> Sender:
        """Return who sends an order."""
        return self.sender or Sender(order.by or "")

    def senders(self) -> set[str]:
        """Return the names of all who send."""
        if self.sender:
            return {self.sender.by}
        return {self.sender_of(order).by for order in self.orders}

    @property
    def streams(self) -> bool:
        """Tell whether it saves chunk by chunk."""
        return any(order.contract.spec.streams for order in self.orders)

    @property
    def single(self) -> bool:
        """Tell whether it is one command that is saved at once."""
        return len(self.orders) == 1 and not self.streams


class Door:
    """Carries out commands on one store."""

    def __init__(self, wiring: Wiring) -> None:
        """Stand on the wiring's pool, streams, decision views and vault."""
        self._wiring = wiring
        self._turn = threading.Lock()
        self._company = Company(self._turn, partial(self._together, trusting=True))

    def carry_out(self, letter: Letter, *, dry_run: bool = False) -> Receipts:
        """Carry out a letter and return a receipt for each of its orders."""
        done = self._company.join(letter) if letter.single and not dry_run else None
        return self._by_itself(letter, dry_run=dry_run) if done is None else done

    async def carry_out_soon(self, letter: Letter, *, dry_run: bool = False) -> Receipts:
        """Do the same for a caller in the event loop."""
        done = await self._company.join_soon(letter) if letter.single and not dry_run else None
        if done is not None:
            return done
        return await run_in_threadpool(self._by_itself, letter, dry_run=dry_run)

    def _by_itself(self, letter: Letter, *, dry_run: bool) -> Receipts:
        """Carry out a letter from fresh state, as often as others are quicker."""
        if letter.streams and len(letter.orders) > 1:
            raise Malformed("", "this command streams: send it alone", "/command")
        soft = False
        for how in tries(dry_run=dry_run):
            attempt = self._stream if letter.streams else self._once
            try:
                return patiently(partial(attempt, letter, how._replace(soft=soft)))
            except LOST:
                continue
            except SoftClosed:
                soft = True
        raise Unavailable("too many write to the same subjects; send the same key again later")

    def carry_out_each(self, letters: Sequence[Letter], *, dry_run: bool = False) -> list[Outcome]:
        """Carry out independent letters of one order, each with its own outcome, in order.

        Those that can be are appended together; one that is refused harms no neighbour.
        """
        outcomes: list[Outcome] = []
        while rest := letters[len(outcomes) :]:
            try:
                done = patiently(partial(self._group, rest, dry_run=dry_run))
            except (*LOST, SoftClosed, PeriodClosed, PaidTwice):
                done = [self._alone(letter, dry_run=dry_run) for letter in rest]
            outcomes += done or [self._alone(rest[0], dry_run=dry_run)]
        return outcomes

    def _alone(self, letter: Letter, *, dry_run: bool) -> Outcome:
        try:
            return self.carry_out(letter, dry_run=dry_run)
        except (Refused, Problem) as refused:
            return refused

    def _hash(self, letter: Letter) -> bytes:
        return receipts.content_hash(self._wiring.content_secret, letter.content)

    def _books(
        self, connection: psycopg.Connection, *, trusting: bool = False, grouped: bool = False
    ) -> Books:
        wiring = self._wiring
        return Books(
            connection,
            wiring.streams,
            wiring.decisions,
            wiring.vault,
            outside=wiring.settings.outside,
            trusting=trusting,
            grouped=grouped,
        )

    @contextmanager
    def _behind_gate(self) -> Iterator[psycopg.Connection]:
        """Lend a connection that has taken the gate."""
        with self._wiring.connection() as connection, connection.transaction():
            connection.execute("SELECT ledger.take_turn()")
            yield connection

    def _once(self, letter: Letter, how: Try) -> Receipts:
        """Decide all orders of a letter, and save what was decided."""
        hashed = self._hash(letter)
        lent = self._behind_gate() if how.behind_gate else self._wiring.connection()
        with self._turn, lent as connection:
            known = receipts.find(connection, [letter.key])
            if known:
                return known[letter.key].replay(hashed)
            with self._books(connection) as books:
                books.prefetch(mentioned(letter.orders, *letter.senders()))
                try:
                    decided = [self._decide(books, order, letter) for order in letter.orders]
                except Unsettled as asked:
                    raise Malformed(
                        "", f"{asked}: an act in this array changes it; send the two apart", ""
                    ) from None
                if how.dry_run:
                    return receipts.receipts_of(letter.key, decided, None)
                answer = receipts.answer_of(decided, listed=letter.listed)
                kept = [Kept(letter.key, hashed, 0, answer)]
                appended = self._save(books, decided, kept, soft=how.soft)
                return receipts.receipts_of(letter.key, decided, appended)

    def _stream(self, letter: Letter, how: Try) -> Receipts:
        """Carry out a command that saves chunk by chunk; its receipt comes with the last one."""
        hashed = self._hash(letter)
        lend = self._wiring.connection
        with lend() as connection, lend() as one, lend() as another:
            known = receipts.find(connection, [letter.key])
            if known:
                return known[letter.key].replay(hashed)
            with self._books(connection) as books:
                decided = Streaming(books, letter, how).decided((one, another))
                if how.dry_run:
                    return receipts.receipts_of(letter.key, [decided], None)
                kept = [Kept(letter.key, hashed, 0, receipts.answer_of([decided]))]
                appended = self._save(books, [decided], kept, soft=how.soft)
                return receipts.receipts_of(letter.key, [decided], appended)

    def _decide(self, books: Books, order: Order, letter: Letter) -> Decided:
        sender = letter.sender_of(order)
        check_role(books, order, sender.by, sender.roles)
        decided = decide(books, order, order.act_of(sender.by, letter.key))
        decided.seal(self._wiring.vault, books)
        return decided

    def _group(self, letters: Sequence[Letter], *, dry_run: bool) -> list[Outcome]:
        """Carry out the first of some independent letters together, from fresh state."""
        with self._turn:
            return self._together(letters, dry_run=dry_run)

    def _together(
        self, letters: Sequence[Letter], *, dry_run: bool = False, trusting: bool = False
    ) -> list[Outcome]:
        """Decide independent letters one after another, and append them together.

        It ends before a letter that streams, or that must see the others stored. While trusting it
        decides from memory, as `_once` does: what is then refused was perhaps refused in error.
        """
        letters = letters[: next((n for n, one in enumerate(letters) if one.streams), None)]
        keys = [letter.key for letter in letters]
        if len(set(keys)) < len(keys):
            raise Conflict("a key twice: one by one")
        with (
            self._wiring.connection() as connection,
            self._books(connection, trusting=trusting, grouped=True) as books,
        ):
            known = {} if trusting else receipts.find(connection, keys)
            orders = [letter.orders[0] for letter in letters]
            books.prefetch(
                mentioned(orders, *{by for letter in letters for by in letter.senders()}),
                new=[order.subject for order in orders if order.opens],
            )
            outcomes = list(self._settled(books, letters, known))
            made = [o for o in outcomes if isinstance(o, Decided)]
            kept = [
                Kept(o.key, self._hash(letter), o.start, receipts.answer_of([o], start=o.start))
                for letter, o in zip(letters, outcomes, strict=False)
                if isinstance(o, Decided)
            ]
            appended = self._save(books, made, kept, soft=False) if made and not dry_run else None
        return [
            receipts.receipts_of(o.key, [o], appended) if isinstance(o, Decided) else o
            for o in outcomes
        ]

    def _settled(
        self, books: Books, letters: Sequence[Letter], known: dict[str, receipts.Known]
    ) -> Iterator[Decided | Outcome]:
        """Decide letters up to the first that must see the others stored."""
        for letter in letters:
            mark = len(books.pending)
            try:
                yield self._one_of_group(books, letter, known)
            except Unsettled:
                books.roll_back(mark)
                return

    def _one_of_group(
        self, books: Books, letter: Letter, known: dict[str, receipts.Known]
    ) -> Decided | Outcome:
        mark = len(books.pending)
        try:
            if letter.key in known:
                return known[letter.key].replay(self._hash(letter))
            return self._decide(books, letter.orders[0], letter)
        except (Refused, Problem) as refused:
            books.roll_back(mark)
            return refused

    def _save(
        self, books: Books, decided: Sequence[Decided], kept: Sequence[Kept], *, soft: bool
    ) -> Appended:
        """Append what is pending."""
        appended = save(books.connection, batch_of(books, decided, kept, soft=soft))
        books.saved()
        return appended
