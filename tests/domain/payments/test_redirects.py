"""A wrong payee: what one was paid in error is asked back, and the right one is paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.refusals import (
    BeforeItsCause,
    InsufficientFund,
    Malformed,
    NotEntitled,
    OverRecovery,
    PaidAfterStop,
    PaidTwice,
    UnknownSubject,
    WrongState,
)
from domain.payments.payments import Payment
from tests.domain.benefits.stories import bring_in, register
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.payments.paid_run import RUN, SCHEME, act_on, balances, paid, persons_paid
from tests.domain.stories import an_act

RIGHT, LATER = "person:right", date(2007, 4, 10)


def a_wrong_payment(holding: int = 10_000) -> tuple[InMemoryLedger, str]:
    """Pay one person 300 fen in error; another was entitled."""
    books, (payment,), _ = paid(holding=holding)
    register(books, RIGHT)
    bring_in(books, SCHEME, RIGHT)
    return books, payment


def redirect(
    books: InMemoryLedger, payment: str, to: str = RIGHT, *, why: str = "", **more: Any
) -> dict[str, str]:
    """Correct the payee."""
    act = an_act("treasurer-2", LATER, reason=why)
    answer: Any = books.send("payment.redirect", payment, act, to=to, reason="错付", **more).answer
    return dict(answer)


def test_the_one_owes_what_the_other_is_paid() -> None:
    books, payment = a_wrong_payment()
    told = redirect(books, payment)
    assert balances(books) == (9_400, 0, 300, 0)
    assert books.balances[f"owed:aid:general:{told['recovery']}"] == 300
    made = books.load(Payment, told["payment"])
    assert (made.paid, made.run, made.persons) == (300, RUN, 0)
    assert persons_paid(books) == 1
    assert told["payment"].endswith(books.unit().payments.tag(SCHEME, RIGHT, "2007-03", "0"))
    books.send("recovery.receive", told["recovery"], an_act(on=LATER), amount=300)

    assert balances(books) == (9_700, 0, 300, 0)


def test_a_part_is_redirected_and_no_more_than_is_out() -> None:
    books, payment = a_wrong_payment()
    act_on(books, "return", payment, reason="限额", bank_ref="退-1", amount=100)
    for amount in (201, 300):
        with pytest.raises(OverRecovery):
            redirect(books, payment, amount=amount)
    redirect(books, payment, amount=150)
    register(books, "person:third")
    with pytest.raises(OverRecovery):
        redirect(books, payment, "person:third", amount=51, why="共同受益")
    assert redirect(books, payment, "person:third", why="共同受益")["recovery"].endswith(":r2")
    with pytest.raises(OverRecovery):
        redirect(books, payment, "person:third", why="共同受益")


def test_who_has_no_claim_is_paid_only_for_a_reason() -> None:
    books, payment = a_wrong_payment()
    register(books, "person:other")
    with pytest.raises(NotEntitled):
        redirect(books, payment, "person:other")
    assert redirect(books, payment, "person:other", why="名单外，经批准")["payment"]


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ("person:x-000", Malformed),
        ("person:nobody", UnknownSubject),
        ("household:h", WrongState),
    ],
)
def test_the_right_payee_is_another_holder_that_is_there(to: str, refusal: type[Exception]) -> None:
    books, payment = a_wrong_payment()
    with pytest.raises(refusal):
        redirect(books, payment, to, why="错付")


def test_nobody_is_paid_twice_or_after_a_stop_by_a_redirection() -> None:
    books, payments, claims = paid(3)
    with pytest.raises(PaidTwice):
        redirect(books, payments[0], holder_of(books, payments[1]), why="错付")
    books, payment = a_wrong_payment()
    redirect(books, payment, amount=100)
    with pytest.raises(PaidTwice):
        redirect(books, payment, amount=100)
    books, payment = a_wrong_payment()
    claim = next(each for each in books.positions if each.endswith("right") and "entit" in each)
    stop = an_act("clerk-1", date(2007, 4, 1))
    books.send("entitlement.stop", claim, stop, reason="迁出", from_=date(2007, 3, 1))
    with pytest.raises(PaidAfterStop):
        redirect(books, payment, why="错付")
    assert claims


def holder_of(books: InMemoryLedger, payment: str) -> str:
    """Return whom a payment of the crowd went to."""
    tag = payment.rpartition(":")[2]
    names = [f"person:x-00{nth}" for nth in range(3)]
    payments = books.unit().payments
    return next(each for each in names if payments.tag(SCHEME, each, "2007-03", "0") == tag)


def test_the_fund_bears_it_and_no_day_lies_before_the_payment() -> None:
    books, payment = a_wrong_payment(holding=599)
    with pytest.raises(InsufficientFund):
        redirect(books, payment)
    books, payment = a_wrong_payment()
    early = an_act("treasurer-2", date(2007, 1, 1))
    with pytest.raises(BeforeItsCause):
        books.send("payment.redirect", payment, early, to=RIGHT, reason="错付")


@given(amounts=st.lists(st.integers(1, 300), min_size=1, max_size=3))
def test_whatever_is_redirected_what_is_spent_stays(amounts: list[int]) -> None:
    books, payment = a_wrong_payment()
    out = 300
    for nth, amount in enumerate(amounts):
        to = register_one(books, nth)
        if amount > out:
            with pytest.raises(OverRecovery):
                redirect(books, payment, to, amount=amount, why="错付")
            continue
        redirect(books, payment, to, amount=amount, why="错付")
        out -= amount
    available, committed, spent, returned = balances(books)
    assert (committed, spent, returned) == (0, 300, 0)
    assert available == 9_700 - (300 - out)


def register_one(books: InMemoryLedger, nth: int) -> str:
    """Register one more person."""
    person = f"person:more-{nth}"
    register(books, person)
    return person
