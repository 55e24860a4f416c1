"""Payments after the run: returned, paid again, written back, completed, recovered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.refusals import (
    InsufficientFund,
    MakerIsChecker,
    Malformed,
    OverRecovery,
    PaidAfterStop,
    UnknownSubject,
    WrongState,
)
from domain.payments.payments import Payment
from domain.payments.recoveries import Recovery
from tests.domain.benefits.stories import (
    FUND,
    a_city,
    adopt,
    bring_in,
    crowd,
    household,
    pay,
    rate,
    run_of,
)
from tests.domain.in_memory_unit import Books, Sent
from tests.domain.stories import an_act, with_fund

SCHEME, MONTH = "scheme:x", "2007-03"
RUN = run_of(SCHEME, MONTH)
DEBT = "recovery:1"
LOW = "scheme:low"


def paid(number: int = 1, holding: int = 10_000, **more: Any) -> tuple[Books, list[str], list[str]]:
    """Return books in which so many persons were paid 300 fen, the payments, the entitlements."""
    books = a_city(holding)
    adopt(books, SCHEME, rate("a", 300), **more)
    claims = crowd(books, SCHEME, number)
    return books, pay(books, SCHEME, MONTH), claims


def act_on(books: Books, command: str, payment: str, **what: Any) -> Sent:
    """Send a treasurer's command on a payment, in April."""
    on = date(2007, 4, 10)
    return books.send(f"payment.{command}", payment, an_act("treasurer-1", on), **what)


def send_back(books: Books, payment: str) -> Sent:
    """Let the bank return a payment."""
    return act_on(books, "return", payment, reason="账号有误", bank_ref="退-1")


def balances(books: Books) -> tuple[int, int, int, int]:
    """Return available, committed, spent and returned."""
    held = books.balances
    return (
        held["available:aid:general"],
        held[f"committed:aid:general:{RUN}"],
        held["spent:aid:general:x"],
        held[f"returned:aid:general:{RUN}"],
    )


def persons_paid(books: Books) -> int:
    """Return the person-months that the figures count."""
    return sum(
        fact.value
        for event in books.all()
        for fact in event.facts()
        if fact.measure == "payment-persons"
    )


def stopped(books: Books, claim: str, from_: date) -> None:
    """Stop an entitlement."""
    act = an_act("clerk-1", date(2007, 4, 1))
    books.send("entitlement.stop", claim, act, reason="去世", from_=from_)


def test_what_came_back_is_paid_again_or_written_back() -> None:
    books, (payment,), _ = paid()
    assert balances(books) == (9_700, 0, 300, 0)
    send_back(books, payment)
    assert balances(books) == (9_700, 0, 0, 300)
    act_on(books, "reissue", payment)
    assert balances(books) == (9_700, 0, 300, 0)
    send_back(books, payment)
    act_on(books, "write-back", payment)

    assert balances(books) == (10_000, 0, 0, 0)


@pytest.mark.parametrize("command", ["reissue", "write-back"])
def test_only_what_came_back_is_paid_again_or_written_back(command: str) -> None:
    books, (payment,), _ = paid()

    with pytest.raises(WrongState):
        act_on(books, command, payment)


def test_a_payment_comes_back_once() -> None:
    books, (payment,), _ = paid()
    send_back(books, payment)

    with pytest.raises(WrongState):
        send_back(books, payment)


def test_a_written_back_payment_no_longer_counts_its_persons() -> None:
    books, payments, _ = paid(3)
    send_back(books, payments[0])
    assert persons_paid(books) == 3
    act_on(books, "write-back", payments[0])

    assert persons_paid(books) == 2


def test_nobody_is_paid_again_after_a_stop_that_takes_the_month_away() -> None:
    books, (payment,), (claim,) = paid()
    send_back(books, payment)
    stopped(books, claim, date(2007, 3, 1))

    with pytest.raises(PaidAfterStop):
        act_on(books, "reissue", payment)
    with pytest.raises(PaidAfterStop):
        supplement(books, payment)


def test_a_stop_of_a_later_month_leaves_the_payment_due() -> None:
    books, (payment,), (claim,) = paid()
    send_back(books, payment)
    stopped(books, claim, date(2007, 4, 1))

    assert act_on(books, "reissue", payment).events


