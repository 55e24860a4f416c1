"""Bank statements add up, join each other, and have each line and each event matched once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.kernel.refusals import (
    AlreadyTold,
    Malformed,
    NotYet,
    UnknownSubject,
    WrongBasis,
    WrongState,
)
from domain.payments.bank_accounts import BankAccount
from domain.payments.bank_statements import (
    BankStatement,
    BankStatementRecorded,
    MatchDiffers,
    StatementLine,
    StatementUnbalanced,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.life_machine import Lives, lived
from tests.domain.payments.paid_run import RUN, paid, send_back
from tests.domain.stories import a_fund, an_act, with_fund

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act
    from tests.domain.in_memory_unit import Sent

ACCOUNT = "bank-account:cash"
LATER = an_act("treasurer-2", date(2007, 4, 1))
TITLES: dict[str, Any] = {"title": "资金专户", "bank": "某银行", "last4": "0001"}
JANUARY, MARCH = date(2007, 1, 1), date(2007, 3, 1)


def with_account(books: InMemoryLedger, *funds: str) -> InMemoryLedger:
    """Say where the cash of funds lies."""
    books.send("bank-account.open", ACCOUNT, an_act(), **TITLES, funds=funds)
    return books


def received(books: InMemoryLedger, amount: int, fund: str = "fund:x", on: date = MARCH) -> int:
    """Let a fund receive money; return the position."""
    what = {"amount": amount, "earmark": "general", "source": "fiscal", "document": "拨款单"}
    return books.send("fund.receive", fund, an_act(on=on), **what).position


def line(amount: int, day: date = MARCH, **more: Any) -> StatementLine:
    """Return a line: money that came in, or went out if negative."""
    return StatementLine(day, "in" if amount > 0 else "out", abs(amount), **more)


def state(
    books: InMemoryLedger,
    first: date = MARCH,
    *lines: StatementLine,
    opening: int = 0,
    last: date | None = None,
    off: int = 0,
    act: Act = LATER,
) -> Sent:
    """Keep the statement of the month in which a day lies; `off` is what it does not add up by."""
    closing = opening + sum(each.kept.signed for each in lines) + off
    return books.send(
        "bank-statement.record",
        f"bank-statement:cash:{first:%Y-%m}",
        act,
        account=ACCOUNT,
        from_=first,
        to=last or end_of(first),
        opening=opening,
        closing=closing,
        lines=lines,
    )


def end_of(day: date) -> date:
    """Return the last day of a month."""
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


STATEMENT = "bank-statement:cash:2007-03"


def match(books: InMemoryLedger, number: int, *positions: int, verb: str = "match") -> Sent:
    """Match a line of March with events, or take that back."""
    what: dict[str, Any] = {"positions": positions} if verb == "match" else {}
    return books.send(f"bank-statement.{verb}", STATEMENT, LATER, line=number, **what)


def test_a_statement_that_does_not_add_up_to_the_fen_is_refused() -> None:
    books = with_account(a_fund(), "fund:x")
    with pytest.raises(StatementUnbalanced) as refused:
        state(books, MARCH, line(500), line(-120), opening=20, off=1)
    assert refused.value.numbers == {"opening": 20, "made": 400, "closing": 401}
    state(books, MARCH, line(500), line(-120), opening=20)
    with pytest.raises(AlreadyTold):
        books.load(BankAccount, ACCOUNT).state(LATER, books.load(BankAccount, ACCOUNT).stated[0])


def test_statements_join_each_other_in_whatever_order_they_come() -> None:
    books = with_account(a_fund(), "fund:x")
    state(books, MARCH, opening=70)
    with pytest.raises(StatementUnbalanced):
        state(books, date(2007, 2, 1), line(30, date(2007, 2, 3)), opening=41)
    state(books, JANUARY, opening=30, last=date(2007, 1, 30))
    # The last day of January is told by nobody: a gap joins nothing.
    state(books, date(2007, 2, 1), line(30, date(2007, 2, 3)), opening=40)


def test_days_that_are_not_over_or_lie_elsewhere_are_refused() -> None:
    books = with_account(a_fund(), "fund:x")
    with pytest.raises(NotYet):
        state(books, MARCH, act=an_act(on=date(2007, 3, 30)))
    with pytest.raises(Malformed, match="within the statement's days"):
        state(books, MARCH, line(1, date(2007, 4, 1)))
    with pytest.raises(Malformed, match="within one month"):
        state(books, MARCH, last=date(2007, 4, 1))


def test_an_account_holds_the_cash_of_funds_and_no_authority_to_spend() -> None:
    books = with_fund(a_fund(), "fund:y", basis="allotment")
    with pytest.raises(WrongBasis):
        with_account(books, "fund:x", "fund:y")
    with pytest.raises(UnknownSubject):
        with_account(books, "fund:z")
    for funds in ((), ("fund:x", "fund:x")):
        with pytest.raises(Malformed):
            with_account(books, *funds)


def test_a_line_is_matched_with_what_moves_as_much_and_once() -> None:
    books = with_account(a_fund(), "fund:x")
    first, second, third = (received(books, amount) for amount in (100, 50, 150))
    state(books, MARCH, line(150), line(150))
    with pytest.raises(MatchDiffers) as refused:
        match(books, 1, first)
    assert refused.value.numbers == {"line": 150, "matched": 100}
    match(books, 1, first, second)
    for positions in ((first,), (second, third)):
        with pytest.raises(WrongState, match="matched already"):
            match(books, 2, *positions)
    with pytest.raises(WrongState, match="line 1 is matched"):
        match(books, 1, third)
    match(books, 1, verb="unmatch")
    with pytest.raises(WrongState, match="not matched"):
        match(books, 1, verb="unmatch")
    match(books, 2, first, second)
    match(books, 1, third)


def test_a_run_goes_to_the_bank_as_one_and_its_returns_one_by_one() -> None:
    books, payments, _ = paid(3)
    back = send_back(books, payments[0]).position
    made = [n for n, e in enumerate(books.all(), 1) if e.TOPIC == "payment.made"]
    [chunk] = [n for n, e in enumerate(books.all(), 1) if e.TOPIC == "pay-run.chunk-released"]
    with_account(books, "fund:aid")
    state(books, MARCH, line(-900), line(300), opening=10_000)
    with pytest.raises(Malformed, match="moves no cash"):
        match(books, 1, *made)
    match(books, 1, chunk)
    match(books, 2, back)
    assert books.load(BankStatement, STATEMENT).matched == {1: (chunk,), 2: (back,)}
    assert [*books.all()][chunk - 1].originator_id == RUN


def test_what_goes_from_fund_to_fund_in_one_account_no_bank_sees() -> None:
    books = with_fund(a_fund(500), "fund:y")
    sent = books.send(
        "fund.transfer", "fund:x", an_act(), amount=200, earmark="general", to_fund="fund:y",
        to_earmark="general", purpose="aid-poor",
    )  # fmt: skip
    out, into = sent.positions
    with_account(books, "fund:x", "fund:y")
    state(books, MARCH, line(-200))
    for position in (out, into, 2):
        with pytest.raises(Malformed, match="moves no cash"):
            match(books, 1, position)


def test_a_transfer_to_a_fund_elsewhere_is_seen() -> None:
    books = with_fund(a_fund(500), "fund:y")
    sent = books.send(
        "fund.transfer", "fund:x", an_act(), amount=200, earmark="general", to_fund="fund:y",
        to_earmark="general", purpose="aid-poor",
    )  # fmt: skip
    with_account(books, "fund:x")
    state(books, MARCH, line(-200), opening=500)
    match(books, 1, sent.positions[0])


def test_no_name_of_a_person_is_kept_of_a_line() -> None:
    books = with_account(a_fund(), "fund:x")
    lines = (line(5, counterparty="张三"), line(5, counterparty="organisation:bureau"))
    state(books, MARCH, *lines)
    [kept] = [each for each in books.all() if isinstance(each, BankStatementRecorded)]
    assert [each.counterparty for each in kept.lines] == ["", "organisation:bureau"]


SMALL = st.integers(1, 3)


class BankLives(Lives):
    """Money comes in, statements are kept and matched, in any order, by anybody."""

    OF = ("bank-account", "bank-statement")

    def __init__(self) -> None:
        """Begin without an account."""
        super().__init__()
        self.is_open = False
        # By position what came in; by month the statement: opening, lines, closing.
        self.came: dict[int, int] = {}
        self.kept: dict[int, tuple[int, list[int], int]] = {}
        self.taken: dict[tuple[int, int], tuple[int, ...]] = {}

    def begin(self) -> InMemoryLedger:
        """Begin with a fund."""
        return a_fund()

    @rule()
    def opening(self) -> None:
        """Open the account, once."""
        what = {**TITLES, "funds": ("fund:x",)}
        self.tried("bank-account.open", ACCOUNT, an_act(), taken=not self.is_open, **what)
        self.is_open = True

    @rule(amount=SMALL)
    def receiving(self, amount: int) -> None:
        """Receive money."""
        self.came[received(self.books, amount)] = amount

    @rule(month=SMALL, opening=st.integers(0, 4), lines=st.lists(SMALL, max_size=3),
          off=st.sampled_from([0, 0, 0, 1]))  # fmt: skip
    def stating(self, month: int, opening: int, lines: list[int], off: int) -> None:
        """Keep the statement of a month."""
        first, closing = date(2007, month, 1), opening + sum(lines) + off
        before, after = self.kept.get(month - 1), self.kept.get(month + 1)
        joins = (before is None or before[2] == opening) and (after is None or after[0] == closing)
        taken = self.is_open and month not in self.kept and not off and joins
        what = {
            "account": ACCOUNT,
            "from_": first,
            "to": end_of(first),
            "opening": opening,
            "closing": closing,
            "lines": tuple(line(amount, first) for amount in lines),
        }
        subject = f"bank-statement:cash:2007-{month:02}"
        if self.tried("bank-statement.record", subject, LATER, taken=taken, **what):
            self.kept[month] = opening, lines, closing

    @rule(month=SMALL, number=SMALL, chance=st.data())
    def matching(self, month: int, number: int, chance: st.DataObject) -> None:
        """Match a line with whatever came in."""
        places = st.sampled_from(sorted(self.came) or [99])
        positions = tuple(chance.draw(st.lists(places, min_size=1, max_size=3, unique=True)))
        used = {place for each in self.taken.values() for place in each}
        lines = self.kept[month][1] if month in self.kept else []
        taken = (
            number <= len(lines)
            and (month, number) not in self.taken
            and used.isdisjoint(positions)
            and sum(self.came.get(place, 0) for place in positions) == lines[number - 1]
        )
        what = {"line": number, "positions": positions}
        subject = f"bank-statement:cash:2007-{month:02}"
        self.tried("bank-statement.match", subject, LATER, taken=taken, **what)
        if taken:
            self.taken[month, number] = tuple(sorted(positions))

    @rule(month=SMALL, number=SMALL)
    def unmatching(self, month: int, number: int) -> None:
        """Take a match back."""
        subject, taken = f"bank-statement:cash:2007-{month:02}", (month, number) in self.taken
        self.tried("bank-statement.unmatch", subject, LATER, taken=taken, line=number)
        self.taken.pop((month, number), None)

    @invariant()
    def statements_stand_as_kept(self) -> None:
        """Compare statements and matches with the model."""
        for month, (_, lines, _) in self.kept.items():
            known = self.books.load(BankStatement, f"bank-statement:cash:2007-{month:02}")
            assert [each.amount for each in known.lines] == lines
            mine = {number: each for (of, number), each in self.taken.items() if of == month}
            assert known.matched == mine


TestBankLives = lived(BankLives)
