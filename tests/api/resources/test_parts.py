"""Parts add up: the city is its districts and what is tied to none, in every figure of money."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
    staffed,
)
from scripts.scenarios.stories import FUND, a_fund, a_scheme, approved, release, settle
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

EAST, WEST, NEW = "area:east", "area:west", "area:new"
RUN = "pay-run:dibao:2007-03"
RATE, LATER = 100, 10


class Desk(NamedTuple):
    """An office with a browser before it."""

    office: Office
    client: Client

    def get(self, path: str, role: str = "auditor", **params: str) -> dict[str, Any]:
        """Read an address of the office."""
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
        headers = {"Authorization": f"Bearer {token}"}
        answer = self.client.get(f"/v1/{path}", params=params, headers=headers)
        return {"status": answer.status_code, **answer.json()}


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    with open_ledger(new_settings()) as ledger:
        office = told(staffed(Office(ledger)))
        catch_up(ledger)
        with served(ledger) as client:
            yield Desk(office, client)


def told(office: Office) -> Office:
    """Pay five persons of two districts and one of the city; let everything happen to it."""
    office.send(
        "role.grant", "role:auditor-1", by="operator:local", on=EVE, who="auditor-1", role="auditor"
    )
    a_fund(office, holding=100_000)
    a_scheme(office, "scheme:dibao", rate=RATE)
    for area in (EAST, WEST):
        an_area(office, area, EVE)
    where = {"p0": EAST, "p1": EAST, "p2": WEST, "p3": WEST, "p4": WEST, "p5": "area:city"}
    for person, area in where.items():
        entitled_in(office, person, area)
    approved(office, RUN)
    release(office, RUN)
    paid = {
        area: sorted(
            each.originator_id
            for each in office.events("payment:dibao:")
            if each.TOPIC == "payment.made" and getattr(each, "area", "") == area
        )
        for area in (EAST, WEST)
    }
    come_back(office, paid)
    a_grant(office)
    a_lottery(office)
    return office


def come_back(office: Office, paid: dict[str, list[str]]) -> None:
    """Let money come back, go out again, be completed, and be owed."""
    settle(office, RUN, paid[EAST][0], paid[WEST][0])
    office.send("payment.reissue", paid[EAST][0], by=TREASURER)
    office.send("payment.write-back", paid[WEST][0], by=TREASURER)
    more: dict[str, Any] = {"fund": FUND, "earmark": "general", "amount": fen(7), "reason": "少发"}
    paper = {"evidence": [{"name": "复核意见", "sha256": "a" * 64}]}
    office.agreed("payment.supplement", paid[WEST][1], by=TREASURER, second=SECOND_TREASURER,
                  act=paper, **more)  # fmt: skip
    both = [paid[EAST][1], paid[WEST][2]]
    office.send("recovery.establish", "recovery:v", by=CLERK, payments=both, amount=fen(130),
                reason="多发")  # fmt: skip
    office.send("recovery.receive", "recovery:v", by=TREASURER, amount=fen(110))
    office.send("recovery.write-off", "recovery:v", by=APPROVER, amount=fen(20))


def a_lottery(office: Office) -> None:
    """Report two days, one of them twice, and a month."""
    wrong = sold(office, "2007-03-14", 9)
    office.send("event.reverse", "lottery:welfare", by=APPROVER, act={"reason": "记错"},
                of=wrong["positions"][0])  # fmt: skip
    sold(office, "2007-03-14", 2)
    sold(office, "2007-03-15", 3)
    office.send("lottery.extract", "lottery:welfare", by=TREASURER, on="2007-03-31",
                month="2007-03", amount=fen(1))  # fmt: skip


def sold(office: Office, day: str, amount: int) -> Any:
    return office.send("lottery.report-sales", "lottery:welfare", by=CLERK, on=day, day=day,
                       amount=fen(amount))  # fmt: skip


def an_area(office: Office, area: str, on: str) -> None:
    office.send("area.open", area, by=APPROVER, on=on, title=area, level="district",
                parent="area:city")  # fmt: skip


def entitled_in(office: Office, person: str, area: str) -> None:
    office.send("person.register", f"person:{person}", by=CLERK, on=EVE)
    terms: dict[str, Any] = {
        "scheme": "scheme:dibao",
        "holder": f"person:{person}",
        "area": area,
        "tier": "a",
    }
    office.send("entitlement.bring-in", f"entitlement:{person}", by=CLERK, on=EVE, from_=EVE,
                **terms)  # fmt: skip


def a_grant(office: Office) -> None:
    """Grant a body of the east, and one of a district that was opened later."""
    office.send("project.open", "project:p", by=CLERK, title="老有所乐", programme="dibao",
                purpose="aid-poor")  # fmt: skip
    granted(office, "grant:g", EAST, 60, DAY)
    office.send("grant.account", "grant:g", by=CLERK, amount=fen(40), evidence=[])
    office.send("grant.give-back", "grant:g", by=CLERK, amount=fen(20))
    an_area(office, NEW, "2007-06-01")
    granted(office, "grant:n", NEW, LATER, "2007-06-02")
    office.send("grant.account", "grant:n", by=CLERK, on="2007-06-02", amount=fen(LATER),
                evidence=[])  # fmt: skip


def granted(office: Office, grant: str, area: str, amount: int, on: str) -> None:
    """Award a grant to a body of an area, and pay it."""
    office.send("grant.apply", grant, by=CLERK, on=on, body="organisation:choir",
                project="project:p", programme="dibao", purpose="aid-poor", title="合唱团",
                area=area, amount=fen(amount))  # fmt: skip
    share = {"fund": FUND, "earmark": "general", "amount": fen(amount)}
    office.send("grant.award", grant, by=APPROVER, on=on, shares=[share])
    office.send("grant.pay", grant, by=TREASURER, on=on, fund=FUND, amount=fen(amount),
                instalment=1)  # fmt: skip


def test_the_city_is_its_districts_and_what_is_tied_to_none(desk: Desk) -> None:
    whole = desk.get("figures/dibao.spend", period="2007")
    east, west = (desk.get("figures/dibao.spend", period="2007", area=a) for a in (EAST, WEST))
    # Two of the east, less what was asked back of one, and the grant that was accounted for.
    assert east["value"] == 2 * RATE - RATE + 40
    # Three of the west, less the one written back, with a supplement, less what was asked back.
    assert west["value"] == 2 * RATE + 7 - 30
    assert whole["untied"] == {"value": RATE, "unit": "fen"}
    new = desk.get("figures/dibao.spend", period="2007", area=NEW)["value"]
    assert new == LATER
    parts = east["value"] + west["value"] + new
    assert whole["value"] == parts + whole["untied"]["value"]
    assert (east["scope"], east["area"]) == ("district", EAST)
    assert (whole["scope"], "area" in whole) == ("city", False)


def test_what_lies_in_areas_opened_later_is_told_apart(desk: Desk) -> None:
    asked = {"period": "2007", "boundaries": "2007-01-01"}
    whole = desk.get("figures/dibao.spend", **asked)
    parts = [desk.get("figures/dibao.spend", area=a, **asked)["value"] for a in (EAST, WEST)]
    assert whole["outside_boundaries"] == {"value": LATER, "unit": "fen"}
    assert whole["untied"] == {"value": RATE, "unit": "fen"}
    assert whole["value"] == sum(parts) + RATE + LATER


def test_what_is_undone_lies_where_it_was_done(desk: Desk) -> None:
    """Whatever came back is gone from its district's accounts, to the fen."""
    for account in ("returned:x:*:*", "owed:x:*:*", "advanced:x:*:*"):
        rows = desk.get("balances", account=account, group_by="area")["rows"]
        assert {row["area"]: row["value"] for row in rows if row["value"]} == {}
    lost = desk.get("balances", account="lost:x:*:*", group_by="area")["rows"]
    assert {row["area"]: row["value"] for row in lost} == {WEST: 20}