@pytest.mark.parametrize(("grace", "due"), [(0, False), (6, True)])
def test_what_the_law_allows_after_a_death_is_paid_again(grace: int, *, due: bool) -> None:
    books, (payment,), _ = paid(after_death_months=grace)
    send_back(books, payment)
    learnt = an_act("clerk-1", date(2007, 4, 1))
    books.send("person.report-death", "person:x-000", learnt, date=date(2007, 1, 5))

    if due:
        assert act_on(books, "reissue", payment).events
    else:
        with pytest.raises(PaidAfterStop):
            act_on(books, "reissue", payment)


def a_household_paid(size: int = 3, died: date | None = None) -> tuple[Books, str]:
    """Pay a household by the number of its members, of whom one may be known to have died."""
    books = a_city()
    adopt(books, LOW, rate("a", 100), per="household", formula="top-up")
    home = household(books, "low", size)
    bring_in(books, LOW, home)
    if died:
        report_death(books, died)
    (payment,) = pay(books, LOW, "2007-03")
    send_back(books, payment)
    return books, payment


def report_death(books: Books, died: date) -> None:
    """Learn that a member of the household has died."""
    learnt = an_act("clerk-1", date(2008, 1, 2))
    books.send("person.report-death", "person:low-1", learnt, date=died)


def test_a_household_is_not_paid_again_for_a_member_who_had_died() -> None:
    books, payment = a_household_paid()
    report_death(books, date(2007, 2, 27))

    with pytest.raises(PaidAfterStop):
        act_on(books, "reissue", payment)

    act_on(books, "write-back", payment)
    what = {"fund": FUND, "earmark": "general", "amount": 200, "reason": "一人去世"}
    assert act_on(books, "supplement", payment, **what).events


@pytest.mark.parametrize("died", [date(2007, 3, 2), date(2007, 12, 1)])
def test_who_dies_in_the_month_or_later_was_due_for_it(died: date) -> None:
    books, payment = a_household_paid()
    report_death(books, died)

    assert act_on(books, "reissue", payment).events


def test_a_household_that_was_paid_without_the_dead_is_paid_again() -> None:
    books, payment = a_household_paid(died=date(2007, 2, 27))

    assert act_on(books, "reissue", payment).events


def supplement(books: Books, payment: str, **more: Any) -> Sent:
    """Complete a payment by 50 fen."""
    what = {"fund": FUND, "earmark": "general", "amount": 50, "reason": "少算一人"} | more
    return act_on(books, "supplement", payment, **what)


def test_a_supplement_is_committed_and_paid_at_once_by_a_payment_of_its_own() -> None:
    books, (payment,), _ = paid()
    made = [supplement(books, payment).answer["payment"] for _ in range(2)]

    assert len({payment, *made}) == 3
    assert all(each.startswith("payment:x:2007-03:") for each in made)
    assert balances(books) == (9_600, 0, 400, 0)
    assert persons_paid(books) == 1
    completed = books.load(Payment, made[0])
    assert (completed.completes, completed.run, completed.amount) == (payment, RUN, 50)


def test_a_supplement_never_takes_more_than_the_fund_holds() -> None:
    books, (payment,), _ = paid(holding=349)

    with pytest.raises(InsufficientFund):
        supplement(books, payment)


def test_a_supplement_may_come_from_another_fund_and_comes_back_there() -> None:
    books, (payment,), _ = paid()
    with_fund(books, "fund:other", holding=1_000)
    made = supplement(books, payment, fund="fund:other").answer["payment"]
    send_back(books, made)
    act_on(books, "write-back", made)

    assert books.balances["available:other:general"] == 1_000


def test_a_supplement_is_not_completed_itself() -> None:
    books, (payment,), _ = paid()
    made = supplement(books, payment).answer["payment"]

    with pytest.raises(WrongState):
        supplement(books, made)


def establish(books: Books, payments: list[str], amount: int, debt: str = DEBT) -> Sent:
    """Establish an overpayment."""
    act = an_act("clerk-1", date(2007, 5, 1))
    what = {"payments": tuple(payments), "amount": amount, "reason": "隐瞒收入"}
    return books.send("recovery.establish", debt, act, **what)


def debtor_pays(books: Books, amount: int) -> Sent:
    """Receive a part of the debt."""
    return books.send("recovery.receive", DEBT, an_act(on=date(2007, 6, 1)), amount=amount)


def write_off(books: Books, amount: int, by: str = "approver-1") -> Sent:
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
