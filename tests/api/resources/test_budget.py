"""Budgets are said by two persons, and their execution sums to what the fund has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.refusals import AlreadyExists, Malformed, Refused, UnknownSubject
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
from scripts.scenarios.stories import AREA
from tests.api.commands.served_office import bearer
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

FUND, BUDGET = "fund:fiscal", "budget:fiscal:2007"
RELIEF, WELFARE = "20812", "20810"


def line(class_: str, amount: int) -> dict[str, Any]:
    """Say a line under the year's earmark."""
    return {"class": class_, "earmark": "2007", "amount": fen(amount)}


@pytest.fixture(scope="module")
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Adopt and adjust a budget; allot, promise and pay of it."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        office.send("fund.open", FUND, by=TREASURER, on=EVE, title="财政", kind="fiscal",
                    basis="allotment", keeper="organisation:civil-affairs-bureau",
                    purposes=["aid-poor"])  # fmt: skip
        two = {"by": TREASURER, "second": SECOND_TREASURER}
        office.agreed("budget.adopt", BUDGET, **two, document="深财〔2007〕1号",
                      lines=[line(RELIEF, 1000), line(WELFARE, 400)])  # fmt: skip
        office.agreed("budget.adjust", BUDGET, **two, document="深财〔2007〕9号",
                      lines=[line(RELIEF, 1200)])  # fmt: skip
        for class_, amount in ((RELIEF, 900), (WELFARE, 300), (None, 50)):
            said: dict[str, Any] = {"class_": class_} if class_ else {}
            office.send("fund.allot", FUND, by=TREASURER, amount=fen(amount), earmark="2007",
                        source="municipal", document=f"指标{amount}号", **said)  # fmt: skip
        office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
        office.send("person.register", "person:1", by=CLERK)
        office.send("relief.apply", "relief:1", by=CLERK, person="person:1", fund=FUND, area=AREA,
                    programme="temporary", earmark="2007", purpose="aid-poor")  # fmt: skip
        for payer, class_ in (("relief:1", RELIEF), ("contract:1", WELFARE)):
            office.send("fund.commit", FUND, by=TREASURER, amount=fen(200), earmark="2007",
                        to=payer, purpose="aid-poor", class_=class_)  # fmt: skip
            office.send("fund.uncommit", FUND, by=TREASURER, amount=fen(50), earmark="2007",
                        of=payer)  # fmt: skip
        # What is decided says no class: it has that of the promise to the same payer.
        office.send("relief.decide", "relief:1", by=APPROVER, amount=fen(60))
        office.send("relief.pay", "relief:1", by=TREASURER)
        catch_up(ledger)
        yield office


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[Client]:
    with served(office.ledger) as client:
        client.headers["Authorization"] = bearer(office, TREASURER, "treasurer")
        yield client


def read(web: Client, **asked: str) -> dict[str, Any]:
    """Read the execution of the year."""
    answer = web.get("/v1/budget", params={"year": "2007"} | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


MONEY = ("original", "adjusted", "allotted", "committed", "spent", "available")


def test_a_budget_is_executed_by_class(web: Client) -> None:
    found = read(web)
    rows = {row["class"]: [row[name]["value"] for name in MONEY] for row in found["rows"]}
    assert rows == {
        None: [0, 0, 50, 0, 0, 50],
        WELFARE: [400, 400, 300, 150, 0, 150],
        RELIEF: [1000, 1200, 900, 150, 60, 690],
    }
    assert {row["class"]: row["class_title"] for row in found["rows"]}[WELFARE] == "社会福利"
    totals = {each["field"]: each["value"] for each in found["totals"]}
    assert totals["available"] == 890
    balances = web.get("/v1/balances", params={"fund": FUND, "stage": "available"}).json()
    assert balances["rows"][0]["value"] == totals["available"]


@pytest.mark.parametrize("measure", ["spent", "available"])
def test_a_pivot_by_class_is_the_execution_of_the_budget(web: Client, measure: str) -> None:
    said = {"measure": measure, "fund": FUND, "from": "2007-01-01", "to": "2007-12-31"}
    rows = web.get("/v1/pivot", params=said | {"rows": "class"}).json()["rows"]
    executed = {row["class"]: row[measure]["value"] for row in read(web)["rows"]}
    assert {row["class"]: row["total"]["value"] for row in rows if row["total"]["value"]} == {
        class_: value for class_, value in executed.items() if value
    }
    for class_ in (RELIEF, WELFARE):
        found = web.get("/v1/pivot", params=said | {"rows": "fund", "class": class_}).json()
        assert found["totals"][0]["value"] == executed[class_]
    held = web.get("/v1/balances", params={"fund": FUND, "stage": measure}).json()["totals"]
    assert sum(row["total"]["value"] for row in rows) == held[0]["value"]


def test_a_budget_is_asked_by_its_parts_and_for_another_moment(web: Client) -> None:
    (row,) = read(web, **{"class": RELIEF})["rows"]
    assert row["rate"]["value"] == "5.0"
    assert read(web, year="2008")["rows"] == []
    (before,) = read(web, **{"class": RELIEF, "as_of": EVE})["rows"] or ({},)
    assert before == {}
    for wrong in ({"year": "now"}, {}, {"year": "2007", "shape": "x"}):
        assert web.get("/v1/budget", params=wrong).status_code == 422
    for form in ("csv", "xlsx", "jsonl"):
        assert web.get(f"/v1/budget.{form}", params={"year": "2007"}).status_code == 200
    rows = web.get("/v1/budgets", params={"year": "2007"}).json()["rows"]
    assert [row["state"] for row in rows] == ["adjusted"]


def test_bad_budgets_are_refused_by_name(office: Office) -> None:
    lines, document = [line(RELIEF, 1)], "深财〔2008〕1号"
    wrong: list[tuple[str, str, list[dict[str, Any]], type[Refused]]] = [
        ("budget.adopt", BUDGET, lines, AlreadyExists),
        ("budget.adopt", "budget:nothing:2007", lines, UnknownSubject),
        ("budget.adopt", "budget:fiscal", lines, Malformed),
        ("budget.adopt", "budget:fiscal:2008", lines * 2, Malformed),
        ("budget.adopt", "budget:fiscal:2008", [], Malformed),
        ("budget.adjust", BUDGET, [line(RELIEF, 1200)], Malformed),
        ("budget.adjust", "budget:fiscal:2009", lines, UnknownSubject),
    ]
    for command, subject, said, refusal in wrong:
        with pytest.raises(refusal):
            office.send(command, subject, by=TREASURER, on=DAY, lines=said, document=document)
    proposed = office.send("budget.adjust", BUDGET, by=TREASURER, document=document,
                           lines=[line(WELFARE, 5)])["proposed"]  # fmt: skip
    with pytest.raises(Refused, match="another person"):
        office.send("proposal.confirm", proposed, by=TREASURER)
    office.send("proposal.reject", proposed, by=APPROVER, reason="不调整")
