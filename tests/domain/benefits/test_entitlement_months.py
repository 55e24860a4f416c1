"""What an entitlement pays over time: terms, suspensions, stops, members, areas."""

from __future__ import annotations

from datetime import date

import pytest

from domain.benefits.entitlements import Entitlement
from domain.kernel.refusals import WrongState
from tests.domain.benefits.stories import (
    COMMUNITY,
    PERSON,
    a_city,
    a_scheme,
    adopt,
    assess,
    bring_in,
    household,
    in_payment,
    lines_of,
    rate,
    register,
)
from tests.domain.stories import an_act


def test_what_was_brought_in_with_an_amount_is_paid_as_it_stands_until_it_is_adjusted() -> None:
    books = a_city()
    adopt(books, "scheme:x", rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 2)
    claim = bring_in(books, "scheme:x", home, amount=450)
    assess(books, claim, 100, on=date(2007, 5, 20))
    assert lines_of(books, "scheme:x", "2007-06") == {home: 450}

    act = an_act("clerk-1", date(2007, 5, 21))
    books.send("entitlement.adjust", claim, act, tier="a", from_=date(2007, 6, 1))

    assert lines_of(books, "scheme:x", "2007-05") == {home: 450}
    assert lines_of(books, "scheme:x", "2007-06") == {home: 500}


def test_a_later_assessment_counts_from_its_month_on() -> None:
    books = a_city()
    adopt(books, "scheme:x", rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 2)
    claim = bring_in(books, "scheme:x", home)
    assess(books, claim, 100)
    assess(books, claim, 200, on=date(2007, 5, 20))

    assert lines_of(books, "scheme:x", "2007-04") == {home: 500}
    assert lines_of(books, "scheme:x", "2007-05") == {home: 400}
    assert books.load(Entitlement, claim).state == "granted"


def test_a_suspension_rests_the_payment_and_the_count() -> None:
    books = a_scheme()
    claim = bring_in(books, "scheme:x", PERSON)
    act = an_act("clerk-1")
    assert in_payment(books) == 1
    books.send("entitlement.suspend", claim, act, reason="住院", from_=date(2007, 4, 1))
    assert in_payment(books) == 0
    books.send("entitlement.resume", claim, act, reason="出院", from_=date(2007, 6, 1))

    assert in_payment(books) == 1
    paid = [m for m in range(1, 8) if lines_of(books, "scheme:x", f"2007-{m:02d}")]
    assert paid == [1, 2, 3, 6, 7]


@pytest.mark.parametrize("suspended", [False, True])
def test_a_stop_counts_out_once(*, suspended: bool) -> None:
    books = a_scheme()
    claim = bring_in(books, "scheme:x", PERSON)
    what = {"reason": "去世", "from_": date(2007, 4, 1)}
    if suspended:
        books.send("entitlement.suspend", claim, an_act("clerk-1"), **what)
    books.send("entitlement.stop", claim, an_act("clerk-1"), **what)

    assert in_payment(books) == 0
    with pytest.raises(WrongState):
        books.send("entitlement.stop", claim, an_act("clerk-1"), **what)


def test_members_who_join_and_leave_count_by_whole_months() -> None:
    books = a_city()
    adopt(books, "scheme:x", rate("a", 300), per="household", formula="top-up")
    home = household(books, "h", 2)
    register(books, "person:new")
    bring_in(books, "scheme:x", home)
    act = an_act("clerk-1", date(2007, 3, 15))
    books.send("household.join", home, act, person="person:new")
    books.send("household.leave", home, act, person="person:h-1")

    got = [lines_of(books, "scheme:x", f"2007-0{m}")[home] for m in (2, 3, 4)]
    assert got == [600, 600, 600]
    with pytest.raises(WrongState):
        books.send("household.leave", home, act, person="person:h-1")
    with pytest.raises(WrongState):
        books.send("household.join", home, act, person="person:new")


def test_a_move_of_the_area_changes_the_rate_that_counts() -> None:
    books = a_city()
    areas = an_act("approver-1", date(2007, 5, 31))
    books.send("area.open", "area:new", areas, title="新区", level="district", parent="area:city")
    adopt(books, "scheme:x", rate("a", 300), rate("a", 360, area="area:east"))
    register(books, PERSON)
    bring_in(books, "scheme:x", PERSON)
    moving = an_act("approver-1", date(2007, 8, 1))
    books.send("area.move", COMMUNITY, moving, parent="area:new")

    assert lines_of(books, "scheme:x", "2007-07") == {PERSON: 360}
    assert lines_of(books, "scheme:x", "2007-08") == {PERSON: 300}
