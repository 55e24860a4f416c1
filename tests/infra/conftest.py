"""Who comes to the database past our door."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from api.wiring import Wiring


@pytest.fixture
def app(wiring: Wiring) -> Iterator[psycopg.Connection]:
    """Somebody who has the application's password."""
    with psycopg.connect(wiring.database.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(wiring: Wiring) -> Iterator[psycopg.Connection]:
    with psycopg.connect(wiring.database.owner_url, autocommit=True) as connection:
        yield connection
