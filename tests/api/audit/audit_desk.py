"""An auditor's browser before a ledger that tells the story of `verify`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.http import tokens
from scripts.scenarios.office import EVE, Office
from tests.infra.verify.good_story import told

if TYPE_CHECKING:
    from httpx import Client, Response

    from infra.ledger import Ledger


class AuditDesk:
    """An auditor's browser before a ledger."""

    def __init__(self, ledger: Ledger, client: Client) -> None:
        """Ask a ledger."""
        self.ledger, self.client = ledger, client

    def get(self, path: str, role: str = "auditor", **params: Any) -> Response:
        """Read an address."""
        return self.client.get(path, params=params, headers=self.headers(role))

    def post(self, path: str, role: str = "auditor", **params: Any) -> Response:
        """Ask for something to be done."""
        return self.client.post(path, params=params, headers=self.headers(role))

    def send(self, path: str, said: object, role: str = "auditor") -> Response:
        """Send a JSON body."""
        return self.client.post(path, json=said, headers=self.headers(role))

    def headers(self, role: str) -> dict[str, str]:
        """Say who asks."""
        lent: Any = {"by": f"{role}-1", "roles": (role,), "ttl": timedelta(hours=1)}
        token = tokens.issue(self.ledger.secret("token-key"), **lent)[0]
        return {"Authorization": f"Bearer {token}"}


def audited(ledger: Ledger) -> Office:
    """Tell the story of `verify`, and let an auditor and a registrar in."""
    told(ledger)
    office = Office(ledger)
    for who, role in {"auditor-1": "auditor", "registrar-1": "registrar"}.items():
        office.send("role.grant", f"role:{who}", by="operator:local", on=EVE, who=who, role=role)
    return office
