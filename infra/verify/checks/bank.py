"""The check of what the bank says: statements that add up and join, and matches that are true."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.payments.bank_accounts import BankAccountOpened, BankAccountTied
from domain.payments.bank_statements import (
    BankStatementMatched,
    BankStatementRecorded,
    BankStatementUnmatched,
)
from domain.payments.cash_movements import OPENING, FundMovement, fund_movements
from domain.payments.pay_run_events import PayRunChunkReleased, PayRunDrawnUp
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

DAY = timedelta(1)


class BankMatched(Fold):
    """Statements and their matches, each by itself and beside its neighbours."""

    NAME = "bank-matched"
    SENTENCE = (
        "Every bank statement adds up to the fen and joins its neighbours, no two tell of one day,"
        " a fund lies in one account, and each line is matched with events that move as much, each"
        " of them once."
    )
    TOPICS = (
        BankAccountOpened.TOPIC,
        BankAccountTied.TOPIC,
        BankStatementRecorded.TOPIC,
        BankStatementMatched.TOPIC,
        BankStatementUnmatched.TOPIC,
        PayRunDrawnUp.TOPIC,
        PayRunChunkReleased.TOPIC,
    )

    def __init__(self) -> None:
        """Start with no account."""
        super().__init__()
        self.moved: dict[int, list[FundMovement]] = {}
        self.run_funds: dict[str, str] = {}
        self.funds: dict[str, tuple[str, ...]] = {}
        self.homes: dict[str, tuple[int, str]] = {}
        self.stated: dict[str, tuple[int, BankStatementRecorded]] = {}
        # By account and position: where it was matched, and with which line.
        self.taken: dict[tuple[str, int], tuple[int, str, int]] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Keep what moves cash, and hold statements and matches against it."""
        if isinstance(event, PayRunDrawnUp):
            self.run_funds[event.originator_id] = event.fund
        elif isinstance(event, PayRunChunkReleased):
            fund = self.run_funds.get(event.originator_id, "")
            self.moved[position] = [FundMovement(fund, -event.amount)]
        elif isinstance(event, BankAccountOpened):
            self.funds[event.originator_id] = event.funds
        elif isinstance(event, BankAccountTied):
            self.see_tie(position, event)
        elif isinstance(event, BankStatementRecorded):
            self.stated[event.originator_id] = position, event
            self.see_statement(position, event)
        elif isinstance(event, BankStatementMatched):
            self.see_match(position, event)
        elif isinstance(event, BankStatementUnmatched):
            self.see_unmatch(event)
        elif found := fund_movements(event, lines):
            self.moved[position] = found

    def see_tie(self, position: int, event: BankAccountTied) -> None:
        """Find a fund in two accounts."""
        self.found.examined += 1
        first = self.homes.setdefault(event.fund, (position, event.originator_id))
        if first[1] != event.originator_id:
            detail = f"the cash of {event.fund} lies in {first[1]} already"
            self.found.breach([first[0], position], event.originator_id, detail)

    def see_statement(self, position: int, event: BankStatementRecorded) -> None:
        """Find a statement that does not add up."""
        self.found.examined += 1
        made = event.opening + sum(line.signed for line in event.lines)
        if made != event.closing:
            detail = f"it comes to {made} and closes with {event.closing}"
            self.found.breach([position], event.originator_id, detail)

    def see_match(self, position: int, event: BankStatementMatched) -> None:
        """Find a match of another amount, of a line that there is not, or of an event twice."""
        self.found.examined += 1
        at, statement = self.stated.get(event.originator_id, (0, None))
        if statement is None or not 0 < event.line <= len(statement.lines):
            self.found.breach([position], event.originator_id, f"there is no line {event.line}")
            return
        funds = self.funds.get(statement.account, ())
        moved = sum(self.moves(place, funds) for place in event.positions)
        said = statement.lines[event.line - 1].signed
        if moved != said:
            detail = f"line {event.line} says {said}, it is matched with {moved}"
            self.found.breach([at, position], event.originator_id, detail)
        for place in event.positions:
            key = statement.account, place
            if key in self.taken:
                earlier, owner, line = self.taken[key]
                detail = f"{place} is matched with line {line} of {owner} already"
                self.found.breach([earlier, position], event.originator_id, detail)
            self.taken[key] = position, event.originator_id, event.line

    def moves(self, position: int, funds: tuple[str, ...]) -> int:
        """Return what an event moves into an account of some funds."""
        return sum(
            each.amount
            for each in self.moved.get(position, ())
            if each.fund in funds and each.other not in (*funds, OPENING)
        )

    def see_unmatch(self, event: BankStatementUnmatched) -> None:
        """Let what a line was matched with be free."""
        mine = event.originator_id, event.line
        self.taken = {key: held for key, held in self.taken.items() if held[1:] != mine}

    def end(self) -> None:
        """Find statements of one account that tell of one day, or do not join."""
        by_account: defaultdict[str, list[tuple[int, BankStatementRecorded]]] = defaultdict(list)
        for position, event in self.stated.values():
            by_account[event.account].append((position, event))
        for statements in by_account.values():
            statements.sort(key=lambda each: (each[1].from_, each[0]))
            for (first_at, first), (then_at, then) in pairwise(statements):
                detail = ""
                if then.from_ <= first.to:
                    detail = f"{first.originator_id} tells of {then.from_} already"
                elif first.to + DAY == then.from_ and first.closing != then.opening:
                    detail = (
                        f"{first.originator_id} closes with {first.closing}, not {then.opening}"
                    )
                if detail:
                    self.found.breach([first_at, then_at], then.originator_id, detail)
