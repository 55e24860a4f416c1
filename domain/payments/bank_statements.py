"""Bank statements (银行对账单): what the bank says of a month, and which entry is which.

A statement adds up to the fen or is refused, and joins its neighbours. A line is matched by a
person with the events that it is about; they move as much as the line says, and each is matched
once. Names of persons are not kept: a counterparty only where it is a body of the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Position, Text
from domain.kernel.money import Fen, Income
from domain.kernel.months import month_of
from domain.kernel.refusals import Malformed, NotYet, Refused, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart
from domain.payments.bank_accounts import BankAccount, BankAccountId, StatedSpan
from domain.payments.cash_movements import movement_in
from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.pay_runs import PayRun

Direction: TypeAlias = Literal["in", "out"]
BODY = "organisation:"


class StatementUnbalanced(Refused):
    """A statement adds up, and begins with what the one before it ended with."""

    CODE, ZH, EN = "statement-unbalanced", "对账单不平", "The statement does not add up"


class MatchDiffers(Refused):
    """What a line is matched with moves as much as the line says."""

    CODE, ZH, EN = "match-differs", "勾对金额不符", "The amounts differ"
    SAYS = "the line says {line}, what it is matched with comes to {matched}: they are to be equal"


class StatementLine(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A line of a statement: money that came in or went out, on a day, under a reference."""

    day: date
    direction: Direction
    amount: Fen
    counterparty: Text | None = None
    reference: Text | None = None

    @property
    def kept(self) -> KeptLine:
        """Return the line as an event keeps it: without the name of whoever is no body."""
        said = self.counterparty or ""
        counterparty = said if said.startswith(BODY) else ""
        return KeptLine(self.day, self.direction, self.amount, counterparty, self.reference or "")


