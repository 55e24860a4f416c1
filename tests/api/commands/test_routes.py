"""POST /v1/commands and what belongs to it, over HTTP."""

from __future__ import annotations

import json
import logging
import socket
from codecs import BOM_UTF8
from urllib.parse import quote, urlsplit

import httpx
import pytest
from starlette.routing import Match

from api.commands.routes import STRAIGHT
from scripts.scenarios.office import CLERK, EVE, TREASURER, Office, an_order, fen
from scripts.scenarios.stories import FUND
from tests.api.commands.json_lines import encoded
from tests.api.commands.served_office import (
    COMMANDS,
    HELD,
    JSON_LINES,
    Headers,
    answers,
    bearer,
    office,
    promise,
    send,
    web,
)
from tests.api.conftest import code_of

__all__ = ["office", "web"]


def test_one_command_is_answered_with_its_receipt(web: httpx.Client) -> None:
    made = send(web, promise(), "one")
    receipt = made.json()
    [position] = receipt["positions"]
    version = receipt["version"]
    assert made.status_code == 201
    assert made.headers["content-type"] == "application/json"
    assert receipt == {
        "key": "one",
        "subject": FUND,
        "version": version,
        "positions": [position],
        "recorded_at": receipt["recorded_at"],
        "events": [
            {
                "position": position,
                "topic": "fund.committed",
                "subject": FUND,
                "version": version,
            }
        ],
        "replayed": False,
    }
    assert len(receipt["recorded_at"]) == len("2007-03-15T12:00:00.000000Z")
    again = send(web, promise(), "one")
    assert again.status_code == 200
    assert again.json() == receipt | {"replayed": True}
    assert web.get("/v1/receipts/one").json() == receipt


def test_with_a_query_or_without_the_answer_is_the_same(web: httpx.Client) -> None:
    """A command without a query goes round the framework's layers."""
    asked = {"type": "http", "method": "POST", "path": COMMANDS, "query_string": b""}
    assert STRAIGHT.matches(asked)[0] is Match.FULL
    assert STRAIGHT.matches(asked | {"query_string": b"lang=en"})[0] is Match.NONE
    assert send(web, promise(), "straight").status_code == 201
    for said in (
        {"json": promise(), "headers": {"Idempotency-Key": "straight"}},
        {"json": [promise()], "headers": {"Idempotency-Key": "straight"}},
        {"json": promise(amount=HELD + 1), "headers": {"Idempotency-Key": "too much"}},
        {"json": {"command": "fund.commit"}},
        {"content": b"{", "headers": {"Accept-Language": "en"}},
        {"content": b"x", "headers": {"Content-Type": "text/plain"}},
        {"content": encoded(promise(), "straight") + b"\n{}", "headers": JSON_LINES},
        {"json": promise(), "headers": {"Authorization": "Bearer mz1.x.x"}},
        {"json": promise(), "headers": {"Authorization": ""}},
    ):
        straight, around = (web.post(COMMANDS + query, **said) for query in ("", "?lang="))
        assert straight.status_code == around.status_code
        assert straight.content == around.content
        for name in ("content-type", "cache-control", "www-authenticate", "x-content-type-options"):
            assert straight.headers.get(name) == around.headers.get(name)
    for method in ("PUT", "PATCH", "DELETE"):
        assert code_of(web.request(method, COMMANDS)) == (405, "method-not-allowed")


def test_the_key_stands_in_the_header_or_in_the_body(web: httpx.Client) -> None:
    assert send(web, promise() | {"key": "in-body"}, None).status_code == 201
    assert send(web, promise(), "in-body").status_code == 200
    assert send(web, promise() | {"key": "both"}, "both").status_code == 201
    for body, key in (
        (promise(), None),
        (promise(), ""),
        (promise(), "k" * 65),
        (promise() | {"key": "other"}, "one"),
        (promise() | {"key": ""}, None),
    ):
        assert code_of(send(web, body, key)) == (400, "key-missing")


