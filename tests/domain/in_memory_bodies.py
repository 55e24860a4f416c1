"""The bodies and households of a ledger in memory, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.benefits.households import HouseholdStay, stays_after
from domain.bodies.facilities import Facility
from domain.bodies.organisations import Organisation

if TYPE_CHECKING:
    from datetime import date

    from tests.domain.in_memory_unit import InMemoryUnit


@dataclass(frozen=True)
class InMemoryBodies:
    """Bodies that are stored or changed in the unit."""

    unit: InMemoryUnit

    def ended_on(self, body: str) -> date | None:
        """Return the day on which a body ended."""
        return self.unit.find(Organisation, body).ended_on

    def that_runs(self, facility: str) -> str:
        """Return the body that runs a facility."""
        return self.unit.find(Facility, facility).body


@dataclass(frozen=True)
class InMemoryHouseholds:
    """Stays of all that are stored or recorded in the unit."""

    unit: InMemoryUnit

    def of(self, person: str) -> tuple[HouseholdStay, ...]:
        """Return a person's stays."""
        stays: dict[str, tuple[HouseholdStay, ...]] = {person: ()}
        for event in (*self.unit.books.all(), *self.unit.events):
            stays_after(stays, event)
        return stays[person]
