"""One person who was registered twice: what a merge asks for, and what it leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.merged_persons import ids_in_use
from domain.benefits.persons import Person, current_id
from domain.kernel.refusals import (
    ExcludedByScheme,
    InAnotherHousehold,
    Malformed,
    PaidTwice,
    RateMissing,
    WrongState,
)
from tests.domain.benefits.stories import (
    COMMUNITY,
    EVE,
    MONTH,
    PERSON,
    SCHEME,
    a_scheme,
    adopt,
    approve,
    bring_in,
    draw_up,
    first_of,
    lines_of,
    mid,
    pay,
    rate,
    register,
    release,
    run_of,
    stop,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

CLERK = an_act("clerk-1", mid(MONTH))
FOUR = tuple(f"person:four-{nth}" for nth in range(4))
MONTHS = ("2007-01", "2007-02", "2007-03")
SAME, THIRD = "person:again", "person:third"
NEXT = "2007-04"


def registered_twice() -> InMemoryLedger:
    """Return books in which the person of a scheme has another registration, and a third."""
    books = a_scheme()
    register(books, SAME, THIRD)
    return books


def test_later_acts_go_to_the_id_that_stays() -> None:
    books = registered_twice()
    books.send("person.merge", SAME, CLERK, into=PERSON)
    assert books.load(Person, PERSON).ids == (PERSON, SAME)
    acts: dict[str, dict[str, Any]] = {
        "person.change": {"sealed": {"name": ""}},
        "person.report-death": {"date": EVE},
        "person.erase": {},
        "person.merge": {"into": THIRD},
    }
    for command, what in acts.items():
        with pytest.raises(WrongState, match=f"was merged: use {PERSON}"):
            books.send(command, SAME, CLERK, **what)
    with pytest.raises(WrongState, match=f"use {PERSON}"):
        books.send("household.form", "household:x", CLERK, members=(SAME,), area=COMMUNITY)
    with pytest.raises(WrongState, match=f"use {PERSON}"):
        bring_in(books, SCHEME, SAME)


def test_merges_follow_one_another_and_never_in_a_circle() -> None:
    books = registered_twice()
    books.send("person.merge", SAME, CLERK, into=PERSON)
    with pytest.raises(WrongState, match=f"{SAME}: this registration was merged: use {PERSON}"):
        books.send("person.merge", PERSON, CLERK, into=SAME)
    books.send("person.merge", PERSON, CLERK, into=THIRD)
    assert books.load(Person, THIRD).ids == (THIRD, PERSON, SAME)
    with pytest.raises(WrongState, match=f"use {THIRD}"):
        books.send("person.change", SAME, CLERK, sealed={"name": ""})
    with pytest.raises(Malformed, match="the other registration"):
        books.send("person.merge", THIRD, CLERK, into=THIRD)


def test_who_is_merged_has_no_claim_that_goes_on() -> None:
    books = registered_twice()
    claim = bring_in(books, SCHEME, SAME)
    with pytest.raises(WrongState, match="stop it from the next month"):
        books.send("person.merge", SAME, CLERK, into=PERSON)
    stop(books, claim, NEXT)
    books.send("person.merge", SAME, CLERK, into=PERSON)
    with pytest.raises(WrongState, match=f"use {PERSON}"):
        books.send("entitlement.withdraw", claim, CLERK, reason="误停")


def test_who_is_merged_lives_in_no_household() -> None:
    books = registered_twice()
    act = an_act("clerk-1", date(2007, 3, 1))
    books.send("household.form", "household:x", act, members=(SAME, THIRD), area=COMMUNITY)
    with pytest.raises(InAnotherHousehold):
        books.send("person.merge", SAME, CLERK, into=PERSON)
    books.send("household.leave", "household:x", CLERK, person=SAME)
    books.send("person.merge", SAME, CLERK, into=PERSON)
    # The days of the one are those of the other.
    with pytest.raises(InAnotherHousehold):
        books.send("household.form", "household:y", act, members=(PERSON,), area=COMMUNITY)
    books.send("household.join", "household:x", CLERK, person=PERSON)


def test_the_living_are_not_merged_with_the_dead() -> None:
    books = registered_twice()
    books.send("person.report-death", PERSON, CLERK, date=mid("2007-02"))
    for merged, into in ((SAME, PERSON), (PERSON, SAME)):
        with pytest.raises(WrongState, match=f"{PERSON}: the person died on 2007-02-15"):
            books.send("person.merge", merged, CLERK, into=into)
    books.send("person.report-death", SAME, CLERK, date=mid("2007-02"))
    books.send("person.merge", SAME, CLERK, into=PERSON)


def test_what_is_learnt_of_the_person_is_true_of_every_id() -> None:
    books = registered_twice()
    books.send("person.merge", SAME, CLERK, into=PERSON)
    books.send("person.report-death", PERSON, CLERK, date=mid("2007-02"))
    assert books.load(Person, SAME).died == mid("2007-02")
    books.send("person.withdraw-death", PERSON, CLERK)
    assert books.load(Person, SAME).died is None
    erased = books.send("person.erase", PERSON, CLERK).events
    assert [each.unsealed() for each in erased] == [(PERSON,), (SAME,)]
    with pytest.raises(WrongState, match="erased"):
        books.send("person.merge", THIRD, CLERK, into=PERSON)


def test_the_receipt_lists_the_months_that_were_paid_under_both_ids() -> None:
    books = registered_twice()
    claims = [bring_in(books, SCHEME, each) for each in (PERSON, SAME)]
    for month in ("2007-01", "2007-02"):
        assert len(pay(books, SCHEME, month)) == 2
    # The second claim ought never to have been; it was paid all the same.
    stop(books, claims[1], "2006-01")
    sent = books.send("person.merge", SAME, CLERK, into=PERSON)
    pair = {"entitlement": claims[1], "other": claims[0], "scheme": SCHEME}
    told = pair | {"months": ["2007-01", "2007-02"]}
    assert sent.answer == {"twice": [told]}


def test_a_month_is_paid_once_whatever_the_id() -> None:
    books = registered_twice()
    claims = [bring_in(books, SCHEME, each) for each in (PERSON, SAME)]
    stop(books, claims[0], "2007-03")
    assert len(pay(books, SCHEME, "2007-01")) == 2
    books.send("entitlement.stop", claims[1], CLERK, reason="重复", from_=first_of(NEXT))
    books.send("person.merge", SAME, CLERK, into=PERSON)
    # For February both claims are in force: one of them pays.
    assert len(pay(books, SCHEME, "2007-02")) == 1
    assert lines_of(books, SCHEME, "2007-03") == {SAME: 300}
    # January is paid under both ids, and not again.
    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, "2007-01", "-again")


def test_a_run_that_was_drawn_before_the_merge_pays_one_of_two_lines() -> None:
    books = registered_twice()
    claims = [bring_in(books, SCHEME, each) for each in (PERSON, SAME)]
    assert lines_of(books, SCHEME, "2007-03") == {PERSON: 300, SAME: 300}
    approve(books, SCHEME, "2007-03")
    stop(books, claims[1], NEXT)
    books.send("person.merge", SAME, CLERK, into=PERSON)
    released = release(books, run_of(SCHEME, "2007-03"), "2007-03")
    assert [e.TOPIC for e in released.events].count("payment.made") == 1
    with pytest.raises(PaidTwice):
        draw_up(books, SCHEME, "2007-03", "-again")


def test_a_claim_under_the_old_id_stands_in_the_way_of_another() -> None:
    books = registered_twice()
    claim = bring_in(books, SCHEME, SAME)
    stop(books, claim, NEXT)
    books.send("person.merge", SAME, CLERK, into=PERSON)
    other = adopt(books, "scheme:y", rate("a", 100), excludes=(SCHEME,))
    with pytest.raises(ExcludedByScheme, match=claim):
        bring_in(books, other, PERSON)
    bring_in(books, other, PERSON, from_=first_of(NEXT))


@given(merges=st.lists(st.tuples(st.sampled_from(FOUR), st.sampled_from(FOUR)), max_size=8))
def test_merges_in_any_order_leave_every_id_with_one_to_use(merges: list[tuple[str, str]]) -> None:
    books = a_scheme()
    register(books, *FOUR)
    into: dict[str, str] = {}
    for one, other in merges:
        may = one != other and not into.keys() & {one, other}
        try:
            books.send("person.merge", one, CLERK, into=other)
        except (WrongState, Malformed):
            assert not may
        else:
            assert may
            into[one] = other
    unit = books.unit()
    same = ids_in_use(into.items())
    for person in FOUR:
        known = same.get(person, person)
        assert current_id(unit, person) == known
        assert known not in into
        assert person in unit[Person, known].ids


@given(
    months=st.lists(st.sampled_from(MONTHS), unique=True),
    stops=st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)),
)
def test_no_month_is_paid_under_two_ids_after_the_merge(
    months: list[str], stops: tuple[str, str]
) -> None:
    books = registered_twice()
    ids = (PERSON, SAME)
    claims = [bring_in(books, SCHEME, each) for each in ids]
    before = {month: len(pay(books, SCHEME, month)) for month in months[:1]}
    for claim, month in zip(claims, stops, strict=True):
        stop(books, claim, month)
    twice = books.send("person.merge", SAME, CLERK, into=PERSON).answer["twice"]
    assert [each["months"] for each in twice] == [[month] for month, paid in before.items()]
    for month in MONTHS:
        in_force = [month < each for each in stops]
        try:
            paid = len(pay(books, SCHEME, month, "-late"))
        except (PaidTwice, RateMissing):
            paid = 0
        assert paid == (month not in before and any(in_force))
