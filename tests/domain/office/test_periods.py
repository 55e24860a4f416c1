"""Periods: two treasurers close, and only what is soft-closed opens again."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.refusals import AlreadyExists, PeriodClosed, SecondPersonNeeded, WrongState
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import a_fund, an_act

END = date(2007, 12, 31)
NOVEMBER = date(2007, 11, 30)
LATER = date(2008, 2, 1)
APPROVER = an_act("approver-1", LATER)
FIRST, SECOND = an_act("treasurer-1", LATER), an_act("treasurer-2", LATER)


def soft_closed(books: InMemoryLedger | None = None, through: date = END) -> InMemoryLedger:
    books = books or InMemoryLedger()
    books.send("period.soft-close", "period:2007", FIRST, through=through)
    return books


def test_a_second_treasurer_closes_what_the_first_has_soft_closed() -> None:
    books = soft_closed()
    with pytest.raises(SecondPersonNeeded):
        books.send("period.close", "period:2007", FIRST, through=END)
    books.send("period.close", "period:2007", SECOND, through=END)
    assert books.closed_through() == END


def test_nothing_closes_that_was_not_soft_closed() -> None:
    with pytest.raises(SecondPersonNeeded):
        InMemoryLedger().send("period.close", "period:2007", SECOND, through=END)
    with pytest.raises(SecondPersonNeeded):
        soft_closed(through=NOVEMBER).send("period.close", "period:2007", SECOND, through=END)


def test_only_what_is_soft_closed_opens_again() -> None:
    books = soft_closed()
    with pytest.raises(SecondPersonNeeded):
        books.send("period.reopen", "period:2007", FIRST, through=END)
    books.send("period.reopen", "period:2007", SECOND, through=END)
    with pytest.raises(WrongState):
        books.send("period.reopen", "period:2007", SECOND)
    soft_closed(books)
    books.send("period.close", "period:2007", SECOND, through=END)
    with pytest.raises(WrongState):
        books.send("period.reopen", "period:2007", SECOND, through=END)


def test_a_part_may_be_closed_and_the_rest_stay_soft_closed() -> None:
    books = soft_closed()
    books.send("period.close", "period:2007", SECOND, through=NOVEMBER)
    books.send("period.reopen", "period:2007", SECOND)
    with pytest.raises(AlreadyExists):
        books.send("period.close", "period:2007", SECOND, through=NOVEMBER)
    with pytest.raises(WrongState):
        books.send("period.soft-close", "period:2007", FIRST, through=NOVEMBER)


def test_a_day_is_soft_closed_once() -> None:
    with pytest.raises(AlreadyExists):
        soft_closed(soft_closed())


def test_a_closed_period_takes_no_posting_but_knows_what_took_effect_in_it() -> None:
    books = soft_closed(a_fund(100))
    books.send("period.close", "period:2007", SECOND, through=END)
    what = {"amount": 10, "earmark": "general", "to": "fiscal"}
    with pytest.raises(PeriodClosed):
        books.send("fund.surrender", "fund:x", an_act(on=END), **what)
    december = an_act(on=date(2007, 12, 15), booked=LATER)
    assert books.send("fund.surrender", "fund:x", december, **what).events


def test_a_reversal_is_booked_today_where_the_period_of_the_original_is_closed() -> None:
    books = a_fund(100)
    booked = date(2006, 1, 1)
    again = books.send("event.reverse", "fund:x", APPROVER, of=2).events[0]
    assert again.act.booked == booked
    books.send(
        "fund.bring-in", "fund:x", an_act(on=booked), amount=5, earmark="a", as_stated_in="账"
    )
    soft_closed(books)
    books.send("period.close", "period:2007", SECOND, through=END)
    late = books.send("event.reverse", "fund:x", APPROVER, of=4).events[0]
    assert late.act.booked == LATER
