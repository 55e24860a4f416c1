"""What the app of one server process holds, in one object that every route finds."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp

from api.http.response_cache import ResponseMemory
from infra.eventlog.tail import Tail
from infra.ledger import OpenLedger
from infra.projecting.progress import Lookout


@dataclass(frozen=True)
class AppState:
    """The open ledger, what follows it for readers, and the answers that are kept."""

    ledger: OpenLedger
    tail: Tail
    lookout: Lookout
    memory: ResponseMemory


def begin_state(ledger: OpenLedger) -> AppState:
    """Make what an app on a ledger holds; nothing follows the ledger until a reader asks."""
    url = ledger.database.app_url
    return AppState(ledger, Tail(url), Lookout(url), ResponseMemory())


def state_of(app: ASGIApp) -> AppState:
    """Return what an app holds."""
    state: AppState = app.state.held  # type: ignore[attr-defined]
    return state


def ledger_of(request: HTTPConnection) -> OpenLedger:
    """Return the ledger that a request is about."""
    return state_of(request.app).ledger
