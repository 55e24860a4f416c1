"""A gift in several places is told wrongly, and corrected: each place has what it really got."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds.donations import Donation
from domain.kernel.refusals import InsufficientFund, Malformed, Refused, WrongState
from tests.domain.funds.test_gift_parts import (
    APPROVER,
    GIFT,
    ONE,
    OTHER,
    RAISER,
    TREASURER,
    TWO,
    books_with_two,
    held,
    part,
    receive,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import counted
from tests.domain.stories import BUREAU, FEDERATION

PLACES = ((ONE, "general"), (ONE, "school"), (TWO, "general"))


def correct(books: InMemoryLedger, **what: Any) -> None:
    books.send("donation.correct", GIFT, RAISER, **what)


def test_the_parts_of_a_gift_are_corrected_where_they_lie() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    books.send("fund.gather", ONE, TREASURER, earmark="general", through=TREASURER.on)
    correct(books, parts=(part(50), part(40, TWO), part(10, TWO, "school")))
    assert held(books) == {
        "available:gifts:general": 50, "received:care:general": 40, "received:care:school": 10,
    }  # fmt: skip
    assert counted(books, "donated", detail=FEDERATION) == 50
    assert counted(books, "donated", detail=BUREAU) == 50
    assert counted(books, "donation-refunded") == 0


def test_parts_become_one_place_and_one_place_becomes_parts() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    correct(books, parts=(part(100, TWO),))
    assert held(books) == {"received:care:general": 100}
    correct(books, amount=90)
    correct(books, parts=(part(30), part(70, TWO)))
    gift = books.load(Donation, GIFT)
    assert held(books) == {"received:gifts:general": 30, "received:care:general": 70}
    assert (gift.amount, gift.remaining, gift.fund) == (100, 100, ONE)


def test_who_gave_is_corrected_of_a_gift_in_parts_and_no_money_moves() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    before = held(books)
    (event,) = books.send("donation.correct", GIFT, RAISER, name_shown=False).events
    assert (held(books), event.postings(), event.facts()) == (before, (), ())
    assert len(event.parts) == 2  # type: ignore[attr-defined]


def test_a_gift_in_parts_says_all_of_them_when_money_was_told_wrongly() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    for what in ({"amount": 90}, {"fund": TWO}, {"earmark": "school"}):
        with pytest.raises(WrongState, match="say all its parts"):
            correct(books, **what)
    for wrong in ({"parts": (part(1), part(2))}, {"parts": (part(1),), "amount": 2}):
        with pytest.raises(Malformed):
            correct(books, **wrong)


def test_what_was_refunded_or_spent_of_a_part_is_not_corrected_away() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    what: dict[str, Any] = {"fund": TWO, "earmark": "general"}
    books.send("donation.refund", GIFT, OTHER, amount=30, **what)
    for parts in ((part(60),), (part(60), part(30, TWO))):
        with pytest.raises(WrongState, match="refunded"):
            correct(books, parts=parts)
    books.send("fund.gather", ONE, TREASURER, earmark="general", through=TREASURER.on)
    promise: dict[str, Any] = {"to": "grant:1", "purpose": "aid-poor", "earmark": "general"}
    books.send("fund.commit", ONE, TREASURER, amount=50, **promise)
    with pytest.raises(InsufficientFund):
        correct(books, parts=(part(49), part(40, TWO)))
    correct(books, parts=(part(50), part(31, TWO)))
    assert books.load(Donation, GIFT).remaining == 51
    with pytest.raises(WrongState, match="corrected since"):
        books.send("event.reverse", GIFT, APPROVER, of=books.positions[GIFT][0])


def test_a_gift_of_which_one_part_was_refunded_in_full_is_still_one_of_parts() -> None:
    books = books_with_two()
    receive(books, parts=(part(60), part(40, TWO)))
    books.send("donation.refund", GIFT, OTHER, amount=40, fund=TWO)
    with pytest.raises(WrongState, match="say all its parts"):
        correct(books, amount=50)
    before = held(books)
    (event,) = books.send("donation.correct", GIFT, RAISER, donor=None, name_shown=False).events
    assert (held(books), event.postings(), event.facts()) == (before, (), ())
    correct(books, parts=(part(50), part(40, TWO)))
    gift = books.load(Donation, GIFT)
    assert held(books) == {"received:gifts:general": 50}
    assert (gift.amount, gift.remaining) == (90, 50)


def test_a_correction_says_who_kept_the_gift_before() -> None:
    books = books_with_two()
    receive(books, amount=100, fund=ONE, earmark="general")
    event: Any = books.send("donation.correct", GIFT, RAISER, parts=(part(100, TWO),)).events[-1]
    assert (event.before.fund, event.before.keeper) == (ONE, FEDERATION)
    assert (event.fund, event.keeper) == (TWO, BUREAU)


SHARES = st.dictionaries(st.sampled_from(PLACES), st.integers(1, 50), min_size=1)


@given(first=SHARES, told=st.lists(SHARES, max_size=4), back=st.integers(0, 60),
       gathered=st.sets(st.sampled_from(PLACES)))  # fmt: skip
def test_each_place_holds_what_the_last_correction_says_less_what_was_refunded(
    first: dict[tuple[str, str], int],
    told: list[dict[tuple[str, str], int]],
    back: int,
    gathered: set[tuple[str, str]],
) -> None:
    books = books_with_two()
    wanted, refunded = dict(first), Counter[tuple[str, str]]()
    receive(books, parts=tuple(part(amount, *place) for place, amount in first.items()))
    for fund, earmark in gathered:
        with suppress(Refused):
            books.send("fund.gather", fund, TREASURER, earmark=earmark, through=TREASURER.on)
    place = next(iter(first))
    if 0 < back <= first[place]:
        books.send("donation.refund", GIFT, OTHER, amount=back, fund=place[0], earmark=place[1])
        refunded[place] = back
    for shares in told:
        parts = tuple(part(amount, *where) for where, amount in shares.items())
        fits = all(
            shares.get(where, 0) > amount or shares.get(where, 0) == wanted[where]
            for where, amount in refunded.items()
            if amount
        )
        if sum(refunded.values()) == sum(wanted.values()):
            fits = False
        try:
            correct(books, parts=parts)
        except WrongState:
            assert not fits
        else:
            assert fits
            wanted = shares
    sums = Counter[tuple[str, str]]()
    for account, value in held(books).items():
        _, fund, earmark = account.split(":")
        sums[f"fund:{fund}", earmark] += value
    assert sums == Counter(wanted) - refunded
    gift = books.load(Donation, GIFT)
    assert gift.amount == sum(wanted.values()) == counted(books, "donated")
