"""Bearer tokens: who knocks at the office's door, in which roles, and until when.

A token is `mz1.<content>.<seal>`: base64url of its JSON, and an HMAC-SHA256 over that under a key
of the data folder. It is signed, not kept: what it may do ends with its expiry, or as soon as
its roles are withdrawn in the ledger.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import msgspec

from api.http.problems import TokenInvalid

PREFIX = "mz1"
PARTS = 3


class Claim(msgspec.Struct, frozen=True):
    """What a token says: the name it was issued to, its roles, and when it ends (UTC)."""

    by: str
    roles: tuple[str, ...]
    expires_at: datetime


def issue(secret: bytes, *, by: str, roles: tuple[str, ...], ttl: timedelta) -> tuple[str, Claim]:
    """Make a token for a name and its roles."""
    claim = Claim(by, tuple(sorted(set(roles))), datetime.now(UTC) + ttl)
    return sealed(secret, PREFIX, msgspec.json.encode(claim)), claim


def read(secret: bytes, token: str) -> Claim:
    """Return what a token says, if it is ours and has not expired."""
    claim = claimed(secret, token)
    if claim.expires_at <= datetime.now(UTC):
        raise TokenInvalid(f"this token expired at {claim.expires_at:%Y-%m-%dT%H:%M:%SZ}")
    return claim


# Only good tokens are remembered: what raises is not.
@lru_cache(maxsize=1024)
def claimed(secret: bytes, token: str) -> Claim:
    """Return what a token says, if it is ours."""
    content = unsealed(secret, PREFIX, token)
    if content is None:
        raise TokenInvalid("this token was not issued by this ledger, or was altered")
    return msgspec.json.decode(content, type=Claim)


def sealed(secret: bytes, kind: str, content: bytes) -> str:
    """Write content so that nobody can alter it unseen; `kind` keeps seals of one use apart."""
    body = f"{kind}.{urlsafe_b64encode(content).decode().rstrip('=')}"
    seal = hmac.digest(secret, body.encode(), "sha256")
    return f"{body}.{urlsafe_b64encode(seal).decode().rstrip('=')}"


def unsealed(secret: bytes, kind: str, text: str) -> bytes | None:
    """Return the content if the seal is ours, else None."""
    parts = text.split(".")
    if len(parts) != PARTS or parts[0] != kind or not text.isascii():
        return None
    try:
        content, seal = (urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts[1:])
    except (NotBase64, ValueError):
        return None
    ours = hmac.digest(secret, f"{parts[0]}.{parts[1]}".encode(), "sha256")
    return content if hmac.compare_digest(ours, seal) else None
