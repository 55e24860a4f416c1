"""A small golden year, loaded once for each file that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api.commands.request import trusted
from infra.ledger import open_ledger
from infra.projector.projector import Projector
from projections import figures
from projections.core.view import Moment
from scripts.golden.year import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger

    Database = psycopg.Connection[Any]


SCALE = "0.01"
YEAR = figures.FigureFilter(period=figures.period("2007"))
HALF = figures.FigureFilter(period=figures.period("2007-01-01..2007-06-30"))
PUBLIC = figures.FigureFilter(period=figures.period("2007"), zone="open")


@pytest.fixture(scope="module")
def golden(request: pytest.FixtureRequest, server: Settings) -> Iterator[Ledger]:
    """Give a ledger that holds a golden year, told once for each file that asks for it."""
    name = f"golden_of_{request.module.__name__.rpartition('.')[2]}"
    owner_url = str(server.database_url)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}".encode())
    place = f"{owner_url.rpartition('/')[0]}/{name}"
    with open_ledger(server.model_copy(update={"database_url": place}), watch=False) as ledger:
        year = commands(3, float(getattr(request.module, "SCALE", SCALE)))
        array: Any = next(year)
        for nth in range(10**6):
            try:
                array = year.send(ledger.execute(trusted(array, f"golden-{nth}")))
            except StopIteration:
                break
        yield ledger


@pytest.fixture(scope="module")
def connection(golden: Ledger) -> Iterator[Database]:
    with golden.connection() as connection:
        yield connection


@pytest.fixture(scope="module")
def head(connection: Database) -> Moment:
    return Moment(Projector(connection).catch_up())
