"""An office whose operator lets webhooks call the loopback, and a receiver there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund
from scripts.scenarios.webhook_receivers import LOOPBACK, Receiver, receiving


@pytest.fixture
def office(ledger_settings: Settings) -> Iterator[Office]:
    with open_ledger(ledger_settings.model_copy(update={"webhook_allow": LOOPBACK})) as ledger:
        office = staffed(Office(ledger))
        a_fund(office)
        yield office


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


@pytest.fixture
def path(request: pytest.FixtureRequest) -> str:
    """Return a path that is this test's own."""
    return f"/{request.node.name}"
