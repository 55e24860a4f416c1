"""Periods: two treasurers close; what is closed opens again as far as soft-closed, for a reason."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.aggregate import Act
from domain.kernel.refusals import (
    AlreadyExists,
    Malformed,
    PeriodClosed,
    SecondPersonNeeded,
    WrongState,
)
from domain.office.periods import Period
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import a_fund, an_act

END = date(2007, 12, 31)
OCTOBER, NOVEMBER = date(2007, 10, 31), date(2007, 11, 30)
LATER = date(2008, 2, 1)
APPROVER = an_act("approver-1", LATER)
FIRST, SECOND = an_act("treasurer-1", LATER), an_act("treasurer-2", LATER)

BECAUSE = an_act("treasurer-1", LATER, reason="漏记一笔退款")


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


def closed(books: InMemoryLedger | None = None, through: date = END) -> InMemoryLedger:
    books = soft_closed(books, through)
    books.send("period.close", "period:2007", SECOND, through=through)
    return books


def reopened(books: InMemoryLedger, act: Act = BECAUSE, through: date = END) -> InMemoryLedger:
    books.send("period.reopen", "period:2007", act, through=through)
    return books


def test_what_is_soft_closed_is_opened_again_by_another() -> None:
    books = soft_closed()
    with pytest.raises(SecondPersonNeeded):
        books.send("period.reopen", "period:2007", FIRST, through=END)
    books.send("period.reopen", "period:2007", SECOND, through=END)
    with pytest.raises(WrongState):
        books.send("period.reopen", "period:2007", SECOND)


def test_closed_books_are_opened_again_for_a_reason_by_another_than_who_closed_them() -> None:
    books = closed()
    with pytest.raises(SecondPersonNeeded):
        reopened(books, an_act("treasurer-2", LATER, reason="漏记"))
    with pytest.raises(Malformed, match="say why"):
        reopened(books, FIRST)
    for through in (NOVEMBER, None):
        with pytest.raises(WrongState, match="closed through 2007-12-31"):
            books.send("period.reopen", "period:2007", BECAUSE, through=through)
    reopened(books)
    assert books.closed_through() is None
    # They are opened no further, and another closes them than who opened them.
    for act in (FIRST, SECOND, BECAUSE):
        with pytest.raises(WrongState, match="books closed through 2007-12-31 were opened again"):
            reopened(books, act)
    with pytest.raises(SecondPersonNeeded):
        books.send("period.close", "period:2007", FIRST, through=END)
    books.send("period.close", "period:2007", SECOND, through=END)
    assert books.closed_through() == END


def test_closings_are_taken_back_one_by_one_the_last_one_first() -> None:
    books = closed(closed(through=NOVEMBER))
    reopened(books)
    assert books.closed_through() == NOVEMBER
    reopened(books, through=NOVEMBER)
    assert books.closed_through() is None
    again = [event for event in books.all() if event.TOPIC == "period.books-reopened"]
    assert [event.soft_through for event in again] == [END, END]  # type: ignore[attr-defined]
    books.send("period.close", "period:2007", SECOND, through=NOVEMBER)
    assert books.closed_through() == NOVEMBER


def test_a_period_that_another_closes_further_is_not_opened() -> None:
    books = closed(closed(through=NOVEMBER))
    books.send("period.soft-close", "period:2007-10", FIRST, through=OCTOBER)
    books.send("period.close", "period:2007-10", SECOND, through=OCTOBER)
    with pytest.raises(WrongState, match="another period is closed through 2007-12-31"):
        books.send("period.reopen", "period:2007-10", BECAUSE, through=OCTOBER)


def test_a_period_says_what_may_be_opened_again_and_who_does_not_open_it() -> None:
    def asked(books: InMemoryLedger) -> tuple[date, str] | None:
        return books.load(Period, "period:2007").reopenable()

    assert asked(soft_closed()) == (END, FIRST.by)
    # A later soft close stands above what is closed: it is opened first.
    assert asked(soft_closed(closed(through=NOVEMBER))) == (END, FIRST.by)
    # What was closed once is opened no further; an earlier closing is next.
    assert asked(reopened(closed())) is None
    assert asked(reopened(closed(closed(through=NOVEMBER)))) == (NOVEMBER, SECOND.by)


def test_what_was_booked_late_stays_when_the_books_are_opened_again() -> None:
    books = closed(a_fund(100))
    late = books.send("event.reverse", "fund:x", APPROVER, of=2).events[0]
    reopened(books)
    assert late.act.booked == LATER
    assert [event.act.booked for event in books.all() if event.postings()][-1] == LATER


def test_a_part_may_be_closed_and_the_rest_stay_soft_closed() -> None:
    books = soft_closed()
    books.send("period.close", "period:2007", SECOND, through=NOVEMBER)
    books.send("period.reopen", "period:2007", SECOND)
    with pytest.raises(AlreadyExists):
        books.send("period.close", "period:2007", SECOND, through=NOVEMBER)
    with pytest.raises(WrongState):
        books.send("period.soft-close", "period:2007", FIRST, through=NOVEMBER)


def test_a_day_is_soft_closed_once_and_no_soft_closing_opens_days() -> None:
    for through in (END, NOVEMBER):
        with pytest.raises(AlreadyExists):
            soft_closed(soft_closed(), through)


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
