"""One person who was registered twice: what a merge asks for, and what it leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.benefits.persons import Person
from domain.kernel.refusals import InAnotherHousehold, Malformed, WrongState
from tests.domain.benefits.stories import (
    COMMUNITY,
    EVE,
    MONTH,
    PERSON,
    SCHEME,
    a_scheme,
    bring_in,
    mid,
    pay,
    register,
    stop,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

CLERK = an_act("clerk-1", mid(MONTH))
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
