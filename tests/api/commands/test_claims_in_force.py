"""A claim counts on the days on which it is in force: in figures, registers and rolls alike."""

from __future__ import annotations

from typing import Any

from scripts.scenarios.office import CLERK, EVE, OPERATOR
from scripts.scenarios.stories import AREA
from tests.api.commands.household_desk import Desk, claim_of, desk

__all__ = ["desk"]


def test_a_claim_counts_on_the_days_on_which_it_is_in_force(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat", programme="home-care")
    _, (one, ending, dead, rested) = desk.family(4)
    for person in (one, dead, rested):
        assert desk.claim(scheme, person).status_code == 201
    assert desk.claim(scheme, ending, until="2007-06-30").status_code == 201
    desk.take(CLERK, "person.report-death", dead, on="2007-03-02", date="2007-03-01")
    for act, day in (
        ("suspend", "2007-06-01"),
        ("resume", "2007-09-01"),
        ("suspend", "2007-07-01"),
    ):
        subject = claim_of(scheme, rested)
        desk.take(CLERK, f"entitlement.{act}", subject, on=day, reason="核查", from_=day)

    assert desk.elders("2007-02-28") == 4
    assert desk.elders("2007-05-31") == 3
    assert desk.elders("2007-12-31") == 1
    assert desk.states(scheme, "2007-12-31") == {
        one: "granted", ending: "ended", dead: "ended", rested: "suspended"
    }  # fmt: skip
    assert desk.states(scheme, "2007-02-28")[ending] == "granted"
    assert desk.states(scheme, "2007-12-31", state="ended").keys() == {ending, dead}


def test_the_dead_are_in_neither_count_of_the_insured(desk: Desk) -> None:
    dibao = desk.scheme(programme="dibao")
    insurance = desk.scheme(per="person", formula="flat", programme="inpatient-insurance")
    home, people = desk.family(4)
    assert desk.claim(dibao, home).status_code == 201
    for person in people[:2]:
        assert desk.claim(insurance, person).status_code == 201
    assert desk.cover("2007-03-31") == (2, 4)
    desk.take(CLERK, "person.report-death", people[0], on="2007-03-02", date="2007-03-01")

    assert desk.cover("2007-02-28") == (2, 4)
    assert desk.cover("2007-03-31") == (1, 3)


def test_a_facility_that_is_closed_or_has_fewer_beds_is_held_back(desk: Desk) -> None:
    scheme = desk.scheme(per="bed", formula="per-unit")
    homes = ["facility:open", "facility:closed", "facility:small"]
    for home in homes:
        beds = {"value": 5, "unit": "bed"}
        what = {"kind": "elder-home", "body": "organisation:x", "area": AREA, "beds": beds}
        desk.take(CLERK, "facility.open", home, **what)
        units = 500 if home == "facility:small" else 5
        assert desk.claim(scheme, home, units=units).status_code == 201
    desk.take(CLERK, "facility.close", "facility:closed", on="2007-06-15")

    june, december = desk.draw_up(scheme, "2007-06"), desk.draw_up(scheme, "2007-12")
    assert (june["count"], june["total"]["value"], june["held_back"]) == (2, 3000, 1)
    assert (december["count"], december["total"]["value"], december["held_back"]) == (1, 1500, 2)


def test_nobody_is_paid_through_a_body_that_has_ended(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    beds = desk.scheme(per="bed", formula="per-unit")
    body, other = "organisation:payee-ends", "organisation:payee-stands"
    standing: dict[str, Any] = {
        "title": "服务社",
        "kind": "private-unit",
        "activity": "elders",
        "area": AREA,
    }
    registrar, send = "registrar-1", desk.office.send
    send("role.grant", f"role:{registrar}", by=OPERATOR, on=EVE, who=registrar, role="registrar")
    for each in (body, other):
        send("organisation.register", each, by=registrar, on=EVE, **standing)
        home = each.replace("organisation", "facility")
        what = {"kind": "elder-home", "body": each, "area": AREA}
        desk.take(CLERK, "facility.open", home, beds={"value": 5, "unit": "bed"}, **what)
        assert desk.claim(beds, home, units=5).status_code == 201
    _, (one, two, three) = desk.family(3)
    assert desk.claim(scheme, one, payee=body).status_code == 201
    assert desk.claim(scheme, two, payee=other).status_code == 201
    send("organisation.revoke", body, by=registrar, on="2007-06-15")

    for each in (scheme, beds):
        june, july = desk.draw_up(each, "2007-06"), desk.draw_up(each, "2007-07")
        assert (june["count"], june["held_back"]) == (2, 0)
        assert (july["count"], july["held_back"]) == (1, 1)
    late = desk.post(
        CLERK, "entitlement.apply", "entitlement:late", on="2007-06-15",
        scheme=scheme, holder=three, area=AREA, payee=body,
    )  # fmt: skip
    assert (late.status_code, late.json()["code"]) == (409, "body-ended")
