"""Bearer tokens: who sends a request, in which roles, and until when.

A token is a JSON Web Token (RFC 7519), signed with HMAC-SHA256 under a key of the data folder:
`sub` is the name, `roles` are its roles, `exp` is its end. It is signed, not kept: what it may do
ends with its expiry, or as soon as its roles are withdrawn in the ledger.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from time import time

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from api.http.problems import TokenInvalid

ALGORITHM = "HS256"
TOKEN_KEY = "token-key"  # noqa: S105 - the name of a key file, not a key


class TokenClaims(msgspec.Struct, frozen=True):
    """What a token says: the name it was issued to, its roles, and its end (UTC, whole seconds)."""

    by: str = msgspec.field(name="sub")
    roles: tuple[str, ...]
    ends: int = msgspec.field(name="exp")

    @property
    def expires_at(self) -> datetime:
        """Return the instant from which it is worth nothing."""
        return datetime.fromtimestamp(self.ends, UTC)


def issue(
    secret: bytes, *, by: str, roles: tuple[str, ...], ttl: timedelta
) -> tuple[str, TokenClaims]:
    """Make a token for a name and its roles."""
    claim = TokenClaims(by, tuple(sorted(set(roles))), int((datetime.now(UTC) + ttl).timestamp()))
    content = msgspec.to_builtins(claim)
    return jwt.encode({"alg": ALGORITHM}, content, OctKey.import_key(secret)), claim


def read(secret: bytes, token: str) -> TokenClaims:
    """Return what a token says, if it is ours and has not expired; else raise `TokenInvalid`."""
    claim = claimed(secret, token)
    if claim.ends <= time():
        raise TokenInvalid(
            "this token expired at {expiry}: ask for a new one",
            expiry=f"{claim.expires_at:%Y-%m-%dT%H:%M:%SZ}",
        )
    return claim


# Only good tokens are remembered: what raises is not. They stay in memory until the process ends.
@lru_cache(maxsize=1024)
def claimed(secret: bytes, token: str) -> TokenClaims:
    """Return what a token says, if it is ours."""
    try:
        found = jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM])
        return msgspec.convert(found.claims, TokenClaims)
    # The library raises TypeError for a header that is JSON of another form.
    except (JoseError, ValueError, TypeError, msgspec.ValidationError) as error:
        raise TokenInvalid("this token was not issued by this ledger, or was altered") from error
