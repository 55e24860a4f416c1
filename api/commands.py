"""The one door for writing: HTTP, the command line and code all pass here.

A unit of work is decided from fresh state and saved through `ledger.append()` with its receipts;
on a version conflict it is decided again. Within a process one unit runs at a time, so that a busy
fund costs no conflicts; a streaming command leaves the turn to others between its chunks.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import psycopg

from api import receipts
from api.decided import Decided, Streaming, check_role, decide, guard_of, mentioned
from api.orders import Order
from api.problems import Problem
from domain.refusals import Malformed, PaidTwice, PeriodClosed, Refused
from infra.appending import Appended, Batch, Kept, append, stored
from infra.books import Books

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from api.wiring import Wiring

# A unit of work that lost this many races in a row meets something other than bad luck.
TRIES = 40

Receipts: TypeAlias = list[dict[str, Any]]
Outcome: TypeAlias = Receipts | Refused | Problem


class Conflict(Exception):
    """Somebody else has written meanwhile: decide again."""


class SoftClosed(Exception):
    """A booked day lies in a soft-closed period: decide again, with that rule."""


@dataclass(frozen=True)
class Sender:
    """Who sends: his name, and the roles that his token carries (None: all that he holds)."""

    by: str
    roles: frozenset[str] | None = None


@dataclass(frozen=True)
class Letter:
    """One key's content: an order, or several as all or nothing, and who sends them."""

    orders: Sequence[Order]
    key: str
    # None: each order says who sends it, and is held to the roles that he has.
    sender: Sender | None
    listed: bool = False

    @property
    def content(self) -> bytes:
        """What the key stands for."""
        return b"\n".join(order.content for order in self.orders)

    def sender_of(self, order: Order) -> Sender:
        """Return who sends an order."""
        return self.sender or Sender(order.by or "")

    def senders(self) -> set[str]:
        """Return the names of all who send."""
        return {self.sender_of(order).by for order in self.orders}

    @property
    def streams(self) -> bool:
        """Tell whether it saves chunk by chunk."""
        return any(order.contract.spec.streams for order in self.orders)


