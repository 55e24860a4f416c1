"""Entries: opened, changed, ended; in the stock with their links as long as they are there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.refusals import AlreadyExists, Malformed, Refused, UnknownSubject, WrongState
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import CLERK, EVE, GUIYUAN, LUOHU, a_register, counted
from tests.domain.stories import DAY, an_act

STATION = "entry:station-1"
BOTH = ("organisation:committee-1", "organisation:committee-2")


def opened(
    books: InMemoryLedger, *links: str, register: str = "community-station", verb: str = "open"
) -> InMemoryLedger:
    what = {"register_": register, "title": "社区工作站", "area": LUOHU, "links": links}
    books.send(f"entry.{verb}", STATION, CLERK, **what)
    return books


def station_counts(books: InMemoryLedger, until: date = date.max) -> tuple[int, int, int, int]:
    """Return the stations, their committees, the shared ones, and the committees of those."""
    measures = ("entries", "entry-links", "entries-shared", "entry-links-shared")
    found = [counted(books, m, until, detail="community-station") for m in measures]
    return found[0], found[1], found[2], found[3]


def test_a_station_that_serves_several_committees_is_shared() -> None:
    assert station_counts(opened(a_register(), *BOTH)) == (1, 2, 1, 2)
    assert station_counts(opened(a_register(), BOTH[0])) == (1, 1, 0, 0)
    assert station_counts(opened(a_register())) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("register", "unit"),
    [
        ("community-station", "station"),
        ("charity-shop", "outlet"),
        ("education-base", "site"),
        ("education-project", "project"),
        ("service-centre", "site"),
        ("reading-room", "site"),
    ],
)
def test_each_register_has_its_unit(register: str, unit: str) -> None:
    books = opened(a_register(), register=register)
    assert counted(books, "entries", detail=register, unit=unit) == 1
    assert counted(books, "entries-opened", detail=register, unit=unit) == 1


def test_what_was_there_before_is_not_opened() -> None:
    books = opened(a_register(), verb="bring-in")
    assert counted(books, "entries-opened") == 0
    assert counted(books, "entries") == 1


def test_a_changed_entry_counts_as_it_is_from_that_day_on() -> None:
    books = opened(a_register(), *BOTH)
    later = an_act("clerk-1", date(2007, 6, 1))
    books.send("entry.change", STATION, later, links=(BOTH[0],), area=GUIYUAN)
    assert station_counts(books, DAY) == (1, 2, 1, 2)
    assert station_counts(books) == (1, 1, 0, 0)
    assert counted(books, "entries", area=GUIYUAN) == 1


def test_an_entry_that_has_ended_is_changed_no_more() -> None:
    books = opened(a_register(), *BOTH)
    books.send("entry.end", STATION, CLERK)
    assert station_counts(books) == (0, 0, 0, 0)
    for verb, what in (("end", {}), ("change", {"title": "新"})):
        with pytest.raises(WrongState):
            books.send(f"entry.{verb}", STATION, CLERK, **what)
    with pytest.raises(AlreadyExists):
        opened(books)


@pytest.mark.parametrize(
    ("act", "what", "refusal"),
    [
        (CLERK, {}, Malformed),
        (CLERK, {"links": (BOTH[0], BOTH[0])}, Malformed),
        (an_act("clerk-1", EVE), {"title": "早"}, WrongState),
    ],
)
def test_a_change_makes_sense(act: Any, what: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        opened(a_register()).send("entry.change", STATION, act, **what)


def test_an_entry_that_is_not_there_is_not_ended() -> None:
    with pytest.raises(UnknownSubject):
        a_register().send("entry.end", STATION, CLERK)


LINKS = st.sets(st.sampled_from(["c1", "c2", "c3"])).map(tuple)


@given(st.lists(st.tuples(st.sampled_from(["open", "bring-in", "change", "end"]), LINKS)))
def test_the_stock_is_what_the_entry_says(steps: list[tuple[str, tuple[str, ...]]]) -> None:
    books, now = a_register(), None
    for verb, links in steps:
        what: dict[str, Any] = {"links": links} if verb == "change" else {}
        try:
            if verb in {"open", "bring-in"}:
                opened(books, *links, verb=verb)
            else:
                books.send(f"entry.{verb}", STATION, CLERK, **what)
        except Refused:
            continue
        now = None if verb == "end" else links
    many = 0 if now is None or len(now) < 2 else len(now)
    assert station_counts(books) == (int(now is not None), len(now or ()), int(many > 0), many)
