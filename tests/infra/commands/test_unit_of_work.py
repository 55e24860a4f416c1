"""The unit of work on PostgreSQL behaves as the one in memory that tests of the domain use."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from domain.benefits.person_events import PersonDeathReported
from domain.benefits.persons import Person
from infra.commands.changes import Basis
from infra.commands.command_batch import append_decided
from infra.commands.retry import Conflict
from infra.commands.unit_of_work import UnitOfWork
from infra.ledger import Ledger, open_ledger
from tests.domain.unit_scenarios import ACT, DAY, EVERY_SCENARIO, TakenBackError, registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from tests.domain.unit_scenarios import Scenario


class PostgresStore:
    """Units on a ledger, decided from one basis or another."""

    def __init__(self, ledger: Ledger, basis: Basis) -> None:
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
    ledger: Ledger, scenario: Scenario, basis: Basis
) -> None:
    scenario(PostgresStore(ledger, basis), basis.value)


def test_what_was_read_from_memory_is_checked_though_it_is_written_later(
    ledger: Ledger, ledger_settings: Settings
) -> None:
    """Between the two a savepoint had it loaded again, as another process had left it."""
    one = PostgresStore(ledger, Basis.MEMORY)
    with one.begin() as unit:
        (person,) = registered(unit, "p")
        one.save(unit)
    with open_ledger(ledger_settings) as theirs:
        another = PostgresStore(theirs, Basis.ALONE)
        with another.begin() as unit:
            unit[Person, person].record(PersonDeathReported, ACT, date=DAY)
            another.save(unit)

    with one.begin() as unit:
        assert unit[Person, person].version == 1
        with suppress(TakenBackError), unit.savepoint():
            unit[Person, person].record(PersonDeathReported, ACT, date=DAY)
            raise TakenBackError
        unit[Person, person].record(PersonDeathReported, ACT, date=DAY)
        with pytest.raises(Conflict):
            one.save(unit)
