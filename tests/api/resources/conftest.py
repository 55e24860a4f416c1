"""A server of a ledger in which all that is of persons is marked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import OPERATOR, STAFF
from tests.api.conftest import catch_up, served
from tests.api.resources.planted_persons import OTHERS, planted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings
    from scripts.scenarios.office import Office

WITHDRAWN = "withdrawn-1"


@pytest.fixture(scope="session")
def planted_office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Tell it."""
    with open_ledger(new_settings()) as ledger:
        teller = planted(ledger)
        for command in ("role.grant", "role.withdraw"):
            teller.send(command, f"role:{WITHDRAWN}", by=OPERATOR, who=WITHDRAWN, role="auditor")
        catch_up(ledger)
        yield teller


@pytest.fixture(scope="session")
def planted_web(planted_office: Office) -> Iterator[Client]:
    """Serve it."""
    with served(planted_office.ledger) as client:
        yield client


def headers(office: Office, role: str, name: str = "") -> dict[str, str]:
    """Return the headers of whoever holds a role."""
    name = name or next(who for who, held in {**STAFF, **OTHERS}.items() if held == role)
    secret = office.ledger.secret("token-key")
    token, _ = tokens.issue(secret, by=name, roles=(role,), ttl=timedelta(hours=1))
    return {"Authorization": f"Bearer {token}"}
