"""What commands decide by is at the head, or nothing is decided by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.config.errors import Unavailable
from infra.projecting.rebuild import rebuild
from scripts.scenarios.office import Office, staffed
from tests.infra.commands.test_goods import a_charity, give, issue

if TYPE_CHECKING:
    from infra.ledger import OpenLedger

STOP = "UPDATE views.positions SET stopped = 'position 9: a poison' WHERE view = 'stock'"


def test_nothing_is_decided_by_a_view_that_has_stopped(ledger: OpenLedger) -> None:
    office = a_charity(staffed(Office(ledger)))
    give(office, "a", 3)
    issue(office, "a", 1)
    with ledger.connection() as connection:
        connection.execute(STOP)
    give(office, "b", 3)

    with pytest.raises(Unavailable, match="the view stock has stopped at position 9"):
        issue(office, "b", 1)

    rebuild(ledger.pool, ["stock"])
    assert issue(office, "b", 5)["events"]
