"""Webhooks at the doors: who adds them, what their collection shows; no secret comes out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import EVE, OPERATOR, Office, an_order, staffed
from scripts.scenarios.stories import a_fund
from scripts.scenarios.webhook_receivers import (
    LOOPBACK,
    Receiver,
    Reply,
    a_secret,
    delivering,
    receiving,
)
from tests.api.conftest import catch_up, code_of, served
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings

HOOK = "webhook:finance"
URL = "https://receiver.example.org/news"


@pytest.fixture
def bureau(ledger_settings: Settings) -> Iterator[tuple[Office, Client]]:
    """Give an office, and a client of its server; the loopback may be called."""
    with open_ledger(ledger_settings.model_copy(update={"webhook_allow": LOOPBACK})) as ledger:
        office = staffed(Office(ledger))
        for role in ("operator", "auditor"):
            who = f"{role}-1"
            office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
        catch_up(ledger)
        with served(ledger) as web:
            yield office, web


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


def token(office: Office, role: str) -> dict[str, str]:
    """Return the headers of somebody who holds a role."""
    secret, ttl = office.ledger.secret("token-key"), timedelta(hours=1)
    issued, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=ttl)
    return {"Authorization": f"Bearer {issued}"}


def post(
    bureau: tuple[Office, Client], key: str, *, role: str = "operator", **order: Any
) -> Response:
    """Send a command over HTTP."""
    office, web = bureau
    headers = token(office, role) | {"Idempotency-Key": key}
    command = order.pop("command", "webhook.add")
    return web.post("/v1/commands", json=an_order(command, HOOK, on=EVE, **order), headers=headers)


def adding(**more: Any) -> dict[str, Any]:
    """Return what adds a webhook."""
    return {"url": URL, "zone": "public", "sealed": {"secret": a_secret()}} | more


def row_of(bureau: tuple[Office, Client], role: str = "auditor") -> dict[str, Any]:
    """Return the row of the webhook."""
    office, web = bureau
    catch_up(office.ledger)
    row: dict[str, Any] = web.get("/v1/webhooks/finance", headers=token(office, role)).json()
    return row


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"url": "https://10.0.0.1/"}, "/what/url"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "/what/url"),
        ({"url": "https://167772161/"}, "/what/url"),
        ({"url": "https://user@receiver.example.org/"}, "/what/url"),
        ({"url": "ftp://receiver.example.org/"}, "/what/url"),
        ({"url": "https://receiver.example.org/\n"}, "/what/url"),
        ({"url": 7}, "/what/url"),
        ({"zone": "secret"}, "/what/zone"),
        ({"topic": "found.*"}, "/what/topic"),
        ({"sealed": {}}, "/what/sealed"),
        ({"sealed": {"secret": "whsec_c2hvcnQ="}}, "/what/sealed"),
        ({"sealed": None}, "/what/sealed"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(
    bureau: tuple[Office, Client], wrong: dict[str, Any], pointer: str
) -> None:
    answer = post(bureau, "k-1", **adding(**wrong))
    assert code_of(answer) == (422, "malformed")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_only_an_operator_sends_webhook_commands(bureau: tuple[Office, Client]) -> None:
    assert code_of(post(bureau, "k-1", role="treasurer", **adding())) == (403, "role-missing")
    assert post(bureau, "k-2", **adding()).status_code == 201
    refused = post(bureau, "k-3", role="auditor", command="webhook.remove")
    assert code_of(refused) == (403, "role-missing")


def test_a_secret_comes_out_nowhere(bureau: tuple[Office, Client]) -> None:
    """Not in the receipt, the rows, the events, the feed, the catalogue or a problem."""
    office, web = bureau
    first, second = a_secret(), a_secret()
    said = [
        post(bureau, "k-1", **adding(sealed={"secret": first})),
        post(bureau, "k-1", **adding(sealed={"secret": first})),
        post(bureau, "k-1", **adding(sealed={"secret": second})),
        post(bureau, "k-2", command="webhook.rotate", sealed={"secret": second}),
        post(bureau, "k-3", command="webhook.rotate", sealed={"secret": first[:-9]}),
    ]
    catch_up(office.ledger)
    headers = token(office, "auditor")
    for path in ("/v1/webhooks", "/v1/webhooks.csv", "/v1/webhooks/finance", "/v1/receipts/k-1",
                 "/v1/webhooks/finance/events", "/v1/events.jsonl", "/open/v1/events.jsonl",
                 "/readyz", "/metrics"):  # fmt: skip
        said.append(web.get(path, headers=headers))
        assert said[-1].status_code == 200, path
    assert [answer.status_code for answer in said[:5]] == [201, 200, 422, 201, 422]
    for secret in (first, second):
        body = secret.removeprefix("whsec_")[:-9]
        assert not [answer.url for answer in said if body in answer.text]
    stored = office.rows("SELECT convert_from(state, 'UTF8') FROM ledger.events")
    assert not [state for (state,) in stored if "whsec" in state]
    answers = office.rows("SELECT convert_from(answer, 'UTF8') FROM ledger.receipts")
    assert not [answer for (answer,) in answers if "whsec" in answer]


def test_the_public_sees_that_something_happened_and_nothing_of_it(
    bureau: tuple[Office, Client],
) -> None:
    office, web = bureau
    position = post(bureau, "k-1", **adding()).json()["positions"][0]
    record = web.get(f"/open/v1/events/{position}").json()
    assert (record["type"], record["subject"]) == ("commitment.v1", "commitment")
    assert list(record["data"]) == ["commitment"]
    assert web.get("/open/v1/webhooks").status_code == 404
    assert code_of(web.get("/v1/webhooks", headers=token(office, "treasurer"))) == (
        403,
        "role-missing",
    )


def test_the_collection_shows_how_each_receiver_stands(
    bureau: tuple[Office, Client], receiver: Receiver
) -> None:
    office, web = bureau
    receiver.reply("/news", Reply(410))
    a_fund(office)
    what = adding(url=receiver.url("/news"), topic="webhook.*")
    position = post(bureau, "k-1", **what).json()["positions"][0]
    waiting = row_of(bureau)
    assert {"state": "active", "url": receiver.url("/news"), "zone": "public",
            "topic": "webhook.*", "delivery": "waiting"}.items() <= waiting.items()  # fmt: skip
    with delivering(office.ledger):
        receiver.wait_for("/news")
        wait_until(lambda: row_of(bureau)["delivery"] == "gone")
        assert web.get("/readyz").json()["webhooks"]["delivering"] is True
    row = row_of(bureau, "operator")
    assert (row["told"], row["failures"], row["calls"]) == (position - 1, 1, 1)
    (letter,) = row["dead_letters"]
    assert (letter["position"], letter["attempts"], letter["answer"]) == (position, 1, "HTTP 410")
    assert row["called_at"] <= letter["died_at"]
    (listed,) = web.get("/v1/webhooks", headers=token(office, "auditor")).json()["rows"]
    assert listed == {name: row[name] for name in listed}
    counted = web.get("/readyz").json()["webhooks"]
    assert counted == {
        "delivering": False, "webhooks": 1, "retrying": 0, "ended": 1, "calls": 1, "failures": 1,
    }  # fmt: skip
    assert "mingzhang_webhooks_ended 1" in web.get("/metrics").text


def test_a_removed_webhook_stays_in_the_register_and_has_no_standing(
    bureau: tuple[Office, Client],
) -> None:
    post(bureau, "k-1", **adding())
    post(bureau, "k-2", command="webhook.remove")
    row = row_of(bureau)
    assert row["state"] == "removed"
    assert "delivery" not in row
    assert code_of(post(bureau, "k-3", command="webhook.resume")) == (409, "wrong-state")
