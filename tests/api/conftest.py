"""The doors of a small year: a real PostgreSQL, its views at the head, the app before it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest

from api.http import tokens
from infra.ledger import open_ledger
from infra.projector.projector import Projector
from scripts.scenarios.http_server import http_server
from tests.api.small_year import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Office


@pytest.fixture(scope="session")
def ledger(new_settings: Callable[[], Settings]) -> Iterator[Ledger]:
    """Give a ledger that holds the small year."""
    with open_ledger(new_settings()) as parts:
        yield parts


@pytest.fixture(scope="session")
def office(ledger: Ledger) -> Office:
    """Tell the small year, and bring the views to its head."""
    teller = told(ledger)
    catch_up(ledger)
    return teller


def catch_up(ledger: Ledger) -> int:
    """Bring the views to the head of the log."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        return Projector(connection).catch_up()


@contextmanager
def served(ledger: Ledger, app: FastAPI | None = None) -> Iterator[httpx.Client]:
    """Serve a ledger on a free port, perhaps by an app that exists already; give a client of it."""
    with http_server(ledger, app) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def web(office: Office) -> Iterator[httpx.Client]:
    """Give a client of the small year's server."""
    with served(office.ledger) as client:
        yield client


@pytest.fixture(scope="session")
def as_(ledger: Ledger) -> Callable[[str], dict[str, str]]:
    """Give the headers of somebody who holds a role and a token that carries it."""

    def headers(role: str) -> dict[str, str]:
        names = {"subscriber": "downstream-1"}
        name = names.get(role, f"{role}-1")
        token, _ = tokens.issue(
            ledger.secret("token-key"), by=name, roles=(role,), ttl=timedelta(hours=1)
        )
        return {"Authorization": f"Bearer {token}"}

    return headers


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, str(answer.json()["code"])
