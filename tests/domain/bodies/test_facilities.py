"""Facilities: planned, opened, resized, closed; beds by day, never overfilled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bodies.facilities import FacilityFull, FreeBeds
from domain.kernel.refusals import AlreadyExists, AreaUnknown, Malformed, Refused, WrongState
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import EVE, GUIYUAN, LUOHU, a_register, counted
from tests.domain.stories import DAY, an_act

HOME = "facility:home"
SAID: dict[str, Any] = {
    "kind": "elder-home",
    "body": "organisation:carers",
    "area": LUOHU,
    "beds": 300,
}
JUNE = date(2007, 6, 1)


def send(books: InMemoryLedger, verb: str, on: date = DAY, **what: Any) -> Sent:
    return books.send(f"facility.{verb}", HOME, an_act("clerk-1", on), **what)


def planned() -> InMemoryLedger:
    books = a_register()
    send(books, "plan", **SAID)
    return books


def beds(books: InMemoryLedger, measure: str = "beds", **where: Any) -> int:
    return counted(books, measure, unit="bed", detail="elder-home", **where)


def test_what_is_planned_counts_apart_from_what_is_there() -> None:
    books = planned()
    assert counted(books, "facilities-planned", detail="elder-home", area=LUOHU) == 1
    assert beds(books, "beds-planned") == 300
    assert (counted(books, "facilities"), beds(books)) == (0, 0)


def test_a_planned_facility_opens_as_planned_or_otherwise() -> None:
    for what, expected in (({}, (300, LUOHU)), ({"beds": 280, "area": GUIYUAN}, (280, GUIYUAN))):
        books = planned()
        send(books, "open", JUNE, **what)
        assert (counted(books, "facilities-planned"), beds(books, "beds-planned")) == (0, 0)
        assert beds(books, area=expected[1]) == expected[0]
        assert counted(books, "facilities-opened", detail="elder-home") == 1


def test_a_facility_that_was_not_planned_says_all_when_it_opens() -> None:
    books = a_register()
    with pytest.raises(Malformed):
        send(books, "open", beds=3)
    send(books, "open", **SAID)
    assert counted(books, "facilities") == 1


def test_a_facility_opens_once() -> None:
    books = planned()
    send(books, "open", JUNE)
    for verb, what in (("open", {}), ("plan", SAID), ("bring-in", SAID)):
        with pytest.raises(AlreadyExists):
            send(books, verb, JUNE, **what)


def test_what_was_there_before_is_not_opened() -> None:
    books = a_register()
    send(books, "bring-in", **SAID)
    assert (counted(books, "facilities"), beds(books)) == (1, 300)
    assert counted(books, "facilities-opened") == 0


def test_a_plan_may_grow_shrink_and_be_given_up() -> None:
    books = planned()
    send(books, "resize", beds=250)
    assert beds(books, "beds-planned") == 250
    send(books, "close")
    assert (counted(books, "facilities-planned"), beds(books, "beds-planned")) == (0, 0)
    with pytest.raises(AlreadyExists):
        send(books, "open", JUNE)


def test_a_resized_facility_has_its_new_beds_from_that_day_on() -> None:
    books = planned()
    send(books, "open")
    send(books, "resize", JUNE, beds=310)
    assert counted(books, "beds", DAY) == 300
    assert beds(books) == 310


@pytest.mark.parametrize("verb", ["open", "resize", "close"])
def test_nothing_happens_to_a_facility_before_its_plan(verb: str) -> None:
    what = {"beds": 1} if verb == "resize" else {}
    with pytest.raises(WrongState):
        send(planned(), verb, EVE, **what)


def test_a_facility_stands_in_an_area_that_is_there() -> None:
    with pytest.raises(AreaUnknown):
        send(a_register(), "plan", **(SAID | {"area": "area:nowhere"}))


def test_a_closed_facility_is_closed() -> None:
    books = planned()
    send(books, "open")
    send(books, "close", JUNE)
    assert (counted(books, "facilities"), beds(books)) == (0, 0)
    for verb, what in (("close", {}), ("resize", {"beds": 3})):
        with pytest.raises(WrongState):
            send(books, verb, JUNE, **what)


def test_nobody_finds_a_refuge_by_its_area() -> None:
    books = a_register()
    send(books, "plan", **(SAID | {"kind": "refuge"}))
    send(books, "open")
    assert counted(books, "facilities", detail="refuge") == 1
    assert counted(books, "facilities", detail="refuge", area="") == 1


def stay(books: InMemoryLedger, key: str, on: date) -> Sent:
    what = {"kind": "elder-home", "facility": HOME, "area": LUOHU}
    return books.send("placement.admit", f"placement:{key}", an_act("clerk-1", on), **what)


def leave(books: InMemoryLedger, key: str, on: date) -> Sent:
    return books.send("placement.discharge", f"placement:{key}", an_act("clerk-1", on))


def with_beds(number: int) -> InMemoryLedger:
    books = a_register()
    send(books, "open", **(SAID | {"beds": number}))
    return books


def test_beds_are_never_overfilled_and_a_bed_given_back_is_free_again() -> None:
    books = with_beds(1)
    stay(books, "a", DAY)
    with pytest.raises(FacilityFull) as refused:
        stay(books, "b", JUNE)
    assert refused.value.numbers == {"wanted": 1, "free": 0}
    assert str(refused.value).endswith("beds wanted: 1, free: 0")
    leave(books, "a", JUNE)
    stay(books, "b", JUNE)


def test_what_is_learnt_late_overfills_no_past_day() -> None:
    books = with_beds(1)
    stay(books, "a", DAY)
    leave(books, "a", JUNE)
    for day in (DAY, JUNE - timedelta(1)):
        with pytest.raises(FacilityFull):
            stay(books, "b", day)
    stay(books, "b", JUNE)


def test_beds_that_are_taken_are_not_taken_away() -> None:
    books = with_beds(2)
    stay(books, "a", DAY)
    stay(books, "b", JUNE)
    with pytest.raises(FacilityFull):
        send(books, "resize", beds=1)
    leave(books, "a", date(2007, 7, 1))
    with pytest.raises(FacilityFull):
        send(books, "resize", JUNE, beds=1)
    send(books, "resize", date(2007, 7, 1), beds=1)


def test_a_facility_closes_once_everybody_has_left() -> None:
    books = with_beds(1)
    stay(books, "a", DAY)
    with pytest.raises(FacilityFull):
        send(books, "close", JUNE)
    leave(books, "a", JUNE)
    with pytest.raises(WrongState):
        send(books, "close", DAY)
    send(books, "close", JUNE)
    with pytest.raises(WrongState):
        stay(books, "b", JUNE)


DAYS = st.dates(date(2007, 1, 1), date(2007, 1, 12))


@given(st.lists(st.tuples(DAYS, st.integers(-3, 3)), max_size=12), DAYS)
def test_free_beds_are_the_least_of_all_later_days(
    changes: list[tuple[date, int]], day: date
) -> None:
    free = FreeBeds()
    for on, by in changes:
        free.change(on, by)
    each = [
        sum(by for on, by in changes if on <= later)
        for later in (day + timedelta(n) for n in range(13))
    ]
    assert free.least_from(day) == min(each)


VERBS = st.sampled_from(["plan", "open", "resize", "close", "bring-in"])


@given(st.lists(st.tuples(VERBS, st.integers(1, 9), DAYS)))
def test_the_stock_is_what_the_facility_says(steps: list[tuple[str, int, date]]) -> None:
    books, planned_beds, open_beds = a_register(), 0, 0
    for verb, number, day in steps:
        what: dict[str, Any] = SAID | {"beds": number}
        what = {"resize": {"beds": number}, "close": {}}.get(verb, what)
        try:
            send(books, verb, day, **what)
        except Refused:
            continue
        if verb == "plan" or (verb == "resize" and planned_beds):
            planned_beds = number
        else:
            planned_beds, open_beds = 0, (0 if verb == "close" else number)
    assert (beds(books, "beds-planned"), beds(books)) == (planned_beds, open_beds)
