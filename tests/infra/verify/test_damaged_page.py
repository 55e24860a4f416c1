"""A damaged page is a finding of the checks that meet it, and the others go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from infra.embedded.server import EmbeddedPostgres
from infra.ledger import Ledger, open_ledger
from infra.verify.runner import verify
from scripts.scenarios.office import Office, staffed

if TYPE_CHECKING:
    from infra.config.settings import Settings

PAGE_BYTES = 8192


def file_of(ledger: Ledger, table: str) -> Path:
    """Return the file of a table, with all of its pages written."""
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
        owner.execute("CHECKPOINT")
        row = owner.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath(%s)", (table,)
        ).fetchone()
    assert row is not None
    return Path(*row)


def test_a_damaged_page_is_found_and_the_other_checks_go_on(settings: Settings) -> None:
    with open_ledger(settings) as ledger:
        staffed(Office(ledger))
        file = file_of(ledger, "ledger.receipts")
    EmbeddedPostgres(settings).stop()
    with file.open("r+b") as table:
        table.write(b"\xff" * PAGE_BYTES)
    with open_ledger(settings) as ledger:
        names = ["sums-zero", "one-key-one-content", "dense-positions"]
        found = {
            each["check"]: each
            for each in verify(ledger.pool, names, decisions=ledger.decisions, vault=ledger.vault)
        }
    assert [name for name in names if not found[name]["holds"]] == ["one-key-one-content"]
    assert "invalid page" in found["one-key-one-content"]["breaches"][0]["detail"]
