"""The households of a person: those that are stored, and those that the unit has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.benefits.households import HouseholdStay, stays_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import psycopg

    from domain.kernel.aggregate import Aggregate, Event
    from infra.commands.decision_memo import DecisionMemo
    from infra.commands.decision_queries import DecisionQueries


class PersonHouseholds:
    """Asks the decision view once for all persons that are loaded, then lays the unit over it."""

    def __init__(
        self,
        connection: psycopg.Connection,
        memo: DecisionMemo,
        decisions: DecisionQueries,
        *,
        loaded: Mapping[str, Aggregate],
        recorded: Sequence[Event],
    ) -> None:
        """Begin without having asked; `loaded` and `recorded` are the unit's own."""
        self._connection = connection
        self._memo = memo
        self._decisions = decisions
        self._loaded = loaded
        self._recorded = recorded
        self._stays: dict[str, tuple[HouseholdStay, ...]] = {}
        # How many of the recorded events the stays have in them.
        self._seen = 0

    def of(self, person: str) -> tuple[HouseholdStay, ...]:
        """Return a person's stays in households."""
        if person not in self._stays:
            asked = {s for s in self._loaded if s.startswith("person:")} | {person}
            self._memo.place()
            found = self._decisions.stays_of(self._connection, sorted(asked))
            self._stays = {each: found.get(each, ()) for each in asked}
            self._seen = 0
        for event in self._recorded[self._seen :]:
            stays_after(self._stays, event)
        self._seen = len(self._recorded)
        return self._stays[person]
