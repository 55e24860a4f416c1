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
RATE = 100


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
    settle(office, RUN, paid[EAST][0], paid[WEST][0])
    office.send("payment.reissue", paid[EAST][0], by=TREASURER)
    office.send("payment.write-back", paid[WEST][0], by=TREASURER)
    more: dict[str, Any] = {"fund": FUND, "earmark": "general", "amount": fen(7), "reason": "少发"}
    paper = {"evidence": [{"name": "复核意见", "sha256": "a" * 64}]}
    office.send("payment.supplement", paid[WEST][1], by=SECOND_TREASURER, act=paper, **more)
    both = [paid[EAST][1], paid[WEST][2]]
    office.send("recovery.establish", "recovery:v", by=CLERK, payments=both, amount=fen(130),
                reason="多发")  # fmt: skip
    office.send("recovery.receive", "recovery:v", by=TREASURER, amount=fen(110))
    office.send("recovery.write-off", "recovery:v", by=APPROVER, amount=fen(20))
    a_grant(office)
    office.send("lottery.report-sales", "lottery:welfare", by=CLERK, day="2007-03-15",
                amount=fen(5))  # fmt: skip
    return office


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
    """Award a body of the east, pay it, let it account for a part and give the rest back."""
    office.send("project.open", "project:p", by=CLERK, title="老有所乐", programme="dibao",
                purpose="aid-poor")  # fmt: skip
    office.send("grant.apply", "grant:g", by=CLERK, body="organisation:choir", project="project:p",
                programme="dibao", purpose="aid-poor", title="合唱团", area=EAST,
                amount=fen(60))  # fmt: skip
    share = {"fund": FUND, "earmark": "general", "amount": fen(60)}
    office.send("grant.award", "grant:g", by=APPROVER, shares=[share])
    office.send("grant.pay", "grant:g", by=TREASURER, fund=FUND, amount=fen(60), instalment=1)
    office.send("grant.account", "grant:g", by=CLERK, amount=fen(40), evidence=[])
    office.send("grant.give-back", "grant:g", by=CLERK, amount=fen(20))


def test_the_city_is_its_districts_and_what_is_tied_to_none(desk: Desk) -> None:
    whole = desk.get("figures/dibao.spend", period="2007")
    east, west = (desk.get("figures/dibao.spend", period="2007", area=a) for a in (EAST, WEST))
    # Two of the east, less what was asked back of one, and the grant that was accounted for.
    assert east["value"] == 2 * RATE - RATE + 40
    # Three of the west, less the one written back, with a supplement, less what was asked back.
    assert west["value"] == 2 * RATE + 7 - 30
    assert whole["untied"] == {"value": RATE, "unit": "fen"}
    assert whole["value"] == east["value"] + west["value"] + whole["untied"]["value"]
    assert (east["scope"], east["area"]) == ("district", EAST)
    assert (whole["scope"], "area" in whole) == ("city", False)


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
