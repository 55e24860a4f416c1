"""While the database is away nothing is half done: the same key, sent again, has one effect."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from api.http import tokens
from api.http.problems import of_the_store
from domain.kernel.refusals import InsufficientFund
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import open_ledger
from scripts.scenarios.office import DAY, TREASURER, Office, Receipt, an_order, fen, staffed
from scripts.scenarios.stories import FUND, a_fund, commit
from tests.api.commands.json_lines import encoded
from tests.api.conftest import code_of, served
from tests.fund_stages import Stages, stages

PROMISE: dict[str, Any] = {
    "amount": fen(1),
    "earmark": "general",
    "to": "grant:g",
    "purpose": "aid-poor",
}
AWAY = (psycopg.OperationalError, Unavailable)
CALLERS, EACH = 8, 100
SECONDS_TO_BE_BACK = 20


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """Give an office on a server of its own, which may be stopped."""
    with open_ledger(settings) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=CALLERS * EACH)
        yield office


def power_cut(office: Office) -> None:
    EmbeddedPostgres(office.ledger.settings).stop("immediate")


def until_it_is_back(office: Office, key: str) -> Receipt:
    """Send the same again and again, as a sensible client does on 503."""
    deadline = time.monotonic() + SECONDS_TO_BE_BACK
    while time.monotonic() < deadline:
        with suppress(*AWAY):
            return commit(office, 1, key=key)
        time.sleep(0.02)
    return commit(office, 1, key=key)


def test_who_finds_it_away_hears_so_and_may_come_again(office: Office) -> None:
    commit(office, 1, key="before")
    power_cut(office)
    for _ in range(3):
        with pytest.raises(AWAY) as away:
            commit(office, 1, key="k")
        assert of_the_store(away.value).CODE == "store-unavailable"
    assert office.ledger.database.restart_if_dead()
    first = until_it_is_back(office, "k")
    assert not first["replayed"]
    assert commit(office, 1, key="k") == first | {"replayed": True}
    assert commit(office, 1, key="before")["replayed"]
    assert stages(office).committed == 2


def test_power_cuts_while_many_write_lose_nothing_and_double_nothing(office: Office) -> None:
    def caller(number: int) -> list[Receipt]:
        return [until_it_is_back(office, f"{number}-{turn}") for turn in range(EACH)]

    chance = Random(7)
    with ThreadPoolExecutor(CALLERS) as pool:
        calling = [pool.submit(caller, number) for number in range(CALLERS)]
        for _ in range(3):
            time.sleep(chance.uniform(0.01, 0.1))
            power_cut(office)
            office.ledger.database.restart_if_dead()
        receipts = [receipt for called in calling for receipt in called.result()]
    with suppress(*AWAY):
        # Who asks first after a cut hears of it; perhaps all had their receipts before the last.
        office.positions()
    positions = [position for receipt in receipts for position in receipt["positions"]]
    assert sorted(positions) == office.positions()[-CALLERS * EACH :]
    assert office.positions() == list(range(1, len(office.positions()) + 1))
    assert stages(office) == Stages(available=0, committed=CALLERS * EACH, spent=0, returned=0)
    with pytest.raises(InsufficientFund):
        commit(office, 1)


def test_over_http_it_is_a_503_also_line_by_line(office: Office) -> None:
    token, _ = tokens.issue(
        office.ledger.secret("token-key"),
        by=TREASURER,
        roles=("treasurer",),
        ttl=timedelta(hours=1),
    )
    order = an_order("fund.commit", FUND, on=DAY, **PROMISE)
    lines = b"\n".join([encoded(order, "l-1"), b"{", encoded(order, "l-2")])
    with served(office.ledger) as web:
        web.headers["Authorization"] = f"Bearer {token}"

        def line_by_line() -> list[dict[str, Any]]:
            answer = web.post(
                "/v1/commands", content=lines, headers={"Content-Type": "application/jsonl"}
            )
            assert answer.status_code == 200
            return [json.loads(line) for line in answer.text.splitlines()]

        power_cut(office)
        away = web.post("/v1/commands", json=order, headers={"Idempotency-Key": "k"})
        assert code_of(away) == (503, "store-unavailable")
        assert away.headers["retry-after"]
        codes = [answer["code"] for answer in line_by_line()]
        assert codes == ["store-unavailable", "malformed", "store-unavailable"]
        office.ledger.database.restart_if_dead()
        until_it_is_back(office, "another")
        assert web.post("/v1/commands", json=order | {"key": "k"}).status_code == 201
        assert [answer.get("replayed") for answer in line_by_line()] == [False, None, False]
    assert stages(office).committed == 4
