"""Funds: what comes in, what is promised, what is given back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds.funds import Fund
from domain.kernel.refusals import (
    AlreadyExists,
    AlreadyReversed,
    BeforeItsCause,
    CommitmentExceeded,
    InsufficientFund,
    Malformed,
    PurposeNotAllowed,
    Refused,
    UnknownSubject,
    WrongBasis,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import AN_ACT, a_fund, an_act, with_fund

PROMISE = {"earmark": "general", "to": "grant:1", "purpose": "aid-elderly"}


def intake(amount: int) -> dict[str, object]:
    return {"amount": amount, "earmark": "general", "source": "fiscal", "document": "文1"}


@given(st.lists(st.integers(1, 10**9), max_size=20))
def test_a_fund_never_promises_more_than_it_holds(wishes: list[int]) -> None:
    books = a_fund(2 * 10**9)
    for amount in wishes:
        with suppress(InsufficientFund):
            books.send("fund.commit", "fund:x", AN_ACT, amount=amount, **PROMISE)
    assert sum(books.balances.values()) == 0
    fund = books.load(Fund, "fund:x")
    assert fund.available["general"] == books.balances["available:x:general"] >= 0


def test_a_refusal_carries_its_numbers() -> None:
    with pytest.raises(InsufficientFund) as refusal:
        a_fund(1000).send("fund.commit", "fund:x", AN_ACT, amount=1001, **PROMISE)
    assert refusal.value.numbers == {"wanted": 1001, "available": 1000}


def test_money_is_committed_only_to_a_purpose_the_fund_allows() -> None:
    books = with_fund(InMemoryLedger(), "fund:x", holding=10, purposes=("community",))
    with pytest.raises(PurposeNotAllowed):
        books.send("fund.commit", "fund:x", AN_ACT, amount=1, **PROMISE)
    what = {"purposes": ("aid-elderly",), "consent": "批复"}
    books.send("fund.change-purpose", "fund:x", AN_ACT, **what)
    assert books.send("fund.commit", "fund:x", AN_ACT, amount=1, **PROMISE).events


def test_cash_and_authority_to_spend_are_never_added_up() -> None:
    books = with_fund(with_fund(InMemoryLedger(), "fund:cash"), "fund:paper", basis="allotment")
    with pytest.raises(WrongBasis):
        books.send("fund.allot", "fund:cash", AN_ACT, **intake(1))
    with pytest.raises(WrongBasis):
        books.send("fund.receive", "fund:paper", AN_ACT, **intake(1))
    books.send("fund.allot", "fund:paper", AN_ACT, **intake(1))
    to = {"to_fund": "fund:cash", "to_earmark": "general", "purpose": "community"}
    with pytest.raises(WrongBasis):
        books.send("fund.transfer", "fund:paper", AN_ACT, amount=1, earmark="general", **to)


def test_a_fund_does_nothing_before_it_was_opened() -> None:
    early = an_act(on=date(2005, 12, 31))
    with pytest.raises(WrongState):
        a_fund(10).send("fund.receive", "fund:x", early, **intake(1))


def test_a_fund_is_opened_once_and_used_only_then() -> None:
    with pytest.raises(AlreadyExists):
        with_fund(a_fund(), "fund:x")
    with pytest.raises(UnknownSubject):
        InMemoryLedger().send("fund.receive", "fund:x", AN_ACT, **intake(1))


def test_a_promise_is_taken_back_up_to_what_is_left_of_it() -> None:
    books = a_fund(100)
    books.send("fund.commit", "fund:x", AN_ACT, amount=60, **PROMISE)
    books.send("fund.uncommit", "fund:x", AN_ACT, amount=20, of="grant:1")
    with pytest.raises(CommitmentExceeded):
        books.send("fund.uncommit", "fund:x", AN_ACT, amount=41, of="grant:1")
    with pytest.raises(CommitmentExceeded):
        books.send("event.reverse", "fund:x", an_act("approver-1"), of=3)
    assert books.balances["committed:x:general:grant:1"] == 40


def test_a_transfer_leaves_one_fund_and_enters_the_other() -> None:
    books = with_fund(a_fund(100), "fund:y")
    to = {"to_fund": "fund:y", "to_earmark": "joy", "purpose": "community"}
    books.send("fund.transfer", "fund:x", AN_ACT, amount=40, earmark="general", **to)
    assert books.balances["out:x:general:fund:y"] == 40
    assert books.balances["available:y:joy"] == 40
    assert books.balances["out:y:joy:fund:x"] == -40


def test_an_event_is_reversed_once_and_sums_to_zero_with_its_mirror() -> None:
    books = a_fund(100)
    place = books.send("fund.receive", "fund:x", AN_ACT, **intake(30)).position
    mirror = books.send("event.reverse", "fund:x", an_act("approver-1"), of=place)
    assert books.balances["available:x:general"] == 100
    with pytest.raises(AlreadyReversed):
        books.send("event.reverse", "fund:x", an_act("approver-1"), of=place)
    with pytest.raises(WrongState):
        books.send("event.reverse", "fund:x", an_act("approver-1"), of=mirror.position)


def test_only_an_event_of_the_subject_is_reversed() -> None:
    books = with_fund(a_fund(100), "fund:y", holding=5)
    for of, refusal in ((2, WrongState), (99, Malformed), (0, Malformed)):
        with pytest.raises(refusal):
            books.send("event.reverse", "fund:y", an_act("approver-1"), of=of)


def test_an_intake_that_is_promised_is_not_reversed() -> None:
    books = a_fund(100)
    books.send("fund.commit", "fund:x", AN_ACT, amount=60, **PROMISE)
    with pytest.raises(InsufficientFund):
        books.send("event.reverse", "fund:x", an_act("approver-1"), of=2)


MONEY = st.integers(1, 100)
ACTS = st.one_of(
    st.tuples(st.just("receive"), MONEY),
    st.tuples(st.just("commit"), MONEY),
    st.tuples(st.just("uncommit"), MONEY),
    st.tuples(st.just("carry-over"), MONEY),
    st.tuples(st.just("surrender"), MONEY),
    st.tuples(st.just("reverse"), st.integers(1, 25)),
)


def the_order(verb: str, number: int) -> dict[str, object]:
    """Return what a command of the fund says, about so many fen or that position."""
    said: dict[str, dict[str, object]] = {
        "receive": intake(number),
        "commit": {"amount": number, **PROMISE},
        "uncommit": {"amount": number, "of": "grant:1"},
        "carry-over": {"amount": number, "from_earmark": "general", "to_earmark": "2008"},
        "surrender": {"amount": number, "earmark": "2008", "to": "fiscal"},
        "reverse": {"of": number},
    }
    return said[verb]


@given(st.lists(ACTS, max_size=25))
def test_money_is_neither_made_nor_lost(acts: list[tuple[str, int]]) -> None:
    books = a_fund(100)
    for verb, number in acts:
        with suppress(Refused):
            books.send(f"fund.{verb}", "fund:x", AN_ACT, **the_order(verb, number))
    assert sum(books.balances.values()) == 0
    fund = books.load(Fund, "fund:x")
    for earmark in ("general", "2008"):
        assert fund.available[earmark] == books.balances[f"available:x:{earmark}"]


def test_money_is_not_reversed_before_its_own_day() -> None:
    books = a_fund(100)
    with pytest.raises(BeforeItsCause):
        books.send("event.reverse", "fund:x", an_act("approver-1", date(2005, 12, 31)), of=2)
