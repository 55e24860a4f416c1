"""Releasing a run: each line once, none that was stopped, whatever happens on the way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.refusals import PaidTwice, RateMissing, RollChanged, WrongState
from domain.payments import pay_runs
from domain.payments.pay_runs import PayRun
from domain.payments.payments import Payment
from domain.payments.returned_lines import ReturnedLine
from tests.domain.benefits.stories import (
    COMMUNITY,
    FUND,
    MONTH,
    RUN,
    SCHEME,
    a_city,
    a_crowd,
    adopt,
    approve,
    bring_in,
    committed,
    draw_up,
    household,
    mid,
    pay,
    rate,
    register,
    release,
    run_of,
    settle,
    stop,
    the_run,
)
from tests.domain.in_memory_unit import InMemoryUnit
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.domain.in_memory_unit import InMemoryLedger


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_runs, "CHUNK", 3)


def interrupted(books: InMemoryLedger, chunks: int) -> None:
    """Release so many chunks, then crash inside the next one."""
    unit = InMemoryUnit(books)
    releasing: Iterator[None] = unit[PayRun, RUN].release(an_act("treasurer-1", mid(MONTH)), unit)
    while chunks and next(releasing, "all") != "all":
        books.save(unit)
        chunks -= 1
    next(releasing, None)


def test_a_run_pays_each_line_once_and_the_sum_is_what_was_approved() -> None:
    books, _ = a_crowd(7)
    payments = pay(books, SCHEME, MONTH)

    assert len(set(payments)) == 7
    assert books.balances["spent:aid:general:x"] == 2100
    assert committed(books) == 0
    assert the_run(books).state == "released"


def test_what_is_remembered_is_paid_as_what_is_drawn_again() -> None:
    again, _ = a_crowd(7)
    at_hand, _ = a_crowd(7)
    at_hand.drawings = {}
    for books in (again, at_hand):
        pay(books, SCHEME, MONTH)

    assert at_hand.stored == again.stored
    assert at_hand.drawings == {}


def test_a_stop_after_the_drawing_up_holds_back_a_line_that_is_remembered() -> None:
    books, claims = a_crowd(5)
    books.drawings = {}
    approve(books, SCHEME, MONTH)
    stop(books, claims[2])

    release(books, RUN, MONTH)
    assert (the_run(books).paid, the_run(books).held_lines) == (4, 1)


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
    first = household(books, "h", 2)
    bring_in(books, SCHEME, first)
    pay(books, SCHEME, MONTH)
    act = an_act("clerk-1", date(2007, 2, 1))
    members = ("person:h-1", "person:h-2")
    for person in members:
        books.send("household.leave", first, act, person=person)
    books.send("household.form", "household:k", act, members=members, area=COMMUNITY)
    bring_in(books, SCHEME, "household:k")

    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, MONTH, ":late")


def test_who_was_paid_in_one_household_counts_in_no_other_and_the_rest_of_that_is_paid() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    first, second = household(books, "h", 2), household(books, "k", 2)
    bring_in(books, SCHEME, first)
    pay(books, SCHEME, MONTH)
    move = {"person": "person:h-1", "from_": first}
    books.send("household.move", second, an_act("clerk-1", date(2007, 2, 1)), **move)
    bring_in(books, SCHEME, second)

    drawn = draw_up(books, SCHEME, MONTH, ":late").answer
    assert (drawn["count"], drawn["persons"]["value"], drawn["total"]["value"]) == (1, 2, 600)
    assert draw_up(books, SCHEME, "2007-04").answer["total"]["value"] == 4 * 300


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
