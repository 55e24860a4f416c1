"""Gifts for several funds or earmarks, pledges kept in instalments, gifts told wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.funds.donations import Donation
from domain.funds.gift_parts import GiftPart
from domain.kernel.refusals import (
    AlreadyExists,
    BeforeItsCause,
    EarmarkMismatch,
    InsufficientFund,
    Malformed,
    WrongBasis,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import counted
from tests.domain.stories import BUREAU, FEDERATION, an_act, with_fund

RAISER, OTHER, TREASURER = an_act("fundraiser-1"), an_act("fundraiser-2"), an_act()
APPROVER = an_act("approver-1")
GIFT = "donation:1"
ONE, TWO = "fund:gifts", "fund:care"
PLACE = {"fund": ONE, "earmark": "general"}


def books_with_two() -> InMemoryLedger:
    """Return books with two cash funds of two keepers."""
    books = with_fund(InMemoryLedger(), ONE, kind="charity", keeper=FEDERATION)
    return with_fund(books, TWO, kind="care", keeper=BUREAU)


def part(amount: int, fund: str = ONE, earmark: str = "general") -> GiftPart:
    """Return a part of a gift."""
    return GiftPart(fund, earmark, amount)


def receive(books: InMemoryLedger, **what: Any) -> None:
    """Receive a gift."""
    books.send("donation.receive", GIFT, RAISER, **({"name_shown": True} | what))


def held(books: InMemoryLedger) -> dict[str, int]:
    """Return what lies where, the world outside left out."""
    return {name: held for name, held in books.balances.items() if held and name[:4] != "out:"}


def test_a_gift_lies_where_its_parts_say() -> None:
    books = books_with_two()
    parts = (part(60), part(30, TWO), part(10, earmark="school"))
    receive(books, parts=parts, amount=100)
    assert held(books) == {
        "received:gifts:general": 60,
        "received:care:general": 30,
        "received:gifts:school": 10,
    }
    assert counted(books, "donated", detail=FEDERATION) == 70
    assert counted(books, "donated", detail=BUREAU) == 30


@pytest.mark.parametrize(
    "what",
    [
        {"parts": (part(1), part(2, TWO)), "amount": 4},
        {"parts": (part(1), part(2))},
        {"parts": (part(1), part(2, TWO)), "service": "广告"},
        {"parts": (part(1),), "fund": TWO, "earmark": "general"},
        {"amount": 5},
        {"amount": 5, "fund": ONE},
        {},
    ],
)
def test_parts_that_do_not_agree_are_refused(what: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        receive(books_with_two(), **what)


def test_no_part_is_for_a_fund_of_allotments() -> None:
    books = with_fund(books_with_two(), "fund:budget", basis="allotment")
    with pytest.raises(WrongBasis):
        receive(books, parts=(part(1), part(1, "fund:budget")))


def test_a_part_is_given_back_from_its_place() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    with pytest.raises(WrongState, match="fund:gifts general"):
        books.send("donation.refund", GIFT, OTHER, amount=10)
    with pytest.raises(InsufficientFund):
        books.send("donation.refund", GIFT, OTHER, amount=41, fund=TWO)
    books.send("donation.refund", GIFT, OTHER, amount=40, fund=TWO)
    books.send("donation.refund", GIFT, OTHER, amount=60)
    assert (held(books), books.load(Donation, GIFT).state) == ({}, "refunded")


def test_a_gift_of_parts_is_mirrored_whole_or_not_at_all() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    books.send("fund.gather", TWO, TREASURER, earmark="general", through=TREASURER.on)
    of = books.positions[GIFT][0]
    with pytest.raises(InsufficientFund):
        books.send("event.reverse", GIFT, APPROVER, of=of)
    other = books_with_two()
    receive(other, parts=(part(60), part(40, TWO)))
    other.send("event.reverse", GIFT, APPROVER, of=other.positions[GIFT][0])
    assert (held(other), counted(other, "donated")) == ({}, 0)


def test_a_pledge_is_kept_in_instalments() -> None:
    books = books_with_two()
    books.send("donation.pledge", GIFT, RAISER, amount=100, **PLACE)
    receive(books, amount=40, **PLACE)
    assert books.load(Donation, GIFT).state == "part-received"
    with pytest.raises(WrongState):
        books.send("donation.receipt", GIFT, RAISER, number="SZ1")
    with pytest.raises(EarmarkMismatch):
        receive(books, amount=60, fund=TWO, earmark="general")
    with pytest.raises(WrongState, match="money was pledged"):
        receive(books, service="广告", **PLACE)
    receive(books, amount=70, **PLACE)
    gift = books.load(Donation, GIFT)
    assert (gift.state, gift.amount, held(books)) == (
        "received",
        110,
        {"received:gifts:general": 110},
    )
    with pytest.raises(AlreadyExists):
        receive(books, amount=1, **PLACE)
    with pytest.raises(WrongState, match="later instalments"):
        books.send("event.reverse", GIFT, APPROVER, of=books.positions[GIFT][1])
    books.send("event.reverse", GIFT, APPROVER, of=books.positions[GIFT][2])
    assert books.load(Donation, GIFT).state == "part-received"
    books.send("event.reverse", GIFT, APPROVER, of=books.positions[GIFT][1])
    assert (books.load(Donation, GIFT).state, held(books)) == ("pledged", {})


def test_a_gathered_gift_is_corrected_without_a_refund() -> None:
    books = books_with_two()
    receive(books, amount=1000, **PLACE)
    books.send("fund.gather", ONE, TREASURER, earmark="general", through=TREASURER.on)
    books.send("donation.correct", GIFT, RAISER, amount=100)
    assert held(books) == {"available:gifts:general": 100}
    assert (counted(books, "donated"), counted(books, "donation-refunded")) == (100, 0)
    books.send("donation.correct", GIFT, RAISER, fund=TWO, earmark="school")
    assert held(books) == {"received:care:school": 100}
    assert counted(books, "donated", detail=BUREAU) == 100
    assert counted(books, "donated", detail=FEDERATION) == 0
    books.send("donation.correct", GIFT, RAISER, amount=300)
    assert held(books) == {"received:care:school": 300}


def test_no_more_is_corrected_than_is_still_there() -> None:
    books = books_with_two()
    receive(books, amount=100, **PLACE)
    books.send("fund.gather", ONE, TREASURER, earmark="general", through=TREASURER.on)
    what: dict[str, Any] = {"to": "grant:1", "purpose": "aid-poor", "earmark": "general"}
    books.send("fund.commit", ONE, TREASURER, amount=60, **what)
    with pytest.raises(InsufficientFund):
        books.send("donation.correct", GIFT, RAISER, fund=TWO)
    with pytest.raises(InsufficientFund):
        books.send("donation.correct", GIFT, RAISER, amount=59)
    books.send("donation.correct", GIFT, RAISER, amount=60)
    with pytest.raises(WrongState, match="corrected since"):
        books.send("event.reverse", GIFT, APPROVER, of=books.positions[GIFT][0])


def test_what_was_refunded_is_not_corrected_away() -> None:
    books = books_with_two()
    receive(books, amount=100, **PLACE)
    books.send("donation.refund", GIFT, OTHER, amount=30)
    for what in ({"amount": 30}, {"fund": TWO}):
        with pytest.raises(WrongState, match="refunded"):
            books.send("donation.correct", GIFT, RAISER, **what)
    books.send("donation.correct", GIFT, RAISER, amount=31)
    assert (books.load(Donation, GIFT).remaining, held(books)) == (1, {"received:gifts:general": 1})


def test_what_cannot_be_corrected_is_refused_by_name() -> None:
    books = books_with_two()
    books.send("donation.pledge", GIFT, RAISER, amount=100, **PLACE)
    with pytest.raises(WrongState):
        books.send("donation.correct", GIFT, RAISER, amount=5)
    receive(books, amount=100, **PLACE)
    with pytest.raises(Malformed):
        books.send("donation.correct", GIFT, RAISER)
    early = an_act("fundraiser-1", date(2007, 2, 28))
    with pytest.raises(BeforeItsCause):
        books.send("donation.correct", GIFT, early, amount=5)


def test_the_name_of_a_donor_is_corrected_and_no_money_moves() -> None:
    books = books_with_two()
    receive(books, service="广告", **PLACE)
    (event,) = books.send("donation.correct", GIFT, RAISER, name_shown=False).events
    assert (event.postings(), event.facts()) == ((), ())
    with pytest.raises(WrongState, match="no gift of money"):
        books.send("donation.correct", GIFT, RAISER, amount=5)
