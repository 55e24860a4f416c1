"""People live in one household at a time, and a month is paid although one line is wrong."""

from __future__ import annotations

import pytest

from scripts.scenarios.office import APPROVER, CLERK, DAY, EVE, an_order
from scripts.scenarios.stories import AREA
from tests.api.commands.household_desk import Desk, claim_of, desk, totals
from tests.api.conftest import code_of

__all__ = ["desk"]


def test_who_lives_in_a_household_joins_and_forms_no_other(desk: Desk) -> None:
    (home, people), (other, _) = desk.family(2), desk.family(1)
    joined = desk.post(CLERK, "household.join", other, on=DAY, person=people[0])
    formed = desk.post(CLERK, "household.form", f"{home}-x", members=people[:1], area=AREA)
    assert code_of(joined) == code_of(formed) == (409, "in-another-household")
    assert home in joined.json()["detail"]

    desk.take(CLERK, "household.leave", home, on=DAY, person=people[0])
    early = desk.post(CLERK, "household.join", other, on="2007-03-14", person=people[0])
    assert code_of(early) == (409, "in-another-household")
    desk.take(CLERK, "household.join", other, on=DAY, person=people[0])


def test_a_move_leaves_and_joins_in_one_act_and_counts_in_one_line_a_month(desk: Desk) -> None:
    scheme = desk.scheme()
    (home, people), (other, _) = desk.family(3), desk.family(1)
    for each in (home, other):
        assert desk.claim(scheme, each).status_code == 201
    refused = desk.post(CLERK, "household.move", other, on=DAY, person=people[0], from_=other)
    assert refused.status_code == 422
    receipt = desk.take(CLERK, "household.move", other, on=DAY, person=people[0], from_=home)
    assert len(receipt["positions"]) == 2

    for month in ("2007-02", "2007-03", "2007-04"):
        assert totals(desk.draw_up(scheme, month)) == (2, 4, 1200)


def test_who_was_paid_in_one_household_is_left_out_of_the_other_line(desk: Desk) -> None:
    scheme = desk.scheme()
    (home, people), (other, _) = desk.family(2), desk.family(2)
    assert desk.claim(scheme, home).status_code == 201
    desk.pay(scheme)
    desk.take(CLERK, "household.move", other, on="2007-02-01", person=people[0], from_=home)
    assert desk.claim(scheme, other).status_code == 201

    assert totals(desk.draw_up(scheme, suffix="-late")) == (1, 2, 600)


def test_a_household_relocates(desk: Desk) -> None:
    home, _ = desk.family(1)
    area = "area:hh-district"
    desk.take(APPROVER, "area.open", area, title="区", level="district", parent=AREA)
    desk.take(CLERK, "household.relocate", home, on=DAY, area=area)
    again = desk.post(CLERK, "household.relocate", home, on=DAY, area=area)
    assert code_of(again) == (409, "wrong-state")
    nowhere = desk.post(CLERK, "household.relocate", home, on=DAY, area="area:nowhere")
    assert code_of(nowhere) == (409, "area-unknown")


