"""The unit of work on PostgreSQL behaves as the one in memory that tests of the domain use."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from infra.commands.batch import append_decided
from infra.commands.changes import Basis
from infra.commands.unit_of_work import UnitOfWork
from tests.domain.unit_scenarios import EVERY_SCENARIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import OpenLedger
    from tests.domain.unit_scenarios import Scenario


class PostgresStore:
    """Units on a ledger, decided from one basis or another."""

    def __init__(self, ledger: OpenLedger, basis: Basis) -> None:
        self.ledger = ledger
        self.basis = basis

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        ledger = self.ledger
        with (
            ledger.connection() as connection,
            UnitOfWork(
                connection, ledger.aggregates, ledger.decisions, ledger.vault, basis=self.basis
            ) as unit,
        ):
            yield unit

    def save(self, unit: UnitOfWork) -> None:
        append_decided(self.ledger.recorder, unit, [], [])


@EVERY_SCENARIO
@pytest.mark.parametrize("basis", Basis, ids=lambda each: each.name)
def test_the_unit_on_postgresql_keeps_what_every_unit_promises(
    ledger: OpenLedger, scenario: Scenario, basis: Basis
) -> None:
    scenario(PostgresStore(ledger, basis), basis.value)