@pytest.mark.parametrize("key", ["a/b", "导入 1", "x.json", "100%", "a?b#c", ".."])
def test_a_receipt_is_found_by_any_key(web: httpx.Client, key: str) -> None:
    made = send(web, promise() | {"key": key}, None)
    assert made.status_code == 201
    found = web.get(f"/v1/receipts/{quote(key, safe='').replace('..', '%2E%2E')}")
    assert found.json() == made.json()


def test_an_unknown_receipt_is_not_found(web: httpx.Client) -> None:
    assert code_of(web.get("/v1/receipts/none")) == (404, "not-found")


def test_an_array_is_answered_with_a_receipt_each(web: httpx.Client) -> None:
    made = send(web, [promise(1), promise(2)], "array")
    assert made.status_code == 201
    first, second = made.json()
    assert (first["key"], second["key"]) == ("array", "array")
    assert second["positions"] == [first["positions"][0] + 1]
    again = send(web, [promise(1), promise(2)], "array")
    assert again.status_code == 200
    assert [r["replayed"] for r in again.json()] == [True, True]
    assert web.get("/v1/receipts/array").json() == made.json()
    one = send(web, [promise(3)], "array-of-one")
    assert [r["key"] for r in one.json()] == ["array-of-one"]
    assert code_of(send(web, [promise(1), promise(HELD)], "none")) == (409, "insufficient-fund")
    assert code_of(send(web, [], "none")) == (422, "malformed")


def test_refusals_have_their_status(web: httpx.Client, office: Office) -> None:
    refusals: list[tuple[object, Headers, tuple[int, str]]] = [
        (promise(HELD + 1), {}, (409, "insufficient-fund")),
        (promise(subject="fund:none"), {}, (404, "unknown-subject")),
        (promise() | {"command": "fund.steal"}, {}, (422, "malformed")),
        (promise(1.5), {}, (422, "malformed")),  # type: ignore[arg-type]
        (promise(2), {"If-Match": '"1"'}, (412, "version-conflict")),
        (promise(2) | {"expect": 1}, {}, (412, "version-conflict")),
        (promise(2), {"If-Match": "one"}, (422, "malformed")),
        (promise(2), {"Authorization": bearer(office, CLERK, "clerk")}, (403, "role-missing")),
        (promise(2), {"Authorization": bearer(office, TREASURER)}, (403, "role-missing")),
        (promise(2), {"Authorization": "Bearer x"}, (401, "token-invalid")),
        (promise(2), {"Authorization": ""}, (401, "token-missing")),
    ]
    for body, headers, expected in refusals:
        assert code_of(send(web, body, "refused", **headers)) == expected
    version = send(web, promise(), "version").json()["version"]
    assert send(web, promise(), "next", **{"If-Match": f'"{version}"'}).status_code == 201
    assert code_of(send(web, promise(2), "version")) == (422, "key-reused")


def test_a_problem_says_what_in_the_language_of_who_asks(web: httpx.Client) -> None:
    problem = send(web, promise(HELD * 2), "k", **{"Accept-Language": "en"}).json()
    assert set(problem) == {
        *("type", "code", "title", "status", "detail", "instance", "numbers", "errors")
    }
    assert problem["type"] == "/problems/insufficient-fund"
    assert problem["instance"] == COMMANDS
    assert problem["numbers"]["wanted"] == fen(HELD * 2)
    chinese = send(web, promise(HELD * 2), "k", **{"Accept-Language": "zh-CN,zh;q=0.9"}).json()
    for told in ("title", "detail"):
        assert chinese.pop(told) != problem.pop(told)
    assert chinese == problem
    wrong = send(web, promise(amount=0), "k").json()
    assert [e["pointer"] for e in wrong["errors"]] == ["/what/amount"]


def test_a_byte_order_mark_before_json_lines_is_passed_over(web: httpx.Client) -> None:
    lines = BOM_UTF8 + b"\n".join(encoded(promise(), key) for key in ("bom-1", "bom-2"))
    for content in (lines, [lines[:2], lines[2:4], lines[4:]]):
        made = answers(web.post(COMMANDS, content=content, headers=JSON_LINES))
        assert [receipt["key"] for receipt in made] == ["bom-1", "bom-2"]
    alone = web.post(COMMANDS, content=BOM_UTF8 + encoded(promise(), "bom-3"), headers=JSON_LINES)
    assert answers(alone)[0]["key"] == "bom-3"
    # Anywhere else it is no JSON.
    later = encoded(promise(), "bom-4") + b"\n" + BOM_UTF8 + encoded(promise(), "bom-5")
    made = answers(web.post(COMMANDS, content=later, headers=JSON_LINES))
    assert [each.get("code") for each in made] == [None, "malformed"]


