"""K6: days that cannot be."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CITY,
    CLERK,
    TREASURER,
    TREASURER_2,
    YUAN,
    a_key,
)

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

FAR, HELD = "2077-12-31", 10**6


def budget(desk: FrontDesk) -> str:
    """Open a fund that is allotted to."""
    return desk.fund(basis="allotment")


def allotted(fen_: int, document: str) -> Json:
    """Say what is allotted."""
    return {"amount": fen(fen_), "earmark": "general", "source": "fiscal", "document": document}


@pytest.mark.parametrize("act", ["soft-close", "close"])
def test_k6_books_are_not_closed_through_2077(desk: FrontDesk, act: str) -> None:
    for on in ("2007-12-31", FAR):
        told = desk.refused(TREASURER, f"period.{act}", "period:far", on=on, through=FAR)
        assert told == "not-yet"


def test_k6_closed_books_are_opened_again_by_two_with_a_reason_in_public(desk: FrontDesk) -> None:
    """Nothing of this ledger is booked in 2004."""
    period, through = "period:2004", {"through": "2004-12-31"}
    desk.take(TREASURER, "period.soft-close", period, on="2005-01-10", **through)
    desk.take(TREASURER_2, "period.close", period, on="2005-01-11", **through)
    why = {"reason": "漏记一笔拨款"}
    assert desk.refused(
        TREASURER_2, "period.reopen", period, on="2005-01-12", act=why, **through
    ) == "second-person-needed"  # fmt: skip
    proposal = desk.take(TREASURER, "period.reopen", period, on="2005-01-12", act=why,
                         **through)["proposed"]  # fmt: skip
    assert desk.public("periods/2004")["state"] == "closed"
    desk.take(TREASURER_2, "proposal.confirm", proposal, on="2005-01-12")
    assert desk.public("periods/2004")["state"] != "closed"
    told = desk.public("periods/2004/events")["rows"]
    assert "漏记一笔拨款" in str(told[-1]["data"])


def test_k6_money_of_2099_is_not_promised_today(desk: FrontDesk) -> None:
    fund = budget(desk)
    told = desk.refused(TREASURER, "fund.allot", fund, on="2099-01-01", **allotted(100, "文1"))
    assert told == "not-yet"
    promise: Json = {"amount": fen(100), "earmark": "general", "to": "contract:c",
                     "purpose": "aid-poor"}  # fmt: skip
    assert desk.refused(TREASURER, "fund.commit", fund, **promise) == "insufficient-fund"


def test_k6_an_award_before_its_application_is_refused(desk: FrontDesk) -> None:
    fund, grant, project = desk.fund(HELD), f"grant:{a_key('g')}", f"project:{a_key('p')}"
    desk.take(CLERK, "project.open", project, title="项目", programme="x", purpose="aid-poor")
    desk.take(CLERK, "grant.apply", grant, on="2007-03-15", body="organisation:o", project=project,
              programme="x", purpose="aid-poor", title="修缮", area=CITY,
              amount=fen(5))  # fmt: skip
    shares = {"shares": [{"fund": fund, "earmark": "general", "amount": fen(5)}]}
    told = desk.refused(APPROVER, "grant.award", grant, on="2007-03-14", **shares)
    assert told == "before-its-cause"
    desk.take(APPROVER, "grant.award", grant, on="2007-03-16", **shares)


def test_k6_a_run_of_may_is_not_released_in_2006_nor_a_payment_returned_before_it(
    desk: FrontDesk,
) -> None:
    scheme, fund = desk.scheme(1100 * YUAN), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    run = desk.approve(desk.draw_up(scheme, "2007-05", fund), "2007-05")
    for days in ({"on": "2006-05-01"}, {"on": "2007-05-16", "act": {"booked": "2006-05-01"}}):
        assert desk.refused(TREASURER, "pay-run.release", run, **days) == "before-its-cause"
    desk.take(TREASURER, "pay-run.release", run, on="2007-05-17")
    (line,) = desk.lines(run)
    back = {"reason": "销户", "bank_ref": "退"}
    assert desk.refused(
        TREASURER, "payment.return", line["payment"], on="2007-05-16", **back
    ) == "before-its-cause"  # fmt: skip
    desk.take(TREASURER, "payment.return", line["payment"], on="2007-06-01", **back)
    desk.holds("days-in-order")
    page = desk.page(f"/funds/{fund.partition(':')[2]}", as_of="2006-12-31", lang="zh")
    assert "−1,100" not in page


def test_k6_a_month_of_2199_is_not_drawn_up(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    what: Json = {"scheme": scheme, "month": "2199-12", "fund": fund, "earmark": "general"}
    for on in ("2199-12-15", "2007-03-15"):
        told = desk.refused(CLERK, "pay-run.draw-up", f"pay-run:{a_key('r')}", on=on, **what)
        assert told == "not-yet"


def test_k6_a_page_of_a_negative_day_says_so_and_lists_what_made_it(desk: FrontDesk) -> None:
    """A true fact that is booked late may make a past day negative."""
    fund = budget(desk)
    desk.take(TREASURER, "fund.allot", fund, on="2007-06-01", **allotted(500, "文2"))
    desk.take(TREASURER, "fund.commit", fund, on="2007-05-01", amount=fen(100), earmark="general",
              to="contract:c", purpose="aid-poor")  # fmt: skip
    account = f"available:{fund.partition(':')[2]}:general"
    page = desk.page(f"/funds/{fund.partition(':')[2]}", as_of="2007-05-15", lang="en")
    assert account in page
    assert account not in desk.page(f"/funds/{fund.partition(':')[2]}", as_of="2007-06-15",
                                    lang="en")  # fmt: skip
    listed = desk.holds("never-negative")["never-negative"]["negative_days"]
    assert account in {row["account"] for row in listed}


def test_k6_known_at_takes_a_day_and_a_time_of_the_zone(desk: FrontDesk) -> None:
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    head = len(desk.office.positions())
    assert desk.get("funds", known_at=now.date().isoformat())["known_at"]["position"] == head
    assert desk.get("funds", known_at="2008-01-15")["rows"] == []
    assert desk.get("funds", known_at="2008-01-15T10:30")["rows"] == []
    assert desk.get("funds", as_of="2008-01-15")["as_of"] == "2008-01-15"
    assert desk.public("funds", known_at="2008-01-15")["rows"] == []
    assert desk.get("funds", as_of=EVE)["as_of"] == EVE
    page = desk.page("/funds", lang="zh")
    assert now.date().isoformat() in page
