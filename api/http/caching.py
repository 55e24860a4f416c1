"""How long an answer may be kept, and whether its reader has it already."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.metadata import version

from starlette.requests import Request
from werkzeug.http import parse_etags, unquote_etag

FOR_EVER = "public, max-age=31536000, immutable"


@cache
def edition() -> str:
    """Return which edition of this program answers; another one may write other bytes."""
    return version("mingzhang")


@lru_cache(maxsize=1024)
def matches(if_none_match: str, etag: str) -> bool:
    """Tell whether an If-None-Match header names an entity tag, compared weakly (RFC 9110)."""
    tag, _ = unquote_etag(etag)
    return bool(tag) and parse_etags(if_none_match).contains_weak(tag)


def unchanged(request: Request, etag: str) -> bool:
    """Tell whether the reader has the bytes of an entity tag already; never, without a tag."""
    return matches(request.headers.get("if-none-match", ""), etag)
