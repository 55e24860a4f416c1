"""What an auditor asks over HTTP: exceptions by kind, day and rule, for whom and in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.audit.exception_row import KINDS
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER
from tests.api.audit.audit_desk import AuditDesk, audited
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

DAY = "2008-06-30"


def rows(desk: AuditDesk, **params: Any) -> list[dict[str, Any]]:
    """Return the exceptions."""
    found: list[dict[str, Any]] = desk.get("/v1/exceptions", **params).json()["rows"]
    return found


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[AuditDesk]:
    """Tell the story of `verify`, with a rule of the audit, and open the desk."""
    with open_ledger(new_settings()) as ledger:
        office = audited(ledger)
        office.send("rule.enact", "rule:audit.returned-idle", by=APPROVER, on="2008-01-01",
                    rule="audit.returned-idle", amount={"value": 200, "unit": "day"},
                    from_="2008-01-01")  # fmt: skip
        catch_up(ledger)
        with served(ledger) as client:
            yield AuditDesk(ledger, client)


def test_the_day_and_the_rules_in_force_are_said(desk: AuditDesk) -> None:
    said = desk.get("/v1/exceptions", as_of=DAY).json()
    assert said["day"] == DAY
    limits = {rule["kind"]: rule["limit"] for rule in said["rules"]}
    assert limits["returned-idle"] == {"value": 200, "unit": "day"}
    assert limits["split-below-threshold"] == {"value": 5_000_000, "unit": "fen"}
    early = desk.get("/v1/exceptions", as_of="2007-12-31").json()["rules"]
    assert {"value": 30, "unit": "day"} in [rule["limit"] for rule in early]


def test_a_rule_a_day_and_min_days_decide_what_lies_too_long(desk: AuditDesk) -> None:
    """A payment of March 2007 came back and nobody has paid it again."""
    found = rows(desk, kind="returned-idle", as_of=DAY)
    assert found
    assert all(row["days"] >= 200 and row["amount"]["unit"] == "fen" for row in found)
    days = found[0]["days"]
    assert rows(desk, kind="returned-idle", as_of=DAY, min_days=days)
    assert rows(desk, kind="returned-idle", as_of=DAY, min_days=days + 1) == []
    assert rows(desk, kind="returned-idle", as_of="2007-03-31") == []


def test_kinds_add_up_and_pages_are_the_whole(desk: AuditDesk) -> None:
    whole = desk.get("/v1/exceptions", as_of=DAY, limit=1000).json()
    by_kind = [row for kind in KINDS for row in rows(desk, kind=kind, as_of=DAY, limit=1000)]
    assert whole["rows"] == by_kind
    page = desk.get("/v1/exceptions", as_of=DAY, limit=1).json()
    assert page["rows"] == whole["rows"][:1]
    counted = {total["field"]: total["value"] for total in whole["totals"]}
    assert sum(counted.values()) == len(whole["rows"])


def test_every_form_has_every_row(desk: AuditDesk) -> None:
    found = rows(desk, as_of=DAY, limit=1000)
    lines = desk.get("/v1/exceptions.csv", as_of=DAY, limit=1000).text.splitlines()
    assert len(lines) == 1 + len(found)
    assert desk.get("/v1/exceptions.xlsx", as_of=DAY).content[:2] == b"PK"


def test_only_who_sees_persons_reads_exceptions(desk: AuditDesk) -> None:
    assert desk.get("/v1/exceptions", role="registrar").json()["code"] == "role-missing"
    assert desk.client.get("/open/v1/exceptions").status_code == 404
    assert desk.client.get("/v1/exceptions").status_code == 401


@pytest.mark.parametrize(
    "wrong", [{"kind": "odd"}, {"min_days": "-1"}, {"min_days": "x"}, {"fund": "lottery"}]
)
def test_what_cannot_be_read_is_named(desk: AuditDesk, wrong: dict[str, str]) -> None:
    answer = desk.get("/v1/exceptions", **wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(wrong))}"
