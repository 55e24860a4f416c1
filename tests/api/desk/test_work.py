"""The work list shows what a person may do now, and did not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infra.config.clock import today
from scripts.scenarios.office import fen
from scripts.scenarios.stories import AREA
from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from scripts.scenarios.office import Office


def work(client: httpx.Client, **asked: str) -> list[dict[str, Any]]:
    """Read the list."""
    answer = client.get("/v1/work", params=asked)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_relief_waits_for_who_may_decide_it_and_did_not_apply_for_it(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    for who in ("clerk-9", "both-9"):
        office.send("role.grant", f"role:{who}", by="operator:local", on="2006-01-01",
                    who=who, role="clerk")  # fmt: skip
    office.send("role.grant", "role:both-9", by="operator:local", on="2006-01-01",
                who="both-9", role="approver")  # fmt: skip
    for who in ("clerk-9", "both-9"):
        office.send("relief.apply", f"relief:work-{who}", by=who, on="2007-03-17",
                    person="person:aid-000002", fund="fund:gifts", earmark="general",
                    programme="hospice", purpose="aid-poor", area=AREA)  # fmt: skip
    catch_up(office.ledger)
    mine = [f"relief:work-{who}" for who in ("clerk-9", "both-9")]

    def seen(role: str, by: str = "") -> list[str]:
        rows = work(at_desk(role, by), kind="relief-to-decide")
        return [row["subject"] for row in rows if row["subject"] in mine]

    assert seen("approver") == ["relief:work-both-9", "relief:work-clerk-9"]
    assert seen("approver", "both-9") == ["relief:work-clerk-9"]
    assert seen("clerk", "both-9") == []
    assert seen("treasurer") == []
    [row] = [r for r in work(at_desk("approver")) if r["subject"] == "relief:work-clerk-9"]
    assert row["since"] == "2007-03-17"
    assert row["days"] > 6000
    assert row["link"] == "/desk/commands/relief.decide?subject=relief:work-clerk-9"
    office.send("relief.decide", "relief:work-clerk-9", by="approver-1", on="2007-03-18",
                amount=fen(100))  # fmt: skip
    catch_up(office.ledger)
    assert seen("approver") == ["relief:work-both-9"]
    [row] = [r for r in work(at_desk("treasurer")) if r["subject"] == "relief:work-clerk-9"]
    assert row["kind"] == "relief-to-pay"
    assert row["amount"] == fen(100)


def test_a_proposal_waits_for_a_second_person_alone(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    [payment] = [r["subject"] for r in work(at_desk("treasurer")) if r["kind"] == "money-returned"]
    proposed = office.send("payment.supplement", payment, by="treasurer-1", fund="fund:x",
                           on=today().isoformat(),
                           earmark="general", amount=fen(7), reason="少发",
                           act={"evidence": [{"name": "批文", "sha256": "0" * 64}]})  # fmt: skip
    proposal = proposed["proposed"]
    catch_up(office.ledger)

    def seen(role: str, by: str = "") -> bool:
        return proposal in [row["subject"] for row in work(at_desk(role, by))]

    assert seen("treasurer", "treasurer-2")
    assert seen("approver")
    assert not seen("treasurer")
    assert not seen("clerk")


def test_the_page_shows_the_rows_of_the_address_beside_it(
    at_desk: Callable[..., httpx.Client],
) -> None:
    for role in ("clerk", "reviewer", "approver", "treasurer", "fundraiser", "auditor"):
        client = at_desk(role)
        rows, page = work(client), client.get("/desk").text
        assert page.count("<tr>") == len(rows) + bool(rows)
        for row in rows:
            assert str(row["link"]).replace("&", "&amp;") in page


def test_who_watches_has_nothing_to_do(at_desk: Callable[..., httpx.Client]) -> None:
    assert work(at_desk("auditor")) == []


def test_a_subscriber_has_no_work_list(at_desk: Callable[..., httpx.Client]) -> None:
    client = at_desk("subscriber", "downstream-1")
    assert client.get("/v1/work").status_code == 403
    assert client.get("/desk").status_code == 403
