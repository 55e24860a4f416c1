"""Databases in which nothing is laid out yet: these tests watch how it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.config.settings import Settings
from tests.conftest import new_database


@pytest.fixture
def ledger_settings(server: Settings) -> Iterator[Settings]:
    """Give settings of an empty database that is this test's own, on the shared server."""
    with new_database(server) as settings:
        yield settings
