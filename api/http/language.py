"""Which of its two languages an answer speaks: titles only, never keys or values."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from starlette.requests import Request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def spoken(request: Request) -> Language:
    """Choose by `lang`, else by Accept-Language, else Chinese."""
    wanted = request.query_params.get("lang")
    for language in LANGUAGES:
        if wanted == language:
            return language
    return preferred(request.headers.get("accept-language", ""))


@lru_cache(maxsize=1024)
def preferred(header: str) -> Language:
    """Choose the better-liked language of an Accept-Language header, by its first subtag."""
    liked = LanguageAccept(
        (tag.partition("-")[0], quality) for tag, quality in parse_accept_header(header)
    )
    return "en" if liked.best_match(LANGUAGES) == "en" else "zh"
