"""Cursors: where the next page of a list begins, signed, so that nobody can alter it unseen.

A cursor is `after1.<content>.<seal>`: base64url of its JSON, and an HMAC-SHA256 over that.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any

import msgspec

from api.queries.parameters import PAGING, SPEECH, RequestContext, wrong

CURSOR_KEY = "token-key"
KIND, PARTS = "after1", 3


class Cursor(msgspec.Struct, frozen=True):
    """Where a list goes on: its position, the row behind which, and what was said of the whole."""

    question: str
    position: int
    behind: tuple[Any, ...]
    totals: tuple[tuple[str, int, str, str], ...]
    more: dict[str, Any]
    is_named: bool = False


def fingerprint(context: RequestContext) -> str:
    """Tell one question from another, so that a cursor is not used with a different one."""
    paging = {*PAGING, *SPEECH, "known_at", "min_position"}
    single = {name: str(value) for name, value in context.single.items() if name not in paging}
    whose = [context.zone, context.reader.sees_persons]
    said = msgspec.json.encode([context.path, *whose, single, context.where], order="sorted")
    return hashlib.sha256(said).hexdigest()[:16]


def write_cursor(secret: bytes, cursor: Cursor) -> str:
    """Write a cursor that nobody can alter unseen."""
    return sealed(secret, msgspec.json.encode(cursor))


def read_cursor(context: RequestContext) -> Cursor | None:
    """Read the cursor of a question, if it has one; raise `Unreadable` for another's."""
    given = context.single.get("after")
    if given is None:
        return None
    content = unsealed(context.ledger.secret(CURSOR_KEY), given)
    cursor = msgspec.json.decode(content, type=Cursor) if content else None
    if cursor is None or cursor.question != fingerprint(context):
        raise wrong(
            "/after", "this cursor belongs to another query: use it with the same path and filters"
        )
    return cursor


def sealed(secret: bytes, content: bytes) -> str:
    """Write content so that nobody can alter it unseen."""
    body = f"{KIND}.{urlsafe_b64encode(content).decode().rstrip('=')}"
    seal = hmac.digest(secret, body.encode(), "sha256")
    return f"{body}.{urlsafe_b64encode(seal).decode().rstrip('=')}"


def unsealed(secret: bytes, text: str) -> bytes | None:
    """Return the content if the seal is ours, else None."""
    parts = text.split(".")
    if len(parts) != PARTS or parts[0] != KIND or not text.isascii():
        return None
    try:
        content, seal = (urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts[1:])
    except (NotBase64, ValueError):
        return None
    ours = hmac.digest(secret, f"{parts[0]}.{parts[1]}".encode(), "sha256")
    return content if hmac.compare_digest(ours, seal) else None
