"""Placements: admitted, helped without a stay, transferred, discharged; each counted once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.bodies.facilities import FacilityFull
from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    ExcludedByScheme,
    Malformed,
    Refused,
    UnknownSubject,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import (
    EVE,
    GUIYUAN,
    LUOHU,
    PERSON,
    a_register,
    counted,
    distinct,
)
from tests.domain.stories import DAY, an_act

JUNE = date(2007, 6, 1)
STAY = "placement:1"
LEAVING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("discharge", {}),
    ("transfer", {"area": GUIYUAN}),
)


def send(
    books: InMemoryLedger, verb: str, subject: str = STAY, on: date = DAY, **what: Any
) -> Sent:
    return books.send(f"placement.{verb}", subject, an_act("clerk-1", on), **what)


def admit(books: InMemoryLedger, subject: str = STAY, on: date = DAY, **more: Any) -> Sent:
    what = {"kind": "shelter", "person": PERSON, "area": LUOHU} | more
    return send(books, "admit", subject, on, **what)


def admitted(**more: Any) -> InMemoryLedger:
    books = a_register(PERSON)
    admit(books, **more)
    return books


def home(books: InMemoryLedger, key: str, beds: int, kind: str = "elder-home") -> str:
    what = {"kind": kind, "body": "organisation:carers", "area": LUOHU, "beds": beds}
    books.send("facility.open", f"facility:{key}", an_act("clerk-1"), **what)
    return f"facility:{key}"


def test_a_person_is_helped_once_however_often_and_a_stay_ends() -> None:
    books = admitted()
    send(books, "discharge", on=JUNE)
    admit(books, "placement:2", JUNE)
    send(books, "assist", "placement:3", kind="shelter", person=PERSON, area=LUOHU)
    assert distinct(books, "placement-helped", detail="shelter") == 1
    assert counted(books, "placements-admitted", detail="shelter", area=LUOHU) == 2
    assert counted(books, "placements-assisted") == 1
    assert counted(books, "placements-discharged") == 1
    assert counted(books, "placements") == 1


def test_somebody_unidentified_counts_each_time() -> None:
    books = a_register()
    for nth in range(3):
        what: dict[str, Any] = {"kind": "shelter", "area": LUOHU}
        send(books, "assist" if nth else "admit", f"placement:{nth}", **what)
    assert distinct(books, "placement-helped", detail="shelter") == 3


def test_who_was_there_before_is_in_care_and_not_received() -> None:
    books = a_register(PERSON)
    what: dict[str, Any] = {"kind": "retired-officer", "person": PERSON, "area": LUOHU}
    send(books, "bring-in", **what)
    assert counted(books, "placements", detail="retired-officer") == 1
    assert counted(books, "placements-admitted") == 0
    assert distinct(books, "placement-helped") == 0


def test_nobody_is_discharged_before_the_admission() -> None:
    with pytest.raises(UnknownSubject):
        send(a_register(), "discharge")
    for verb, what in LEAVING:
        with pytest.raises(WrongState):
            send(admitted(), verb, on=EVE, **what)


def test_who_has_left_or_never_stayed_does_not_leave() -> None:
    books = admitted()
    send(books, "discharge")
    send(books, "assist", "placement:2", kind="shelter", area=LUOHU)
    for subject in (STAY, "placement:2"):
        for verb, what in LEAVING:
            with pytest.raises(WrongState):
                send(books, verb, subject, **what)
    with pytest.raises(AlreadyExists):
        admit(books)


STAYS = ("shelter", "elder-home", "child-care", "day-care", "refuge")


@pytest.mark.parametrize("second", STAYS)
@pytest.mark.parametrize("first", STAYS)
def test_a_person_stays_in_one_place_at_a_time(first: str, second: str) -> None:
    books = admitted(kind=first)
    with pytest.raises(ExcludedByScheme):
        admit(books, "placement:2", JUNE, kind=second)
    send(books, "discharge", on=JUNE)
    with pytest.raises(ExcludedByScheme):
        admit(books, "placement:2", date(2007, 5, 31), kind=second)
    admit(books, "placement:2", JUNE, kind=second)


def test_who_is_cared_for_as_a_retired_officer_may_live_in_a_home() -> None:
    books = admitted(kind="retired-officer")
    with pytest.raises(ExcludedByScheme):
        admit(books, "placement:2", kind="non-military-staff")
    admit(books, "placement:2", kind="elder-home")


def test_the_dead_and_the_unknown_are_not_taken_in() -> None:
    books = a_register(PERSON)
    books.send("person.report-death", PERSON, an_act("clerk-1", DAY), date=DAY)
    admit(books)
    wrong: tuple[tuple[dict[str, Any], type[Refused]], ...] = (
        ({"person": "person:nobody"}, UnknownSubject),
        ({"area": "area:nowhere"}, AreaUnknown),
        ({"facility": "facility:nowhere"}, UnknownSubject),
    )
    for what, refusal in wrong:
        with pytest.raises(refusal):
            admit(a_register(PERSON), **what)
    send(books, "discharge")
    shelter: dict[str, Any] = {"kind": "shelter", "person": PERSON, "area": LUOHU}
    for verb in ("admit", "assist", "bring-in"):
        with pytest.raises(WrongState):
            send(books, verb, "placement:2", JUNE, **shelter)


def test_a_transfer_moves_the_bed_and_the_area() -> None:
    books = a_register(PERSON)
    first, second = home(books, "a", 1), home(books, "b", 1)
    admit(books, kind="elder-home", facility=first)
    send(books, "transfer", on=JUNE, facility=second, area=GUIYUAN)
    admit(books, "placement:2", JUNE, kind="elder-home", person=None, facility=first)
    assert counted(books, "placements", DAY, area=LUOHU) == 1
    assert counted(books, "placements", area=GUIYUAN) == 1
    assert counted(books, "placements") == 2
    send(books, "discharge", on=JUNE)
    send(books, "transfer", "placement:2", JUNE, facility=second)


def test_a_full_facility_takes_nobody_by_transfer() -> None:
    books = a_register(PERSON)
    first, second = home(books, "a", 1), home(books, "b", 1)
    admit(books, kind="elder-home", facility=first)
    admit(books, "placement:2", kind="elder-home", person=None, facility=second)
    before = len(books.stored)
    with pytest.raises(FacilityFull):
        send(books, "transfer", on=JUNE, facility=second)
    assert len(books.stored) == before


@pytest.mark.parametrize(
    ("what", "refusal"),
    [({}, Malformed), ({"area": LUOHU}, Malformed), ({"area": "area:nowhere"}, AreaUnknown)],
)
def test_a_transfer_goes_somewhere_else(what: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        send(admitted(), "transfer", **what)


def test_a_planned_facility_takes_nobody_in_yet() -> None:
    books = a_register(PERSON)
    what = {"kind": "elder-home", "body": "organisation:carers", "area": LUOHU, "beds": 9}
    books.send("facility.plan", "facility:a", an_act("clerk-1"), **what)
    with pytest.raises(WrongState):
        admit(books, kind="elder-home", facility="facility:a")


def test_a_refuge_is_counted_for_the_city_and_found_in_no_area() -> None:
    books = a_register(PERSON)
    refuge = home(books, "safe", 1, "refuge")
    admit(books, kind="refuge", facility=refuge)
    assert counted(books, "placements", detail="refuge") == 1
    for event in books.all():
        for fact in event.facts():
            assert fact.detail != "refuge" or fact.area == ""
    with pytest.raises(WrongState):
        admit(a_refuge_and_a_home(), kind="refuge", facility="facility:home")
    with pytest.raises(WrongState):
        admit(a_refuge_and_a_home(), kind="shelter", facility="facility:safe")


def a_refuge_and_a_home() -> InMemoryLedger:
    books = a_register(PERSON)
    home(books, "home", 1)
    home(books, "safe", 1, "refuge")
    return books
