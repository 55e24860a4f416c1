"""What is due for past months, less what was paid: the rules alone."""

from __future__ import annotations

from datetime import date

from domain.payments.arrears import MonthOf, arrears
from tests.domain.benefits.stories import (
    a_city,
    adopt,
    bring_in,
    crowd,
    pay,
    rate,
    register,
    stop,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.payments.paid_run import act_on, paid, send_back, supplement
from tests.domain.stories import an_act

SCHEME, MONTH = "scheme:x", "2007-03"


def differences(books: InMemoryLedger, month: str = MONTH) -> list[tuple[int, int]]:
    """Return what is due and paid to each holder of whom that differs."""
    found = arrears(books.unit(), MonthOf(SCHEME, month))
    return [(one.due, one.paid) for one in found if one.difference]


def raise_rate(books: InMemoryLedger, amount: int, from_: str = "2007-03-01") -> None:
    """Set a rate back."""
    act = an_act("approver-1", date(2007, 4, 10), authority="文2")
    day = date.fromisoformat(from_)
    books.send("scheme.set-rate", SCHEME, act, tier="a", from_=day, amount=amount)


def test_a_month_that_is_paid_as_due_has_no_arrears() -> None:
    books, *_ = paid(3)
    assert differences(books) == []


def test_a_rate_raised_later_is_due_to_everybody() -> None:
    books, *_ = paid(3)
    raise_rate(books, 350)
    assert differences(books) == [(350, 300)] * 3
    assert differences(books, "2007-02") == [(300, 0)] * 3


def test_a_claim_granted_back_is_due_whole() -> None:
    books, *_ = paid(2)
    register(books, "person:late")
    bring_in(books, SCHEME, "person:late", "a")
    assert differences(books) == [(300, 0)]


def test_a_stop_that_is_learnt_late_leaves_what_was_too_much() -> None:
    books, _, claims = paid(2)
    stop(books, claims[0])
    assert differences(books) == [(0, 300)]


def test_what_came_back_counts_as_paid_until_it_is_written_back() -> None:
    books, payments, _ = paid(2)
    send_back(books, payments[0])
    assert differences(books) == []
    act_on(books, "write-back", payments[0])
    assert differences(books) == [(300, 0)]


def test_supplements_count_and_recoveries_do_not() -> None:
    books, payments, _ = paid(2)
    raise_rate(books, 350)
    supplement(books, payments[0])
    assert differences(books) == [(350, 300)]
    act = an_act("clerk-1", date(2007, 4, 10))
    what = {"payments": (payments[1],), "amount": 100, "reason": "多发"}
    books.send("recovery.establish", "recovery:1", act, **what)
    assert differences(books) == [(350, 200)]


def test_a_month_that_no_run_has_paid_is_due_whole() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300))
    crowd(books, SCHEME, 1)
    assert differences(books) == [(300, 0)]
    pay(books, SCHEME, MONTH)
    assert differences(books) == []
