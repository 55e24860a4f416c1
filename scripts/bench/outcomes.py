"""What a measurement says: ours, the limit beside it, and the goal for their ratio."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table.

    `ratio` is ours / limit. A rate has a `goal` that the ratio should reach, a time or a size one
    that it should not pass; `aim` is the next goal, where one is set.
    """

    name: str
    path: str
    ours: float
    limit: float
    unit: str
    against: str
    goal: float
    at_least: bool = False
    aim: float | None = None
    notes: dict[str, float | str] = {}

    @property
    def ratio(self) -> float:
        """Return ours as a part of the limit."""
        return self.ours / self.limit

    def meets(self, goal: float) -> bool:
        """Tell whether the ratio is as good as a goal."""
        return self.ratio >= goal if self.at_least else self.ratio <= goal

    def kept(self) -> dict[str, object]:
        """Return the line as the history keeps it."""
        return {
            **msgspec.structs.asdict(self),
            "ours": round(self.ours, 4),
            "limit": round(self.limit, 4),
            "ratio": round(self.ratio, 4),
            "met": self.meets(self.goal),
        }


def by_turns(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Measure several things by turns, and return the median of each."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for values, measure in zip(found, measures, strict=True):
            values.append(measure())
    return [median(values) for values in found]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value that a part (0.99) of all do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
