"""Who comes to the database past our door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.config.settings import Settings
from infra.ledger import Ledger, open_ledger
from infra.postgres.database import Database, open_database
from infra.vault import Vault
from tests.infra.verify.good_story import told
from tests.infra.verify.spoilt_store import Store

_numbers = count(1)


@pytest.fixture
def app(ledger: Ledger) -> Iterator[psycopg.Connection]:
    """Somebody who has the application's password."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(ledger: Ledger) -> Iterator[psycopg.Connection]:
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def good_story(new_settings: Callable[[], Settings]) -> Iterator[tuple[Settings, Database]]:
    """Tell the story once, in a database that every test copies."""
    settings = new_settings()
    with open_database(settings) as database:
        with open_ledger(settings) as ledger:
            told(ledger)
        yield settings, database


@pytest.fixture
def store(good_story: tuple[Settings, Database]) -> Iterator[Store]:
    """Give a copy of the good store."""
    with copied(*good_story) as copy:
        yield copy


@contextmanager
def copied(settings: Settings, database: Database) -> Iterator[Store]:
    """Copy a store, and drop the copy in the end."""
    name = f"copy_{next(_numbers)}"
    template = conninfo_to_dict(database.owner_url)["dbname"]
    aside = make_conninfo(database.owner_url, dbname="postgres")
    with psycopg.connect(aside, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    yield Store(
        make_conninfo(database.app_url, dbname=name),
        make_conninfo(database.owner_url, dbname=name),
        Vault(settings.secret("master-key")),
        settings.secret("token-key"),
    )
    with psycopg.connect(aside, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
