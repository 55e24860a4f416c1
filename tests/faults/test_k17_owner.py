"""K17: what an owner of the database changes beside the log is found by `mingzhang verify`.

What is changed in the log itself, and everything rebuilt from it, is bound by the checkpoints that
are kept outside; here it is found where other events or a receipt say otherwise.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api.cli import run
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release, settle
from tests.api.conftest import catch_up
from tests.conftest import new_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

FOLD, ONE_KEY = "views-equal-fold", "one-key-one-content"
# What is changed: in which table, how, and which check finds it.
CHANGES = {
    "a period closed without an event": (
        "ledger.periods",
        "UPDATE ledger.periods SET closed_through = '2007-06-30', soft_through = '2007-06-30'",
        FOLD,
    ),
    "who is on the roll": ("views.roll_entitlements", "DELETE FROM views.roll_entitlements", FOLD),
    "a rate": ("views.roll_rates", "UPDATE views.roll_rates SET amount = amount + 1", FOLD),
    "goods in store": (
        "views.stock_held",
        "INSERT INTO views.stock_held VALUES ('fund:x', 'general', 'rice', 5)",
        FOLD,
    ),
    "gifts to be gathered": (
        "views.received_days",
        "INSERT INTO views.received_days VALUES ('fund:x', 'general', '2007-03-01', 5)",
        FOLD,
    ),
    "a receipt's answer": (
        "ledger.receipts",
        (
            "UPDATE ledger.receipts SET answer = convert_to(replace(convert_from(answer, 'UTF8'),"
            " 'fund.received', 'fund.allotted'), 'UTF8')"
            " WHERE convert_from(answer, 'UTF8') LIKE '%fund.received%'"
        ),
        ONE_KEY,
    ),
    "a register's amount": (
        "views.register_heads",
        (
            "UPDATE views.register_heads SET row = jsonb_set(row, '{total,value}', '1')"
            " WHERE subject LIKE 'pay-run:%'"
        ),
        FOLD,
    ),
}
REWRITTEN = """UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),
    '"amount":10', '"amount":90'), 'UTF8') WHERE topic = 'payment.made.v1' AND notification_id = (
    SELECT min(notification_id) FROM ledger.events WHERE topic = 'payment.made.v1')"""


@pytest.fixture(scope="module")
def owned(server: Settings, new_settings: Callable[[], Settings]) -> Iterator[Settings]:
    """Pay a month in a ledger of one's own."""
    with new_database(server) as made:
        own = new_settings().model_copy(update={"database_url": made.database_url})
        with open_ledger(own) as ledger:
            office = staffed(Office(ledger))
            a_fund(office, holding=1000)
            a_scheme(office, rate=10)
            entitled(office, 3)
            approved(office)
            release(office)
            settle(office)
            catch_up(ledger)
        yield own


@pytest.fixture
def owner(owned: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection[Any]]:
    """Give the owner of the database, and let the command line find the ledger."""
    monkeypatch.setenv("MINGZHANG_DATA", str(owned.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(owned.database_url))
    with psycopg.connect(str(owned.database_url), autocommit=True) as connection:
        yield connection


def verified(capsys: pytest.CaptureFixture[str], check: str) -> tuple[int, list[Any]]:
    """Run one check on the command line; return its exit code and what it found."""
    capsys.readouterr()
    code = run(["verify", "--check", check, "--json"])
    (answer,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return code, answer["breaches"]


@pytest.mark.parametrize("what", CHANGES)
def test_k17_what_is_changed_beside_the_log(
    owner: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str], what: str
) -> None:
    table, change, check = CHANGES[what]
    assert verified(capsys, check) == (0, [])
    owner.execute(f"CREATE TEMP TABLE kept AS TABLE {table}".encode())
    assert owner.execute(change.encode()).rowcount > 0
    try:
        code, breaches = verified(capsys, check)
    finally:
        owner.execute(f"DELETE FROM {table}".encode())
        owner.execute(f"INSERT INTO {table} TABLE kept".encode())
    assert (code, bool(breaches)) == (1, True)
    assert verified(capsys, check) == (0, [])


def test_k17_an_amount_rewritten_and_all_views_rebuilt(
    owner: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """The last test of its ledger: it leaves the log spoilt."""
    assert owner.execute(REWRITTEN).rowcount == 1
    assert run(["rebuild"]) == 0
    assert verified(capsys, FOLD) == (0, [])
    code, breaches = verified(capsys, "run-total")
    assert (code, bool(breaches)) == (1, True)
