"""The public pages: server HTML in two languages, each with its JSON, CSV and XLSX twin."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.negotiation import MEDIA, Form
from api.http.state import state_of
from api.pages.charts import ICON
from api.pages.event import EVENT
from api.pages.figure import FIGURE
from api.pages.funds import FUND, FUNDS, HOME
from api.pages.rendering import Page, render, show, stylesheet
from api.pages.roles import ROLE_EXCLUSIONS
from api.pages.year import YEAR
from api.queries.openapi_answers import answers
from api.queries.openapi_parameters import parameters
from api.queries.resource import FORMS
from api.queries.respond import respond
from api.queries.snapshot import reach

PAGES = (HOME, YEAR, FUNDS, FUND, FIGURE, EVENT, ROLE_EXCLUSIONS)
FOR_LONG = {"Cache-Control": "public, max-age=86400"}

router = APIRouter(tags=["pages"])
# What no page changes: the response cache has no part in it.
files = APIRouter(tags=["pages"])


def problem(request: Request, details: Mapping[str, Any]) -> Response:
    """Show a problem to a reader of pages."""
    text = render(request, "problem.html", {"problem": details})
    return Response(text, int(details["status"]), media_type=MEDIA["html"])


def offered(page: Page) -> tuple[Form, ...]:
    """Return the formats of a page."""
    return ("html", *FORMS) if page.twins else ("html",)


def route(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """Make the route of a page and of its twins."""
    name = page.template.removesuffix(".html")

    async def read(request: Request) -> Response:
        context = page.read(request, "open", offered(page))
        await reach(context, page.views)
        if context.form == "html":
            with state_of(request.app).page_seconds.labels(name).time():
                return await run_in_threadpool(show, request, context, page)
        return await run_in_threadpool(respond, context, page)

    return read


@files.get("/style.css", summary="The stylesheet of the pages.")
def style() -> Response:
    """Give the stylesheet."""
    return Response(stylesheet(), media_type="text/css", headers=FOR_LONG)


@files.get("/icon.svg", summary="The sign of the pages.")
def icon() -> Response:
    """Give the sign."""
    return Response(ICON, media_type="image/svg+xml", headers=FOR_LONG)


for each in PAGES:
    router.add_api_route(
        each.path,
        route(each),
        methods=["GET"],
        name=each.template,
        summary=each.summary,
        response_model=None,
        response_class=Response,
        openapi_extra={
            "parameters": parameters(each),
            "responses": answers(each, "open", offered(each)),
        },
    )