def test_a_stop_to_come_does_not_free_the_months_before_it(desk: Desk) -> None:
    first = desk.scheme(per="person", formula="flat")
    second = desk.scheme(per="person", formula="flat", excludes=[first])
    _, (person,) = desk.family(1)
    assert desk.claim(first, person).status_code == 201
    stop = {"reason": "迁出", "from": "2008-03-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(first, person), on=DAY, **stop)

    assert code_of(desk.claim(second, person)) == (409, "excluded-by-scheme")
    assert desk.claim(second, person, **{"from": "2008-03-01"}).status_code == 201


@pytest.mark.parametrize("command", ["household.join", "household.move"])
def test_nobody_comes_to_a_household_whose_scheme_excludes_theirs(desk: Desk, command: str) -> None:
    of_home = desk.scheme()
    of_person = desk.scheme(per="person", formula="flat", excludes=[of_home])
    (home, _), (old, (person, _)) = desk.family(1), desk.family(2)
    assert desk.claim(of_home, home).status_code == 201
    assert desk.claim(of_person, person).status_code == 201
    what = {"person": person}
    if command == "household.join":
        desk.take(CLERK, "household.leave", old, on=DAY, person=person)
    else:
        what["from_"] = old

    assert code_of(desk.post(CLERK, command, home, on=DAY, **what)) == (409, "excluded-by-scheme")
    stop = {"reason": "迁出", "from": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(of_person, person), on=DAY, **stop)
    desk.take(CLERK, command, home, on=DAY, **what)


def test_what_has_ended_stands_in_nobodys_way(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (person,) = desk.family(1)
    assert desk.claim(scheme, person, until="2007-06-30").status_code == 201
    again = {"scheme": scheme, "holder": person, "area": AREA}
    subject = f"{claim_of(scheme, person)}-again"
    early = desk.post(CLERK, "entitlement.apply", subject, on="2007-06-30", **again)
    assert code_of(early) == (409, "already-exists")
    desk.take(CLERK, "entitlement.apply", subject, on="2007-07-01", **again)


def test_a_tier_that_the_scheme_has_not_is_refused(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (one, other) = desk.family(2)
    assert code_of(desk.claim(scheme, one, tier="z")) == (409, "rate-missing")
    assert desk.claim(scheme, one).status_code == 201
    terms = {"tier": "z", "from": "2007-04-01"}
    adjusted = desk.post(CLERK, "entitlement.adjust", claim_of(scheme, one), on=DAY, **terms)
    assert code_of(adjusted) == (409, "rate-missing")
    subject = claim_of(scheme, other)
    claimed = {"scheme": scheme, "holder": other, "area": AREA}
    desk.take(CLERK, "entitlement.apply", subject, on=EVE, **claimed)
    desk.take(CLERK, "entitlement.assess", subject, on=EVE, eligible=True)
    granted = desk.post(APPROVER, "entitlement.grant", subject, on=DAY, **terms)
    assert code_of(granted) == (409, "rate-missing")


def test_a_line_without_a_rate_for_the_month_is_held_back_and_the_rest_is_drawn(
    desk: Desk,
) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    late = {"tier": "b", "from": "2007-06-01"}
    authority = {"authority": "市政府令第1号"}
    order = an_order("scheme.set-rate", scheme, on=EVE, act=authority, **late, amount={
        "value": 500, "unit": "fen"})  # fmt: skip
    desk.office.send_all([order | {"by": APPROVER}])
    _, (one, other) = desk.family(2)
    assert desk.claim(scheme, one).status_code == 201
    assert desk.claim(scheme, other, tier="b").status_code == 201

    drawn = desk.draw_up(scheme)
    assert (*totals(drawn), drawn["held_back"]) == (1, 1, 300, 1)


def test_who_is_found_not_eligible_is_held_back_until_found_eligible(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (one, other) = desk.family(2)
    for person in (one, other):
        assert desk.claim(scheme, person).status_code == 201
    subject = claim_of(scheme, one)
    desk.take(CLERK, "entitlement.assess", subject, on=DAY, eligible=False)

    assert totals(desk.draw_up(scheme, "2007-02")) == (2, 2, 600)
    assert totals(desk.draw_up(scheme)) == (1, 1, 300)
    desk.take(CLERK, "entitlement.assess", subject, on="2007-04-02", eligible=True)
    assert totals(desk.draw_up(scheme, "2007-04")) == (2, 2, 600)


def test_of_suspensions_the_one_recorded_last_counts(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, people = desk.family(2)
    for person in people:
        assert desk.claim(scheme, person).status_code == 201
    subject = claim_of(scheme, people[0])
    acts = (("suspend", "2007-06-01"), ("resume", "2007-09-01"), ("suspend", "2007-07-01"))
    for act, day in acts:
        desk.take(CLERK, f"entitlement.{act}", subject, on=day, reason="核查", from_=day)

    assert [desk.draw_up(scheme, month)["count"] for month in ("2007-05", "2007-10")] == [2, 1]
