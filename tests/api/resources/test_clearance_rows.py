"""What the rows say that stand for persons: the journal, balances, receipts, gifts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scripts.scenarios.office import OPERATOR
from tests.api.resources.conftest import WITHDRAWN, headers
from tests.api.resources.planted_persons import GUARDED, MARK, REGISTRAR

if TYPE_CHECKING:
    from httpx import Client

    from scripts.scenarios.office import Office


@pytest.fixture
def office(planted_office: Office) -> Office:
    """Give the office of the marked ledger."""
    return planted_office


@pytest.fixture
def web(planted_web: Client) -> Client:
    """Give a client of its server."""
    return planted_web


def all_rows(web: Client, path: str, given: dict[str, str], **asked: Any) -> list[dict[str, Any]]:
    """Read a list page by page."""
    rows: list[dict[str, Any]] = []
    while True:
        page = web.get(path, headers=given, params={"limit": 3, **asked}).json()
        rows += page["rows"]
        if page["next"] is None:
            return rows
        asked["after"] = page["next"]


@pytest.mark.parametrize("role", GUARDED)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"fund": "fund:x"},
        {"programme": "aid"},
        {"account": "committed:*:*"},
        {"account": "owed:*:*:recovery"},
        {"from": "2007-03-01"},
        {"topic": "payment.made"},
        {"area": "area:city"},
        {"subject": "pay-run:aid:2007-03"},
    ],
)
def test_the_journal_in_pages_sums_to_its_totals(
    role: str, asked: dict[str, str], office: Office, web: Client
) -> None:
    given = headers(office, role)
    rows = all_rows(web, "/v1/journal", given, **asked)
    whole = web.get("/v1/journal", headers=given, params={"limit": 1000, **asked}).json()
    assert rows == whole["rows"]
    assert [(row["position"], row["line"]) for row in rows] == sorted(
        {(row["position"], row["line"]) for row in rows}
    )
    totals = {each["unit"]: each["value"] for each in whole["totals"]}
    assert totals.get("fen", 0) == sum(row["value"] for row in rows if row["unit"] == "fen")
    lines = web.get("/v1/journal.jsonl", headers=given, params=asked).text.splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_merged_rows_sum_to_what_stands_behind_them(office: Office, web: Client) -> None:
    whole = all_rows(web, "/v1/journal", headers(office, "auditor"))
    merged = all_rows(web, "/v1/journal", headers(office, "publisher"))
    assert len(merged) < len(whole)

    def sums(rows: list[dict[str, Any]]) -> dict[tuple[str, str, str], int]:
        found: dict[tuple[str, str, str], int] = {}
        for row in rows:
            stage = row["account"].partition(":")[0]
            key = (row["topic"], stage, row["programme"])
            found[key] = found.get(key, 0) + row["value"]
        return found

    assert sums(merged) == sums(whole)
    made = [row for row in merged if row["topic"] == "payment.made"]
    assert [(row["subject"], row["value"]) for row in made] == [
        ("pay-run:aid:2007-03", -6000),
        ("pay-run:aid:2007-03", 6000),
        ("pay-run:home:2007-03", -500),
        ("pay-run:home:2007-03", 500),
    ]


def test_balances_without_persons_are_the_balances(office: Office, web: Client) -> None:
    def held(role: str, **asked: str) -> Any:
        return web.get("/v1/balances", headers=headers(office, role), params=asked).json()

    assert held("supervisor")["totals"] == held("auditor")["totals"]
    for group in ("stage", "fund", "programme", "month"):
        assert held("supervisor", group_by=group) == held("auditor", group_by=group)
    accounts = {row["account"] for row in held("supervisor")["rows"]}
    assert {"committed:x:general:relief", "committed:x:general:person"} <= accounts
    named = held("supervisor", account="committed:x:general:relief")["rows"]
    assert [row["account"] for row in named] == ["committed:x:general:relief"]


def test_everybody_reads_the_own_receipts(office: Office, web: Client) -> None:
    key = f"{MARK}-worker.grade-worker:{MARK}"
    assert (
        web.get(f"/v1/receipts/{key}", headers=headers(office, "registrar", REGISTRAR)).status_code
        == 200
    )
    mine = web.get(
        "/v1/receipts", headers=headers(office, "registrar", REGISTRAR), params={"key": key}
    )
    assert [row["key"] for row in mine.json()["rows"]] == [key]
    for role in ("fundraiser", "registrar", "subscriber"):
        answer = web.get(f"/v1/receipts/{key}", headers=headers(office, role))
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    # Own ones also after the role was withdrawn; others' never.
    gone = headers(office, "auditor", WITHDRAWN)
    assert web.get(f"/v1/receipts/{key}", headers=gone).status_code == 404
    assert web.get(f"/v1/receipts/{key}", headers=headers(office, "auditor")).status_code == 200


def test_receipts_in_pages_are_the_receipts(office: Office, web: Client) -> None:
    for role in (*GUARDED, "auditor"):
        rows = all_rows(web, "/v1/receipts", headers(office, role))
        whole = web.get("/v1/receipts?limit=1000", headers=headers(office, role)).json()["rows"]
        assert rows == whole != []


def test_a_role_that_is_withdrawn_counts_at_the_next_request(office: Office, web: Client) -> None:
    office.send("role.grant", "role:turn", by=OPERATOR, who="turn", role="clerk")
    given = headers(office, "clerk", "turn")
    key = f"{MARK}-household.form-household:{MARK}"
    asked = ("/v1/households", "/v1/journal", f"/v1/receipts/{key}", "/v1/funds/x/events")
    assert [web.get(path, headers=given).status_code for path in asked] == [200] * 4
    cursor = web.get("/v1/journal?limit=2", headers=given).json()["next"]
    office.send("role.withdraw", "role:turn", by=OPERATOR, who="turn", role="clerk")
    assert [web.get(path, headers=given).status_code for path in asked] == [
        403,
        403,
        404,
        403,
    ]
    office.send("role.grant", "role:turn", by=OPERATOR, who="turn", role="publisher")
    later = headers(office, "publisher", "turn")
    answer = web.get("/v1/journal", headers=later, params={"limit": 2, "after": cursor})
    assert answer.status_code == 422


def test_events_without_persons_are_whole(office: Office, web: Client) -> None:
    events = web.get("/v1/funds/x/events", headers=headers(office, "supervisor")).json()["rows"]
    whole = web.get("/v1/funds/x/events", headers=headers(office, "auditor")).json()["rows"]
    assert [row["sequence"] for row in events] == [row["sequence"] for row in whole]
    plain = [row["data"].get("what", {}).get("to") for row in events if "by" in row["data"]]
    assert "contract:plain" in plain
    hidden = [row for row in events if "by" not in row["data"]]
    assert hidden
    assert all(row["data"]["commitment"] for row in hidden)


def test_a_named_body_is_a_donor_for_all(office: Office, web: Client) -> None:
    rows = web.get("/v1/donations", headers=headers(office, "fundraiser")).json()["rows"]
    assert [row["donor"] for row in rows] == ["匿名", "匿名", "organisation:acme"]
    assert sum(row["amount"]["value"] for row in rows) == 700 + 700 + 900


def test_a_refund_that_is_proposed_tells_its_words_to_who_may_see_donors(
    office: Office, web: Client
) -> None:
    rows = all_rows(web, "/v1/proposals", headers(office, "fundraiser"))
    refund, rejected = sorted(
        (row for row in rows if row["kind"] == "donation"),
        key=lambda row: -int(row["amount"]["value"]),
    )
    # Why it was rejected is written by hand, and may name the donor.
    assert (rejected["state"], rejected["reason"]) == ("rejected", None)
    (whole,) = all_rows(web, "/v1/proposals", headers(office, "auditor"), subject="donation:d-0")
    assert MARK in whole["reason"]
    for role, told in (("publisher", False), ("fundraiser", False), ("treasurer", True)):
        key = refund["id"].partition(":")[2]
        proposal = web.get(f"/v1/proposals/{key}", headers=headers(office, role)).json()
        assert proposal["amount"] == {"value": 30, "unit": "fen"}
        assert ("act" in proposal, "what" in proposal) == (told, told)


def test_proposals_on_payments_are_not_there(office: Office, web: Client) -> None:
    for role, count in (("publisher", 3), ("auditor", 5)):
        given = headers(office, role)
        rows = all_rows(web, "/v1/proposals", given)
        assert len(rows) == count
        totals = web.get("/v1/proposals", headers=given).json()["totals"]
        amounts = [row["amount"]["value"] for row in rows if "amount" in row]
        assert sum(each["value"] for each in totals) == sum(amounts)
    paid = [str(row["subject"]) for row in rows if row["kind"] == "payment"]
    assert len(paid) == 2
    for about in (*paid, "payment:aid:2007-03:none"):
        given = headers(office, "publisher")
        found = web.get("/v1/proposals", headers=given, params={"subject": about}).json()
        assert found["rows"] == []
