"""Contracts: signed, confirmed month by month, paid for what was confirmed, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.grants.contracts import Contract
from domain.kernel.money import Quantity
from domain.kernel.refusals import (
    AlreadyExists,
    CommitmentExceeded,
    InsufficientFund,
    MakerIsChecker,
    Malformed,
    PaidTwice,
    PurposeNotAllowed,
    UnknownSubject,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.life_machine import Lives, lived
from tests.domain.registers.stories import counted, distinct
from tests.domain.stories import a_fund, an_act, with_fund, words_of

LINE = "contract:care-line"
JUNE, DECEMBER = date(2007, 6, 30), date(2007, 12, 31)
SAID: dict[str, Any] = {
    "body": "organisation:care",
    "programme": "care-line",
    "fund": "fund:x",
    "earmark": "general",
    "amount": 600,
    "posts": 12,
    "from_": date(2007, 3, 1),
    "until": JUNE,
}
COMMITTED = f"committed:x:general:{LINE}"


def sign(books: InMemoryLedger, subject: str = LINE, **more: Any) -> Sent:
    return books.send("contract.sign", subject, an_act("approver-1"), **(SAID | more))


def signed(holding: int = 1000, **more: Any) -> InMemoryLedger:
    books = a_fund(holding)
    sign(books, **more)
    return books


def confirm(
    books: InMemoryLedger, month: str = "2007-03", by: str = "reviewer-1", **more: Any
) -> Sent:
    what = {"month": month, "units": 12} | more
    return books.send("contract.confirm-month", LINE, an_act(by, JUNE), **what)


def pay(
    books: InMemoryLedger, month: str = "2007-03", amount: int = 100, by: str = "treasurer-1"
) -> Sent:
    return books.send("contract.pay", LINE, an_act(by, JUNE), month=month, amount=amount)


def end(books: InMemoryLedger) -> Sent:
    return books.send("contract.end", LINE, an_act("approver-1", JUNE))


def test_a_contract_is_promised_paid_by_the_month_and_the_rest_is_free() -> None:
    books = signed()
    assert books.balances[COMMITTED] == 600
    confirm(books)
    pay(books)
    end(books)
    assert books.balances["spent:x:general:care-line"] == 100
    assert books.balances["available:x:general"] == 900
    assert books.balances[COMMITTED] == 0


def test_a_fund_never_promises_more_to_a_contract_than_it_holds() -> None:
    with pytest.raises(InsufficientFund):
        signed(holding=599)


def test_a_contract_has_its_projects_purpose_or_the_first_of_its_fund() -> None:
    books = with_fund(a_fund(1000), "fund:y", holding=1000, purposes=("veterans", "community"))
    opened = {"title": "亲情通", "programme": "care-line", "purpose": "community"}
    books.send("project.open", "project:line", an_act("clerk-1"), **opened)
    cases: tuple[tuple[dict[str, str], str], ...] = (
        ({"project": "project:line"}, "community"),
        ({}, "veterans"),
        ({"purpose": "community"}, "community"),
    )
    for nth, (what, purpose) in enumerate(cases):
        sent = sign(books, f"contract:{nth}", fund="fund:y", amount=1, **what)
        assert [event.purpose for event in sent.events] == [purpose] * 2  # type: ignore[attr-defined]


def test_a_contract_keeps_to_the_purposes_of_its_fund() -> None:
    for purposes, purpose in ((("veterans",), "community"), ((), None)):
        books = with_fund(InMemoryLedger(), "fund:x", holding=1000, purposes=purposes)
        with pytest.raises(PurposeNotAllowed):
            sign(books, purpose=purpose)


def test_a_contract_names_what_is_there() -> None:
    for what in ({"fund": "fund:none"}, {"project": "project:none"}):
        with pytest.raises(UnknownSubject):
            sign(a_fund(1000), **what)
    with pytest.raises(Malformed):
        sign(a_fund(1000), until=date(2007, 2, 1))


@pytest.mark.parametrize("month", ["2007-02", "2007-07"])
def test_a_month_outside_the_contract_is_not_confirmed(month: str) -> None:
    books = signed()
    act = an_act("reviewer-1", DECEMBER)
    with pytest.raises(WrongState):
        books.send("contract.confirm-month", LINE, act, month=month, units=1)


def test_a_month_is_confirmed_once_and_not_before_it_has_begun() -> None:
    books = signed()
    act = an_act("reviewer-1", date(2007, 3, 31))
    with pytest.raises(WrongState):
        books.send("contract.confirm-month", LINE, act, month="2007-04", units=1)
    confirm(books)
    with pytest.raises(AlreadyExists):
        confirm(books)


def test_only_confirmed_months_are_paid_and_each_once() -> None:
    books = signed()
    with pytest.raises(WrongState):
        pay(books)
    confirm(books)
    pay(books)
    with pytest.raises(PaidTwice):
        pay(books)


def test_no_more_is_paid_than_was_promised() -> None:
    books = signed()
    confirm(books)
    confirm(books, "2007-04")
    pay(books, amount=599)
    with pytest.raises(CommitmentExceeded):
        pay(books, "2007-04", amount=2)


def test_who_signed_confirms_nothing_and_who_confirmed_pays_nothing() -> None:
    books = signed()
    with pytest.raises(MakerIsChecker):
        confirm(books, by="approver-1")
    with pytest.raises(MakerIsChecker):
        books.send("contract.evaluate", LINE, an_act("approver-1"))
    confirm(books)
    with pytest.raises(MakerIsChecker):
        pay(books, by="reviewer-1")


def test_a_contract_that_has_ended_is_over_but_may_be_evaluated() -> None:
    books = signed()
    confirm(books)
    end(books)
    for act in (confirm, pay, end):
        with pytest.raises(WrongState):
            act(books)
    books.send("contract.evaluate", LINE, an_act("reviewer-1", DECEMBER), grade="good")


def test_posts_bodies_projects_and_outcomes_are_counted() -> None:
    books = a_fund(1000)
    opened = {"title": "亲情通", "programme": "care-line", "purpose": "aid-elderly"}
    books.send("project.open", "project:line", an_act("clerk-1"), **opened)
    sign(books, project="project:line")
    confirm(books, outcomes={"rescued": Quantity(3, "person"), "calls": Quantity(9, "hour")})
    confirm(books, "2007-04", outcomes={"rescued": Quantity(2, "person")})
    assert counted(books, "posts-bought", programme="care-line", unit="post") == 12
    assert distinct(books, "contract-body", programme="care-line") == 1
    assert distinct(books, "fund-project", fund="fund:x") == 1
    assert counted(books, "outcome:rescued", unit="person") == 5
    outcomes = words_of(books.at(len(books.stored)))["outcomes"]
    assert outcomes == {"rescued": {"value": 2, "unit": "person"}}


def test_a_paid_month_is_unpaid_before_it_is_unconfirmed() -> None:
    books = signed()
    confirm(books, outcomes={"rescued": Quantity(3, "person")})
    confirmed = len(books.stored)
    pay(books)
    paid = len(books.stored)
    approver = an_act("approver-2", JUNE)
    with pytest.raises(WrongState):
        books.send("event.reverse", LINE, approver, of=confirmed)
    books.send("event.reverse", LINE, approver, of=paid)
    assert books.balances[COMMITTED] == 600
    books.send("event.reverse", LINE, approver, of=confirmed)
    assert counted(books, "outcome:rescued") == 0
    with pytest.raises(WrongState):
        pay(books)


MONTHS = st.sampled_from(["2007-02", "2007-03", "2007-04", "2007-05", "2007-06", "2007-07"])


class ContractLives(Lives):
    """One contract of four months and 600 fen; anybody may try anything."""

    OF = ("contract",)

    def begin(self) -> InMemoryLedger:
        """Sign it."""
        return signed()

    def send(self, verb: str, by: str, **what: Any) -> None:
        """Try an act."""
        self.attempted(f"contract.{verb}", LINE, an_act(by, DECEMBER), **what)

    @rule(month=MONTHS, by=st.sampled_from(("reviewer-1", "approver-1")))
    def confirm(self, month: str, by: str) -> None:
        """Confirm a month."""
        self.send("confirm-month", by, month=month, units=1)

    @rule(month=MONTHS, amount=st.integers(1, 400), by=st.sampled_from(("boss", "reviewer-1")))
    def pay(self, month: str, amount: int, by: str) -> None:
        """Pay a month."""
        self.send("pay", by, month=month, amount=amount)

    @rule(of=st.integers(1, 20))
    def take_back(self, of: int) -> None:
        """Reverse whatever stands there."""
        self.send("reverse", "approver-2", of=of)

    @rule(sure=st.integers(0, 9))
    def end(self, sure: int) -> None:
        """End it, now and then."""
        if sure == 0:
            self.send("end", "approver-1")

    @invariant()
    def the_accounts_agree_with_the_contract(self) -> None:
        """Keep every fen: promised, spent, or free again."""
        contract = self.books.load(Contract, LINE)
        held = self.books.balances
        spent = held["spent:x:general:care-line"]
        assert held[COMMITTED] == contract.committed
        assert held["available:x:general"] + contract.committed + spent == 1000
        assert spent <= 600
        assert contract.paid <= contract.confirmed.keys()
        assert contract.confirmed.keys() <= {"2007-03", "2007-04", "2007-05", "2007-06"}


TestContractLives = lived(ContractLives)
