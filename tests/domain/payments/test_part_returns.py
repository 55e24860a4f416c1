"""A part of a payment comes back: what is left counts as paid, what came back is dealt with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.event_fields import row
from domain.kernel.refusals import BeforeItsCause, OverRecovery, PaidAfterStop, WrongState
from domain.payments.pay_run_events import PayRunSettled
from domain.payments.payment_events import PaymentMoved
from domain.payments.payments import Payment
from domain.payments.returned_lines import ReturnedLine
from tests.domain.benefits.stories import FUND
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.payments.paid_run import RUN, act_on, balances, paid, persons_paid, send_back
from tests.domain.payments.test_recoveries import establish
from tests.domain.stories import an_act

SECOND = an_act("treasurer-2", date(2007, 4, 10))


def part(books: InMemoryLedger, payment: str, amount: int) -> Sent:
    """Let the bank return a part of a payment."""
    return act_on(books, "return", payment, reason="限额", bank_ref="退-2", amount=amount)


def amount_of(sent: Sent) -> int:
    """Return how much an act moved on the payment."""
    event = sent.events[-1]
    assert isinstance(event, PaymentMoved)
    return event.amount


def write_back(books: InMemoryLedger, payment: str) -> Sent:
    """Give up what came back, by another than who may have paid it again."""
    return books.send("payment.write-back", payment, SECOND)


def test_parts_come_back_up_to_the_whole_and_are_paid_again_together() -> None:
    books, (payment,), _ = paid()
    first = part(books, payment, 100)
    assert row(first.events[0])["state"] == "part-returned"
    assert row(first.events[0])["paid"] == {"value": 200, "unit": "fen"}
    part(books, payment, 50)
    assert balances(books) == (9_700, 0, 150, 150)
    with pytest.raises(OverRecovery) as refused:
        part(books, payment, 151)
    assert refused.value.numbers == {"wanted": 151, "paid": 150}
    last = part(books, payment, 150)
    assert row(last.events[0])["state"] == "returned"
    with pytest.raises(WrongState):
        part(books, payment, 1)
    again = act_on(books, "reissue", payment)

    assert amount_of(again) == 300
    assert balances(books) == (9_700, 0, 300, 0)


def test_a_return_without_an_amount_is_of_all_that_is_left() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 100)
    assert amount_of(send_back(books, payment)) == 200

    assert books.load(Payment, payment).state == "returned"


def test_who_keeps_a_part_counts_as_paid() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 299)
    given_up = write_back(books, payment)
    assert row(given_up.events[-1])["state"] == "part-written-back"
    assert (balances(books), persons_paid(books)) == ((9_999, 0, 1, 0), 1)
    send_back(books, payment)
    write_back(books, payment)

    assert (balances(books), persons_paid(books)) == ((10_000, 0, 0, 0), 0)


def test_what_came_back_is_dealt_with_once() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 100)
    write_back(books, payment)

    for command in ("reissue", "write-back"):
        with pytest.raises(WrongState):
            act_on(books, command, payment)


def test_a_part_that_came_back_is_not_paid_again_after_a_stop() -> None:
    books, (payment,), (claim,) = paid()
    part(books, payment, 100)
    stop = an_act("clerk-1", date(2007, 4, 1))
    books.send("entitlement.stop", claim, stop, reason="死亡", from_=date(2007, 3, 1))

    with pytest.raises(PaidAfterStop):
        act_on(books, "reissue", payment)
    assert write_back(books, payment).events


def test_no_fen_is_asked_back_twice_by_the_bank_and_by_a_recovery() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 100)
    with pytest.raises(OverRecovery):
        establish(books, [payment], 201)
    establish(books, [payment], 150)
    with pytest.raises(WrongState):
        act_on(books, "return", payment, reason="限额", bank_ref="退-3", amount=51)

    later = an_act("treasurer-1", date(2007, 5, 2))
    what = {"reason": "限额", "bank_ref": "退-3", "amount": 50}
    assert books.send("payment.return", payment, later, **what).events


def test_a_part_lies_no_day_before_the_payment_or_the_last_part() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 100)
    early = an_act("treasurer-1", date(2007, 4, 9))
    with pytest.raises(BeforeItsCause):
        books.send("payment.return", payment, early, reason="限额", bank_ref="退-4", amount=1)


def test_a_supplement_counts_what_was_given_up_as_not_paid() -> None:
    books, (payment,), _ = paid()
    part(books, payment, 100)
    write_back(books, payment)
    what = {"fund": FUND, "earmark": "general", "amount": 100, "reason": "退回后补足"}

    assert books.send("payment.supplement", payment, SECOND, **what).events


def test_a_run_is_settled_with_parts_that_came_back() -> None:
    books, payments, _ = paid(2)
    lines = (ReturnedLine(payments[0], "限额", 120),)
    what: dict[str, Any] = {"bank_ref": "回盘-9", "returned": lines}
    settled = books.send("pay-run.settle", RUN, an_act(on=date(2007, 4, 10)), **what).events[-1]

    assert isinstance(settled, PayRunSettled)
    assert (settled.returned_lines, settled.returned_amount) == (1, 120)
    assert balances(books) == (9_400, 0, 480, 120)


@given(parts=st.lists(st.integers(1, 300), max_size=6), again=st.booleans())
def test_whatever_comes_back_in_parts_every_fen_is_out_or_back(
    parts: list[int], *, again: bool
) -> None:
    books, (payment,), _ = paid()
    back = 0
    for amount in parts:
        if back + amount <= 300:
            part(books, payment, amount)
            back += amount
        else:
            with pytest.raises((OverRecovery, WrongState)):
                part(books, payment, amount)
    assert balances(books) == (9_700, 0, 300 - back, back)
    if back and again:
        act_on(books, "reissue", payment)
        assert balances(books) == (9_700, 0, 300, 0)
    elif back:
        write_back(books, payment)
        assert balances(books) == (9_700 + back, 0, 300 - back, 0)
