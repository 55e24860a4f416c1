"""`mingzhang send` tells of every line that it has sent, also where the store was away for one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from api.cli import run
from api.cli.output import UNAVAILABLE
from infra.ledger import open_ledger
from scripts.scenarios.office import DAY, TREASURER, Office, an_order, staffed
from tests.infra.commands.test_decision_queries import STOP
from tests.infra.commands.test_goods import RAISER, STORE, a_charity, give, issue, pieces

if TYPE_CHECKING:
    from pathlib import Path

    from infra.config.settings import Settings


def test_a_line_that_is_undecided_hides_no_receipt_of_its_neighbours(
    ledger_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with open_ledger(ledger_settings) as ledger:
        office = a_charity(staffed(Office(ledger)))
        give(office, "a", 3)
        issue(office, "a", 1)
        with ledger.connection() as connection:
            connection.execute(STOP)
    monkeypatch.setenv("MINGZHANG_DATA", str(ledger_settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(ledger_settings.database_url))
    given = {"goods": pieces(1), **STORE}
    gift = {"on": DAY, "name_shown": False, **given}
    lines = [
        an_order("donation.receive", "donation:b", **gift) | {"by": RAISER},
        an_order("goods.issue", "goods:b", on=DAY, programme="temporary-relief", **given)
        | {"by": TREASURER},
        an_order("donation.receive", "donation:c", **gift) | {"by": RAISER},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(json.dumps(line | {"key": f"l-{n}"}) for n, line in enumerate(lines)))

    code = run(["send", str(file), "--trust-by", "--json"])

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == UNAVAILABLE
    assert [each.get("key", each.get("code")) for each in told] == [
        "l-0",
        "store-unavailable",
        "l-2",
    ]
    assert "stock" in told[1]["detail"]
