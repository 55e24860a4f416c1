"""The lottery: each day and month is reported once, on a day that lies in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.refusals import AlreadyExists, Malformed, WrongState
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import DAY, an_act

LOTTERY = "lottery:welfare"
NEXT = date(2007, 3, 2)


def reported(books: InMemoryLedger, amount: int, day: date = DAY) -> InMemoryLedger:
    what = {"day": day, "amount": amount}
    books.send("lottery.report-sales", LOTTERY, an_act("clerk-1", day), **what)
    return books


def sales(books: InMemoryLedger) -> int:
    facts = [fact for event in books.all() for fact in event.facts()]
    return sum(fact.value for fact in facts if fact.measure == "lottery-sales")


def test_a_day_is_reported_on_that_day() -> None:
    with pytest.raises(Malformed):
        InMemoryLedger().send("lottery.report-sales", LOTTERY, an_act(on=NEXT), day=DAY, amount=1)


@pytest.mark.parametrize("verb", ["extract", "remit"])
def test_a_month_is_reported_once_on_a_day_that_lies_in_it(verb: str) -> None:
    books = InMemoryLedger()
    with pytest.raises(Malformed):
        books.send(f"lottery.{verb}", LOTTERY, an_act(), month="2007-02", amount=1)
    books.send(f"lottery.{verb}", LOTTERY, an_act(), month="2007-03", amount=1)
    with pytest.raises(AlreadyExists):
        books.send(f"lottery.{verb}", LOTTERY, an_act(), month="2007-03", amount=1)


def test_a_day_is_reported_again_only_after_its_report_was_reversed() -> None:
    books = reported(InMemoryLedger(), 100)
    with pytest.raises(AlreadyExists):
        reported(books, 90)
    books.send("event.reverse", LOTTERY, an_act("approver-1"), of=1)
    assert sales(books) == 0
    reported(books, 90)
    assert sales(books) == 90
    with pytest.raises(WrongState):
        books.send("event.reverse", LOTTERY, an_act("approver-1"), of=2)


@given(st.dictionaries(st.dates(date(2007, 1, 1), date(2007, 12, 31)), st.integers(1, 10**9)))
def test_sales_are_the_sum_of_the_days(days: dict[date, int]) -> None:
    books = InMemoryLedger()
    for day, amount in days.items():
        reported(books, amount, day)
    assert sales(books) == sum(days.values())
    assert not books.balances
