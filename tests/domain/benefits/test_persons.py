"""What is corrected of persons: their papers, and a death that was reported by mistake."""

from __future__ import annotations

from datetime import date

import pytest

from domain.benefits.persons import Person
from domain.kernel.refusals import Malformed, WrongState
from tests.domain.benefits.stories import (
    COMMUNITY,
    EVE,
    MONTH,
    PERSON,
    SCHEME,
    a_city,
    a_scheme,
    adopt,
    bring_in,
    household,
    lines_of,
    mid,
    pay,
    rate,
    register,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

CLERK = an_act("clerk-1", mid(MONTH))
DIED = date(2007, 1, 9)


def report_death(books: InMemoryLedger, person: str = PERSON) -> None:
    """Report a death of January in February."""
    books.send("person.report-death", person, an_act("clerk-1", mid("2007-02")), date=DIED)


def test_other_papers_count_from_their_day_and_the_old_ones_stay() -> None:
    books = a_scheme()
    march, may = an_act("clerk-1", date(2007, 3, 1)), an_act("clerk-1", date(2007, 5, 1))
    books.send("person.change", PERSON, may, sealed={"account": "", "name": ""})
    books.send("person.change", PERSON, march, sealed={"account": ""})
    person = books.load(Person, PERSON)
    days = [date(2007, 2, 28), date(2007, 3, 1), date(2007, 5, 1)]
    assert [person.entry_of("account", day) for day in days] == [
        PERSON,
        f"{PERSON}#2",
        f"{PERSON}#1",
    ]
    assert person.entry_of("id_number", date.max) == PERSON
    assert person.sealed_name == f"{PERSON}#2"


def test_all_that_the_vault_has_of_a_person_is_erased() -> None:
    books = a_scheme()
    books.send("person.change", PERSON, CLERK, sealed={"account": ""})
    (erased,) = books.send("person.erase", PERSON, CLERK).events
    assert erased.unsealed() == (PERSON, f"{PERSON}#1")
    with pytest.raises(WrongState, match="erased"):
        books.send("person.change", PERSON, CLERK, sealed={"account": ""})


def test_a_change_says_what_is_other() -> None:
    with pytest.raises(Malformed, match="say what changed"):
        a_scheme().send("person.change", PERSON, CLERK, sealed={})


def test_a_mistaken_death_leaves_the_months_to_be_drawn() -> None:
    books = a_scheme()
    claim = bring_in(books, SCHEME, PERSON)
    pay(books, SCHEME, "2007-01")
    report_death(books)
    assert lines_of(books, SCHEME, "2007-02") == {}
    sent = books.send("person.withdraw-death", PERSON, CLERK)
    told = {"entitlement": claim, "holder": PERSON, "unpaid": ["2007-02", "2007-03"], "paid": []}
    assert sent.answer == {"claims": [told]}
    assert lines_of(books, SCHEME, "2007-02") == {PERSON: 300}
    assert len(pay(books, SCHEME, "2007-02")) == 1


def test_a_household_is_paid_for_whom_it_never_lost() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 2)
    claim = bring_in(books, SCHEME, home)
    report_death(books, "person:h-2")
    pay(books, SCHEME, "2007-02")
    sent = books.send("person.withdraw-death", "person:h-2", CLERK)
    told = {"entitlement": claim, "holder": home, "unpaid": ["2007-03"], "paid": ["2007-02"]}
    assert sent.answer == {"claims": [told]}
    assert lines_of(books, SCHEME, "2007-03") == {home: 600}


def test_who_is_not_dead_is_not_brought_back() -> None:
    books = a_scheme()
    with pytest.raises(WrongState, match="no death"):
        books.send("person.withdraw-death", PERSON, CLERK)
    report_death(books)
    with pytest.raises(WrongState, match="took effect on 2007-02-15"):
        books.send("person.withdraw-death", PERSON, an_act("clerk-1", date(2007, 2, 14)))
    books.send("person.withdraw-death", PERSON, CLERK)
    report_death(books)
    assert books.load(Person, PERSON).died == DIED


def test_who_never_came_was_never_counted() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 1)
    bring_in(books, SCHEME, home)
    register(books, PERSON)
    books.send("household.join", home, an_act("clerk-1", date(2007, 2, 1)), person=PERSON)
    pay(books, SCHEME, "2007-02")
    sent = books.send("household.withdraw-join", home, CLERK, person=PERSON)
    (told,) = sent.answer["claims"]
    assert (told["paid"], told["unpaid"]) == (["2007-02"], ["2007-03"])
    assert lines_of(books, SCHEME, "2007-02") == {home: 300}
    elsewhere = an_act("clerk-1", EVE)
    books.send("household.form", "household:new", elsewhere, members=(PERSON,), area=COMMUNITY)


def test_who_never_left_has_no_gap() -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 2)
    bring_in(books, SCHEME, home)
    gone = "person:h-2"
    books.send("household.leave", home, an_act("clerk-1", date(2007, 1, 9)), person=gone)
    assert lines_of(books, SCHEME, "2007-02") == {home: 300}
    sent = books.send("household.withdraw-leave", home, CLERK, person=gone)
    (told,) = sent.answer["claims"]
    assert told["unpaid"] == ["2007-02", "2007-03"]
    for month in ("2006-12", "2007-01", "2007-02"):
        assert lines_of(books, SCHEME, month) == {home: 600}
    with pytest.raises(WrongState, match="has not left"):
        books.send("household.withdraw-leave", home, CLERK, person=gone)
