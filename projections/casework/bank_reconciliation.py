"""Reconciliation (银行存款余额调节): the books beside the bank on a day, and what lies between.

What the books have and the bank has not (or the other way round) is in transit; a line that nobody
has matched is named with what it may be about. Nothing is matched here: a person confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.payments.bank_accounts import BankAccount
from domain.payments.bank_statements import BankStatement
from domain.payments.cash_movements import OPENING
from projections.accounts.bank_movements import movements
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from domain.payments.bank_accounts import StatedSpan
    from domain.payments.bank_statements import KeptLine
    from projections.accounts.bank_movements import BankMovement

# A movement whose day lies so many days from the line's may be what it is about.
NEAR_DAYS = 7
MOST_SUGGESTIONS = 3
# Why a line may be about an entry.
WHYS = ("amount", "reference", "day")
DAY = timedelta(1)


class BankLine(NamedTuple):
    """A line of a statement, with the positions that it is matched with."""

    statement: str
    number: int
    said: KeptLine
    positions: tuple[int, ...]


class BookEntry(NamedTuple):
    """What one event moves in an account: fen in, or out if negative."""

    position: int
    booked: date
    amount: int
    subject: str
    topic: str
    reference: str


class Suggestion(NamedTuple):
    """Positions that a line may be about, and why: amount, reference, day."""

    positions: tuple[int, ...]
    why: tuple[str, ...]


def read_account(connection: Connection[Any], account: str, position: int) -> BankAccount:
    """Read an account as it was known at a position; version 0 where there was none."""
    found = BankAccount(account)
    for at, event in event_log.positioned(connection, account):
        if at <= position:
            found.replay(event)
    return found


def read_lines(
    connection: Connection[Any], account: BankAccount, position: int
) -> Iterator[BankLine]:
    """Give the lines of an account's statements by day, as they were matched by a position."""
    for span in sorted(account.stated, key=lambda span: span.first):
        statement = BankStatement(span.statement)
        for at, event in event_log.positioned(connection, span.statement):
            if at <= position:
                statement.replay(event)
        for number, line in enumerate(statement.lines, start=1):
            yield BankLine(span.statement, number, line, statement.matched.get(number, ()))


@dataclass
class Reconciliation:
    """An account on a day: its statements' lines, and what the books say of its funds."""

    account: BankAccount
    day: date
    lines: Sequence[BankLine]
    moved: Sequence[BankMovement]

    @cached_property
    def entries(self) -> Mapping[int, BookEntry]:
        """Return what the bank sees of each event, by position."""
        found: dict[int, BookEntry] = {}
        for each in self.moved:
            if each.other in self.account.funds or each.other == OPENING:
                continue
            known = found.get(each.position)
            amount = each.amount + (known.amount if known else 0)
            found[each.position] = BookEntry(
                each.position, each.booked, amount, each.subject, each.topic, each.reference
            )
        return found

    @property
    def book(self) -> int:
        """Return what the funds have by the books, in fen."""
        return sum(each.amount for each in self.moved if each.booked <= self.day)

    @property
    def first(self) -> date:
        """Return the first day that a statement tells of; the last of all days if none does."""
        return min((span.first for span in self.account.stated), default=date.max)

    @property
    def stated(self) -> StatedSpan | None:
        """Return the statement that tells of the day, or the last one before it."""
        return self.account.before(self.day) if self.covering is None else self.covering

    @property
    def covering(self) -> StatedSpan | None:
        """Return the statement whose days hold the day."""
        return next((s for s in self.account.stated if s.first <= self.day <= s.last), None)

    @property
    def bank(self) -> int:
        """Return what the bank says there is at the end of the day, in fen."""
        span = self.stated
        if span is None:
            return 0
        mine = [line for line in self.told if line.statement == span.statement]
        return span.opening + sum(line.said.signed for line in mine)

    @cached_property
    def told(self) -> Sequence[BankLine]:
        """Return the lines up to the day."""
        return [line for line in self.lines if line.said.day <= self.day]

    @cached_property
    def unmatched(self) -> Sequence[BankLine]:
        """Return the lines up to the day that nobody has matched."""
        return [line for line in self.told if not line.positions]

    @cached_property
    def outstanding(self) -> Sequence[BookEntry]:
        """Return what the books have and no line of the bank up to the day."""
        cleared = {position for line in self.told for position in line.positions}
        awaited = {position for line in self.lines for position in line.positions}
        found = {
            position: each
            for position, each in self.entries.items()
            if position not in cleared
            and each.booked <= self.day
            and each.amount
            and (each.booked >= self.first or position in awaited)
        }
        for each in self.moved:
            undone = found.get(each.reverses)
            if undone and each.position in found:
                # What was entered by mistake and taken back no bank ever sees.
                del found[each.position], found[each.reverses]
        return list(found.values())

    @cached_property
    def ahead(self) -> Sequence[BookEntry]:
        """Return what the bank has and the books only later, with its sign turned."""
        matched = {position for line in self.told for position in line.positions}
        late = [self.entries[place] for place in sorted(matched) if place in self.entries]
        return [each._replace(amount=-each.amount) for each in late if each.booked > self.day]

    @property
    def in_transit(self) -> Sequence[BookEntry]:
        """Return all that one side has and the other has not yet, as the books lack it."""
        return [*self.outstanding, *self.ahead]

    @property
    def difference(self) -> int:
        """Return what is left when what is in transit is taken off: 0 if all is matched."""
        return self.book - self.bank - sum(each.amount for each in self.in_transit)

    @property
    def unexplained(self) -> int:
        """Return what not even the unmatched lines explain: what the first opening was off by."""
        return self.difference + sum(line.said.signed for line in self.unmatched)

    def gaps(self) -> Iterator[tuple[date, date]]:
        """Give the days between two statements of which none tells: first and last."""
        spans = sorted(self.account.stated, key=lambda span: span.first)
        for before, after in pairwise(spans):
            if before.last + DAY < after.first:
                yield before.last + DAY, after.first - DAY

    def suggestions(self, line: BankLine) -> list[Suggestion]:
        """Return what an unmatched line may be about, the likeliest first."""
        said = line.said
        free = [each for each in self.outstanding if (each.amount > 0) == (said.signed > 0)]
        alike = [each for each in free if is_named(each, said.reference)]
        found: dict[tuple[int, ...], Suggestion] = {}
        if len(alike) > 1 and sum(each.amount for each in alike) == said.signed:
            places = tuple(each.position for each in alike)
            found[places] = Suggestion(places, ("reference", "amount"))
        equal = [each for each in free if each.amount == said.signed]
        equal.sort(key=lambda each: (not is_named(each, said.reference),
                                     abs(each.booked - said.day), each.position))  # fmt: skip
        for each in equal[:MOST_SUGGESTIONS]:
            why = ["amount"]
            why += ["reference"] if is_named(each, said.reference) else []
            why += ["day"] if abs(each.booked - said.day) <= NEAR_DAYS * DAY else []
            found[each.position,] = Suggestion((each.position,), tuple(why))
        return list(found.values())[:MOST_SUGGESTIONS]


def is_named(entry: BookEntry, reference: str) -> bool:
    """Tell whether a line's reference names an entry."""
    return bool(entry.reference) and entry.reference in reference


def reconcile(
    connection: Connection[Any], account: BankAccount, *, day: date, position: int
) -> Reconciliation:
    """Hold an account against the books on a day, as known at a position."""
    lines = list(read_lines(connection, account, position))
    moved = movements(connection, account.funds, through=date.max, position=position)
    return Reconciliation(account, day, lines, moved)
