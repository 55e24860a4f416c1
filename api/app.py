"""The app: every door and every page, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from api import asyncapi, ops, pages, problems, schemas, writing
from api.answers import edition
from api.assistance import ASSISTANCE
from api.described import openapi
from api.doorway import Doorway
from api.feed import routes as feed_routes
from api.figure_sources import ALL as FIGURES
from api.kept import Kept, Memory
from api.public_sources import OPEN
from api.reading import routes
from api.receipt_list import RECEIPTS
from api.sources import OFFICE
from api.targets import TARGETS
from api.webhooks import WEBHOOKS
from api.wiring import Wiring
from infra.tail import Tail
from infra.whereabouts import Lookout


def build(wiring: Wiring) -> FastAPI:
    """Put the app together on the parts of a running process."""
    app = FastAPI(
        title="Mingzhang", version=edition(), docs_url=None, redoc_url=None, lifespan=living
    )
    app.state.wiring = wiring
    app.state.tail = Tail(wiring.database.app_url)
    app.state.lookout = Lookout(wiring.database.app_url)
    app.state.memory = Memory()
    for router in (
        writing.router,
        feed_routes("office"),
        feed_routes("open"),
        schemas.router,
        asyncapi.router,
        routes("office", (*OFFICE, RECEIPTS, *ASSISTANCE, *FIGURES, TARGETS, *WEBHOOKS)),
        routes("open", (*OPEN, *FIGURES, TARGETS)),
        pages.router,
        ops.router,
    ):
        app.include_router(router)
    app.router.routes.insert(0, writing.STRAIGHT)
    problems.install(app, pages.problem)
    app.add_middleware(Doorway)
    app.add_middleware(Kept, lookout=app.state.lookout, memory=app.state.memory)
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Give back what the app holds when its server stops."""
    yield
    await app.state.lookout.close()