def test_the_funds_page_says_what_the_years_page_says(desk: Desk) -> None:
    said = desk.get("funds/x/statement", **{"from": "2007-01-01", "to": "2007-12-31"})
    spent = [row for row in said["out"] if row["programme"] == "dibao"]
    whole = desk.get("figures/dibao.spend", period="2007")["value"]
    assert {row["stage"]: row["value"] for row in spent} == {"spent": whole, "lost": 20}


def test_what_has_no_places_is_not_known_by_district(desk: Desk) -> None:
    for figure in ("lottery.sales", "federation.cash", "system.cash"):
        row = desk.get(f"figures/{figure}", period="2007", area=EAST)
        assert (row["value"], row["not_by_area"]) == (None, True)
        assert row["printed"] == ""
    assert desk.get("figures/lottery.sales", period="2007")["value"] == 5


def test_an_area_is_it_and_all_below_it_everywhere(desk: Desk) -> None:
    spent = {"account": "spent:x:*:dibao"}
    for area, figure in ((EAST, EAST), ("area:city", "area:city")):
        held = desk.get("balances", area=area, group_by="stage", **spent)["rows"]
        whole = desk.get("figures/dibao.spend", period="2007", area=figure)["value"]
        assert [row["value"] for row in held] == [whole]
    alone = desk.get("balances", area_exact="area:city", group_by="stage", **spent)["rows"]
    assert [row["value"] for row in alone] == [RATE]
    homes = desk.get("entitlements", area="area:city")["rows"]
    assert len(homes) == 6
    assert len(desk.get("entitlements", area_exact="area:city")["rows"]) == 1
    lines = desk.get("journal", area=EAST, stage="spent")
    assert {row["area"] for row in lines["rows"]} == {EAST}


