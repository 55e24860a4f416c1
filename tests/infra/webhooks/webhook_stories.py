"""Webhooks that tests add, and what is noted of them."""

from __future__ import annotations

from typing import Any

from scripts.scenarios.office import EVE, OPERATOR, Office
from scripts.scenarios.stories import receive
from scripts.scenarios.webhook_receivers import Call, a_secret

HOOK = "webhook:finance"


def add(office: Office, url: str, hook: str = HOOK, **more: Any) -> str:
    """Add a webhook, and return its secret."""
    secret = a_secret()
    what = {"url": url, "zone": "public", "sealed": {"secret": secret}} | more
    office.send("webhook.add", hook, by=OPERATOR, on=EVE, **what)
    return secret


def rotate(office: Office, secret: str, *, overlap_hours: int) -> None:
    """Rotate the secret."""
    what: dict[str, Any] = {"sealed": {"secret": secret}, "overlap_hours": overlap_hours}
    office.send("webhook.rotate", HOOK, by=OPERATOR, on=EVE, **what)


def news(office: Office) -> int:
    """Let something happen, and return its position."""
    return int(receive(office, "fund:x", 1)["positions"][-1])


def noted(office: Office, hook: str = HOOK) -> dict[str, Any]:
    """Return what is noted of a webhook."""
    rows = office.rows("SELECT to_jsonb(w) FROM delivery.webhooks w WHERE subject = %(s)s", s=hook)
    return dict(rows[0][0]) if rows else {}


def letters(office: Office, hook: str = HOOK) -> list[tuple[Any, ...]]:
    """Return the dead letters of a webhook."""
    return office.rows(
        "SELECT position, attempts, answer FROM delivery.dead_letters WHERE subject = %(s)s"
        " ORDER BY died_at",
        s=hook,
    )


def positions(calls: list[Call]) -> list[int]:
    """Return the positions that were told, in the order of the calls."""
    return [call.position for call in calls]
