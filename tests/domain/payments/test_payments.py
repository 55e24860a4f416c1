"""Payments after the run: returned, paid again, written back, completed, recovered."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.refusals import (
    InsufficientFund,
    MakerIsChecker,
    PaidAfterStop,
    WrongState,
)
from domain.payments.payments import Payment
from tests.domain.benefits.stories import (
    a_city,
    adopt,
    bring_in,
    household,
    pay,
    rate,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.payments.paid_run import (
    RUN,
    act_on,
    balances,
    paid,
    persons_paid,
    send_back,
    supplement,
)
from tests.domain.stories import an_act, with_fund

LOW = "scheme:low"


def stopped(books: InMemoryLedger, claim: str, from_: date) -> None:
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
    with pytest.raises(MakerIsChecker):
        act_on(books, "write-back", payment)
    books.send("payment.write-back", payment, an_act("treasurer-2", date(2007, 4, 10)))

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


def a_household_paid(size: int = 3, died: date | None = None) -> tuple[InMemoryLedger, str]:
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


def report_death(books: InMemoryLedger, died: date) -> None:
    """Learn that a member of the household has died."""
    learnt = an_act("clerk-1", date(2008, 1, 2))
    books.send("person.report-death", "person:low-1", learnt, date=died)


def test_a_household_is_not_paid_again_for_a_member_who_had_died() -> None:
    books, payment = a_household_paid()
    report_death(books, date(2007, 2, 27))

    with pytest.raises(PaidAfterStop):
        act_on(books, "reissue", payment)

    act_on(books, "write-back", payment)
    assert supplement(books, payment, amount=200, reason="一人去世").events


@pytest.mark.parametrize("died", [date(2007, 3, 2), date(2007, 12, 1)])
def test_who_dies_in_the_month_or_later_was_due_for_it(died: date) -> None:
    books, payment = a_household_paid()
    report_death(books, died)

    assert act_on(books, "reissue", payment).events


def test_a_household_that_was_paid_without_the_dead_is_paid_again() -> None:
    books, payment = a_household_paid(died=date(2007, 2, 27))

    assert act_on(books, "reissue", payment).events


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