def test_what_is_tied_to_no_area_has_a_row(desk: Desk) -> None:
    rows = desk.get("balances", account="available:x:*", group_by="area", limit="1")
    assert rows["rows"][0]["area"] is None
    rest = desk.get("balances", account="available:x:*", group_by="area", limit="1",
                    after=rows["next"])  # fmt: skip
    assert rest["rows"][0]["area"] is not None


def test_totals_are_split_by_basis_and_stages_are_no_classes(desk: Desk) -> None:
    totals = desk.get("balances", account="available:*:*")["totals"]
    assert [(each["unit"], each["basis"]) for each in totals] == [("fen", "cash")]
    for wrong in ({"class": "spent"}, {"group_by": "class"}):
        said = desk.get("balances", **wrong)
        assert said["status"] == 422
        assert "stage" in said["detail"]


def test_a_lottery_has_a_row_a_day_and_a_month(desk: Desk) -> None:
    said = desk.get("lottery-reports")
    rows = {row["id"].rpartition(":")[2]: row for row in said["rows"]}
    assert list(rows) == ["2007-03", "2007-03-14", "2007-03-15"]
    assert rows["2007-03-14"]["amount"] == {"value": 2, "unit": "fen"}
    assert rows["2007-03"]["extracted"] == {"value": 1, "unit": "fen"}
    sales = desk.get("figures/lottery.sales", period="2007")["value"]
    sums = {each["field"]: each["value"] for each in said["totals"]}
    assert sums == {"amount": sales, "extracted": 1}
    assert desk.client.get("/open/v1/lottery-reports").json()["rows"] == said["rows"]


@pytest.mark.parametrize("year", ["1999", "2005", "2008", "2030"])
def test_a_year_without_events_is_not_there(desk: Desk, year: str) -> None:
    for path in ("figures", "figures/dibao.spend"):
        said = desk.get(path, period=year)
        assert (said["status"], said["code"]) == (404, "not-found")
        assert "2007" in said["detail"]
    assert desk.client.get(f"/years/{year}").status_code == 404
    assert desk.client.get("/years/2007").status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("figures", {"programme": "nonsense"}, 422),
        ("balances", {"programme": "nonsense"}, 422),
        ("balances", {"fund": "fund:none"}, 404),
        ("balances", {"area": "area:none"}, 404),
        ("balances", {"area": "person:p0"}, 422),
        ("balances", {"stage": "nonsense"}, 422),
        ("journal", {"fund": "fund:none"}, 404),
        ("grants", {"programme": "nonsense"}, 422),
        ("donations", {"fund": "fund:none"}, 404),
        ("figures/dibao.spend", {"area": "person:p0"}, 422),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    desk: Desk, path: str, query: dict[str, str], status: int
) -> None:
    assert desk.get(path, **query)["status"] == status


def test_a_page_says_what_it_is_about_and_keeps_it(desk: Desk) -> None:
    page = desk.client.get("/figures/dibao.spend", params={"period": "2007", "area": EAST}).text
    assert EAST in page
    assert "area=area%3Aeast" in page
    table = desk.client.get(
        "/open/v1/figures/dibao.spend.csv", params={"period": "2007", "area": EAST}
    ).text.splitlines()
    assert "district" in table[1]
    assert EAST in table[1]
