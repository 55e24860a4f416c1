"""Who comes to the database past our door."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from infra.ledger import Ledger


@pytest.fixture
def app(ledger: Ledger) -> Iterator[psycopg.Connection]:
    """Somebody who has the application's password."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(ledger: Ledger) -> Iterator[psycopg.Connection]:
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as connection:
        yield connection
