"""Somebody at the desk: by forms alone, or in Debian's Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx

from api.http import tokens

if TYPE_CHECKING:
    from datetime import timedelta

    from infra.ledger import Ledger

COOKIE = "mingzhang-session"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


def token_of(ledger: Ledger, role: str, ttl: timedelta, *, by: str = "") -> str:
    """Issue a token of somebody who holds a role, as `mingzhang token` does."""
    token, _ = tokens.issue(
        ledger.secret("token-key"), by=by or f"{role}-1", roles=(role,), ttl=ttl
    )
    return token


def sign_in(client: httpx.Client, token: str, **fields: str) -> httpx.Response:
    """Sign in by a token; the client keeps the cookie."""
    return client.post("/desk/sign-in", data={"token": token, **fields})


def csrf(client: httpx.Client, path: str = "/desk/sessions") -> str:
    """Read the token of the session's forms off a page."""
    found = TOKEN.search(client.get(path).text)
    assert found, path
    return found[1]


def send_form(client: httpx.Client, path: str, **fields: Any) -> httpx.Response:
    """Send a form with the session's token; a dot in a field's name is written `__`."""
    data = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(path, data={"csrf": csrf(client), **data})