def test_a_dry_run_writes_nothing(web: httpx.Client, office: Office) -> None:
    head = office.positions()
    for body in (promise(), [promise(), promise()]):
        made = web.post(
            COMMANDS, json=body, params={"dry_run": "true"}, headers={"Idempotency-Key": "dry"}
        )
        assert made.status_code == 200
        receipts = made.json() if isinstance(body, list) else [made.json()]
        assert all(r["positions"] == [] and r["events"] for r in receipts)
    lines = b"\n".join([encoded(promise(), "dry-1"), encoded(promise(HELD * 2), "dry-2")])
    first, second = answers(
        web.post(COMMANDS, content=lines, params={"dry_run": "true"}, headers=JSON_LINES)
    )
    assert first["positions"] == []
    assert second["code"] == "insufficient-fund"
    assert office.positions() == head
    assert code_of(web.get("/v1/receipts/dry")) == (404, "not-found")
    maybe = web.post(COMMANDS, json=promise(), params={"dry_run": "maybe"})
    assert code_of(maybe) == (422, "malformed")


@pytest.mark.parametrize("kind", ["application/json", "application/jsonl"])
def test_a_misspelt_dry_run_writes_nothing(web: httpx.Client, kind: str) -> None:
    sent = json.dumps(promise() | {"key": "misspelt"})
    headers = {"Content-Type": kind}
    answer = web.post("/v1/commands", params={"dryrun": "true"}, content=sent, headers=headers)
    assert code_of(answer) == (422, "malformed")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/dryrun"]
    for path in ("/v1/commands", "/v1/receipts/misspelt"):
        assert web.get(path, params={"more": 1}).status_code == 422
    assert web.get("/v1/receipts/misspelt").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_allowed(web: httpx.Client, method: str) -> None:
    response = web.request(method, COMMANDS)
    assert code_of(response) == (405, "method-not-allowed")
    assert "POST" in response.headers["allow"]


def test_the_catalogue_lists_every_command(web: httpx.Client) -> None:
    listed = {one["command"]: one for one in web.get(COMMANDS).json()}
    commit = listed["fund.commit"]
    assert commit["roles"] == ["treasurer"]
    assert commit["topics"] == ["fund.committed"]
    assert commit["schema"]["required"] == ["amount", "earmark", "to", "purpose"]
    assert commit["schema"]["additionalProperties"] is False
    assert {"fund.carry-over", "event.reverse", "pay-run.release", "person.register"} <= set(listed)
    assert all({"command", "roles", "schema", "topics"} <= set(one) for one in listed.values())
    web_without = httpx.Client(base_url=web.base_url)
    assert code_of(web_without.get(COMMANDS)) == (401, "token-missing")


def test_a_client_that_leaves_in_the_middle_of_its_body_is_no_mistake_of_ours(
    web: httpx.Client,
    office: Office,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "handlers", [caplog.handler])
    url = urlsplit(str(web.base_url))
    token = bearer(office, TREASURER, "treasurer")
    head = f"POST {COMMANDS} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    for _ in range(3):
        with socket.create_connection((str(url.hostname), url.port or 0)) as client:
            client.sendall(f"{head}Content-Length: 999\r\n\r\n{{".encode())
    for number in range(3):
        assert send(web, promise(), f"after-{number}").status_code == 201
    assert "Exception" not in caplog.text


def test_who_sends_is_told_by_the_token(web: httpx.Client, office: Office) -> None:
    assert code_of(send(web, promise(by="somebody-else"), "by")) == (422, "malformed")
    send(web, an_order("fund.commit", FUND, on=EVE, **promise()["what"]), "by")
    *_, last = office.events(FUND)
    assert last.act.by == TREASURER
