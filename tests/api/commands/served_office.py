"""The office of a ledger with one fund, served over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.http import tokens
from infra.ledger import Ledger
from scripts.scenarios.office import DAY, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.api.conftest import served

COMMANDS = "/v1/commands"


JSON_LINES = {"Content-Type": "application/jsonl"}


Headers = dict[str, str]


HELD = 10_000


@pytest.fixture(scope="module")
def office(server_ledger: Ledger) -> Office:
    office = staffed(Office(server_ledger))
    a_fund(office, holding=HELD)
    return office


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[httpx.Client]:
    with served(office.ledger) as client:
        client.headers["Authorization"] = bearer(office, TREASURER, "treasurer")
        yield client


def bearer(office: Office, who: str, *roles: str) -> str:
    secret = office.ledger.secret("token-key")
    token, _ = tokens.issue(secret, by=who, roles=roles, ttl=timedelta(hours=1))
    return f"Bearer {token}"


def promise(amount: int = 1, **more: Any) -> dict[str, Any]:
    what: dict[str, Any] = {
        "amount": fen(amount),
        "earmark": "general",
        "to": "grant:g",
        "purpose": "aid-poor",
    }
    return an_order("fund.commit", FUND, on=DAY, **what) | more


def send(web: httpx.Client, body: object, key: str | None, **headers: str) -> httpx.Response:
    named = {} if key is None else {"Idempotency-Key": key}
    return web.post(COMMANDS, json=body, headers=named | headers)


def answers(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/jsonl"
    return [json.loads(line) for line in response.text.splitlines()]
