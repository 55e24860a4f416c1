"""A small ledger for every test of views, told once; and blocks so small that many fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from infra.projector.projector import ProjectorOptions
from projections.core import block_sums
from scripts.scenarios.office import Office
from tests.projections.small_quarter import a_quarter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger

SMALL_BLOCK = 16


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> ProjectorOptions:
    """Let blocks fill after a few positions; give a projector's options for such blocks."""
    monkeypatch.setattr(block_sums, "BLOCK", SMALL_BLOCK)
    return ProjectorOptions(block=SMALL_BLOCK)


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """Give a ledger that holds a quarter of money and aid."""
    return a_quarter(Office(ledger))


@pytest.fixture
def connection(ledger: Ledger) -> Iterator[psycopg.Connection[Any]]:
    """Lend a connection of the application's role, in autocommit."""
    with ledger.connection() as connection:
        yield connection
