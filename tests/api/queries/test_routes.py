"""What the reading doors promise: zones, roles, rows, totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from api.resources.public import RUN_COLUMNS, allowed_in
from projections.disclosure.allow_list import LISTS
from scripts.scenarios.office import Office
from scripts.scenarios.stories import AREA, FUND, RUN
from tests.api.conftest import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client


PERSON = re.compile(r"person:[a-z]")


def test_a_list_echoes_its_moment_and_its_position(web: Client) -> None:
    answer = web.get("/open/v1/funds")
    said = answer.json()
    assert set(said) == {"rows", "totals", "as_of", "known_at", "next"}
    assert said["as_of"] is None
    assert answer.headers["mingzhang-position"] == str(said["known_at"]["position"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", said["known_at"]["time"])
    fund = next(row for row in said["rows"] if row["id"] == FUND)
    assert list(fund)[:3] == ["id", "state", "opened_on"]
    assert fund["purposes"] == ["aid-poor", "community"]


def test_one_subject_is_read_by_its_key(web: Client, as_: Callable[[str], dict[str, str]]) -> None:
    row = web.get("/v1/pay-runs/aid:2007-03", headers=as_("auditor")).json()
    assert row["id"] == RUN
    assert row["total"] == {"value": 6000, "unit": "fen"}
    assert row["known_at"]["position"]
    assert code_of(web.get("/open/v1/funds/none")) == (404, "unknown-subject")
    assert code_of(web.get("/open/v1/funds/%00")) == (422, "malformed")


def test_the_office_asks_who_comes_and_in_which_role(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert code_of(web.get("/v1/funds")) == (401, "token-missing")
    assert code_of(web.get("/v1/funds", headers={"Authorization": "Bearer x.y.z"})) == (
        401,
        "token-invalid",
    )
    assert code_of(web.get("/v1/funds", headers=as_("subscriber"))) == (403, "role-missing")
    assert web.get("/v1/funds", headers=as_("registrar")).status_code == 200
    # A token carries a role that the ledger never granted to its name.
    assert code_of(web.get("/v1/funds", headers=as_("publisher"))) == (403, "role-missing")


@pytest.mark.parametrize(
    "path",
    ["households", "entitlements", "payments", "relief-cases", "recoveries",
     "pay-runs/aid:2007-03/lines", "payments/x"],
)  # fmt: skip
def test_persons_and_lines_are_for_few_and_never_public(
    path: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert code_of(web.get(f"/v1/{path}", headers=as_("registrar"))) == (403, "role-missing")
    assert web.get(f"/v1/{path}", headers=as_("auditor")).status_code in {200, 404}
    assert code_of(web.get(f"/open/v1/{path}")) == (404, "not-found")


def test_the_public_zone_shows_allowed_fields_only(web: Client) -> None:
    for name in LISTS:
        answer = web.get(f"/open/v1/{name}")
        assert answer.status_code == 200, name
        assert not PERSON.search(answer.text), name
        # What a run's payments add up to stands beside its row, as far as it is told.
        beside = {column.name for column in RUN_COLUMNS} if name == "pay-runs" else set()
        for row in answer.json()["rows"]:
            assert set(row) <= allowed_in(name) | beside


def test_a_scheme_says_in_public_for_whom_it_is(web: Client) -> None:
    pers = {row["per"] for row in web.get("/open/v1/schemes").json()["rows"]}
    assert pers
    assert pers <= {"person", "household", "bed", "case"}


def test_a_donor_is_named_only_if_it_is_a_body_that_wants_to_be(web: Client) -> None:
    rows = web.get("/open/v1/donations").json()["rows"]
    assert {row["id"]: row["donor"] for row in rows} == {
        "donation:d-1": "organisation:acme",
        "donation:d-2": "匿名",
        "donation:d-3": "匿名",
    }


def test_payers_of_aid_to_persons_are_merged_in_public(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    whole = web.get("/v1/balances?limit=1000", headers=as_("auditor")).json()
    part = web.get("/open/v1/balances?limit=1000").json()
    inside = {row["account"] for row in whole["rows"]}
    outside = {row["account"] for row in part["rows"]}
    assert "committed:gifts:general:relief:case-1" in inside
    assert "owed:x:general:recovery:r-1" in inside
    assert not {a for a in outside if "case-1" in a or "r-1" in a}
    # So few were helped that their money still stands as available in public.
    assert not {a for a in outside if ":relief:" in a or a.startswith("owed:")}
    assert part["totals"] == whole["totals"]
    assert not web.get("/open/v1/balances?account=*:*:*:relief:case-1").json()["rows"]


def test_filters_are_field_names_and_repeat_as_or(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor")
    both = web.get("/v1/donations?id=donation:d-1&id=donation:d-2", headers=headers).json()
    assert [row["id"] for row in both["rows"]] == ["donation:d-1", "donation:d-2"]
    assert {"field": "amount", "value": 15000, "unit": "fen"} in both["totals"]
    assert not web.get("/v1/donations?id=none&fund=fund:gifts", headers=headers).json()["rows"]
    lines = web.get("/v1/journal?account=spent:*&topic=payment.made", headers=headers).json()
    assert {row["account"] for row in lines["rows"]} == {"spent:x:general:aid"}


def test_the_journal_opens_with_what_was_and_closes_with_what_is(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    query = "account=available:x:*&from=2007-01-01&to=2007-12-31"
    said = web.get(f"/v1/journal?{query}", headers=as_("auditor")).json()
    opening, closing, moved = (said[part][0]["value"] for part in ("opening", "closing", "totals"))
    assert opening >= 1_000_000
    assert closing == opening + moved
    assert sum(row["value"] for row in said["rows"]) == moved
    first = said["rows"][0]
    assert list(first) == [
        "position", "line", "booked", "on", "recorded_at", "voucher", "account", "value", "unit",
        "subject", "topic", "programme", "area", "class", "by",
    ]  # fmt: skip


def test_a_statement_says_where_money_came_from_and_went_and_holds(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    question = "funds/x/statement?from=2007-01-01&to=2007-12-31"
    said = web.get(f"/v1/{question}", headers=as_("auditor")).json()
    # Five persons are told of as one sum; the relief of one is not, and the statement still holds.
    public = web.get(f"/open/v1/{question}").json()
    assert public["holds"] is True
    assert public["out"] == [{"programme": "aid", "stage": "spent", "value": 4700}]
    assert said["holds"] is True
    assert said["unit"] == "fen"
    assert said["opening"]["available"] >= 1_000_000
    assert {each["programme"]: each["value"] for each in said["out"]} == {"aid": 4700}
    assert said["closing"]["returned"] == 1000
    assert said["closing"]["owed"] == 300
    assert code_of(web.get("/open/v1/funds/x/statement?from=2008-01-01&to=2007-01-01")) == (
        422,
        "malformed",
    )


def test_figures_are_made_of_their_events(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    for zone, headers in (("/v1", as_("auditor")), ("/open/v1", {})):
        listed = web.get(f"{zone}/figures?period=2007", headers=headers).json()["rows"]
        assert len(listed) >= 21
        for figure in listed:
            path = f"{zone}/figures/{figure['id']}"
            single = web.get(f"{path}?period=2007", headers=headers).json()
            assert single["value"] == figure["value"]
            assert single["known_at"]["position"]
            for term in figure["terms"]:
                query = f"period=2007&term={term['role']}&limit=1000"
                events = web.get(f"{path}/events?{query}", headers=headers).json()["rows"]
                if term["value"] is not None and zone == "/v1":
                    assert sum(e["contributes"]["value"] for e in events) == term["value"]
                assert not PERSON.search(str(events)) or zone == "/v1"
    assert code_of(web.get("/open/v1/figures/none")) == (404, "not-found")
    assert code_of(web.get("/open/v1/figures/dibao.spend?period=20")) == (422, "malformed")
    assert code_of(web.get("/open/v1/figures/dibao.spend/events?term=x")) == (422, "malformed")


@pytest.mark.parametrize("path", ["figures", "figures/dibao.spend", "figures/dibao.spend/events"])
def test_there_are_no_figures_of_an_area_that_is_not_there(web: Client, path: str) -> None:
    assert code_of(web.get(f"/open/v1/{path}?period=2007&area=area:x")) == (404, "not-found")
    assert web.get(f"/open/v1/{path}?period=2007&area={AREA}").status_code == 200
    before = web.get(f"/open/v1/{path}?period=2007&area={AREA}&known_at=1")
    assert code_of(before) == (404, "not-found")


def test_receipts_are_a_collection(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor")
    listed: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"limit": 7}
    while True:
        page = web.get("/v1/receipts", params=asked, headers=headers).json()
        listed += page["rows"]
        if page["next"] is None:
            break
        asked["after"] = page["next"]
    assert [(row["key"], row["order"]) for row in listed] == sorted(
        {(row["key"], row["order"]) for row in listed}
    )
    assert sorted(n for row in listed for n in row["positions"]) == [
        position for position in office.positions() if position not in of_payments(office)
    ]
    one = listed[3]
    single = web.get(f"/v1/receipts/{one['key']}", headers=headers).json()
    whole = single if isinstance(single, dict) else single[one["order"] - 1]
    assert {name: one[name] for name in ("subject", "events")} == {
        name: whole[name] for name in ("subject", "events")
    }
    named = web.get(f"/v1/receipts?subject={FUND}", headers=headers).json()["rows"]
    assert named == [row for row in listed if row["subject"] == FUND]
    assert named
    assert web.get("/open/v1/receipts").status_code == 404


def of_payments(office: Office) -> set[int]:
    """Return the payments that a run has made: its receipt tells of the run's own events."""
    query = "SELECT notification_id FROM ledger.events WHERE topic = 'payment.made.v1'"
    return {row[0] for row in office.rows(query)}


