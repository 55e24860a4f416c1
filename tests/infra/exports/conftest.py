"""The story of `verify`, told once, and the folders that `mingzhang export` writes of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.cli import run
from infra.ledger import open_ledger
from tests.infra.verify.good_story import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.config.settings import Settings

Balances = dict[tuple[str, str], int]


@pytest.fixture(scope="package")
def settings(new_settings: Callable[[], Settings]) -> Settings:
    """Tell the story of `verify` once."""
    made = new_settings()
    with open_ledger(made) as ledger:
        told(ledger)
    return made


@pytest.fixture
def of_the_story(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line take the story's ledger."""
    monkeypatch.setenv("MINGZHANG_DATA", str(settings.data_folder))
    if settings.database_url:
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
    else:
        monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def exported(
    of_the_story: None,  # noqa: ARG001
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Path]:
    """Give the folder that `mingzhang export` writes."""

    def write(form: str, *more: str) -> Path:
        out = tmp_path / f"{form}-out"
        assert run(["export", form, "--out", str(out), "--json", *more]) == 0
        said = json.loads(capsys.readouterr().out)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        assert said["files"] == manifest["files"]
        for file in said["files"]:
            content = (out / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
        return out

    return write


def in_the_books(settings: Settings) -> Balances:
    """Sum the postings by account and unit."""
    query = """SELECT a.account, a.unit, sum(j.value)::bigint FROM views.journal j
        JOIN views.journal_accounts a ON a.id = j.account GROUP BY 1, 2"""
    with open_ledger(settings) as ledger, psycopg.connect(ledger.database.app_url) as connection:
        return {(account, unit): value for account, unit, value in connection.execute(query)}
