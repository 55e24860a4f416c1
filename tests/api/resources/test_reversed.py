"""What is reversed is as if it had not been said, in every view, on the day it was said for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, EVE, OPERATOR, Office, fen, staffed
from scripts.scenarios.stories import a_fund
from tests.api.conftest import catch_up, served
from tests.api.resources.test_parts import EAST, Desk, an_area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

FUNDRAISER, GIFTS, KEEPER = "fundraiser-1", "fund:gifts", "organisation:keeper"
TRAINED = "community-staff.trained"


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    with open_ledger(new_settings()) as ledger:
        office = told(staffed(Office(ledger)))
        catch_up(ledger)
        with served(ledger) as client:
            yield Desk(office, client)


def told(office: Office) -> Office:
    for who in (FUNDRAISER, "auditor-1"):
        role = who.removesuffix("-1")
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    office.send("area.open", "area:city", by=APPROVER, on=EVE, title="全市", level="city")
    an_area(office, EAST, EVE)
    undo(office, a_tally(office, "tally:t-1", 3000), "tally:t-1", on="2008-01-10")
    a_tally(office, "tally:t-2", 1000)
    a_fund(office, GIFTS)
    office.send("fund.open", "fund:kept", by="treasurer-1", on=EVE, title="善款", kind="charity",
                basis="cash", keeper=KEEPER, purposes=["aid-poor"])  # fmt: skip
    gift: dict[str, Any] = {"fund": "fund:kept", "earmark": "general", "name_shown": False}
    one = office.send("donation.receive", "donation:slip", by=FUNDRAISER, amount=fen(1), **gift)
    undo(office, one, "donation:slip")
    office.send("donation.receive", "donation:real", by=FUNDRAISER, amount=fen(200),
                **(gift | {"fund": GIFTS}))  # fmt: skip
    promise: dict[str, Any] = {"fund": GIFTS, "earmark": "general", "amount": fen(500)}
    office.send("donation.pledge", "donation:pledged", by=FUNDRAISER, **promise)
    kept = office.send("donation.receive", "donation:pledged", by=FUNDRAISER, name_shown=False,
                       **promise)  # fmt: skip
    undo(office, kept, "donation:pledged")
    stated(office, "statement:s-1", 21_500, "2008-01-05")
    undo(office, stated(office, "statement:s-2", 30_000, "2008-02-01"), "statement:s-2")
    stated(office, "statement:l", 77_000_000_000, "2007-01-31", figure="lottery.sales",
           period="2006", scope="city")  # fmt: skip
    return office


def a_tally(office: Office, subject: str, count: int) -> Any:
    days: dict[str, Any] = {"from_": "2007-05-01", "to": "2007-05-31"}
    return office.send("tally.report", subject, by=CLERK, on="2007-05-31", measure="training",
                       count={"value": count, "unit": "person"}, qualifier="about", area=EAST,
                       **days)  # fmt: skip


def stated(office: Office, subject: str, value: int, published: str, **more: str) -> Any:
    what: dict[str, Any] = {
        "figure": "system.cash",
        "keeper": KEEPER,
        "value": fen(value),
        "period": "2007",
        "scope": "system",
        "source": "年报",
        "published_on": published,
        **more,
    }
    return office.send("statement.record", subject, by=CLERK, on="2007-12-31", qualifier="exact",
                       **what)  # fmt: skip


def undo(office: Office, receipt: Any, subject: str, on: str = "2007-06-30") -> None:
    office.send("event.reverse", subject, by=APPROVER, on=on, act={"reason": "记错"},
                of=receipt["positions"][0])  # fmt: skip


def test_a_reversed_tally_counts_on_no_day(desk: Desk) -> None:
    assert desk.get(f"figures/{TRAINED}", period="2007")["value"] == 1000
    later = desk.get(f"figures/{TRAINED}", period="2008")
    assert later["value"] == 0


def test_a_keeper_is_known_by_events_that_stand(desk: Desk) -> None:
    """A gift of one fen, entered and reversed, drops nobody's statement."""
    row = desk.get("figures/system.cash", period="2007")
    assert row["value"] == 200 + 21_500
    assert "left_out" not in row


def test_a_reversed_statement_leaves_the_one_before(desk: Desk) -> None:
    states = {each["id"]: each["state"] for each in desk.get("statements")["rows"]}
    assert states.pop("statement:l") == "recorded"
    assert states == {"statement:s-1": "recorded", "statement:s-2": "reversed"}


def test_a_pledge_waits_again_when_its_receipt_is_reversed(desk: Desk) -> None:
    row = desk.get("donations/pledged")
    assert (row["state"], row["amount"]["value"]) == ("pledged", 500)
    assert row["reversed_by"] == row["position"]


def test_totals_count_what_stands(desk: Desk) -> None:
    for zone in ("/v1/", "/open/v1/"):
        said = desk.get("donations") if zone == "/v1/" else desk.client.get(
            "/open/v1/donations"
        ).json()  # fmt: skip
        shown = [row for row in said["rows"] if row["state"] != "reversed"]
        total = next(each["value"] for each in said["totals"] if each["field"] == "amount")
        assert total == sum(row["amount"]["value"] for row in shown)
        assert total == 200 + 500
        slip = next(row for row in said["rows"] if row["id"] == "donation:slip")
        assert (slip["state"], slip["reversed_by"]) == ("reversed", slip["position"])


def test_a_year_of_statements_alone_shows_those(desk: Desk) -> None:
    """Nothing happened in 2006 but the opening of funds; its lottery sales are known."""
    rows = {row["id"]: row for row in desk.get("figures", period="2006")["rows"]}
    sales = rows["lottery.sales"]
    assert (sales["value"], sales["basis"]) == (77_000_000_000, "statement")
    assert sales["printed"] == "7.70亿元"
    assert (rows["dibao.spend"]["value"], rows["dibao.spend"]["printed"]) == (None, "")
    told = desk.get("figures/lottery.sales/events", period="2006")["rows"]
    assert [row["contributes"]["value"] for row in told] == [77_000_000_000]
    assert "0.00亿元" not in desk.client.get("/years/2006").text
