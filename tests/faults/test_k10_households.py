"""K10: people live in one household at a time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import CLERK, DISTRICT, FrontDesk, a_key

if TYPE_CHECKING:
    from tests.faults.front_desk import Json

HELD, RATE = 10**9, 30_000
TOP_UP: Json = {"per": "household", "formula": "top-up"}


def test_k10_a_member_elsewhere_neither_joins_nor_forms(desk: FrontDesk) -> None:
    home, people = desk.household(2)
    other, _ = desk.household(1)
    join = desk.refused(CLERK, "household.join", other, on="2007-02-01", person=people[0])
    assert join == "in-another-household"
    what: Json = {"members": [people[0]], "area": DISTRICT}
    form = desk.refused(CLERK, "household.form", f"household:{a_key('h')}", on="2007-02-01",
                        **what)  # fmt: skip
    assert form == "in-another-household"
    desk.take(CLERK, "household.leave", home, on="2007-02-01", person=people[0])
    desk.take(CLERK, "household.join", other, on="2007-02-02", person=people[0])
    desk.holds("one-household")


def test_k10_a_move_leaves_and_joins_and_both_families_are_paid(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(**TOP_UP), desk.fund(HELD)
    homes = [desk.household(2), desk.household(2)]
    for home, _ in homes:
        desk.claim(scheme, home)
    (first, people), (second, _) = homes
    desk.take(CLERK, "household.move", second, on="2007-03-10", person=people[0], from_=first)
    march, april = (desk.draw_up(scheme, month, fund) for month in ("2007-03", "2007-04"))
    for drawn in (march, april):
        assert (drawn["count"], drawn["held_back"]) == (2, 0)
        assert drawn["persons"] == {"value": 4, "unit": "person"}
        assert drawn["total"] == fen(4 * RATE)
    assert {row["persons"]["value"] for row in desk.lines(april["run"])} == {1, 3}
    desk.holds("one-household")


def test_k10_a_month_held_back_in_error_is_drawn_again(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(**TOP_UP), desk.fund(HELD)
    (home, _), (other, _) = desk.household(2), desk.household(1)
    desk.claim(scheme, home)
    held = desk.claim(scheme, other)
    desk.take(CLERK, "entitlement.suspend", held, on="2007-03-01", reason="核查",
              from_="2007-03-01")  # fmt: skip
    assert len(desk.pay(scheme, "2007-03", fund)) == 1
    desk.take(CLERK, "entitlement.withdraw", held, on="2007-03-20", act={"reason": "核查有误"})
    again = desk.draw_up(scheme, "2007-03", fund, on="2007-03-21")
    assert (again["count"], again["total"]) == (1, fen(RATE))


def test_k10_a_household_moved_in_circles_counts_each_person_once(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(**TOP_UP), desk.fund(HELD)
    homes = [desk.household(2) for _ in range(3)]
    for home, _ in homes:
        desk.claim(scheme, home)
    walker = homes[0][1][0]
    route = [homes[0][0], homes[1][0], homes[2][0], homes[0][0], homes[1][0]]
    for day, (left, joined) in enumerate(pairwise(route), start=5):
        desk.take(CLERK, "household.move", joined, on=f"2007-03-{day:02}", person=walker,
                  from_=left)  # fmt: skip
    for month in ("2007-03", "2007-04"):
        drawn = desk.draw_up(scheme, month, fund)
        assert drawn["persons"] == {"value": 6, "unit": "person"}
        assert drawn["total"] == fen(6 * RATE)
    desk.holds("one-household")


def test_k10_a_stop_of_2008_03_does_not_free_2007_12(desk: FrontDesk) -> None:
    low = desk.scheme(**TOP_UP)
    other = desk.scheme(excludes=[low])
    home, (person, _) = desk.household(2)
    claim = desk.claim(low, home)
    desk.take(CLERK, "entitlement.stop", claim, on="2007-12-01", reason="迁出", from_="2008-03-01")
    what: Json = {"scheme": other, "area": DISTRICT, "tier": "a"}
    subject = f"entitlement:{a_key('e')}"
    early = desk.refused(CLERK, "entitlement.bring-in", subject, on="2007-12-01", holder=person,
                         **what, from_="2007-12-01")  # fmt: skip
    assert early == "excluded-by-scheme"
    desk.take(CLERK, "entitlement.bring-in", subject, on="2007-12-01", holder=person, **what,
              from_="2008-03-01")  # fmt: skip
    lone, (stranger,) = desk.household(1)
    desk.take(CLERK, "entitlement.bring-in", f"entitlement:{a_key('e')}", on=EVE, holder=stranger,
              **what, from_=EVE)  # fmt: skip
    coming: Json = {"person": stranger}
    told = desk.refused(CLERK, "household.move", home, on="2007-01-06", from_=lone, **coming)
    assert told == "excluded-by-scheme"
    desk.take(CLERK, "household.leave", lone, on="2007-01-05", **coming)
    assert desk.refused(
        CLERK, "household.join", home, on="2007-01-06", **coming
    ) == "excluded-by-scheme"  # fmt: skip
    desk.holds("excluding-schemes", "one-household")
