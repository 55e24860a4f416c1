"""Social workers are appointed; veterans are received, provided for once, and trained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.refusals import AlreadyExists, Malformed, Refused, UnknownSubject, WrongState
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import (
    CLERK,
    EVE,
    PERSON,
    REGISTRAR,
    a_register,
    counted,
    distinct,
)
from tests.domain.stories import BUREAU, an_act

WORKER, VETERAN = "worker:1", "veteran:1"
JOINED: dict[str, Any] = {"body": BUREAU, "established": True}


def received(books: InMemoryLedger, subject: str = VETERAN, person: str = PERSON) -> InMemoryLedger:
    what: dict[str, Any] = {"person": person, "category": "soldier", "cohort": 2007}
    books.send("veteran.receive", subject, CLERK, **what)
    return books


def test_a_worker_is_registered_graded_and_appointed() -> None:
    books = a_register(PERSON)
    books.send("worker.register", WORKER, REGISTRAR, person=PERSON)
    books.send("worker.grade", WORKER, REGISTRAR, grade="assistant")
    books.send("worker.appoint", WORKER, REGISTRAR, **JOINED)
    assert counted(books, "workers-registered", who=PERSON) == 1
    assert counted(books, "workers-graded", detail="assistant") == 1
    assert counted(books, "workers-appointed", detail="established") == 1


def test_who_is_not_a_worker_yet_is_appointed_by_name() -> None:
    books = a_register(PERSON, "person:2")
    with pytest.raises(Malformed):
        books.send("worker.appoint", WORKER, REGISTRAR, **JOINED)
    books.send("worker.appoint", WORKER, REGISTRAR, person=PERSON, **JOINED)
    with pytest.raises(Malformed):
        books.send("worker.appoint", WORKER, REGISTRAR, person="person:2", **JOINED)
    with pytest.raises(AlreadyExists):
        books.send("worker.register", WORKER, REGISTRAR, person=PERSON)


@pytest.mark.parametrize("verb", ["register", "appoint"])
def test_a_worker_is_a_registered_person(verb: str) -> None:
    what = {"person": "person:nobody"} | (JOINED if verb == "appoint" else {})
    with pytest.raises(UnknownSubject):
        a_register().send(f"worker.{verb}", WORKER, REGISTRAR, **what)


def test_nothing_happens_to_a_worker_before_the_registration() -> None:
    books = a_register(PERSON)
    with pytest.raises(UnknownSubject):
        books.send("worker.grade", WORKER, REGISTRAR, grade="assistant")
    books.send("worker.register", WORKER, REGISTRAR, person=PERSON)
    with pytest.raises(WrongState):
        books.send("worker.grade", WORKER, an_act(on=EVE), grade="assistant")


def test_a_veteran_is_received_by_cohort_and_a_person_counts_once() -> None:
    books = received(a_register(PERSON, "person:2"))
    received(received(books, "veteran:2"), "veteran:3", "person:2")
    assert distinct(books, "veterans-received", detail="2007") == 2
    with pytest.raises(AlreadyExists):
        received(books)


@pytest.mark.parametrize("cohort", [7, 20070])
def test_a_cohort_is_a_year(cohort: int) -> None:
    what = {"person": PERSON, "category": "soldier", "cohort": cohort}
    with pytest.raises(Malformed):
        a_register(PERSON).send("veteran.receive", VETERAN, CLERK, **what)


@pytest.mark.parametrize("way", ["place", "choose-self-employment"])
def test_a_veteran_is_provided_for_once(way: str) -> None:
    books = received(a_register(PERSON))
    books.send(f"veteran.{way}", VETERAN, CLERK)
    for again in ("place", "choose-self-employment"):
        with pytest.raises(WrongState):
            books.send(f"veteran.{again}", VETERAN, CLERK)
    assert counted(books, "veterans-settled", detail="2007") == 1


def test_nothing_happens_to_a_veteran_who_was_not_received() -> None:
    with pytest.raises(UnknownSubject):
        a_register(PERSON).send("veteran.train", VETERAN, CLERK)
    with pytest.raises(WrongState):
        received(a_register(PERSON)).send("veteran.train", VETERAN, an_act("clerk-1", EVE))


VERBS = st.sampled_from(["receive", "place", "choose-self-employment", "train"])


@given(st.lists(st.tuples(VERBS, st.integers(1, 3), st.dates(EVE, date(2008, 1, 1)))))
def test_no_more_are_provided_for_or_trained_than_were_received(
    steps: list[tuple[str, int, date]],
) -> None:
    books = a_register(PERSON, "person:2", "person:3")
    for verb, nth, day in steps:
        what: dict[str, Any] = {}
        if verb == "receive":
            what = {"person": f"person:{nth}", "category": "soldier", "cohort": 2007}
        before = len(books.stored)
        try:
            books.send(f"veteran.{verb}", f"veteran:{nth}", an_act("clerk-1", day), **what)
        except Refused:
            assert len(books.stored) == before
    base = distinct(books, "veterans-received")
    ways = counted(books, "veterans-placed") + counted(books, "veterans-self-employed")
    assert distinct(books, "veterans-settled") == ways <= base
    assert distinct(books, "veterans-trained") <= base
