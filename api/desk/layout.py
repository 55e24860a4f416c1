"""How every page of the desk is made: its words, its frame, what it says of who is signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from api.desk import navigation
from api.desk.signed_in import SignedIn
from api.http.language import COOKIE, Language, spoken
from api.http.negotiation import MEDIA
from api.http.state import ledger_of
from api.pages import page_words
from api.pages.rendering import compiled, with_query
from api.pages.translated_templates import TranslatedTemplates
from infra.config.clock import zone

UNKEPT = {"Cache-Control": "no-store"}
# Of units that are told without a number.
SEVERAL = 2
SECONDS_OF_LANGUAGE = 180 * 24 * 3600


@cache
def file(name: str) -> bytes:
    """Read a style sheet or a script of the desk."""
    return files("api.desk").joinpath(name).read_bytes()


@cache
def tag(name: str) -> str:
    """Name this edition of a file, so that a browser keeps it until it changes."""
    return hashlib.sha256(file(name)).hexdigest()[:12]


def local_time(instant: datetime) -> str:
    """Write an instant to the minute, in the jurisdiction's zone."""
    return f"{instant.astimezone(zone()):%Y-%m-%d %H:%M}"


def unit_word(unit: str, language: Language) -> str:
    """Say the unit in which a number is typed: money in 元."""
    if unit == "fen":
        return page_words.phrase("元", language)
    return page_words.unit_of(SEVERAL, unit, language)


def capitalized(text: str) -> str:
    """Begin a text with a capital, where its letters have them."""
    return text[:1].upper() + text[1:]


@cache
def environment(language: Language, kind: type[Environment]) -> Environment:
    """Compile the templates once for each language; those of the public pages can be used too."""
    made = compiled(language, kind, "api.desk")
    made.globals.update(
        {
            "desk_tag": tag("desk.css"),
            "script_tag": tag("desk.js"),
            "moment": local_time,
            "topic": partial(page_words.topic, language=language),
            "unit_word": partial(unit_word, language=language),
        }
    )
    made.filters["capitalized"] = capitalized
    return made


def render(
    request: Request, template: str, content: Mapping[str, Any], signed_in: SignedIn | None
) -> str:
    """Fill a template in the reader's language."""
    language = spoken(request)
    early = ledger_of(request).settings.optimisations.translated_templates
    kind = TranslatedTemplates if early else Environment
    path = request.url.path
    other = {**dict(request.query_params), "lang": "zh" if language == "en" else "en"}
    common = {
        "section": "",
        "path": path,
        "page": with_query,
        "twins": "",
        "other_language": with_query(path, other),
        "entries": navigation.entries(signed_in.roles) if signed_in else (),
        "signed_in": signed_in,
    }
    return environment(language, kind).get_template(template).render(common | dict(content))


def answer(
    request: Request,
    template: str,
    content: Mapping[str, Any],
    signed_in: SignedIn | None,
    *,
    status: int = 200,
) -> Response:
    """Answer with a page of the desk, which nobody keeps; the language asked for is kept."""
    text = render(request, template, content, signed_in)
    language = spoken(request)
    headers = UNKEPT | {"Content-Language": language}
    response = Response(text, status, media_type=MEDIA["html"], headers=headers)
    if request.query_params.get("lang") == language:
        response.set_cookie(
            COOKIE, language, max_age=SECONDS_OF_LANGUAGE, path="/desk", httponly=True,
            samesite="lax", secure=request.url.scheme == "https",
        )  # fmt: skip
    return response
