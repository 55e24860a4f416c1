"""Overpayments: what is asked back, received, written off."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.refusals import (
    MakerIsChecker,
    Malformed,
    OverRecovery,
    UnknownSubject,
    WrongState,
)
from domain.payments.recoveries import Recovery
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.payments.paid_run import (
    balances,
    paid,
    persons_paid,
    send_back,
    supplement,
)
from tests.domain.stories import an_act, with_fund

DEBT = "recovery:1"


def establish(books: InMemoryLedger, payments: list[str], amount: int, debt: str = DEBT) -> Sent:
    """Establish an overpayment."""
    act = an_act("clerk-1", date(2007, 5, 1))
    what = {"payments": tuple(payments), "amount": amount, "reason": "隐瞒收入"}
    return books.send("recovery.establish", debt, act, **what)


def debtor_pays(books: InMemoryLedger, amount: int) -> Sent:
    """Receive a part of the debt."""
    return books.send("recovery.receive", DEBT, an_act(on=date(2007, 6, 1)), amount=amount)


def write_off(books: InMemoryLedger, amount: int, by: str = "approver-1") -> Sent:
    """Write a part of the debt off."""
    return books.send("recovery.write-off", DEBT, an_act(by, date(2007, 6, 1)), amount=amount)


def test_an_overpayment_is_owed_then_received_or_lost() -> None:
    books, payments, _ = paid(2)
    establish(books, payments, 500)
    assert books.balances["spent:aid:general:x"] == 100
    assert books.balances[f"owed:aid:general:{DEBT}"] == 500
    debtor_pays(books, 350)
    write_off(books, 150)

    assert books.balances[f"owed:aid:general:{DEBT}"] == 0
    assert books.balances["lost:aid:general:x"] == 150
    assert balances(books) == (9_750, 0, 100, 0)
    assert persons_paid(books) == 2


def test_no_more_is_recovered_than_was_paid_however_often_it_is_asked() -> None:
    books, payments, _ = paid(2)
    with pytest.raises(OverRecovery) as refusal:
        establish(books, payments, 601)
    assert refusal.value.numbers == {"wanted": 601, "paid": 600}
    establish(books, payments, 400)
    with pytest.raises(OverRecovery):
        establish(books, payments, 201, "recovery:2")
    assert establish(books, payments, 200, "recovery:2").events


def test_no_more_is_received_or_written_off_than_is_owed() -> None:
    books, payments, _ = paid()
    establish(books, payments, 300)
    debtor_pays(books, 200)

    for act in (debtor_pays, write_off):
        with pytest.raises(OverRecovery) as refusal:
            act(books, 101)
        assert refusal.value.numbers == {"wanted": 101, "owed": 100}


def test_who_established_a_debt_does_not_write_it_off() -> None:
    books, payments, _ = paid()
    establish(books, payments, 300)

    with pytest.raises(MakerIsChecker):
        write_off(books, 300, by="clerk-1")


def test_a_debt_names_payments_that_have_gone_out_each_once() -> None:
    books, payments, _ = paid(2)
    for wrong in ([], [payments[0], payments[0]]):
        with pytest.raises(Malformed):
            establish(books, wrong, 1)
    with pytest.raises(UnknownSubject):
        establish(books, ["payment:x:2007-03:none"], 1)
    send_back(books, payments[0])
    with pytest.raises(WrongState):
        establish(books, payments, 500)


def test_what_is_being_recovered_does_not_come_back_from_the_bank() -> None:
    books, (payment,), _ = paid()
    establish(books, [payment], 100)

    with pytest.raises(WrongState):
        send_back(books, payment)


def test_money_that_comes_back_goes_to_the_funds_it_came_from() -> None:
    books, (payment,), _ = paid()
    with_fund(books, "fund:other", holding=1_000)
    other = supplement(books, payment, fund="fund:other").answer["payment"]
    establish(books, [payment, other], 340)
    debtor_pays(books, 320)
    write_off(books, 20)

    assert books.balances["available:aid:general"] == 10_000
    assert books.balances["available:other:general"] == 970
    assert books.balances["lost:other:general:x"] == 20
    assert sum(books.load(Recovery, DEBT).owed.values()) == 0
