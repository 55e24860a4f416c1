"""Two commands that would exchange the master key at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from infra.config.errors import Unavailable
from infra.ledger import open_ledger
from infra.office.key_rotation import ALONE, rotate

if TYPE_CHECKING:
    from infra.config.settings import Settings


def test_the_second_touches_no_file_while_the_first_goes_on(ledger_settings: Settings) -> None:
    folder = ledger_settings.key_folder()
    with open_ledger(ledger_settings) as ledger:
        before = {each.name: each.read_bytes() for each in folder.iterdir()}
        with psycopg.connect(ledger.database.owner_url) as first:
            first.execute(ALONE)
            with pytest.raises(Unavailable, match="by another command"):
                rotate(ledger.database)
            assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
        rotate(ledger.database)
    assert (folder / "master-key").read_bytes() != before["master-key"]
