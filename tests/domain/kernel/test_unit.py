"""The unit of work in memory behaves as every unit of work does."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from domain.benefits.person_events import PersonRegistered
from domain.benefits.persons import Person
from tests.domain.in_memory_unit import InMemoryLedger, InMemoryUnit
from tests.domain.unit_scenarios import ACT, EVERY_SCENARIO

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tests.domain.unit_scenarios import Scenario


class InMemoryStore:
    def __init__(self) -> None:
        self.ledger = InMemoryLedger()

    def begin(self) -> AbstractContextManager[InMemoryUnit]:
        return nullcontext(self.ledger.unit())

    def save(self, unit: InMemoryUnit) -> None:
        self.ledger.save(unit)


@EVERY_SCENARIO
def test_the_unit_in_memory_keeps_what_every_unit_promises(scenario: Scenario) -> None:
    scenario(InMemoryStore(), "own")


def test_an_aggregate_outside_a_unit_of_work_records_nothing() -> None:
    with pytest.raises(RuntimeError):
        Person("person:p").record(PersonRegistered, ACT)
