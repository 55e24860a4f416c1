"""Which of its two languages an answer speaks: titles only, never keys or values."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from starlette.requests import Request
from werkzeug.http import parse_accept_header

from api.http.middleware import is_of_desk

Language: TypeAlias = Literal["zh", "en"]
# The desk keeps the language that was chosen last.
COOKIE = "mingzhang-language"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def spoken(request: Request) -> Language:
    """Choose by `lang`, else by Accept-Language, else Chinese."""
    wanted = request.query_params.get("lang") or kept(request)
    for language in LANGUAGES:
        if wanted == language:
            return language
    return preferred(request.headers.get("accept-language", ""))


def kept(request: Request) -> str | None:
    """Return the language that a browser's cookie keeps for the pages of the desk."""
    return request.cookies.get(COOKIE) if is_of_desk(request.url.path) else None


@lru_cache(maxsize=1024)
def preferred(header: str) -> Language:
    """Choose a language by an Accept-Language header, by the first subtags (RFC 4647, 3.4).

    `*` says nothing where another of the header's languages is one of ours.
    """
    ranges = [(tag.lower(), quality) for tag, quality in parse_accept_header(header)]
    ranges.sort(key=lambda one: -one[1])
    for tag, quality in ranges:
        for language in LANGUAGES:
            if quality > 0 and tag.partition("-")[0] == language:
                return language
    refused = [tag for tag, quality in ranges if quality <= 0]
    return next((language for language in LANGUAGES if language not in refused), "zh")
