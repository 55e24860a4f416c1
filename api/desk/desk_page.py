"""Pages of the desk that show what an address of the office beside them says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.desk.layout import answer
from api.desk.signed_in import SignedIn, only_for
from api.pages.rendering import PageResource, with_query
from api.queries.parameters import RequestContext
from api.queries.resource import Address, Resource
from api.queries.respond import ListPage, page_of, pinned_query
from api.queries.snapshot import reach

SEE_OTHER = 303


def own_content(resource: Resource, page: ListPage) -> Mapping[str, Any]:
    """Return what a resource that has a page of its own says of itself."""
    return cast("PageResource", resource).content(page)


@dataclass(frozen=True, kw_only=True)
class DeskPage(Address):
    """The address of a page of the desk; `beside` is the path of the address with the same rows.

    `{key}` in it is the page's own key. The roles are those that may open it; `shown` says what
    the template shows of the rows.
    """

    template: str
    section: str
    beside: str = ""
    shown: Callable[[Resource, ListPage], Mapping[str, Any]] = own_content


def route(page: DeskPage) -> Callable[..., Awaitable[Response]]:
    """Make the route of a page: for who is signed in with one of its roles."""
    entry = Depends(only_for(page.roles))

    async def read(request: Request, who: SignedIn = entry) -> Response:
        if "" in request.query_params.values():
            # A form sends its empty fields too: an address says only what is asked.
            asked = {name: text for name, text in request.query_params.multi_items() if text}
            return RedirectResponse(with_query(request.url.path, asked), SEE_OTHER)
        context = page.read(request, "office", ("html",), reader=who.reader)
        await reach(context, page.views)
        return await run_in_threadpool(show, request, context, page, who)

    return read


def show(request: Request, context: RequestContext, page: DeskPage, who: SignedIn) -> Response:
    """Answer with a page, which shows the rows of the address beside it."""
    with pinned_query(context, page) as begun:
        resource = page.resource(begun.query)
        found = page_of(resource, begun)
        content = dict(page.shown(resource, found))
    following = found.following and with_query(
        context.path, dict([*context.pairs, ("after", found.following)])
    )
    beside = page.beside.replace("{key}", context.key)
    kept = {name: value for name, value in context.pairs if name not in ("after", "lang")}
    common = {
        "section": page.section,
        "following": following,
        "known": begun.pinned.echo()["known_at"],
        "twins": beside and (lambda form: with_query(f"{beside}.{form}", kept)),
    }
    return answer(request, page.template, common | content, who)