def test_the_events_of_a_subject_are_its_own(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    inside = web.get("/v1/grants/g-1/events", headers=as_("auditor")).json()["rows"]
    assert [row["type"] for row in inside] == [
        "grant.applied.v1",
        "grant.awarded.v1",
        "grant.paid.v1",
    ]
    assert inside[0]["data"]["by"] == "clerk-1"
    outside = web.get("/open/v1/grants/g-1/events").json()["rows"]
    assert [row["sequence"] for row in outside] == [row["sequence"] for row in inside]
    assert "by" not in outside[0]["data"]
    assert code_of(web.get("/open/v1/grants/none/events")) == (404, "unknown-subject")


def test_a_head_request_is_answered_without_a_body(web: Client) -> None:
    answer = web.head("/open/v1/funds")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]


def test_a_change_of_a_figure_names_the_events_between(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    first = "SELECT min(notification_id) FROM ledger.events WHERE topic = %(topic)s"
    paid = office.rows(first, topic="relief.paid.v1")[0][0]
    path = "/v1/figures/hospice.persons/changes?period=2007"
    said = web.get(f"{path}&known_from={paid - 1}&known_to={paid}", headers=as_("auditor")).json()
    assert (said["before"]["value"], said["after"]["value"]) == (0, 1)
    assert [row["position"] for row in said["rows"]] == [paid]
    same = web.get(f"{path}&known_from={paid}&known_to={paid}", headers=as_("auditor")).json()
    assert same["before"] == same["after"]
    assert same["rows"] == []
    wrong = web.get(f"{path}&known_from=9&known_to=2", headers=as_("auditor"))
    assert code_of(wrong) == (422, "malformed")


def test_words_are_found_in_titles_and_ids(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("clerk")
    found = web.get("/v1/search?q=慈善", headers=headers).json()["rows"]
    assert found == [{"id": "fund:gifts", "title": "慈善基金", "kind": "fund"}]
    assert web.get("/v1/search?q=P-1", headers=headers).json()["rows"][0]["id"] == "project:p-1"
    assert code_of(web.get("/v1/search", headers=headers)) == (422, "malformed")
    assert code_of(web.get("/open/v1/search?q=x")) == (404, "not-found")
