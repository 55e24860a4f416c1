"""Pay runs: what is paid is what was drawn up and approved, and checked by three persons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.refusals import (
    AlreadyExists,
    DigestMismatch,
    DutiesConflict,
    InsufficientFund,
    MakerIsChecker,
    PurposeNotAllowed,
    UnknownSubject,
    WrongState,
)
from domain.payments.returned_lines import ReturnedLine
from tests.domain.benefits.stories import (
    MONTH,
    RUN,
    SCHEME,
    a_city,
    a_crowd,
    adopt,
    approve,
    committed,
    draw_up,
    mid,
    pay,
    rate,
    release,
    settle,
    the_run,
)
from tests.domain.stories import an_act, with_fund


def test_drawing_up_answers_with_what_will_be_paid() -> None:
    books, claims = a_crowd(4)
    what = {"reason": "住院", "from_": date(2007, 1, 1)}
    books.send("entitlement.suspend", claims[0], an_act("clerk-1"), **what)
    at = len(books.stored)
    answer = draw_up(books, SCHEME, MONTH).answer

    assert answer | {"digest": ""} == {
        "roll_at": at,
        "count": 3,
        "persons": {"value": 3, "unit": "person"},
        "total": {"value": 900, "unit": "fen"},
        "digest": "",
        "held_back": 1,
    }
    assert len(answer["digest"]) == 64


def test_a_payment_tells_nothing_of_its_holder() -> None:
    books, _ = a_crowd(3)
    pay(books, SCHEME, MONTH)
    stored = [state for topic, state in books.stored if topic == "payment.made.v1"]

    assert len(stored) == 3
    assert not any(b"person:" in state for state in stored)


def test_two_months_of_one_person_cannot_be_linked() -> None:
    books, _ = a_crowd(9)
    march, april = (pay(books, SCHEME, month) for month in (MONTH, "2007-04"))
    tags = [[payment.rpartition(":")[2] for payment in month] for month in (march, april)]

    assert not set(tags[0]) & set(tags[1])
    assert tags == [sorted(tags[0]), sorted(tags[1])]


def test_three_persons_draw_up_review_and_approve() -> None:
    books, _ = a_crowd(2)
    digest = draw_up(books, SCHEME, MONTH).answer["digest"]
    with pytest.raises(WrongState):
        books.send("pay-run.approve", RUN, an_act("approver-1", mid(MONTH)), digest=digest)
    with pytest.raises(MakerIsChecker):
        books.send("pay-run.review", RUN, an_act("clerk-1", mid(MONTH)), digest=digest)
    books.send("pay-run.review", RUN, an_act("reviewer-1", mid(MONTH)), digest=digest)
    for maker in ("clerk-1", "reviewer-1"):
        with pytest.raises(MakerIsChecker):
            books.send("pay-run.approve", RUN, an_act(maker, mid(MONTH)), digest=digest)


def test_only_what_was_drawn_up_is_reviewed_and_approved() -> None:
    books, _ = a_crowd(2)
    digest = draw_up(books, SCHEME, MONTH).answer["digest"]
    with pytest.raises(DigestMismatch):
        books.send("pay-run.review", RUN, an_act("reviewer-1", mid(MONTH)), digest="0" * 64)
    books.send("pay-run.review", RUN, an_act("reviewer-1", mid(MONTH)), digest=digest)
    with pytest.raises(DigestMismatch):
        books.send("pay-run.approve", RUN, an_act("approver-1", mid(MONTH)), digest="0" * 64)


def test_approval_promises_the_total_once() -> None:
    books, _ = a_crowd(4, holding=1199)
    with pytest.raises(InsufficientFund) as refusal:
        approve(books, SCHEME, MONTH)
    assert refusal.value.numbers == {"wanted": 1200, "available": 1199}

    books, _ = a_crowd(4, holding=1200)
    approve(books, SCHEME, MONTH)
    assert committed(books) == 1200


def test_a_run_keeps_to_the_purposes_of_its_fund() -> None:
    books, _ = a_crowd(1)
    with_fund(books, "fund:roads", holding=1000, purposes=("community",))
    digest = draw_up(books, SCHEME, MONTH, fund="fund:roads").answer["digest"]
    books.send("pay-run.review", RUN, an_act("reviewer-1", mid(MONTH)), digest=digest)

    with pytest.raises(PurposeNotAllowed):
        books.send("pay-run.approve", RUN, an_act("approver-1", mid(MONTH)), digest=digest)


def test_a_run_settles_only_its_own_payments_and_only_after_its_release() -> None:
    books, _ = a_crowd(2)
    strangers = pay(books, SCHEME, "2007-02")
    approve(books, SCHEME, MONTH)
    with pytest.raises(WrongState):
        settle(books, RUN, MONTH)
    release(books, RUN, MONTH)
    with pytest.raises(WrongState, match="was paid by"):
        settle(books, RUN, MONTH, [ReturnedLine(strangers[0], "账号有误")])
    with pytest.raises(UnknownSubject):
        settle(books, RUN, MONTH, [ReturnedLine("payment:x:2007-03:none", "账号有误")])


def test_a_run_without_lines_moves_no_money() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300))
    approve(books, SCHEME, MONTH)
    release(books, RUN, MONTH)
    settle(books, RUN, MONTH)

    assert the_run(books).state == "settled"


@pytest.mark.parametrize("what", [{"pays": "in-kind"}, {"per": "case"}])
def test_some_schemes_have_no_pay_runs(what: dict[str, Any]) -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), **what)

    with pytest.raises(WrongState):
        draw_up(books, SCHEME, MONTH)


def test_a_run_is_drawn_up_once_for_what_exists() -> None:
    books, _ = a_crowd(1)
    with pytest.raises(UnknownSubject):
        draw_up(books, "scheme:none", MONTH)
    with pytest.raises(UnknownSubject):
        draw_up(books, SCHEME, MONTH, fund="fund:none")
    draw_up(books, SCHEME, MONTH)
    with pytest.raises(AlreadyExists):
        draw_up(books, SCHEME, MONTH)


def test_who_raised_gifts_does_not_pay_them_out() -> None:
    books, _ = a_crowd(1)
    with_fund(books, "fund:gifts", holding=1000, kind="charity")
    operator = an_act("operator-1")
    books.send("role.grant", "role:raiser", operator, who="raiser", role="fundraiser")
    digest = draw_up(books, SCHEME, MONTH, fund="fund:gifts").answer["digest"]
    books.send("pay-run.review", RUN, an_act("reviewer-1", mid(MONTH)), digest=digest)

    with pytest.raises(DutiesConflict):
        books.send("pay-run.approve", RUN, an_act("raiser", mid(MONTH)), digest=digest)


def test_a_month_that_was_rejected_is_drawn_up_again() -> None:
    books, claims = a_crowd(2)
    draw_up(books, SCHEME, MONTH)
    what = {"reason": "住院", "from_": date(2007, 1, 1)}
    with pytest.raises(MakerIsChecker):
        books.send("pay-run.reject", RUN, an_act("clerk-1", mid(MONTH)), reason="名单有误")
    books.send("pay-run.reject", RUN, an_act("reviewer-1", mid(MONTH)), reason="名单有误")
    books.send("entitlement.suspend", claims[0], an_act("clerk-1"), **what)

    assert the_run(books).state == "rejected"
    with pytest.raises(WrongState):
        books.send(
            "pay-run.approve", RUN, an_act("approver-1", mid(MONTH)), digest=the_run(books).digest
        )
    with pytest.raises(AlreadyExists):
        draw_up(books, SCHEME, MONTH)
    assert len(pay(books, SCHEME, MONTH, "-2")) == 1


def test_a_run_approved_from_a_wrong_fund_is_cancelled_and_its_promise_is_free() -> None:
    books, _ = a_crowd(3, holding=900)
    approve(books, SCHEME, MONTH)
    assert committed(books) == 900
    cancelled = books.send(
        "pay-run.cancel", RUN, an_act("treasurer-1", mid(MONTH)), reason="资金用错"
    )

    assert [event.TOPIC for event in cancelled.events] == ["fund.uncommitted", "pay-run.cancelled"]
    assert (committed(books), the_run(books).state) == (0, "cancelled")
    with pytest.raises(WrongState):
        release(books, RUN, MONTH)
    assert len(pay(books, SCHEME, MONTH, "-2")) == 3


def test_a_released_run_is_not_cancelled() -> None:
    books, _ = a_crowd(1)
    pay(books, SCHEME, MONTH)

    for command, by in (("cancel", "treasurer-1"), ("reject", "reviewer-1")):
        with pytest.raises(WrongState, match="released"):
            books.send(f"pay-run.{command}", RUN, an_act(by, mid(MONTH)), reason="迟了")
