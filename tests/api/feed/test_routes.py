"""The feed: every event once, in order, without holes; in public without a person."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from api.feed import feed, routes
from api.http.negotiation import takes_gzip
from scripts.scenarios.stories import FUND
from tests.api.feed.live_reader import LIVE, followed
from tests.fund_stages import balances

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from scripts.scenarios.office import Office

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
    assert set(said) == {"rows", "next", "head", "more"}
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


def test_behind_the_head_there_is_nothing_yet_and_next_is_the_head(web: Client) -> None:
    head = web.get("/open/v1/events").json()["head"]
    answer = web.get(f"/open/v1/events?after={head + 100}")
    assert answer.json() == {"rows": [], "next": head, "head": head, "more": False}
    assert "link" not in answer.headers
    assert whole(web, f"/open/v1/events?after={head + 100}") == []


def test_until_is_the_last_position_read(web: Client) -> None:
    lines = whole(web, "/open/v1/events?after=3&until=7")
    assert [event["sequence"] for event in lines] == ["4", "5", "6", "7"]
    page = web.get("/open/v1/events?after=3&until=7").json()
    assert page["rows"] == lines
    assert page["next"] == page["head"] == 7


@pytest.mark.parametrize("zone", ["/v1", "/open/v1"])
def test_every_page_names_the_next_until_there_is_no_more(
    zone: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("subscriber")
    for query in ("", "&until=9", "&topic=fund.*&topic=payment.made", f"&subject={FUND}"):
        path, rows = f"{zone}/events?limit=4{query}", []
        while path:
            answer = web.get(path, headers=headers)
            rows += answer.json()["rows"]
            path = answer.links.get("next", {}).get("url", "")
            assert answer.json()["more"] == bool(path)
        assert answer.json()["next"] == answer.json()["head"]
        assert rows == whole(web, f"{zone}/events?{query[1:]}", headers)


@pytest.mark.parametrize("zone", ["/v1", "/open/v1"])
def test_an_event_has_the_same_bytes_in_every_form(
    zone: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("subscriber")
    lines = web.get(f"{zone}/events.jsonl", headers=headers).content.splitlines()
    page = web.get(f"{zone}/events?limit=1000", headers=headers).content
    assert page == b'{"head":%d,"more":false,"next":%d,"rows":[%b]}' % (
        len(lines),
        len(lines),
        b",".join(lines),
    )
    for position, line in enumerate(lines, start=1):
        assert web.get(f"{zone}/events/{position}", headers=headers).content == line
        assert web.get(f"{zone}/events/{position}.jsonl", headers=headers).content == line + b"\n"
    with web.stream("GET", f"{zone}/events?until={len(lines)}", headers=headers | LIVE) as stream:
        told = (line for line in stream.iter_lines() if line.startswith("data: "))
        assert [line.encode() for line in told] == [b"data: " + line for line in lines]


def test_filters_choose_the_same_in_every_form(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor")
    everything = whole(web, "/v1/events", headers)
    head = len(everything)
    cases: dict[str, Callable[[dict[str, Any]], bool]] = {
        "topic=payment.*": lambda each: each["type"].startswith("payment."),
        "topic=fund.receive?&topic=area.opened.v1": lambda each: (
            each["type"] in {"fund.received.v1", "area.opened.v1"}
        ),
        f"subject={FUND}&subject=scheme:dibao": lambda each: (
            each["subject"] in {FUND, "scheme:dibao"}
        ),
        f"subject={FUND}&topic=fund.c*&after=4": lambda each: (
            each["subject"] == FUND
            and each["type"].startswith("fund.c")
            and int(each["sequence"]) > 4
        ),
        "topic=none.*": lambda _each: False,
    }
    for query, wanted in cases.items():
        for until in (head // 2, head):
            expected = [
                each for each in everything if int(each["sequence"]) <= until and wanted(each)
            ]
            asked = f"/v1/events?{query}&until={until}"
            assert web.get(f"{asked}&limit=5000", headers=headers).json()["rows"] == expected
            assert whole(web, asked, headers) == expected
            with followed(web, asked, **headers) as stream:
                assert [each.record for each in stream] == expected


def test_lines_are_compressed_for_who_takes_gzip_and_can_be_read_as_they_come(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "LINES_AT_ONCE", 1)
    plain = web.get("/open/v1/events.jsonl", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with web.stream("GET", "/open/v1/events.jsonl", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]
        unpack = zlib.decompressobj(31).decompress
        pieces = [unpack(piece) for piece in answer.iter_raw()]
    assert b"".join(pieces) == plain.content
    assert len([piece for piece in pieces if piece.endswith(b"\n")]) > 1


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("GZIP ; q=1.0", True), ("", False),
        ("gzip;q=0", False), ("gzip; q=0.000, *", False), ("*;q=0, gzip", True), ("br", False),
    ],
)  # fmt: skip
def test_gzip_is_given_to_who_says_that_he_takes_it(header: str, *, taken: bool) -> None:
    assert takes_gzip(header) == taken


def test_a_live_stream_is_never_compressed(web: Client) -> None:
    with web.stream("GET", "/open/v1/events?until=1", headers=LIVE) as answer:
        assert "content-encoding" not in answer.headers


def test_a_look_at_the_headers_of_the_lines_makes_none(web: Client) -> None:
    answer = web.head("/open/v1/events.jsonl")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/jsonl"


def test_in_public_a_person_is_not_found_by_his_id_nor_told_where_he_is(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    inside = whole(web, "/v1/events", as_("auditor"))
    subject = next(each["subject"] for each in inside if each["subject"].startswith("person:"))
    for query in (f"subject={subject}", f"subject={subject}&subject=person"):
        said = web.get(f"/open/v1/events?limit=1&{query}").json()
        assert said["rows"] == []
        assert said["next"] == said["head"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/open/v1/events?limit=5001", 422, "malformed"),
        ("/open/v1/events?after=-1", 422, "malformed"),
        ("/open/v1/events?until=0", 422, "malformed"), ("/open/v1/events?x=1", 422, "malformed"),
        ("/open/v1/events?as_of=2007-01-01", 422, "malformed"),
        ("/open/v1/events?known_at=3", 422, "malformed"),
        ("/open/v1/events?after=1&after=2", 422, "malformed"),
        ("/open/v1/events.csv", 404, "not-found"), ("/open/v1/events/1.xlsx", 404, "not-found"),
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


def test_a_page_goes_on_until_it_has_a_row_or_its_time_is_up(
    web: Client, as_: Callable[[str], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "WINDOW", 2)
    headers = as_("subscriber")
    everything = whole(web, "/v1/events", headers)
    last = next(e for e in reversed(everything) if e["type"] == "payment.made.v1")
    path = f"/v1/events?topic=payment.made&after={int(last['sequence']) - 1}"
    rare = web.get("/v1/events?topic=grant.paid", headers=headers).json()
    assert [row["type"] for row in rare["rows"]] == ["grant.paid.v1"]
    assert web.get(path, headers=headers).json()["rows"] == [last]
    monkeypatch.setattr(feed, "SECONDS_TO_SEARCH", 0.0)
    soon = web.get("/v1/events?topic=grant.paid", headers=headers).json()
    assert (soon["rows"], soon["next"], soon["more"]) == ([], 2, True)
