"""Areas: opened below one another, moved and closed by date."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.refusals import AlreadyExists, AreaUnknown, WrongState
from domain.registers.areas import Area, require_area
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, with_areas

MAY, JUNE = date(2007, 5, 31), date(2007, 6, 1)


def opened(books: InMemoryLedger, area: str, level: str, **what: object) -> None:
    act = an_act("approver-1", JUNE)
    books.send("area.open", area, act, title="光明新区", level=level, **what)


def test_an_area_lies_below_one_that_is_there_on_the_day() -> None:
    books = with_areas(InMemoryLedger())
    with pytest.raises(AreaUnknown):
        opened(books, "area:new", "district", parent="area:nowhere")
    opened(books, "area:new", "district", parent="area:city")
    early = an_act("approver-1", MAY)
    what = {"title": "早", "level": "community", "parent": "area:new"}
    with pytest.raises(AreaUnknown):
        books.send("area.open", "area:early", early, **what)


@pytest.mark.parametrize("level", ["city", "district"])
def test_a_district_has_only_lower_areas_below_it(level: str) -> None:
    with pytest.raises(WrongState):
        opened(with_areas(InMemoryLedger()), "area:new", level, parent="area:luohu")


def test_a_moved_area_has_its_old_parent_before_the_day_and_the_new_one_after() -> None:
    books = with_areas(InMemoryLedger())
    opened(books, "area:new", "district", parent="area:city")
    books.send("area.move", "area:guiyuan", an_act("approver-1", JUNE), parent="area:new")
    area = books.load(Area, "area:guiyuan")
    assert area.parent_on(MAY) == "area:luohu"
    assert area.parent_on(JUNE) == "area:new"


def test_an_area_never_lies_below_itself() -> None:
    books = with_areas(InMemoryLedger())
    act = an_act("approver-1", JUNE)
    with pytest.raises(WrongState):
        books.send("area.move", "area:luohu", act, parent="area:guiyuan", level="community")
    with pytest.raises(WrongState):
        books.send("area.move", "area:luohu", act, parent="area:luohu", level="community")


def test_a_move_learnt_late_puts_no_area_below_itself_on_a_later_day() -> None:
    books = with_areas(InMemoryLedger())
    early, late = an_act("approver-1", MAY), an_act("approver-1", JUNE)
    what = {"title": "街道", "level": "sub-district", "parent": "area:city"}
    books.send("area.open", "area:b", early, **what)
    books.send("area.move", "area:b", late, parent="area:luohu")
    with pytest.raises(WrongState, match="or later"):
        books.send("area.move", "area:luohu", early, parent="area:b", level="community")


def test_a_closed_area_is_unknown_from_its_last_day_on() -> None:
    books = with_areas(InMemoryLedger())
    books.send("area.close", "area:guiyuan", an_act("approver-1", JUNE))
    assert require_area(an_act(on=MAY), books.unit(), "area:guiyuan")
    with pytest.raises(AreaUnknown):
        require_area(an_act(on=JUNE), books.unit(), "area:guiyuan")
    with pytest.raises(WrongState):
        books.send("area.close", "area:guiyuan", an_act("approver-1", JUNE))


def test_an_area_is_opened_once() -> None:
    with pytest.raises(AlreadyExists):
        opened(with_areas(InMemoryLedger()), "area:luohu", "district")
