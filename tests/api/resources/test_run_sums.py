"""A run's numbers are its payments as they stand; `totals-agree` prints them and the districts'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from infra.ledger import open_ledger
from infra.verify.runner import verify
from scripts.scenarios.office import Office, staffed
from tests.api.conftest import catch_up, served
from tests.api.resources.test_parts import RATE, RUN, Desk, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

MONEY = ("drawn", "paid", "returned", "reissued", "written_back", "out")


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    with open_ledger(new_settings()) as ledger:
        office = told(staffed(Office(ledger)))
        catch_up(ledger)
        with served(ledger) as client:
            yield Desk(office, client)


def test_a_run_tells_what_became_of_its_payments(desk: Desk) -> None:
    (row,) = desk.get("pay-run-sums", id=RUN)["rows"]
    # Six lines and a supplement were paid, two came back, one of them went out again.
    sums = {name: row[name]["value"] for name in MONEY}
    assert sums == {
        "drawn": 6 * RATE,
        "paid": 6 * RATE + 7,
        "returned": 2 * RATE,
        "reissued": RATE,
        "written_back": RATE,
        "out": 5 * RATE + 7,
    }


def test_a_day_before_the_return_the_run_is_as_it_was_paid(desk: Desk) -> None:
    first = min(
        position
        for (position,) in desk.office.rows(
            "SELECT notification_id FROM ledger.events WHERE topic = 'payment.returned.v1'"
        )
    )
    (row,) = desk.get("pay-run-sums", id=RUN, known_at=str(first - 1))["rows"]
    assert [row[name]["value"] for name in MONEY] == [6 * RATE, 6 * RATE, 0, 0, 0, 6 * RATE]


def test_the_check_prints_runs_and_districts(desk: Desk) -> None:
    ledger = desk.office.ledger
    found = verify(ledger.pool, ["totals-agree"], decisions=ledger.decisions, vault=ledger.vault)
    (answer,) = found
    assert answer["holds"], answer["breaches"]
    runs = {row["run"]: row for row in answer["runs"]}
    assert runs[RUN]["out"] == 5 * RATE + 7
    figures = {row["figure"]: row for row in answer["figures"]}
    dibao = figures["dibao.spend"]
    assert dibao["untied"] == RATE
    assert dibao["city"] == dibao["districts"] + dibao["untied"]
    registers = {row["register"]: row["amount"] for row in answer["registers"]}
    assert registers["payments"] == 6 * RATE + 7


def test_the_check_finds_a_figures_fact_that_was_changed(desk: Desk) -> None:
    change = """UPDATE views.fact_tail t SET value = value + %s FROM views.fact_series s
        WHERE s.id = t.series AND s.measure = 'payment-persons'"""
    ledger = desk.office.ledger

    with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
        owner.execute(change, (1,))
        (answer,) = verify(
            ledger.pool, ["totals-agree"], decisions=ledger.decisions, vault=ledger.vault
        )
        owner.execute(change, (-1,))
    told = {breach["subject"] for breach in answer["breaches"]}
    assert told == {"dibao.average", "dibao.average.rise"}
