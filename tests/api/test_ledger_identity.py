"""Over HTTP no ledger is taken for another, and no paid month is paid again, whatever its keys."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import CLERK, Office, staffed
from scripts.scenarios.stories import (
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    release,
    settle,
)
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings
    from infra.ledger import Ledger

TAG_KEY = {"tag_key": "ab" * 32}
PUBLIC = (
    "/open/v1/balances",
    "/open/v1/funds",
    "/open/v1/figures?period=2007",
    "/open/v1/funds/x/events",
    "/funds",
    "/funds/x",
)


def paid(ledger: Ledger) -> None:
    """Pay a month, by a scheme that brought a key of its own."""
    office = staffed(Office(ledger))
    a_fund(office, holding=1000)
    a_scheme(office, rate=10, sealed=TAG_KEY)
    entitled(office, 3)
    approved(office)
    release(office)
    settle(office)
    catch_up(ledger)


@pytest.fixture(scope="module")
def two(new_settings: Callable[[], Settings]) -> Iterator[list[tuple[Ledger, Client]]]:
    """Serve two ledgers of one jurisdiction that were told the same."""
    with ExitStack() as stack:
        ledgers = [stack.enter_context(open_ledger(new_settings())) for _ in range(2)]
        for ledger in ledgers:
            paid(ledger)
        yield [(ledger, stack.enter_context(served(ledger))) for ledger in ledgers]


@pytest.mark.parametrize("path", PUBLIC)
def test_two_ledgers_never_share_an_etag(two: list[tuple[Ledger, Client]], path: str) -> None:
    """An answer for ever of one is none of the other's."""
    known = f"{path}{'&' if '?' in path else '?'}known_at=20"
    tags = []
    for _, web in two:
        answer = web.get(known)
        assert answer.status_code == 200, answer.text
        again = web.get(known, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        tags.append(answer.headers["ETag"])
    assert len(set(tags)) == 2
    other = two[1][1].get(known, headers={"If-None-Match": tags[0]})
    assert other.status_code == 200


def test_every_event_says_of_which_ledger_it_is(two: list[tuple[Ledger, Client]]) -> None:
    said = []
    for ledger, web in two:
        ready = web.get("/readyz").json()
        rows = web.get("/open/v1/events?limit=50").json()["rows"]
        assert {row["ledgerid"] for row in rows} == {ready["ledger"]}
        assert ready["ledger"] == str(ledger.identity.ledger)
        assert (ledger.settings.data_folder / "ledger").read_text().startswith(ready["ledger"])
        said.append(ready["ledger"])
    assert said[0] != said[1]


def again(ledger: Ledger, web: Client) -> Response:
    """Draw the paid month up anew, as a clerk does."""
    token, _ = tokens.issue(
        ledger.secret("token-key"), by=CLERK, roles=("clerk",), ttl=timedelta(hours=1)
    )
    what: dict[str, Any] = {"scheme": SCHEME, "month": "2007-03", "fund": "fund:x"}
    command = {
        "command": "pay-run.draw-up",
        "subject": "pay-run:aid:2007-03-again",
        "act": {"on": "2007-03-31"},
        "what": what | {"earmark": "general"},
    }
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "again"}
    return web.post("/v1/commands", json=command, headers=headers)


def test_a_paid_month_is_paid_twice_or_refused_for_its_key(
    new_settings: Callable[[], Settings],
) -> None:
    settings = new_settings()
    with open_ledger(settings) as ledger:
        paid(ledger)
        with served(ledger) as web:
            assert (again(ledger, web).status_code, again(ledger, web).json()["code"]) == (
                409,
                "paid-twice",
            )
        with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
            owner.execute("UPDATE vault.sealed SET wrapped_key = NULL, content = NULL")
        with open_ledger(settings, whole=False) as reopened, served(reopened) as web:
            refused = again(reopened, web)
            assert (refused.status_code, refused.json()["code"]) == (503, "store-unavailable")
            assert SCHEME in refused.json()["detail"]
