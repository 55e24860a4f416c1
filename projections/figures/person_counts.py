"""Counts of distinct persons: the only sums of a figure that no block of the views holds.

Counting them reads every line that names somebody. What was counted for one question is kept for
the next, as long as no event says more about it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Protocol, TypeAlias

from cachetools import LRUCache

# How many persons, and how many lines name them.
PersonCount: TypeAlias = tuple[int, int]
# What a count depends on: the question, the last event that answers it, the days, the areas.
CountKey: TypeAlias = tuple[object, ...]
# A key may name the areas of a district; a ledger's figures have fewer than 100 counts a period.
MOST_COUNTS = 1_000


class PersonCounts(Protocol):
    """Gives counts of persons by what they depend on."""

    def get(self, key: CountKey, count: Callable[[], PersonCount]) -> PersonCount:
        """Return the count of a key; `count` finds it in the views."""


class CountedEachTime:
    """Counts for every question anew."""

    def get(self, key: CountKey, count: Callable[[], PersonCount]) -> PersonCount:  # noqa: ARG002
        """Return what is counted now."""
        return count()


class PersonCountCache:
    """Keeps the counts that were used last, for all threads of a process.

    It is not held while the database counts, so two threads may count the same at once: both find
    the same, for a key names all that a count depends on.
    """

    def __init__(self, most: int = MOST_COUNTS) -> None:
        """Keep at most so many counts."""
        self._kept: LRUCache[CountKey, PersonCount] = LRUCache(most)
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many counts are kept."""
        return len(self._kept)

    def get(self, key: CountKey, count: Callable[[], PersonCount]) -> PersonCount:
        """Return the count of a key, as it was found before if it was."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        found = count()
        with self._lock:
            self._kept[key] = found
        return found


def person_counts(*, remembered: bool) -> PersonCounts:
    """Return the cache, or its twin that keeps nothing (the switch `remembered_counts`)."""
    return PersonCountCache() if remembered else CountedEachTime()
