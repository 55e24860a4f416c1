"""What a ledger says over HTTP, in the short form of dumps/expected.json."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.http import tokens

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Client

    from infra.ledger import Ledger

COLLECTIONS = (
    "funds", "donations", "households", "schemes", "pay-runs", "payments", "entitlements"
)  # fmt: skip
JOURNAL = ("position", "line", "booked", "account", "value", "subject", "topic")
Said = dict[str, Any]


def expected(place: Path) -> Said:
    """Read what was said when the dumps were made."""
    said: Said = json.loads(place.read_text(encoding="utf-8"))
    return said


def auditor(ledger: Ledger) -> dict[str, str]:
    """Give the headers of the auditor of the dumps."""
    secret = ledger.secret("token-key")
    token, _ = tokens.issue(secret, by="auditor-1", roles=("auditor",), ttl=timedelta(hours=1))
    return {"Authorization": f"Bearer {token}"}


def read_all(web: Client, headers: dict[str, str]) -> Said:
    """Read balances, the journal, the figures of 2007 and the keys of registers."""

    def rows(address: str) -> list[Said]:
        answer = web.get(address, headers=headers)
        assert answer.status_code == 200, answer.text
        found: list[Said] = answer.json()["rows"]
        return found

    return {
        "balances": {
            row["account"]: [row["value"], row["unit"], row["postings"]]
            for row in rows("/v1/balances")
        },
        "journal": [[row[name] for name in JOURNAL] for row in rows("/v1/journal")],
        "figures": {
            row["id"]: [row["value"], row["printed"]] for row in rows("/v1/figures?period=2007")
        },
        "keys": {
            name: [row.get("id") or row.get("key") or row["subject"] for row in rows(f"/v1/{name}")]
            for name in COLLECTIONS
        },
    }
