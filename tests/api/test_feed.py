"""The feed: every event once, in order, without holes; in public without a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys import FUND, balances

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from tests.journeys import Office

PERSON = re.compile(r"person:[a-z0-9]")


def whole(web: Client, path: str, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Read a feed as JSON Lines to its head."""
    with web.stream("GET", path, headers={"Accept": "application/jsonl", **(headers or {})}) as got:
        return [json.loads(line) for line in got.iter_lines() if line]


def test_both_feeds_hold_every_position_once_in_order(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    inside = whole(web, "/v1/events", as_("subscriber"))
    outside = whole(web, "/open/v1/events")
    sequence = [str(position) for position in office.positions()]
    assert [event["sequence"] for event in inside] == sequence
    assert [event["sequence"] for event in outside] == sequence


def test_the_full_feed_is_for_subscribers_and_auditors(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert web.get("/v1/events").json()["code"] == "token-missing"
    assert web.get("/v1/events", headers=as_("treasurer")).json()["code"] == "role-missing"
    assert web.get("/v1/events", headers=as_("auditor")).status_code == 200


def test_the_postings_of_the_full_feed_fold_to_the_balances(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    held: Counter[str] = Counter()
    for event in whole(web, "/v1/events", as_("subscriber")):
        for line in event["data"]["postings"]:
            held[line["account"]] += line["value"]
    assert held == balances(office)


def test_an_event_is_a_cloud_event_in_the_contract_s_shape(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    said = web.get(f"/v1/events?topic=fund.committed&subject={FUND}", headers=as_("auditor")).json()
    assert set(said) == {"rows", "next", "head"}
    event = said["rows"][0]
    assert event["specversion"] == "1.0"
    assert event["id"] == f"440300/{event['sequence']}"
    assert event["source"] == "/440300"
    assert event["type"] == "fund.committed.v1"
    assert event["subject"] == event["partitionkey"] == FUND
    assert event["dataschema"] == "urn:mingzhang:schema:fund.committed:1"
    assert {"version", "on", "booked", "by", "authority", "reason", "evidence", "key", "what",
            "postings", "reverses"} <= set(event["data"])  # fmt: skip
    assert sum(line["value"] for line in event["data"]["postings"]) == 0
    one = web.get(f"/v1/events/{event['sequence']}", headers=as_("auditor"))
    assert one.json() == event


def test_no_person_and_no_single_payment_leaves_the_office(web: Client) -> None:
    for event in whole(web, "/open/v1/events"):
        text = json.dumps(event, ensure_ascii=False)
        assert not PERSON.search(text), text
        assert event["data"]["commitment"]
        assert "by" not in event["data"]
        if event["type"].startswith(("payment.", "relief.", "recovery.")):
            assert "amount" not in text, text
            assert not event["data"].get("postings"), text


def test_a_line_of_the_public_feed_is_in_canonical_form(web: Client) -> None:
    with web.stream("GET", "/open/v1/events.jsonl") as answer:
        lines = [line for line in answer.iter_lines() if line]
    for line in lines:
        canonical = json.dumps(
            json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert line == canonical


def test_pages_of_the_feed_go_on_behind_the_last_position_looked_at(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("subscriber")
    everything = whole(web, "/v1/events", headers)
    for query in ("", "&topic=payment.*", f"&subject={FUND}", "&topic=none.*"):
        rows: list[Any] = []
        after, head = 0, -1
        while after != head:
            said = web.get(f"/v1/events?after={after}&limit=3{query}", headers=headers).json()
            assert said["next"] > after
            rows += said["rows"]
            after, head = said["next"], said["head"]
        expected = [
            event
            for event in everything
            if ("topic=pay" not in query or event["type"].startswith("payment."))
            and ("subject" not in query or event["subject"] == FUND)
            and "none" not in query
        ]
        assert rows == expected, query
    assert web.get(f"/v1/events?after={head + 100}", headers=headers).json() == {
        "rows": [],
        "next": head + 100,
        "head": head,
    }


def test_until_is_the_last_position_read(web: Client) -> None:
    lines = whole(web, "/open/v1/events?after=3&until=7")
    assert [event["sequence"] for event in lines] == ["4", "5", "6", "7"]
    page = web.get("/open/v1/events?after=3&until=7").json()
    assert page["rows"] == lines
    assert page["next"] == page["head"] == 7


def test_a_person_is_not_found_in_public_by_his_id(web: Client) -> None:
    said = web.get("/open/v1/events?subject=person:aid-000000").json()
    assert said["rows"] == []
    assert said["next"] == said["head"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/open/v1/events?limit=5001", 422, "malformed"),
        ("/open/v1/events?after=-1", 422, "malformed"),
        ("/open/v1/events?until=0", 422, "malformed"), ("/open/v1/events?x=1", 422, "malformed"),
        ("/open/v1/events?as_of=2007-01-01", 422, "malformed"),
        ("/open/v1/events/0", 422, "malformed"), ("/open/v1/events/x", 422, "malformed"),
        ("/open/v1/events/999999999", 404, "not-found"),
        ("/open/v1/events/99999999999999999999", 422, "malformed"),
    ],
)  # fmt: skip
def test_a_question_to_the_feed_that_cannot_be_meant_is_refused(
    path: str, status: int, code: str, web: Client
) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_one_public_event_may_be_kept_for_ever(web: Client) -> None:
    answer = web.get("/open/v1/events/1")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["sequence"] == "1"
