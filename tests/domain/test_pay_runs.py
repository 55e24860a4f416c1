"""Pay runs: what is paid is what was drawn up and approved, once, whatever happens on the way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import pay_runs
from domain.pay_runs import PayRun, ReturnedLine
from domain.payments import Payment
from domain.refusals import (
    AlreadyExists,
    DigestMismatch,
    DutiesConflict,
    InsufficientFund,
    MakerIsChecker,
    PaidTwice,
    PurposeNotAllowed,
    RateMissing,
    RollChanged,
    UnknownSubject,
    WrongState,
)
from tests.domain.benefit_stories import (
    FUND,
    a_city,
    adopt,
    approve,
    bring_in,
    crowd,
    draw_up,
    household,
    mid,
    pay,
    rate,
    register,
    release,
    run_of,
    settle,
)
from tests.domain.books import OneUnit
from tests.domain.stories import an_act, with_fund

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.domain.books import Books

SCHEME, MONTH = "scheme:x", "2007-03"
RUN = run_of(SCHEME, MONTH)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_runs, "CHUNK", 3)


def a_crowd(number: int, holding: int = 10**12) -> tuple[Books, list[str]]:
    """Return books with so many entitled persons, and their entitlements."""
    books = a_city(holding)
    adopt(books, SCHEME, rate("a", 300))
    return books, crowd(books, SCHEME, number)


def stop(books: Books, entitlement: str, month: str = MONTH) -> None:
    """Stop an entitlement from a month on."""
    what = {"reason": "迁出", "from_": date.fromisoformat(f"{month}-01")}
    books.send("entitlement.stop", entitlement, an_act("clerk-1", mid(MONTH)), **what)


def the_run(books: Books, run: str = RUN) -> PayRun:
    """Return the run as it stands."""
    return books.load(PayRun, run)


def interrupted(books: Books, chunks: int) -> None:
    """Release so many chunks, then crash inside the next one."""
    unit = OneUnit(books)
    releasing: Iterator[None] = unit[PayRun, RUN].release(an_act("treasurer-1", mid(MONTH)), unit)
    for _ in range(chunks):
        next(releasing)
        books.save(unit)
    next(releasing, None)


def committed(books: Books, run: str = RUN) -> int:
    """Return what is still committed to a run."""
    return books.balances[f"committed:aid:general:{run}"]


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


def test_a_run_pays_each_line_once_and_the_sum_is_what_was_approved() -> None:
    books, _ = a_crowd(7)
    payments = pay(books, SCHEME, MONTH)

    assert len(set(payments)) == 7
    assert books.balances["spent:aid:general:x"] == 2100
    assert committed(books) == 0
    assert the_run(books).state == "released"


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
        books.send("pay-run.approve", RUN, an_act("approver-1"), digest=digest)
    with pytest.raises(MakerIsChecker):
        books.send("pay-run.review", RUN, an_act("clerk-1"), digest=digest)
    books.send("pay-run.review", RUN, an_act("reviewer-1"), digest=digest)
    for maker in ("clerk-1", "reviewer-1"):
        with pytest.raises(MakerIsChecker):
            books.send("pay-run.approve", RUN, an_act(maker), digest=digest)


def test_only_what_was_drawn_up_is_reviewed_and_approved() -> None:
    books, _ = a_crowd(2)
    digest = draw_up(books, SCHEME, MONTH).answer["digest"]
    with pytest.raises(DigestMismatch):
        books.send("pay-run.review", RUN, an_act("reviewer-1"), digest="0" * 64)
    books.send("pay-run.review", RUN, an_act("reviewer-1"), digest=digest)
    with pytest.raises(DigestMismatch):
        books.send("pay-run.approve", RUN, an_act("approver-1"), digest="0" * 64)


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
    books.send("pay-run.review", RUN, an_act("reviewer-1"), digest=digest)

    with pytest.raises(PurposeNotAllowed):
        books.send("pay-run.approve", RUN, an_act("approver-1"), digest=digest)


def test_a_stop_after_the_drawing_up_holds_the_line_back() -> None:
    books, claims = a_crowd(5)
    approve(books, SCHEME, MONTH)
    stop(books, claims[1])
    release(books, RUN, MONTH)
    run = the_run(books)
    held = [
        line
        for event in books.all()
        for line in getattr(event, "held_back", ()) or ()
        if event.TOPIC == "pay-run.chunk-released"
    ]

    assert [line.reason for line in held] == ["stopped"]
    assert (run.paid, run.held_lines, run.amount_paid + run.amount_held) == (4, 1, 1500)
    assert committed(books) == 300


def test_a_stop_in_the_middle_of_the_release_holds_what_is_left_back() -> None:
    books, claims = a_crowd(8)
    approve(books, SCHEME, MONTH)
    interrupted(books, 1)
    for claim in claims:
        stop(books, claim)
    release(books, RUN, MONTH)

    assert (the_run(books).paid, the_run(books).held_lines) == (3, 5)


def test_a_stop_of_a_later_month_holds_nothing_back() -> None:
    books, claims = a_crowd(2)
    approve(books, SCHEME, MONTH)
    stop(books, claims[0], "2007-04")
    release(books, RUN, MONTH)

    assert the_run(books).paid == 2


def test_a_death_in_the_family_holds_the_household_back() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    for name in ("h", "k"):
        bring_in(books, SCHEME, household(books, name, 3))
    approve(books, SCHEME, MONTH)
    act = an_act("clerk-1", mid(MONTH))
    books.send("person.report-death", "person:h-2", act, date=date(2007, 2, 3))
    release(books, RUN, MONTH)

    assert (the_run(books).paid, the_run(books).persons_paid) == (1, 3)


@pytest.mark.parametrize("chunks", range(4))
def test_after_a_crash_each_line_is_paid_once(chunks: int) -> None:
    books, _ = a_crowd(10)
    approve(books, SCHEME, MONTH)
    interrupted(books, chunks)
    release(books, RUN, MONTH)
    paid = [event.originator_id for event in books.all() if event.TOPIC == "payment.made"]

    assert len(paid) == len(set(paid)) == 10
    assert books.balances["spent:aid:general:x"] == the_run(books).total
    with pytest.raises(WrongState):
        release(books, RUN, MONTH)


def test_a_second_run_pays_only_whom_the_first_did_not() -> None:
    books, claims = a_crowd(4)
    approve(books, SCHEME, MONTH)
    what = {"reason": "核实", "from_": date(2007, 3, 1)}
    act = an_act("clerk-1", mid(MONTH))
    books.send("entitlement.suspend", claims[0], act, **what)
    release(books, RUN, MONTH)
    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, MONTH, ":late")
    books.send("entitlement.resume", claims[0], act, **what)
    answer = approve(books, SCHEME, MONTH, ":late").answer
    release(books, run_of(SCHEME, MONTH, ":late"), MONTH)

    assert (answer["count"], answer["held_back"]) == (1, 3)
    assert the_run(books, run_of(SCHEME, MONTH, ":late")).paid == 1


def test_two_runs_drawn_up_together_pay_nobody_twice() -> None:
    books, _ = a_crowd(4)
    approve(books, SCHEME, MONTH)
    approve(books, SCHEME, MONTH, ":again")
    for suffix in ("", ":again"):
        release(books, run_of(SCHEME, MONTH, suffix), MONTH)

    assert the_run(books).paid == 4
    assert (the_run(books, f"{RUN}:again").paid, the_run(books, f"{RUN}:again").held_lines) == (
        0,
        4,
    )


def test_nobody_is_paid_in_two_households_for_a_month() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household")
    first, second = household(books, "h", 2), household(books, "k", 2)
    bring_in(books, SCHEME, first)
    pay(books, SCHEME, MONTH)
    books.send("household.join", second, an_act("clerk-1", date(2007, 2, 1)), person="person:h-1")
    bring_in(books, SCHEME, second)

    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, MONTH, ":late")


def test_a_scheme_that_follows_pays_the_members_and_heeds_their_households_stop() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    claims = [bring_in(books, SCHEME, household(books, name, 2)) for name in ("h", "k")]
    after = adopt(books, "scheme:after", rate("all", 20, "2007-03-01"), follows=SCHEME)
    with pytest.raises(RateMissing):
        draw_up(books, after, "2007-02")
    assert approve(books, after, MONTH).answer["count"] == 4
    stop(books, claims[0])
    release(books, run_of(after, MONTH), MONTH)

    assert the_run(books, run_of(after, MONTH)).paid == 2


def test_a_changed_roll_is_not_released() -> None:
    books, _ = a_crowd(3)
    approve(books, SCHEME, MONTH)
    honest = books.on_roll
    assert honest is not None
    books.on_roll = lambda *what: honest(*what)[1:]

    with pytest.raises(RollChanged):
        release(books, RUN, MONTH)


def test_settling_takes_returns_back_and_frees_what_was_held() -> None:
    books, claims = a_crowd(5)
    approve(books, SCHEME, MONTH)
    stop(books, claims[0])
    sent = release(books, RUN, MONTH)
    payments = [event.originator_id for event in sent.events if event.TOPIC == "payment.made"]
    settle(books, RUN, MONTH, [ReturnedLine(payments[0], "账号有误")])

    assert books.load(Payment, payments[0]).state == "returned"
    assert committed(books) == 0
    assert books.balances[f"returned:aid:general:{RUN}"] == 300
    assert books.balances["spent:aid:general:x"] == 900
    with pytest.raises(WrongState):
        settle(books, RUN, MONTH)


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
    books.send("pay-run.review", RUN, an_act("reviewer-1"), digest=digest)

    with pytest.raises(DutiesConflict):
        books.send("pay-run.approve", RUN, an_act("raiser"), digest=digest)


@given(
    number=st.integers(1, 12),
    stopped=st.sets(st.integers(0, 11)),
    crashes=st.lists(st.integers(0, 3), max_size=3),
    returned=st.integers(0, 12),
)
@settings(max_examples=30, deadline=None)
def test_payments_and_what_was_held_back_are_the_approved_total(
    number: int, stopped: set[int], crashes: list[int], returned: int
) -> None:
    books, claims = a_crowd(number)
    approve(books, SCHEME, MONTH)
    for place in stopped:
        if place < number:
            stop(books, claims[place])
    for chunks in crashes:
        if the_run(books).released_lines < number:
            interrupted(books, min(chunks, 1))
    release(books, RUN, MONTH)
    register(books, "person:nobody")
    paid = [event.originator_id for event in books.all() if event.TOPIC == "payment.made"]
    settle(books, RUN, MONTH, [ReturnedLine(each, "销户") for each in paid[:returned]])
    run = the_run(books)

    assert len(set(paid)) == len(paid) == run.paid
    assert run.amount_paid + run.amount_held == run.total == 300 * number
    assert committed(books) == 0
    gone_out = books.balances["spent:aid:general:x"] + books.balances[f"returned:aid:general:{RUN}"]
    assert gone_out == run.amount_paid
    assert books.balances[f"available:{FUND[5:]}:general"] == 10**12 - run.amount_paid
