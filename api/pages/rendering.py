"""From a question to a page: the words, links and numbers that every template may use."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.http.language import Language, spoken
from api.http.negotiation import MEDIA
from api.http.state import ledger_of
from api.pages import numbers, page_words
from api.pages.translated_templates import TranslatedTemplates
from api.queries.parameters import RequestContext
from api.queries.resource import Address, Query, Resource
from api.queries.respond import ListPage, page_of, pinned_query
from api.queries.snapshot import Pinned
from domain.kernel.sentences import in_yuan
from projections.disclosure.small_counts import THRESHOLD

KEPT = ("as_of", "known_at", "lang")
TWINS = tuple((form, MEDIA[form]) for form in ("json", "csv", "xlsx"))
# The other language of a page: the tag and the name of its link.
OTHER: Mapping[Language, tuple[str, str]] = {"zh": ("en", "English"), "en": ("zh-CN", "中文")}


class PageResource(Resource):
    """A resource that has a page, beside its twins in JSON, CSV and XLSX."""

    @abstractmethod
    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Return what the template shows; `page` is what the JSON twin says."""


@dataclass(frozen=True, kw_only=True)
class Page(Address):
    """The address of a page: its template, the section it stands in, and whether it has twins."""

    template: str
    section: str
    resource: Callable[[Query], PageResource]
    twins: bool = True


@cache
def environment(language: Language, kind: type[Environment]) -> Environment:
    """Compile the public pages' templates once for each language."""
    return compiled(language, kind)


def compiled(language: Language, kind: type[Environment], *packages: str) -> Environment:
    """Compile templates, those of other packages before the public pages' own.

    A name that a template misspells is an error, not a blank.
    """
    made = kind(
        loader=ChoiceLoader([PackageLoader(each) for each in (*packages, "api.pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(page_words.translations(language))  # type: ignore[attr-defined]
    made.globals.update(speech(language))
    return made


@cache
def stylesheet() -> bytes:
    """Read the one stylesheet."""
    return files("api.pages").joinpath("style.css").read_bytes()


@cache
def style_tag() -> str:
    """Name this edition of the stylesheet, so that a browser keeps it until it changes."""
    return hashlib.sha256(stylesheet()).hexdigest()[:12]


def show(request: Request, context: RequestContext, page: Page) -> Response:
    """Answer with a page, which shows what its JSON twin says."""
    with pinned_query(context, page) as begun:
        headers = begun.headers | {"Cache-Control": "public, no-cache"}
        if begun.is_known():
            return Response(status_code=304, headers=headers)
        resource = page.resource(begun.query)
        content = resource.content(page_of(resource, begun))
    common = {"section": page.section, "twins": TWINS if page.twins else ()}
    text = render(request, page.template, common | moment(request, begun.pinned) | dict(content))
    headers["Content-Language"] = context.language
    return Response(text, media_type=MEDIA["html"], headers=headers)


def moment(request: Request, pinned: Pinned) -> dict[str, Any]:
    """Return what a page says of its moment, and what its form must keep."""
    echo = pinned.echo()
    kept = [(k, v) for k, v in request.query_params.items() if k not in ("as_of", "known_at")]
    given = request.query_params.get("known_at")
    return {
        "known": echo["known_at"],
        "persons": echo.get("persons_known_at"),
        "as_of": pinned.as_of,
        "kept": kept,
        "known_given": given,
    }


def render(request: Request, template: str, content: Mapping[str, Any]) -> str:
    """Fill a template in the reader's language."""
    language = spoken(request)
    early = ledger_of(request).settings.optimisations.translated_templates
    return (
        environment(language, TranslatedTemplates if early else Environment)
        .get_template(template)
        .render(
            {
                "year": None,
                "section": "",
                "twins": (),
                **links(request, language),
            }
            | dict(content)
        )
    )


def speech(language: Language) -> dict[str, Any]:
    """Return the words and numbers of a language."""
    return {
        "language": language,
        "other_tag": OTHER[language][0],
        "other_name": OTHER[language][1],
        "word": partial(page_words.word, language=language),
        "yuan": in_yuan,
        "amount": partial(numbers.amount, language=language),
        "measure": partial(numbers.measure, language=language),
        "exact": lambda figure: numbers.amount(figure["value"], figure["unit"], language),
        "style_tag": style_tag(),
        "threshold": THRESHOLD,
    }


def links(request: Request, language: Language) -> dict[str, Any]:
    """Return how a page names other pages of the same moment, its twins and its other language."""
    path = request.url.path
    given = request.query_params
    kept = {name: given[name] for name in KEPT if name in given}
    other = {**dict(given), "lang": "zh" if language == "en" else "en"}

    def page(to: str, **more: Any) -> str:
        return with_query(to, kept | {name: value for name, value in more.items() if value})

    def twin(form: str) -> str:
        return with_query(f"{path}.{form}", given)

    return {"path": path, "page": page, "twin": twin, "other_language": with_query(path, other)}


def with_query(path: str, query: Mapping[str, Any]) -> str:
    """Write an address."""
    return f"{path}?{urlencode(query)}" if query else path
