"""The app: every router, the middleware around them, and what they share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI

from api import health, metrics
from api.audit import routes as audit_routes
from api.bank import routes as bank_routes
from api.commands import routes as command_routes
from api.desk import routes as desk_routes
from api.desk.work import WORK
from api.documents import asyncapi, schemas
from api.documents.openapi import openapi
from api.feed.routes import routes as feed_routes
from api.http import problems
from api.http.caching import edition
from api.http.middleware import AddressMiddleware
from api.http.read_limit import ReadLimit
from api.http.response_cache import ResponseCache, WithoutResponseCache
from api.http.state import AppState, begin_state, state_of
from api.http.work_behind import behind
from api.imports import import_jobs
from api.imports import routes as import_routes
from api.pages import page_words
from api.pages import routes as page_routes
from api.pages.load_banner import LoadBanner
from api.people import routes as people_routes
from api.queries.routes import routes as query_routes
from api.resources.accounts import BALANCES, JOURNAL, STATEMENTS
from api.resources.arrears import ARREARS
from api.resources.audit import AUDIT
from api.resources.bank import BANK
from api.resources.budget import BUDGET
from api.resources.casework import ASSISTANCE
from api.resources.closing import CLOSING, PERIODS
from api.resources.figures import ALL as FIGURES
from api.resources.lottery_reports import LOTTERY_REPORTS
from api.resources.pay_runs import PAY_RUNS
from api.resources.pivot import PIVOT
from api.resources.proposals import PROPOSAL, PROPOSALS
from api.resources.public import OPEN
from api.resources.receipts import RECEIPTS
from api.resources.registers import REGISTERS
from api.resources.search import SEARCH
from api.resources.targets import TARGETS
from api.resources.turnover import TURNOVER
from api.resources.webhooks import WEBHOOKS
from api.what_if import routes as what_if_routes
from api.year_end import routes as year_end_routes
from infra.exports import export_process
from infra.ledger import Ledger
from infra.verify import check_process

IN_OFFICE = (
    *REGISTERS,
    LOTTERY_REPORTS,
    PROPOSALS,
    PROPOSAL,
    BALANCES,
    STATEMENTS,
    TURNOVER,
    BUDGET,
    SEARCH,
    JOURNAL,
    PIVOT,
    PERIODS,
    CLOSING,
    *PAY_RUNS,
    ARREARS,
    RECEIPTS,
    *ASSISTANCE,
    *AUDIT,
    *BANK,
    *FIGURES,
    TARGETS,
    *WEBHOOKS,
    WORK,
)
IN_PUBLIC = (*OPEN, *FIGURES, TARGETS)
PLAIN: dict[str, Any] = {"docs_url": None, "redoc_url": None, "redirect_slashes": False}


ROUTERS = (
    schemas.router,
    asyncapi.router,
    page_routes.files,
    page_routes.router,
    health.router,
    metrics.router,
)


def build(ledger: Ledger) -> FastAPI:
    """Put the app together on an open ledger."""
    # A redirect for a slash too many would name the host of the request, which may be anybody's.
    app = FastAPI(title="Mingzhang", version=edition(), lifespan=ended, **PLAIN)
    app.state.held = state = begin_state(ledger, page_words.word)
    state.registry.register(metrics.LedgerCollector(state))
    public = query_routes("open", IN_PUBLIC)
    for router in (*routers_of_office(), public, *ROUTERS):
        app.include_router(router)
    app.router.routes.insert(0, command_routes.STRAIGHT)
    problems.install(app, desk_routes.problem)
    app.add_middleware(ReadLimit)
    app.add_middleware(AddressMiddleware)
    cache(app, state, (schemas.router, public, page_routes.router))
    app.add_middleware(LoadBanner, data_folder=ledger.settings.data_folder)
    app.openapi = partial(openapi, app)  # type: ignore[method-assign]
    return app


def routers_of_office() -> Iterator[APIRouter]:
    """Give the routers of what needs a token or a session; another one is added here."""
    yield from (command_routes.router, bank_routes.router, audit_routes.router)
    yield from (import_routes.router, people_routes.router, year_end_routes.router)
    yield what_if_routes.router
    yield from (feed_routes("office"), feed_routes("open"))
    yield query_routes("office", IN_OFFICE)
    yield desk_routes.router


def cache(app: FastAPI, state: AppState, routers: Sequence[APIRouter]) -> None:
    """Keep the answers of some routers in memory, unless that is switched off."""
    if not state.ledger.settings.optimisations.response_cache:
        app.add_middleware(WithoutResponseCache)
        return
    app.add_middleware(
        ResponseCache,
        routes=[route for router in routers for route in router.routes],
        progress=state.progress,
        memory=state.memory,
    )


@asynccontextmanager
async def ended(app: FastAPI) -> AsyncIterator[None]:
    """Give back what the app holds when its server stops; go on with what a stop cut off."""
    ledger = state_of(app).ledger
    behind(partial(import_jobs.take_up, ledger), "import")
    behind(partial(check_process.take_up, ledger), "checks")
    behind(partial(export_process.take_up, ledger), "export")
    yield
    await state_of(app).progress.close()
