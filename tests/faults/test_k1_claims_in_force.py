"""K1: a claim counts on the days on which it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CITY,
    CLERK,
    DISTRICT,
    REGISTRAR,
    TREASURER,
    a_key,
)

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk

YEAR_END = "2007-12-31"
HELD = 10**9


def test_k1_home_care_of_one_open_one_ended_one_dead(desk: FrontDesk) -> None:
    scheme = desk.scheme(programme="home-care")
    living, ending, dead = desk.persons(3)
    claims = [desk.claim(scheme, living), desk.claim(scheme, ending, until="2007-06-30"),
              desk.claim(scheme, dead)]  # fmt: skip
    desk.take(CLERK, "person.report-death", dead, on="2007-03-01", date="2007-03-01")

    assert desk.value("home-care.elders") == 1
    assert [desk.state(claim, YEAR_END) for claim in claims] == ["granted", "ended", "ended"]
    assert desk.value("home-care.elders", as_of="2007-06-30") == 2
    assert [desk.state(claim, "2007-02-28") for claim in claims] == ["granted"] * 3
    desk.holds("claims-in-force")


def test_k1_what_has_ended_stands_in_nobodys_way(desk: FrontDesk) -> None:
    scheme = desk.scheme()
    (person,) = desk.persons(1)
    desk.claim(scheme, person, until="2007-06-30")
    terms = {"scheme": scheme, "holder": person, "area": DISTRICT}
    assert desk.refused(
        CLERK, "entitlement.apply", f"entitlement:{a_key('early')}", on="2007-06-30", **terms
    ) == "already-exists"  # fmt: skip
    desk.take(CLERK, "entitlement.apply", f"entitlement:{a_key('anew')}", on="2007-07-01", **terms)


def test_k1_a_suspension_told_after_a_resumption_decides_for_all(desk: FrontDesk) -> None:
    """One rule for register, figure, roll and verify: the act recorded later decides."""
    scheme, fund = desk.scheme(programme="home-care"), desk.fund(HELD)
    (person,) = desk.persons(1)
    before = desk.value("home-care.elders")
    claim = desk.claim(scheme, person)
    for act, on, from_ in (("suspend", "2007-06-01", "2007-06-01"),
                           ("resume", "2007-06-20", "2007-09-01"),
                           ("suspend", "2007-07-10", "2007-07-01")):  # fmt: skip
        desk.take(CLERK, f"entitlement.{act}", claim, on=on, reason="核查", from_=from_)

    drawn = desk.draw_up(scheme, "2007-10", fund)
    assert (drawn["count"], drawn["held_back"]) == (0, 1)
    (line,) = desk.lines(drawn["run"])
    assert (line["state"], line["held_back_for"]) == ("held-back", "suspended")
    assert desk.state(claim, "2007-10-31") == "suspended"
    assert desk.value("home-care.elders") == before
    assert desk.state(claim, "2007-05-31") == "granted"
    desk.holds("claims-in-force")


def test_k1_the_dead_of_an_insured_household_are_in_neither_count(desk: FrontDesk) -> None:
    low, insurance = (desk.scheme(per="household", formula="top-up", programme="dibao"),
                      desk.scheme(programme="inpatient-insurance"))  # fmt: skip
    home, people = desk.household(4)
    desk.claim(low, home)
    for person in people[:2]:
        desk.claim(insurance, person)

    def cover(day: str) -> tuple[int, int]:
        found = desk.get("figures/dibao.inpatient-cover", period="2007", as_of=day)
        return found["numerator"]["value"], found["denominator"]["value"]

    before = cover("2007-03-31")
    desk.take(CLERK, "person.report-death", people[0], on="2007-03-02", date="2007-03-01")
    assert cover("2007-02-28") == before == (2, 4)
    assert cover("2007-03-31") == (1, 3)


def test_k1_the_death_of_a_sole_member_is_one_list_everywhere(desk: FrontDesk) -> None:
    low, fund = desk.scheme(per="household", formula="top-up"), desk.fund(HELD)
    home, (person,) = desk.household(1)
    claim = desk.claim(low, home)
    paid = [payment for month in ("2007-01", "2007-02", "2007-03")
            for payment in desk.pay(low, month, fund)]  # fmt: skip
    desk.take(CLERK, "person.report-death", person, on="2007-03-20", date="2007-01-20")

    warned = desk.waiting("after-death", "2007-03-31")
    assert warned[claim]["payments"] == sorted(paid[1:])
    assert warned[claim]["value"] == fen(2 * 300 * 100)
    told = desk.rows(f"households/{home.partition(':')[2]}/aid", as_of="2007-03-31")
    assert {row["id"] for row in told if row.get("after_stop")} == set(paid[1:])
    assert {row["id"] for row in told if row.get("to_decide")} == {claim}
    listed = desk.holds("not-after-stop")["not-after-stop"]["overpaid"]
    assert {row["subject"] for row in listed} == set(paid[1:])
    desk.take(CLERK, "recovery.establish", f"recovery:{a_key('r')}", on="2007-03-21",
              payments=warned[claim]["payments"], amount=warned[claim]["value"],
              reason="亡后发放")  # fmt: skip
    assert "payments" not in desk.waiting("after-death", "2007-03-31")[claim]


def test_k1_who_is_found_not_eligible_is_held_back_and_listed(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(), desk.fund(HELD)
    (person,) = desk.persons(1)
    claim = f"entitlement:{a_key('e')}"
    desk.take(CLERK, "entitlement.apply", claim, on="2007-01-02", scheme=scheme, holder=person,
              area=DISTRICT)  # fmt: skip
    desk.take(CLERK, "entitlement.assess", claim, on="2007-01-03", eligible=True)
    desk.take(CLERK, "entitlement.publicise", claim, on="2007-01-03", from_="2007-01-03",
              to="2007-01-10")  # fmt: skip
    desk.take(APPROVER, "entitlement.grant", claim, on="2007-01-20", tier="a",
              from_="2007-01-01")  # fmt: skip
    desk.take(CLERK, "entitlement.assess", claim, on="2007-02-20", eligible=False)

    drawn = desk.draw_up(scheme, "2007-03", fund)
    assert (drawn["count"], drawn["held_back"]) == (0, 1)
    (line,) = desk.lines(drawn["run"])
    assert line["held_back_for"] == "not-eligible"
    assert claim in desk.waiting("not-eligible", "2007-03-31")
    desk.take(CLERK, "entitlement.stop", claim, on="2007-03-16", reason="不符合条件",
              from_="2007-03-01")  # fmt: skip
    assert claim not in desk.waiting("not-eligible", "2007-03-31")


def test_k1_a_closed_home_and_beds_that_are_not_there_are_paid_nothing(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(per="bed", formula="per-unit"), desk.fund(HELD)
    homes = [f"facility:{a_key('home')}" for _ in range(3)]
    for home, units in zip(homes, (5, 5, 500), strict=True):
        desk.take(CLERK, "facility.open", home, on=EVE, kind="elder-home", body="organisation:o",
                  area=CITY, beds={"value": 5, "unit": "bed"})  # fmt: skip
        desk.claim(scheme, home, units=units)
    desk.take(CLERK, "facility.close", homes[1], on="2007-06-30")

    drawn = desk.draw_up(scheme, "2007-12", fund)
    assert (drawn["count"], drawn["held_back"]) == (1, 2)
    assert drawn["total"] == fen(5 * 300 * 100)


@pytest.mark.parametrize("ended_before", ["the award", "the payment"])
def test_k1_a_revoked_body_is_awarded_and_paid_nothing(desk: FrontDesk, ended_before: str) -> None:
    fund, body = desk.fund(HELD), f"organisation:{a_key('o')}"
    project, grant = f"project:{a_key('p')}", f"grant:{a_key('g')}"
    desk.take(REGISTRAR, "organisation.register", body, on=EVE, title="服务社",
              kind="private-unit", activity="elders", area=CITY)  # fmt: skip
    desk.take(CLERK, "project.open", project, on=EVE, title="项目", programme="elder-care",
              purpose="aid-poor")  # fmt: skip
    desk.take(CLERK, "grant.apply", grant, on="2007-01-05", body=body, project=project,
              programme="elder-care", purpose="aid-poor", title="修缮", area=CITY,
              amount=fen(100))  # fmt: skip
    award = {"shares": [{"fund": fund, "earmark": "general", "amount": fen(100)}]}
    if ended_before == "the payment":
        desk.take(APPROVER, "grant.award", grant, on="2007-01-10", **award)
    desk.take(REGISTRAR, "organisation.revoke", body, on="2007-02-01")
    if ended_before == "the award":
        assert desk.refused(APPROVER, "grant.award", grant, **award) == "body-ended"
    else:
        assert desk.refused(TREASURER, "grant.pay", grant, fund=fund, amount=fen(100),
                            instalment=1) == "body-ended"  # fmt: skip
    desk.holds("ended-bodies")
