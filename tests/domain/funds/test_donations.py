"""Donations: a gift lands beside its fund, is gathered once, and refunded at most once over."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds.donations import Donation
from domain.funds.funds import Fund
from domain.kernel.refusals import (
    AlreadyExists,
    EarmarkMismatch,
    InsufficientFund,
    Refused,
    UnknownSubject,
    WrongBasis,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import DAY, FEDERATION, an_act, with_fund

RAISER, SECOND_RAISER = an_act("fundraiser-1"), an_act("fundraiser-2")
TREASURER = an_act("treasurer-1")
GIFT: dict[str, Any] = {"fund": "fund:gifts", "earmark": "general"}
RECEIVED = "received:gifts:general"
FREE = "available:gifts:general"


def a_charity(basis: str = "cash") -> InMemoryLedger:
    return with_fund(InMemoryLedger(), "fund:gifts", kind="charity", keeper=FEDERATION, basis=basis)


def given_to(books: InMemoryLedger, amount: int, key: str = "1", on: date = DAY) -> InMemoryLedger:
    act = an_act("fundraiser-1", on)
    books.send("donation.receive", f"donation:{key}", act, amount=amount, name_shown=True, **GIFT)
    return books


def gather(books: InMemoryLedger, through: date = DAY) -> None:
    what = {"earmark": "general", "through": through}
    books.send("fund.gather", "fund:gifts", TREASURER, **what)


def refund(books: InMemoryLedger, amount: int, key: str = "1") -> None:
    books.send("donation.refund", f"donation:{key}", SECOND_RAISER, amount=amount)


def test_a_gift_waits_beside_its_fund_until_it_is_gathered() -> None:
    books = given_to(given_to(a_charity(), 60), 40, "2")
    assert (books.balances[RECEIVED], books.balances[FREE]) == (100, 0)
    gather(books)
    assert (books.balances[RECEIVED], books.balances[FREE]) == (0, 100)
    with pytest.raises(WrongState):
        gather(books)


def test_a_gathering_leaves_what_was_given_later() -> None:
    books = given_to(given_to(a_charity(), 60), 40, "2", date(2007, 3, 2))
    gather(books)
    assert (books.balances[RECEIVED], books.balances[FREE]) == (40, 60)
    gather(books, date(2007, 3, 2))
    assert books.balances[FREE] == 100


def test_a_refund_takes_first_what_is_not_gathered_and_then_what_is_free() -> None:
    books = given_to(a_charity(), 100)
    gather(books)
    given_to(books, 30, "2")
    sent = books.send("donation.refund", "donation:1", SECOND_RAISER, amount=70)
    assert [event.TOPIC for event in sent.events] == ["fund.refunded", "donation.refunded"]
    assert (books.balances[RECEIVED], books.balances[FREE]) == (0, 60)


def test_no_more_of_a_gift_is_refunded_than_is_left_of_it() -> None:
    books = given_to(given_to(a_charity(), 60), 40, "2")
    refund(books, 50)
    with pytest.raises(InsufficientFund):
        refund(books, 11)
    refund(books, 10)
    assert books.load(Donation, "donation:1").state == "refunded"


def test_a_gift_that_is_promised_is_not_refunded() -> None:
    books = given_to(a_charity(), 100)
    gather(books)
    what = {"earmark": "general", "to": "grant:1", "purpose": "aid-poor"}
    books.send("fund.commit", "fund:gifts", TREASURER, amount=70, **what)
    with pytest.raises(InsufficientFund):
        refund(books, 31)
    refund(books, 30)


def test_a_gift_is_received_once() -> None:
    with pytest.raises(AlreadyExists):
        given_to(given_to(a_charity(), 60), 60)


def test_a_gift_is_cash() -> None:
    with pytest.raises(WrongBasis):
        given_to(a_charity(basis="allotment"), 60)


def test_the_fund_the_person_and_the_campaign_of_a_gift_are_known() -> None:
    with pytest.raises(UnknownSubject):
        given_to(InMemoryLedger(), 60)
    for unknown in ({"donor": "person:1"}, {"campaign": "campaign:1"}):
        with pytest.raises(UnknownSubject):
            a_charity().send("donation.pledge", "donation:1", RAISER, amount=1, **GIFT, **unknown)
    body = {"donor": "organisation:works"}
    assert a_charity().send("donation.pledge", "donation:1", RAISER, amount=1, **GIFT, **body)


def test_a_gift_of_a_campaign_is_for_the_fund_it_raises_for() -> None:
    books = with_fund(a_charity(), "fund:other")
    plan = {"title": "慈善行", "permit": "深民许1号", "fund": "fund:other"}
    days = {"starts": date(2007, 4, 1), "ends": date(2007, 5, 1)}
    books.send("campaign.file", "campaign:1", RAISER, **plan, **days)
    with pytest.raises(EarmarkMismatch):
        books.send("donation.pledge", "donation:1", RAISER, amount=1, campaign="campaign:1", **GIFT)


def test_a_pledge_is_kept_as_it_was_made() -> None:
    books = a_charity()
    pledged = {"donor": "organisation:works"} | GIFT
    books.send("donation.pledge", "donation:1", RAISER, amount=100, **pledged)
    kept = {"amount": 90, "name_shown": False}
    with pytest.raises(EarmarkMismatch):
        books.send("donation.receive", "donation:1", RAISER, **kept, **GIFT | {"earmark": "joy"})
    other = {"donor": "organisation:other"}
    with pytest.raises(WrongState):
        books.send("donation.receive", "donation:1", RAISER, **kept, **GIFT, **other)
    (event,) = books.send("donation.receive", "donation:1", RAISER, **kept, **GIFT).events
    assert event.donor == "organisation:works"  # type: ignore[attr-defined]


def test_a_receipt_is_issued_once_for_a_gift_that_came() -> None:
    books = a_charity()
    books.send("donation.pledge", "donation:1", RAISER, amount=60, **GIFT)
    with pytest.raises(WrongState):
        books.send("donation.receipt", "donation:1", RAISER, number="SZ2007000001")
    given_to(books, 60)
    books.send("donation.receipt", "donation:1", RAISER, number="SZ2007000001")
    with pytest.raises(WrongState):
        books.send("donation.receipt", "donation:1", RAISER, number="SZ2007000002")


def test_a_gift_entered_by_mistake_is_reversed_while_it_waits() -> None:
    books = given_to(a_charity(), 60)
    books.send("event.reverse", "donation:1", an_act("approver-1"), of=2)
    assert books.balances[RECEIVED] == 0
    given_to(books, 50)
    gather(books)
    with pytest.raises(InsufficientFund):
        books.send("event.reverse", "donation:1", an_act("approver-1"), of=4)


def test_a_gift_that_was_refunded_is_not_reversed() -> None:
    books = given_to(a_charity(), 60)
    refund(books, 10)
    with pytest.raises(WrongState):
        books.send("event.reverse", "donation:1", an_act("approver-1"), of=2)


def test_what_a_keeper_raised_is_counted_gross() -> None:
    books = given_to(a_charity(), 60)
    refund(books, 10)
    facts = [fact for event in books.all() for fact in event.facts()]
    assert [(f.measure, f.value, f.detail) for f in facts] == [
        ("donated", 60, FEDERATION),
        ("donation-refunded", 10, FEDERATION),
    ]


STEPS = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 4), st.integers(1, 50)),
    st.tuples(st.just("refund"), st.integers(1, 4), st.integers(1, 50)),
    st.tuples(st.just("reverse"), st.integers(1, 4), st.integers(2, 20)),
    st.tuples(st.just("gather"), st.integers(1, 4), st.integers(1, 50)),
)


@given(st.lists(STEPS, max_size=20))
def test_gifts_are_neither_made_nor_lost(steps: list[tuple[str, int, int]]) -> None:
    books = a_charity()
    for verb, key, number in steps:
        with suppress(Refused):
            if verb == "receive":
                given_to(books, number, str(key), date(2007, 3, key))
            elif verb == "refund":
                refund(books, number, str(key))
            elif verb == "reverse":
                books.send("event.reverse", f"donation:{key}", an_act("approver-1"), of=number)
            else:
                gather(books, date(2007, 3, key))
    left = sum(books.load(Donation, f"donation:{key}").remaining for key in range(1, 5))
    assert left == books.balances[RECEIVED] + books.balances[FREE]
    assert left == -books.balances["out:gifts:general:donors"]
    assert books.load(Fund, "fund:gifts").available["general"] == books.balances[FREE]
