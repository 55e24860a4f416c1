"""Whoever owns the data folder reads every question on the command line, without a token."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from api.cli import run
from api.cli.output import UNAVAILABLE
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, approved, entitled, release
from scripts.scenarios.stories import a_scheme as with_a_scheme

Told = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def told(
    ledger_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Told:
    """Give what a command prints as JSON, on a ledger in which two persons were paid."""
    monkeypatch.setenv("MINGZHANG_DATA", str(ledger_settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(ledger_settings.database_url))
    with open_ledger(ledger_settings) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1000)
        with_a_scheme(office, rate=10)
        entitled(office, 2)
        approved(office)
        release(office)
    capsys.readouterr()

    def ask(*arguments: str) -> list[dict[str, Any]]:
        assert run([*arguments, "--json"]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return ask


def test_balances_journal_and_statement_tell_of_the_same_money(told: Told) -> None:
    balances = {row["account"]: row["value"] for row in told("balances")}
    assert (balances["available:x:general"], balances["spent:x:general:aid"]) == (980, 20)
    assert sum(row["value"] for row in told("journal") if row["account"].startswith("spent:")) == 20
    [statement] = told("statement", "x")
    assert statement["holds"]


def test_lists_hold_what_the_public_may_not_see(told: Told) -> None:
    assert [row["id"] for row in told("list", "funds")] == ["fund:x"]
    assert len(told("list", "payments")) == 2


def test_figures_and_events_are_read(told: Told) -> None:
    assert "dibao.spend" in {row["id"] for row in told("figures", "--period", "2007")}
    events = told("events", "--subject", "fund:x")
    assert [event["subject"] for event in events] == ["fund:x"] * 3


def test_a_port_that_is_taken_is_said_and_another_asked_for(
    ledger_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINGZHANG_DATA", str(ledger_settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(ledger_settings.database_url))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--only", "api", "--port", str(port)]) == UNAVAILABLE
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said


def test_a_data_folder_of_another_version_is_said_and_left_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.data_folder.mkdir()
    mark = settings.data_folder / "format"
    mark.write_text("mingzhang 9\n")
    monkeypatch.setenv("MINGZHANG_DATA", str(settings.data_folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert run(["balances"]) == UNAVAILABLE
    assert "another version" in capsys.readouterr().err
    assert not (settings.data_folder / "postgres").exists()
    assert mark.read_text() == "mingzhang 9\n"