class KeptLine(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A line as it is kept: `direction` is in or out."""

    day: date
    direction: str
    amount: Fen
    counterparty: str = ""
    reference: str = ""

    @property
    def signed(self) -> int:
        """Return the fen, negative if they went out."""
        return self.amount if self.direction == "in" else -self.amount


class BankStatement(Aggregate):
    """The bank's statement of an account for a month, or for some days of it."""

    KIND = "bank-statement"
    COLLECTION = "bank-statements"
    ORDER = 350

    def __init__(self, subject: str) -> None:
        """Start unrecorded."""
        super().__init__(subject)
        self.account = ""
        self.lines: tuple[KeptLine, ...] = ()
        # By the line's number, from 1: the positions that it is matched with.
        self.matched: dict[int, tuple[int, ...]] = {}

    @command(roles=("treasurer",), opens=True)
    def record_(
        self,
        act: Act,
        unit: Unit,
        *,
        account: BankAccountId,
        from_: date,
        to: date,
        opening: Income,
        closing: Income,
        lines: tuple[StatementLine, ...],
    ) -> None:
        """Keep a statement that adds up, once; it begins with what the one before ended with."""
        stating = unit[BankAccount, account]
        self.require_month(account, from_, to)
        if to > act.on:
            raise NotYet(
                self.id, "{to} is not over on {day}: keep the statement then", to=to, day=act.on
            )
        for place, line in enumerate(lines):
            if not from_ <= line.day <= to:
                pointer = f"/what/lines/{place}/day"
                raise Malformed(self.id, "a line lies within the statement's days", pointer)
        kept = tuple(line.kept for line in lines)
        moved = sum(line.signed for line in kept)
        if opening + moved != closing:
            raise StatementUnbalanced(
                self.id,
                "it opens with {opening} and its lines make that {made}, but it closes with"
                " {closing}",
                opening=opening,
                made=opening + moved,
                closing=closing,
            )
        span = StatedSpan(self.id, from_, to, opening, closing)
        self.require_joined(stating, span)
        said = {"opening": opening, "closing": closing, "lines": kept}
        self.record(BankStatementRecorded, act, account=account, from_=from_, to=to, **said)
        stating.state(act, span)

    def require_month(self, account: str, first: date, last: date) -> None:
        """Refuse a statement whose days are not within the month that its id names."""
        named = f"bank-statement:{account.partition(':')[2]}:{month_of(first)}"
        if first > last or month_of(first) != month_of(last) or named != self.id:
            raise Malformed(
                self.id,
                "a statement of {account} lies within one month, which its id names: {named}",
                "/what/from",
                account=account,
                named=named,
            )

    def require_joined(self, account: BankAccount, span: StatedSpan) -> None:
        """Refuse a statement that does not begin or end where its neighbours do."""
        before, after = account.before(span.first), account.after(span.last)
        day = timedelta(1)
        for earlier, later in ((before, span), (span, after)):
            if earlier is None or later is None or earlier.last + day != later.first:
                continue
            if earlier.closing != later.opening:
                raise StatementUnbalanced(
                    self.id,
                    "{earlier} closes with {closing}, but {later} opens with {opening}",
                    earlier=earlier.statement,
                    closing=earlier.closing,
                    later=later.statement,
                    opening=later.opening,
                )

    @command(roles=("treasurer",))
    def match(
        self, act: Act, unit: Unit, *, line: Position, positions: tuple[Position, ...]
    ) -> None:
        """Confirm which events a line is about: they move as much, and none is matched twice."""
        require_duties_apart(act, unit)
        said = self.line(line)
        if line in self.matched:
            raise WrongState(self.id, "line-matched", line=str(line))
        if not positions or len(set(positions)) < len(positions):
            raise Malformed(self.id, "name at least one position, each once", "/what/positions")
        unit.locks.take(self.account)
        account = unit[BankAccount, self.account]
        taken = {place for each in statements(account, unit) for place in each.positions()}
        if twice := sorted(taken.intersection(positions)):
            raise WrongState(self.id, "position-matched", position=str(twice[0]))
        moved = sum(self.moved(unit, account, position) for position in positions)
        if moved != said.signed:
            raise MatchDiffers(self.id, line=said.signed, matched=moved)
        self.record(BankStatementMatched, act, line=line, positions=tuple(sorted(positions)))

    def moved(self, unit: Unit, account: BankAccount, position: int) -> int:
        """Return what the event at a position moves into the account."""
        event = unit.log.event_at(position)
        run_fund = ""
        if isinstance(event, PayRunChunkReleased):
            run_fund = unit[PayRun, event.originator_id].fund
        amount = movement_in(event, account.funds, run_fund) if event else 0
        if not amount:
            raise Malformed(
                self.id,
                "the event at position {position} moves no cash of {account}",
                "/what/positions",
                position=str(position),
                account=account.id,
            )
        return amount

    @command(roles=("treasurer",))
    def unmatch(self, act: Act, unit: Unit, *, line: Position) -> None:
        """Take a match back."""
        require_duties_apart(act, unit)
        self.line(line)
        if line not in self.matched:
            raise WrongState(self.id, "line-not-matched", line=str(line))
        self.record(BankStatementUnmatched, act, line=line, positions=self.matched[line])

    def line(self, number: int) -> KeptLine:
        """Return a line by its number, from 1."""
        if number > len(self.lines):
            lines = str(len(self.lines))
            raise Malformed(self.id, "it has {lines} lines", "/what/line", lines=lines)
        return self.lines[number - 1]

    def positions(self) -> Iterator[int]:
        """Give every position that a line is matched with."""
        for each in self.matched.values():
            yield from each


def statements(account: BankAccount, unit: Unit) -> Iterator[BankStatement]:
    """Give the statements of an account."""
    for span in account.stated:
        yield unit[BankStatement, span.statement]


class BankStatementRecorded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The bank said what came in and went out in some days; it adds up."""

    TOPIC = "bank-statement.recorded"
    STATE = "recorded"

    account: str
    from_: date
    to: date
    opening: Income
    closing: Income
    lines: tuple[KeptLine, ...]

    def apply(self, statement: BankStatement) -> None:
        """Keep the lines."""
        statement.account = self.account
        statement.lines = self.lines


class BankStatementMatched(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A person confirmed which events a line is about."""

    TOPIC = "bank-statement.matched"
    ROW = ()

    line: int
    positions: tuple[int, ...]

    def apply(self, statement: BankStatement) -> None:
        """Keep the match."""
        statement.matched[self.line] = self.positions


class BankStatementUnmatched(
    Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A match was taken back."""

    TOPIC = "bank-statement.unmatched"
    ROW = ()

    line: int
    positions: tuple[int, ...]

    def apply(self, statement: BankStatement) -> None:
        """Forget the match."""
        del statement.matched[self.line]
