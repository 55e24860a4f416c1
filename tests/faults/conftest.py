"""An office before which each input of a kind of faults is laid, over HTTP alone.

Each file asks what one kind of faults found by real use asks; its tests name their inputs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.scenarios.office import DAY, EVE, OPERATOR, Office
from tests.api.conftest import served
from tests.faults.front_desk import CITY, DISTRICT, MANY, STAFF, FrontDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger


@pytest.fixture(scope="module")
def desk(server_ledger: Ledger) -> Iterator[FrontDesk]:
    """Open an office with its staff and its places; everything else is sent."""
    office = Office(server_ledger)
    held = {who: (who.rpartition("-")[0],) for who in STAFF} | MANY
    for who, roles in held.items():
        for role in roles:
            office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    with served(server_ledger) as client:
        desk = FrontDesk(office, client)
        desk.take("approver-1", "area.open", CITY, on=EVE, title="全市", level="city")
        desk.take("approver-1", "area.open", DISTRICT, on=EVE, title="福田区", level="district",
                  parent=CITY)  # fmt: skip
        # A year is there once something has happened in it.
        desk.take("clerk-1", "person.register", "person:of-2007", on=DAY)
        yield desk
