"""Social organisations: registered or recorded, changed, ended; counted where they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bodies.credit_codes import SIGNS, check_sign
from domain.bodies.organisations import Organisation
from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    CreditCodeInvalid,
    Malformed,
    Refused,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import EVE, GUIYUAN, LUOHU, REGISTRAR, a_register, counted
from tests.domain.stories import DAY, an_act

CHOIR = "organisation:choir"
SAID = {"title": "合唱团", "kind": "association", "activity": "culture", "area": LUOHU}
LATER = an_act("registrar-1", date(2007, 6, 1))
CODE_DAY = date(2015, 10, 1)


def enter(books: InMemoryLedger, verb: str = "register", on: date = DAY, **more: Any) -> Sent:
    act = an_act("registrar-1", on)
    return books.send(f"organisation.{verb}", CHOIR, act, **(SAID | more))


def act_on(books: InMemoryLedger, verb: str, act: Any = REGISTRAR, **what: Any) -> Sent:
    return books.send(f"organisation.{verb}", CHOIR, act, **what)


def test_a_body_counts_as_new_and_in_the_stock_where_it_stands() -> None:
    books = a_register()
    enter(books)
    where: dict[str, Any] = {"programme": "culture", "detail": "association", "area": LUOHU}
    assert counted(books, "organisations-registered", **where) == 1
    assert counted(books, "organisations", **where) == 1


def test_a_body_that_was_there_before_is_in_the_stock_and_not_new() -> None:
    books = a_register()
    enter(books, "bring-in", EVE)
    assert counted(books, "organisations", EVE) == 1
    assert counted(books, "organisations-registered") == 0


def test_a_recorded_body_is_registered_later_and_counted_once() -> None:
    books = a_register()
    enter(books, "record")
    assert (counted(books, "organisations-on-record"), counted(books, "organisations")) == (1, 0)
    enter(books)
    assert (counted(books, "organisations-on-record"), counted(books, "organisations")) == (0, 1)
    assert counted(books, "organisations-recorded") == 1


@pytest.mark.parametrize("first", ["register", "bring-in", "record"])
@pytest.mark.parametrize("second", ["register", "bring-in", "record"])
def test_a_body_enters_the_register_once(first: str, second: str) -> None:
    books = a_register()
    enter(books, first)
    if (first, second) == ("record", "register"):
        return
    with pytest.raises(AlreadyExists):
        enter(books, second)


@pytest.mark.parametrize("end", ["deregister", "revoke"])
def test_a_body_that_has_ended_is_never_changed_again(end: str) -> None:
    books = a_register()
    enter(books)
    act_on(books, end)
    for verb, what in (("change", {"title": "新"}), ("file-report", {}), (end, {})):
        with pytest.raises(WrongState):
            act_on(books, verb, **what)
    with pytest.raises(AlreadyExists):
        enter(books)
    assert counted(books, "organisations") == 0


def test_a_revoked_private_unit_is_counted_under_its_kind() -> None:
    books = a_register()
    enter(books, kind="private-unit")
    act_on(books, "revoke")
    assert counted(books, "organisations-revoked", detail="private-unit") == 1
    assert counted(books, "organisations-revoked", detail="association") == 0


def test_a_changed_body_counts_where_it_is_from_that_day_on() -> None:
    books = a_register()
    enter(books)
    act_on(books, "change", LATER, area=GUIYUAN, activity="home-care")
    assert counted(books, "organisations", DAY, area=LUOHU, programme="culture") == 1
    assert counted(books, "organisations", area=LUOHU) == 0
    assert counted(books, "organisations", area=GUIYUAN, programme="home-care") == 1
    assert counted(books, "organisations-registered", programme="culture") == 1


def test_a_change_says_what_changes_and_follows_what_it_changes() -> None:
    books = a_register()
    enter(books)
    for act, what, refusal in (
        (LATER, {}, Malformed),
        (LATER, {"area": "area:nowhere"}, AreaUnknown),
        (an_act(on=EVE), {"title": "早"}, WrongState),
    ):
        with pytest.raises(refusal):
            act_on(books, "change", act, **what)


def test_an_area_must_be_there_on_the_day() -> None:
    books = a_register()
    with pytest.raises(AreaUnknown):
        enter(books, on=date(2005, 1, 1))


def test_a_report_is_filed_once_for_a_year_that_has_begun() -> None:
    books = a_register()
    enter(books)
    act_on(books, "file-report")
    assert counted(books, "organisation-reports", detail="2006") == 1
    with pytest.raises(AlreadyExists):
        act_on(books, "file-report", year=2006)
    with pytest.raises(Malformed):
        act_on(books, "file-report", year=2008)


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(SIGNS))
def test_one_wrong_sign_in_a_credit_code_is_found(body: str, place: int, wrong: str) -> None:
    code = body + check_sign(body)
    books = a_register()
    enter(books, on=CODE_DAY, credit_code=code)
    if code[place] != wrong:
        with pytest.raises(CreditCodeInvalid):
            enter(a_register(), on=CODE_DAY, credit_code=code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L"])
def test_published_credit_codes_are_valid(code: str) -> None:
    enter(a_register(), on=CODE_DAY, credit_code=code)


@pytest.mark.parametrize("code", ["1", "91350100m000100y43", "91350100M000100Y4", "I" * 18])
def test_a_credit_code_has_eighteen_of_the_thirty_one_signs(code: str) -> None:
    with pytest.raises(CreditCodeInvalid):
        enter(a_register(), on=CODE_DAY, credit_code=code)


def test_nobody_had_a_credit_code_before_the_standard() -> None:
    with pytest.raises(CreditCodeInvalid):
        enter(a_register(), on=date(2015, 9, 30), credit_code="91350100M000100Y43")


VERBS = st.sampled_from(
    ["register", "record", "bring-in", "change", "deregister", "revoke", "file-report"]
)


@given(
    st.lists(st.tuples(VERBS, st.sampled_from([LUOHU, GUIYUAN]), st.dates(EVE, date(2008, 1, 1))))
)
def test_whatever_happens_a_body_is_in_one_stock_at_most_and_in_that_of_its_state(
    steps: list[tuple[str, str, date]],
) -> None:
    books = a_register()
    for verb, area, day in steps:
        what: dict[str, Any] = {"area": area} if verb == "change" else {}
        what = SAID | {"area": area} if verb in {"register", "record", "bring-in"} else what
        before = len(books.stored)
        try:
            books.send(f"organisation.{verb}", CHOIR, an_act("registrar-1", day), **what)
        except Refused:
            assert len(books.stored) == before
        stocks = counted(books, "organisations"), counted(books, "organisations-on-record")
        state = books.load(Organisation, CHOIR).state
        assert stocks == (int(state == "registered"), int(state == "recorded"))
        for each in (LUOHU, GUIYUAN):
            assert counted(books, "organisations", area=each) in {0, 1}
