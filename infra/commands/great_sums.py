"""Refusing the act by which a sum could become greater than a number holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.great_sums import GREAT, MOST_IN_ALL, SumTooGreat, unit_of_weight, weight
from domain.kernel.reversals import Reversal
from projections.decision_views.great_acts import GreatActs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from domain.kernel.aggregate import Event
    from infra.commands.decision_queries import DecisionQueries
    from infra.commands.named_locks import NamedLocks
    from projections.decision_views.great_acts import GreatSums

TOPICS = frozenset(GreatActs.TOPICS)
TURN = "great-sums"


class StoredSums:
    """What great events weigh: as the unit has recorded them, and as the decision view has them."""

    def __init__(
        self,
        connection: psycopg.Connection,
        decisions: DecisionQueries,
        locks: NamedLocks,
        recorded: Sequence[Event],
    ) -> None:
        """Begin without having asked; `locks` and `recorded` are the unit's own."""
        self._connection = connection
        self._decisions = decisions
        self._locks = locks
        self._recorded = recorded
        self._stored: GreatSums | None = None
        # What the first `_seen` events that the unit has recorded weigh.
        self._standing = self._lately = self._seen = 0

    def require_room(self) -> None:
        """Refuse the last that the unit has recorded if it is great and more than there is room.

        Nobody else records anything great until the unit ends.
        """
        great = False
        stands = True
        for event in self._recorded[self._seen :]:
            heavy = weight(event) if event.TOPIC in TOPICS else 0
            if heavy >= GREAT:
                great = True
                stands = not isinstance(event, Reversal)
                self._lately += heavy
                self._standing += heavy if stands else 0
                last, wanted = event, heavy
        self._seen = len(self._recorded)
        if not great:
            return
        if self._stored is None:
            self._locks.take(TURN)
            self._stored = self._decisions.great(self._connection)
        standing = self._standing + self._stored.standing if stands else 0
        if max(standing, self._lately + self._stored.lately) > MOST_IN_ALL:
            unit = unit_of_weight(last)
            raise SumTooGreat(last.originator_id, wanted=wanted, most=MOST_IN_ALL, unit=unit)
