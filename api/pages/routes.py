"""The public pages: server HTML in two languages, each with its JSON, CSV and XLSX twin."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.documents.openapi import parameters
from api.http.negotiation import MEDIA
from api.http.state import ledger_of
from api.pages.charts import ICON
from api.pages.rendering import Page, render, show, stylesheet
from api.pages.year import PAGES
from api.queries.resource import FORMS, give
from api.queries.snapshot import reach

FOR_LONG = {"Cache-Control": "public, max-age=86400"}

router = APIRouter(tags=["pages"])
# What no page changes: the response cache has no part in it.
files = APIRouter(tags=["pages"])


def problem(request: Request, details: Mapping[str, Any]) -> Response:
    """Show a problem to a reader of pages."""
    text = render(request, "problem.html", {"problem": details})
    return Response(text, int(details["status"]), media_type=MEDIA["html"])


def route(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """Make the route of a page and of its twins."""

    async def read(request: Request) -> Response:
        asked = page.source.read(request, "open", ("html", *FORMS) if page.twins else ("html",))
        ledger = ledger_of(request)
        await reach(ledger, page.source.views, asked)
        if asked.form == "html":
            return await run_in_threadpool(show, ledger, request, page, asked)
        return await run_in_threadpool(give, ledger, request, page.source, asked)

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
        each.source.path,
        route(each),
        methods=["GET"],
        name=each.template,
        summary=each.source.says,
        response_model=None,
        openapi_extra={"parameters": parameters(each.source)},
    )
