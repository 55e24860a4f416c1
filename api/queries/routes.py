"""The reading routes of both zones: each address of the resources gets the same route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.auth import only_for
from api.queries.openapi_answers import answers
from api.queries.openapi_parameters import PREFIXES, parameters
from api.queries.resource import Address
from api.queries.respond import respond
from api.queries.snapshot import reach
from projections.disclosure import Zone
from projections.disclosure.clearance import NOBODY, OfficeReader


def routes(zone: Zone, addresses: Sequence[Address]) -> APIRouter:
    """Give every address of a zone its route."""
    router = APIRouter(prefix=PREFIXES[zone], tags=[zone])
    for address in addresses:
        router.add_api_route(
            address.path,
            route(address, zone),
            methods=["GET"],
            name=f"{zone}{address.path}",
            summary=address.summary,
            response_model=None,
            response_class=Response,
            openapi_extra={"parameters": parameters(address), "responses": answers(address, zone)},
        )
    return router


def route(address: Address, zone: Zone) -> Callable[..., Awaitable[Response]]:
    """Make the route of an address: in the office for a reader, outside for everybody."""
    entry = Depends(only_for(address.roles))

    async def answered(request: Request, reader: OfficeReader) -> Response:
        context = address.read(request, zone, reader=reader)
        await reach(context, address.views)
        return await run_in_threadpool(respond, context, address)

    async def read(request: Request) -> Response:
        return await answered(request, NOBODY)

    async def read_as(request: Request, reader: OfficeReader = entry) -> Response:
        return await answered(request, reader)

    return read_as if zone == "office" else read
