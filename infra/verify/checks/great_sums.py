"""The check that no sum outgrows the numbers of the books."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from domain.kernel.great_sums import GREAT, MOST_IN_ALL, weight
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold
from projections.core.view import BLOCK
from projections.decision_views.great_acts import GreatActs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

LATELY = 2 * BLOCK


class SumsBounded(Fold):
    """What great events weigh: those that stand, and those of two blocks of positions."""

    NAME = "sums-bounded"
    SENTENCE = (
        "All that stands together, and all of the last positions at each, comes to no more than a"
        " number of the books holds: no sum of an account, a fund, a figure or a day is wrong."
    )
    POSTINGS = False
    TOPICS = GreatActs.TOPICS

    def __init__(self) -> None:
        """Start with nothing told."""
        super().__init__()
        self.standing: dict[int, int] = {}
        self.lately: deque[tuple[int, int]] = deque()
        self.weighs = 0
        self.weighs_lately = 0

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Add what weighs much, take off what falls or lies too far back."""
        undoes = isinstance(event, Reversal)
        if isinstance(event, Reversal):
            self.weighs -= self.standing.pop(event.of, 0)
        heavy = weight(event)
        self.found.examined += 1
        if heavy < GREAT:
            return
        if not undoes:
            self.standing[position] = heavy
            self.weighs += heavy
        self.lately.append((position, heavy))
        self.weighs_lately += heavy
        while self.lately[0][0] <= position - LATELY:
            self.weighs_lately -= self.lately.popleft()[1]
        if (most := max(0 if undoes else self.weighs, self.weighs_lately)) > MOST_IN_ALL:
            detail = f"with this {most} in all, more than {MOST_IN_ALL}"
            self.found.breach([position], event.originator_id, detail)