class Door:
    """Carries out commands on one store."""

    def __init__(self, wiring: Wiring) -> None:
        """Stand on the wiring's pool, streams, decision views and vault."""
        self._wiring = wiring
        self._turn = threading.Lock()

    def carry_out(self, letter: Letter, *, dry_run: bool = False) -> Receipts:
        """Carry out a letter and return a receipt for each of its orders."""
        if letter.streams and len(letter.orders) > 1:
            raise Malformed("", "this command streams: send it alone", "/command")
        attempt = self._stream if letter.streams else self._once
        return self._retrying(letter, attempt, dry_run=dry_run)

    def carry_out_each(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Carry out independent letters of one order, each with its own outcome, in order.

        Those that can be are appended together; one that is refused harms no neighbour.
        """
        try:
            with self._turn:
                return self._group(letters)
        except (Conflict, SoftClosed, PeriodClosed, PaidTwice):
            return [self._alone(letter) for letter in letters]

    def _alone(self, letter: Letter) -> Outcome:
        try:
            return self.carry_out(letter)
        except (Refused, Problem) as refused:
            return refused

    def _retrying(
        self,
        letter: Letter,
        attempt: Callable[[Letter, bool, bool], Receipts],
        *,
        dry_run: bool,
    ) -> Receipts:
        soft = False
        for _ in range(TRIES):
            try:
                return attempt(letter, dry_run, soft)
            except Conflict:
                continue
            except SoftClosed:
                soft = True
        raise Conflict(f"{letter.key}: lost every race")

    def _hash(self, letter: Letter) -> bytes:
        return receipts.content_hash(
            self._wiring.content_secret, ",".join(sorted(letter.senders())), letter.content
        )

    def _books(self, connection: psycopg.Connection) -> Books:
        wiring = self._wiring
        return Books(
            connection,
            wiring.streams,
            wiring.decisions,
            lambda scheme, parts: wiring.vault.tag(connection, scheme, parts),
        )

    def _once(self, letter: Letter, dry_run: bool, soft: bool) -> Receipts:
        """Decide all orders of a letter from fresh state, and save what was decided."""
        hashed = self._hash(letter)
        with self._turn, self._wiring.connection() as connection:
            known = receipts.find(connection, [letter.key])
            if known:
                return known[letter.key].replay(hashed)
            with self._books(connection) as books:
                books.prefetch(mentioned(letter.orders, *letter.senders()))
                decided = [self._decide(books, order, letter) for order in letter.orders]
                if dry_run:
                    return receipts.receipts_of(letter.key, decided, None)
                answer = receipts.answer_of(decided, listed=letter.listed)
                kept = [Kept(letter.key, hashed, 0, answer)]
                appended = self._save(books, decided, kept, soft=soft)
                return receipts.receipts_of(letter.key, decided, appended)

    def _stream(self, letter: Letter, dry_run: bool, soft: bool) -> Receipts:
        """Carry out a command that saves chunk by chunk; its receipt comes with the last one."""
        hashed = self._hash(letter)
        with self._wiring.connection() as connection:
            known = receipts.find(connection, [letter.key])
            if known:
                return known[letter.key].replay(hashed)
            with self._books(connection) as books:
                order = letter.orders[0]
                books.prefetch(mentioned(letter.orders, *letter.senders()))
                sender = letter.sender_of(order)
                check_role(books, order, sender.by, sender.roles)
                run = Streaming(books, order, order.act_of(sender.by, letter.key))
                before = []
                for _ in run.chunks():
                    own = run.own()
                    if not dry_run:
                        first = self._save(books, (), (), soft=soft).first_position
                        before += [(first + n, ref) for n, ref in own]
                    books.pending.clear()
                decided = run.decided(before)
                if dry_run:
                    return receipts.receipts_of(letter.key, [decided], None)
                kept = [Kept(letter.key, hashed, 0, receipts.answer_of([decided]))]
                appended = self._save(books, [decided], kept, soft=soft)
                return receipts.receipts_of(letter.key, [decided], appended)

    def _decide(self, books: Books, order: Order, letter: Letter) -> Decided:
        sender = letter.sender_of(order)
        check_role(books, order, sender.by, sender.roles)
        decided = decide(books, order, order.act_of(sender.by, letter.key))
        decided.seal(self._wiring.vault)
        return decided

    def _group(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Decide independent letters one after another, and append them together."""
        keys = [letter.key for letter in letters]
        if len(set(keys)) < len(keys) or any(letter.streams for letter in letters):
            raise Conflict("a key twice, or a streaming command: one by one")
        with self._wiring.connection() as connection, self._books(connection) as books:
            known = receipts.find(connection, keys)
            orders = [letter.orders[0] for letter in letters]
            books.prefetch(
                mentioned(orders, *{by for letter in letters for by in letter.senders()})
            )
            outcomes = [self._one_of_group(books, letter, known) for letter in letters]
            made = [o for o in outcomes if isinstance(o, Decided)]
            kept = [
                Kept(o.key, self._hash(letter), o.start, receipts.answer_of([o], start=o.start))
                for letter, o in zip(letters, outcomes, strict=True)
                if isinstance(o, Decided)
            ]
            appended = self._save(books, made, kept, soft=False) if made else None
        return [
            receipts.receipts_of(o.key, [o], appended) if isinstance(o, Decided) else o
            for o in outcomes
        ]

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
        """Append what is pending; turn the database's refusals into ours."""
        events = books.pending
        batch = Batch(
            [stored(event) for event in events],
            guard_of(books, soft=soft),
            kept,
            [sealed for d in decided for sealed in d.sealed],
        )
        try:
            appended = append(books.connection, batch)
        except psycopg.errors.UniqueViolation as error:
            raise Conflict(error.diag.message_detail) from None
        except psycopg.Error as error:
            if error.sqlstate == "MZ001":
                raise PeriodClosed("", f"the books are {error.diag.message_primary}") from None
            if error.sqlstate == "MZ002":
                raise SoftClosed from None
            raise
        books.stored = True
        return appended
