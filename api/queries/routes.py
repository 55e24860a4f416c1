"""The reading doors of both zones: each address of the tables of sources gets the same route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.documents.openapi import parameters
from api.http.auth import only_for
from api.http.state import ledger_of
from api.queries.resource import Source, give
from api.queries.snapshot import reach
from projections.disclosure import Zone

PREFIXES: dict[Zone, str] = {"office": "/v1", "open": "/open/v1"}


def routes(zone: Zone, sources: Sequence[Source]) -> APIRouter:
    """Give every source of a zone its address."""
    router = APIRouter(prefix=PREFIXES[zone], tags=[zone])
    for source in sources:
        router.add_api_route(
            source.path,
            reader(source, zone),
            methods=["GET"],
            name=f"{zone}{source.path}",
            summary=source.says,
            response_model=None,
            dependencies=[Depends(only_for(source.roles))] if zone == "office" else [],
            openapi_extra={"parameters": parameters(source)},
        )
    return router


def reader(source: Source, zone: Zone) -> Callable[[Request], Awaitable[Response]]:
    """Make the route of a source."""

    async def read(request: Request) -> Response:
        asked = source.read(request, zone)
        ledger = ledger_of(request)
        await reach(ledger, source.views, asked)
        return await run_in_threadpool(give, ledger, request, source, asked)

    return read
