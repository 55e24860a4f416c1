"""`mingzhang import` carries out a table's rows, each once, and writes the annotated copy."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from api.cli import run
from api.cli.output import OK, REFUSED
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_scheme
from tests.api.desk.browsers import token_of
from tests.api.imports.conftest import ELDERS, elder, table

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from infra.config.settings import Settings


def test_a_table_is_tried_then_carried_out_once(
    ledger_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with open_ledger(ledger_settings) as ledger:
        a_scheme(staffed(Office(ledger)), rate=1_000)
        token = token_of(ledger, "clerk", timedelta(hours=1))
    monkeypatch.setenv("MINGZHANG_DATA", str(ledger_settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(ledger_settings.database_url))
    file, copy = tmp_path / "elders.xlsx", tmp_path / "copy.xlsx"
    file.write_bytes(table(ELDERS, elder(1), elder(2, 地区="area:nowhere")))

    def sent(*options: str) -> tuple[int, dict[str, object]]:
        code = run(["import", "entitlements", str(file), "--token", token, "--json", *options])
        return code, json.loads(capsys.readouterr().out)

    code, tried = sent("--dry-run", "--errors", str(copy))
    assert (code, tried["accepted"], tried["receipts"]) == (REFUSED, 1, [])
    assert load_workbook(copy)["数据"]["I3"].value == "拒绝"
    file.write_bytes(table(ELDERS, elder(1), elder(2)))
    assert (sent()[0], sent()[0]) == (OK, OK)
    receipts = sent()[1]["receipts"]
    assert isinstance(receipts, list)
    assert [each["replayed"] for each in receipts] == [True, True]
