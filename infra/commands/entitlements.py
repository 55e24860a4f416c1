"""The entitlements of a holder: those that are stored, and those that the unit has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.benefits.entitlement_rules import HeldClaim
from domain.benefits.entitlements import Entitlement
from domain.benefits.households import counted_with
from domain.benefits.person_events import PersonMerged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import psycopg

    from domain.kernel.aggregate import Aggregate, Event
    from domain.kernel.unit import Unit
    from infra.commands.decision_memo import DecisionMemo
    from infra.commands.decision_queries import DecisionQueries

HOLDERS = frozenset({"person", "household", "facility"})


class HolderEntitlements:
    """Asks the decision view once for all holders that are loaded, then lays the unit over it."""

    def __init__(
        self,
        connection: psycopg.Connection,
        memo: DecisionMemo,
        decisions: DecisionQueries,
        *,
        unit: Unit,
        loaded: Mapping[str, Aggregate],
        recorded: Sequence[Event],
    ) -> None:
        """Begin without having asked; `loaded` and `recorded` are the unit's own."""
        self._connection = connection
        self._memo = memo
        self._decisions = decisions
        self._unit = unit
        self._loaded = loaded
        self._recorded = recorded
        self._held: dict[str, tuple[HeldClaim, ...]] = {}
        # By kind and holder, the entitlements that the first `_seen` recorded events touch.
        self._changed: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self._seen = 0
        # What was merged into a person by these events.
        self._merged: defaultdict[str, list[str]] = defaultdict(list)

    def of(self, holder: str) -> tuple[HeldClaim, ...]:
        """Return every entitlement of a holder."""
        if holder not in self._held:
            holders = {s for s in self._loaded if s.partition(":")[0] in HOLDERS} | {holder}
            self._memo.place()
            found = self._decisions.entitlements_of(self._connection, sorted(holders))
            self._held = {h: found.get(h, ()) for h in holders}
        changed = {each.id: each.held() for each in self._changed_of(holder)}
        for other in self._merged.get(holder, ()):
            changed |= {each.entitlement: each for each in self.of(other)}
        stored = (each for each in self._held[holder] if each.entitlement not in changed)
        return (*stored, *changed.values())

    def _changed_of(self, holder: str) -> Iterator[Entitlement]:
        for event in self._recorded[self._seen :]:
            if isinstance(event, PersonMerged):
                self._merged[event.into].append(event.originator_id)
            if event.originator_id.partition(":")[0] == Entitlement.KIND:
                # A refused command may have dropped it: it is then loaded again.
                changed = self._unit.find(Entitlement, event.originator_id)
                of_kind = self._changed[changed.holder.partition(":")[0]]
                of_kind.setdefault(changed.holder, set()).add(changed.id)
        self._seen = len(self._recorded)
        persons, households = self._changed["person"], self._changed["household"]
        for one in (holder, *counted_with(self._unit, holder, persons, households)):
            for key in self._changed[one.partition(":")[0]].get(one, ()):
                aggregate = self._loaded.get(key)
                if isinstance(aggregate, Entitlement) and aggregate.version:
                    yield aggregate
