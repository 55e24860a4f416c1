"""One thing told twice, over HTTP: refused with the first one's id, or taken with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from infra.ledger import open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    EVE,
    OPERATOR,
    STAFF,
    TREASURER,
    Office,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

REGISTRAR, FUNDRAISER = "registrar-1", "fundraiser-1"
ROLES = {**STAFF, REGISTRAR: "registrar", FUNDRAISER: "fundraiser"}
CODE, CODE_DAY = "91350100M000100Y43", "2016-01-01"
BUDGET = "fund:budget"


class Desk(NamedTuple):
    """An office with a browser before it."""

    office: Office
    client: Client

    def post(self, by: str, order: dict[str, Any]) -> tuple[int, str, str]:
        """Send a command as somebody; return the status, a refusal's code and its detail."""
        headers = {
            "Authorization": bearer(self.office, by, ROLES[by]),
            "Idempotency-Key": new_key(),
        }
        answer = self.client.post(COMMANDS, json=order, headers=headers)
        said = answer.json()
        return answer.status_code, said.get("code", ""), said.get("detail", "")


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Open funds, receive two gifts, and award a grant."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        for who in (REGISTRAR, FUNDRAISER):
            office.send("role.grant", f"role:{who}", by=OPERATOR, who=who, role=ROLES[who])
        office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
        a_fund(office, holding=10_000)
        a_fund(office, "fund:gifts")
        office.send("fund.open", BUDGET, by=TREASURER, on=EVE, title="指标", kind="fiscal",
                    basis="allotment", keeper="organisation:civil-affairs-bureau",
                    purposes=["aid-poor"])  # fmt: skip
        for nth in (1, 2):
            office.send("donation.receive", f"donation:{nth}", by=FUNDRAISER, fund="fund:gifts",
                        earmark="general", amount=fen(9), name_shown=False)  # fmt: skip
        office.send("project.open", "project:p", by=CLERK, title="项目", programme="x",
                    purpose="aid-poor")  # fmt: skip
        office.send("grant.apply", "grant:g", by=CLERK, body="organisation:o", project="project:p",
                    programme="x", purpose="aid-poor", title="修缮", area=AREA,
                    amount=fen(500))  # fmt: skip
        office.send("grant.award", "grant:g", by=APPROVER,
                    shares=[{"fund": FUND, "earmark": "general", "amount": fen(500)}])  # fmt: skip
        with served(ledger) as client:
            yield Desk(office, client)


def tally(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Report the work of some days."""
    return CLERK, an_order("tally.report", subject, on="2007-05-31", act=act, measure="training",
                           qualifier="exact", area=AREA, from_="2007-05-01", to="2007-05-31",
                           count={"value": 3000, "unit": "person"})  # fmt: skip


def honour(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Confer an award."""
    return CLERK, an_order("honour.confer", subject, on="2007-06-01", act=act, award="model",
                           level="city", recipient=AREA)  # fmt: skip


def receipt(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Issue a receipt."""
    return FUNDRAISER, an_order("donation.receipt", subject, on="2007-06-01", act=act,
                                number="SZ2007000001")  # fmt: skip


def body(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Register a body under its code."""
    return REGISTRAR, an_order("organisation.register", subject, on=CODE_DAY, act=act, title="社",
                               kind="association", activity="elders", area=AREA,
                               credit_code=CODE)  # fmt: skip


def instalment(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Pay the first instalment."""
    return TREASURER, an_order("grant.pay", subject, on="2007-06-01", act=act, fund=FUND,
                               amount=fen(100), instalment=1)  # fmt: skip


def allotment(subject: str, **act: str) -> tuple[str, dict[str, Any]]:
    """Give authority by a document."""
    return TREASURER, an_order("fund.allot", subject, on="2007-06-01", act=act, amount=fen(100),
                               earmark="general", source="fiscal",
                               document="深财社〔2007〕1号")  # fmt: skip


TOLD = [
    (tally, "tally:a", "tally:b", True),
    (honour, "honour:a", "honour:b", True),
    (receipt, "donation:1", "donation:2", False),
    (body, "organisation:a", "organisation:b", False),
    (instalment, "grant:g", "grant:g", True),
    (allotment, BUDGET, BUDGET, True),
]


@pytest.mark.parametrize(
    ("tell", "first", "second", "may_be"), TOLD, ids=[row[0].__name__ for row in TOLD]
)
def test_what_is_told_is_not_told_again(
    desk: Desk,
    tell: Callable[..., tuple[str, dict[str, Any]]],
    first: str,
    second: str,
    *,
    may_be: bool,
) -> None:
    assert desk.post(*tell(first))[0] == 201
    held = desk.office.positions()
    status, code, detail = desk.post(*tell(second))
    assert (status, code) == (409, "already-told")
    assert first in detail
    assert desk.office.positions() == held
    again = desk.post(*tell(second, reason="两场培训"))
    assert again[:2] == ((201, "") if may_be else (409, "already-told"))


def test_what_was_reversed_may_be_told_by_another(desk: Desk) -> None:
    by, order = tally("tally:wrong")
    order["what"]["measure"] = "visits"
    assert desk.post(by, order)[0] == 201
    place = desk.office.positions()[-1]
    assert desk.post(APPROVER, an_order("event.reverse", "tally:wrong", on="2007-06-02",
                                        of=place))[0] == 201  # fmt: skip
    assert desk.post(by, order | {"subject": "tally:right"})[0] == 201


def test_one_array_tells_a_thing_once(desk: Desk) -> None:
    orders = []
    for nth in (1, 2):
        _, order = honour(f"honour:array-{nth}")
        order["what"]["level"] = "province"
        orders.append(order)
    headers = {
        "Authorization": bearer(desk.office, CLERK, "clerk"),
        "Idempotency-Key": new_key(),
    }
    answer = desk.client.post(COMMANDS, json=orders, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "already-told")
    assert "honour:array-1" in answer.json()["detail"]
