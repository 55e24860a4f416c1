"""The app: every door and every page, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from api import health
from api.commands import routes as command_routes
from api.documents import asyncapi, schemas
from api.documents.openapi import openapi
from api.feed.routes import routes as feed_routes
from api.http import problems
from api.http.caching import edition
from api.http.middleware import Doorway
from api.http.response_cache import Kept, Memory
from api.pages import routes as page_routes
from api.pages.load_banner import LoadBanner
from api.queries.routes import routes as query_routes
from api.resources.casework import ASSISTANCE
from api.resources.figures import ALL as FIGURES
from api.resources.public import OPEN
from api.resources.receipts import RECEIPTS
from api.resources.registers import OFFICE
from api.resources.targets import TARGETS
from api.resources.webhooks import WEBHOOKS
from infra.eventlog.tail import Tail
from infra.ledger import OpenLedger
from infra.projecting.progress import Lookout


def build(ledger: OpenLedger) -> FastAPI:
    """Put the app together on the parts of a running process."""
    app = FastAPI(
        title="Mingzhang", version=edition(), docs_url=None, redoc_url=None, lifespan=living
    )
    app.state.ledger = ledger
    app.state.tail = Tail(ledger.database.app_url)
    app.state.lookout = Lookout(ledger.database.app_url)
    app.state.memory = Memory()
    for router in (
        command_routes.router,
        feed_routes("office"),
        feed_routes("open"),
        schemas.router,
        asyncapi.router,
        query_routes("office", (*OFFICE, RECEIPTS, *ASSISTANCE, *FIGURES, TARGETS, *WEBHOOKS)),
        query_routes("open", (*OPEN, *FIGURES, TARGETS)),
        page_routes.router,
        health.router,
    ):
        app.include_router(router)
    app.router.routes.insert(0, command_routes.STRAIGHT)
    problems.install(app, page_routes.problem)
    app.add_middleware(Doorway)
    app.add_middleware(Kept, lookout=app.state.lookout, memory=app.state.memory)
    app.add_middleware(LoadBanner, data_folder=ledger.settings.data_folder)
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Give back what the app holds when its server stops."""
    yield
    await app.state.lookout.close()
