"""What the app of one server process holds, in one object that every route finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from prometheus_client import CollectorRegistry, Histogram
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp

from api.http.language import Language
from api.http.response_cache import ResponseMemory
from infra.eventlog.tail import Tail
from infra.ledger import Ledger
from infra.office.openid_provider import OpenIdProvider, provider_of
from infra.projector.progress import ProgressReader

# The word for a code word of a kind, in a language; the pages have the catalogues.
Words: TypeAlias = Callable[[str, str, Language], str]
BUCKETS_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


def unworded(_kind: str, name: str, _language: Language) -> str:
    """Let every code word stand for itself."""
    return name


@dataclass(frozen=True)
class AppState:
    """The open ledger, what follows it for readers, kept answers, and what is measured.

    `provider` signs people in beside our tokens, if the settings name one.
    """

    ledger: Ledger
    tail: Tail
    progress: ProgressReader
    memory: ResponseMemory
    registry: CollectorRegistry
    command_seconds: Histogram
    page_seconds: Histogram
    provider: OpenIdProvider | None = None
    words: Words = unworded


def begin_state(ledger: Ledger, words: Words = unworded) -> AppState:
    """Make what an app on a ledger holds; nothing follows the ledger until a reader asks."""
    url = ledger.database.app_url
    registry = CollectorRegistry()
    return AppState(
        ledger=ledger,
        tail=Tail(url),
        progress=ProgressReader(url),
        memory=ResponseMemory(),
        registry=registry,
        command_seconds=Histogram(
            "mingzhang_command_seconds",
            "Seconds from a whole body to its receipts or refusal; JSON Lines are not counted.",
            registry=registry,
            buckets=BUCKETS_SECONDS,
        ),
        page_seconds=Histogram(
            "mingzhang_page_seconds",
            "Seconds to make a page that was not given from memory.",
            ["page"],
            registry=registry,
            buckets=BUCKETS_SECONDS,
        ),
        provider=provider_of(ledger.settings),
        words=words,
    )


def state_of(app: ASGIApp) -> AppState:
    """Return what an app holds."""
    state: AppState = app.state.held  # type: ignore[attr-defined]
    return state


def ledger_of(request: HTTPConnection) -> Ledger:
    """Return the ledger that a request is about."""
    return state_of(request.app).ledger
