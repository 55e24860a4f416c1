"""A small golden year, loaded once for all files that ask for it; each has a copy."""

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
from tests.conftest import new_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger

    Database = psycopg.Connection[Any]


SCALE = "0.01"
YEAR = figures.FigureFilter(period=figures.period("2007"))
HALF = figures.FigureFilter(period=figures.period("2007-01-01..2007-06-30"))
PUBLIC = figures.FigureFilter(period=figures.period("2007"), zone="open")


# The databases that hold a year, by its scale: told once for each server, and copied.
_told: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def golden(request: pytest.FixtureRequest, server: Settings) -> Iterator[Ledger]:
    """Give a ledger of its own to each file that asks for one; it holds a golden year."""
    told = told_on(server, getattr(request.module, "SCALE", SCALE))
    with new_database(server, told) as settings, open_ledger(settings, watch=False) as ledger:
        yield ledger


def told_on(server: Settings, scale: str) -> str:
    """Name a database in which the year was told, with all views at the head."""
    owner_url = str(server.database_url)
    if (owner_url, scale) not in _told:
        name = f"golden_{len(_told)}"
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {name}".encode())
        place = f"{owner_url.rpartition('/')[0]}/{name}"
        with open_ledger(server.model_copy(update={"database_url": place}), watch=False) as ledger:
            tell(ledger, float(scale))
        _told[owner_url, scale] = name
    return _told[owner_url, scale]


def tell(ledger: Ledger, scale: float) -> None:
    """Tell the year, and grow the views."""
    year = commands(3, scale)
    array: Any = next(year)
    for nth in range(10**6):
        try:
            array = year.send(ledger.execute(trusted(array, f"golden-{nth}")))
        except StopIteration:
            break
    with ledger.connection() as connection:
        Projector(connection).catch_up()


@pytest.fixture(scope="module")
def connection(golden: Ledger) -> Iterator[Database]:
    with golden.connection() as connection:
        yield connection


@pytest.fixture(scope="module")
def head(connection: Database) -> Moment:
    return Moment(Projector(connection).catch_up())
