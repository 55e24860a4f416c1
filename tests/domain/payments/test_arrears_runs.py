"""Arrears runs: what is due and not paid is paid once, and what was too much is asked back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.refusals import DigestMismatch, Malformed, NotYet, PaidTwice, Refused
from domain.payments.payments import Payment
from domain.payments.recoveries import Recovery
from tests.domain.benefits.stories import (
    FUND,
    a_city,
    adopt,
    bring_in,
    draw_up,
    household,
    pay,
    rate,
    register,
    run_of,
    stop,
)
from tests.domain.payments.paid_run import (
    act_on,
    balances,
    paid,
    persons_paid,
    send_back,
    supplement,
)
from tests.domain.payments.test_arrears import differences, raise_rate
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger, Sent

SCHEME, MONTH = "scheme:x", "2007-03"
RUN = run_of(SCHEME, MONTH, "-arrears")
MAY = date(2007, 5, 10)


def draw(
    books: InMemoryLedger, run: str = RUN, from_: str = MONTH, to: str = MONTH, **more: Any
) -> Sent:
    """Draw up an arrears run in May."""
    what = {"scheme": SCHEME, "kind": "arrears", "from_": from_, "to": to, "fund": FUND,
            "earmark": "general"} | more  # fmt: skip
    return books.send("pay-run.draw-up", run, an_act("clerk-1", MAY), **what)


def agree(books: InMemoryLedger, run: str = RUN, **more: Any) -> dict[str, Any]:
    """Draw up, review and approve; return what the drawing-up answered."""
    answer = draw(books, run, **more).answer
    for act, who in (("review", "reviewer-1"), ("approve", "approver-1")):
        books.send(f"pay-run.{act}", run, an_act(who, MAY), digest=answer["digest"])
    return answer


def release(books: InMemoryLedger, run: str = RUN) -> Sent:
    """Release it."""
    return books.send("pay-run.release", run, an_act("treasurer-1", MAY))


def pay_arrears(books: InMemoryLedger, run: str = RUN, **more: Any) -> dict[str, Any]:
    """Take an arrears run through to its payments."""
    answer = agree(books, run, **more)
    release(books, run)
    return answer


def made_by(books: InMemoryLedger, run: str = RUN) -> list[Any]:
    """Return the payments that a run has made."""
    events: list[Any] = list(books.all())
    return [each for each in events if each.TOPIC == "payment.made" and each.run == run]


def test_what_is_due_is_paid_once() -> None:
    books, payments, _ = paid(3)
    raise_rate(books, 350)
    before = persons_paid(books)
    answer = pay_arrears(books)
    assert (answer["count"], answer["total"]["value"], answer["persons"]["value"]) == (3, 150, 0)
    assert differences(books) == []
    assert persons_paid(books) == before
    made = made_by(books)
    assert {each.completes for each in made} == set(payments)
    assert {(each.month, each.amount, each.rate_from) for each in made} == {
        (MONTH, 50, "2007-03-01")
    }
    with pytest.raises(PaidTwice):
        draw(books, f"{RUN}-2")


def test_a_month_that_was_never_paid_counts_its_persons() -> None:
    books, *_ = paid(2)
    register(books, "person:late")
    bring_in(books, SCHEME, "person:late", "a")
    answer = pay_arrears(books)
    assert answer["persons"]["value"] == 1
    assert persons_paid(books) == 3
    assert made_by(books)[0].completes == ""
    assert draw_up(books, SCHEME, "2007-04").answer["count"] == 3


def test_a_payment_that_was_given_up_counts_its_person_again() -> None:
    books, payments, _ = paid(2)
    send_back(books, payments[0])
    act_on(books, "write-back", payments[0])
    assert persons_paid(books) == 1
    pay_arrears(books)
    assert persons_paid(books) == 2
    assert differences(books) == []


def test_what_was_too_much_becomes_a_recovery_when_it_is_released() -> None:
    books, payments, claims = paid(3)
    stop(books, claims[0])
    answer = agree(books)
    assert (answer["total"]["value"], answer["to_recover"]["value"]) == (0, 300)
    assert differences(books) == [(0, 300)]
    release(books)
    assert differences(books) == []
    (asked,) = [each for each in books.all() if each.TOPIC == "recovery.established"]
    assert (asked.amount, asked.reason) == (300, "stopped")  # type: ignore[attr-defined]
    assert (
        books.load(Payment, payments[0]).overpaid
        + books.load(Payment, payments[1]).overpaid
        + (books.load(Payment, payments[2]).overpaid)
        == 300
    )
    assert balances(books)[1] == 0


def test_a_supplement_is_asked_for_twice_by_two_recoveries() -> None:
    """Of a first payment of which nothing is out nothing happens: its version stays."""
    books, payments, _ = paid(1)
    raise_rate(books, 350)
    pay_arrears(books)
    send_back(books, payments[0])
    for amount in (330, 310):
        raise_rate(books, amount)
        pay_arrears(books, f"{RUN}-{amount}")
        assert differences(books) == []
    debts = [each for each in books.all() if each.TOPIC == "recovery.established"]
    assert [each.amount for each in debts] == [20, 20]  # type: ignore[attr-defined]
    owed = [sum(books.load(Recovery, each.originator_id).owed.values()) for each in debts]
    assert owed == [20, 20]
    assert len({each.originator_id for each in debts}) == 2


def test_two_runs_for_the_same_arrears_pay_them_once() -> None:
    books, *_ = paid(2)
    raise_rate(books, 350)
    second = f"{RUN}-2"
    agree(books)
    agree(books, second)
    release(books)
    release(books, second)
    assert len(made_by(books)) == 2
    assert made_by(books, second) == []
    assert differences(books) == []
    books.send("pay-run.settle", second, an_act("treasurer-1", MAY), bank_ref="回盘-1")
    assert books.balances[f"committed:aid:general:{second}"] == 0


def test_a_normal_run_that_comes_between_pays_and_the_arrears_do_not() -> None:
    books, *_ = paid(1)
    register(books, "person:late")
    bring_in(books, SCHEME, "person:late", "a")
    agree(books)
    pay(books, SCHEME, MONTH, "-2")
    sent = release(books)
    (chunk,) = [each for each in sent.events if each.TOPIC == "pay-run.chunk-released"]
    assert [each.reason for each in chunk.held_back] == ["paid-elsewhere"]  # type: ignore[attr-defined]
    assert differences(books) == []


def test_the_arrears_come_first_and_a_normal_run_pays_nobody_again() -> None:
    books, *_ = paid(1)
    register(books, "person:late")
    bring_in(books, SCHEME, "person:late", "a")
    pay_arrears(books)
    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, MONTH, "-2")


def test_a_supplement_that_comes_between_leaves_the_line_back() -> None:
    books, payments, _ = paid(2)
    raise_rate(books, 350)
    agree(books)
    supplement(books, payments[0])
    release(books)
    assert len(made_by(books)) == 1
    assert differences(books) == []


def test_a_rate_that_changes_again_in_between_leaves_no_more_than_is_due() -> None:
    books, *_ = paid(2)
    raise_rate(books, 350)
    agree(books)
    raise_rate(books, 320)
    sent = release(books)
    (chunk,) = [each for each in sent.events if each.TOPIC == "pay-run.chunk-released"]
    assert [each.reason for each in chunk.held_back] == ["no-longer-due"] * 2  # type: ignore[attr-defined]
    assert differences(books) == [(320, 300)] * 2
    raise_rate(books, 400)
    pay_arrears(books, f"{RUN}-2")
    assert differences(books) == []


def test_a_stop_that_comes_between_is_the_reason() -> None:
    books, _, claims = paid(2)
    raise_rate(books, 350)
    agree(books)
    stop(books, claims[0])
    sent = release(books)
    (chunk,) = [each for each in sent.events if each.TOPIC == "pay-run.chunk-released"]
    assert [each.reason for each in chunk.held_back] == ["stopped"]  # type: ignore[attr-defined]
    assert sorted(differences(books)) == [(0, 300)]


def test_a_household_is_paid_the_difference_and_its_members_count_once() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 3)
    bring_in(books, SCHEME, home, "a")
    pay(books, SCHEME, MONTH)
    raise_rate(books, 400)
    pay_arrears(books)
    assert differences(books) == []
    assert persons_paid(books) == 3


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"from_": None, "to": None}, Malformed),
        ({"from_": "2007-04", "to": "2007-03"}, Malformed),
        ({"from_": "2000-01", "to": "2007-03"}, Malformed),
        ({"to": "2007-06"}, NotYet),
        ({"kind": "regular"}, Malformed),
    ],
)
def test_months_that_cannot_be_paid_are_refused(
    more: dict[str, Any], refusal: type[Refused]
) -> None:
    books, *_ = paid(1)
    raise_rate(books, 350)
    with pytest.raises(refusal):
        draw(books, **more)


def test_another_digest_is_not_signed() -> None:
    books, *_ = paid(1)
    raise_rate(books, 350)
    draw(books)
    with pytest.raises(DigestMismatch):
        books.send("pay-run.review", RUN, an_act("reviewer-1", MAY), digest="0" * 64)
