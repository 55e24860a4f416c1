"""Which of its two languages an answer speaks: titles only, never keys or values."""

from __future__ import annotations

from typing import Literal, TypeAlias

from starlette.requests import Request

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def spoken(request: Request) -> Language:
    """Choose by `lang`, else by Accept-Language, else Chinese."""
    wanted = request.query_params.get("lang")
    for language in LANGUAGES:
        if wanted == language:
            return language
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> Language:
    """Choose the better-liked language of an Accept-Language header."""
    liking: dict[Language, float] = {"zh": 0.0, "en": 0.0}
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";")
        for language in LANGUAGES:
            if tag.lower().split("-")[0] == language:
                liking[language] = max(liking[language], weight(quality))
    return "en" if liking["en"] > liking["zh"] else "zh"


def weight(quality: str) -> float:
    """Read `q=0.8`; what is no number counts as nothing, no word at all as 1."""
    name, _, number = quality.strip().partition("=")
    if not name:
        return 1.0
    digits = number.strip()
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
