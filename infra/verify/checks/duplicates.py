"""The check of what may be told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.duplicates import is_twice
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold
from projections.decision_views.duplicates import WITHDRAWN, Duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting


class ToldOnce(Fold):
    """Tallies, receipts, codes, awards, instalments and allotments under two ids."""

    NAME = "already-told"
    SENTENCE = (
        "No work of the same days, receipt number, credit code, award of a year, instalment of a"
        " grant or document of an allotment stands twice, but with a reason where it can be true."
    )
    POSTINGS = False
    TOPICS = Duplicates.TOPICS

    def __init__(self) -> None:
        """Start with nothing told."""
        super().__init__()
        # By words, and where each stands: position and subject.
        self.standing: dict[str, dict[int, str]] = {}
        self.words_at: dict[int, str] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Hold what is told against what stands."""
        if isinstance(event, Reversal):
            self.forget(event.of)
        elif event.TOPIC in WITHDRAWN:
            for at, words in list(self.words_at.items()):
                if self.standing[words].get(at) == event.originator_id:
                    self.forget(at)
        elif words := event.tells():
            self.found.examined += 1
            before = self.standing.setdefault(words, {})
            others = [(at, who) for at, who in before.items() if is_twice(event, who)]
            for at, who in others[:1]:
                detail = f"{who} says the same at {at}"
                self.found.breach([at, position], event.originator_id, detail)
            before[position] = event.originator_id
            self.words_at[position] = words

    def forget(self, position: int) -> None:
        """Take out what stands there."""
        words = self.words_at.pop(position, None)
        if words is not None:
            self.standing[words].pop(position, None)
