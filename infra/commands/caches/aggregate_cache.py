"""Aggregates in memory, between units of work: brought up to date by one query."""

from __future__ import annotations

from collections import OrderedDict
from copy import copy
from typing import TYPE_CHECKING, TypeVar

from domain import KINDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.refusals import UnknownSubject
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

A = TypeVar("A", bound=Aggregate)
# About 1 KB each: what a busy day touches, and far below the memory a process may take.
KEPT = 20_000
WARY = 1000


def kind_of(subject: str) -> type[Aggregate]:
    """Return the aggregate that an id belongs to; `UnknownSubject` for a kind that is not."""
    kind = KINDS.get(subject.partition(":")[0])
    if kind is None:
        raise UnknownSubject(subject, "there is no such kind of subject")
    return kind


class AggregateCache:
    """A cache of aggregates, each as of the last event this process has seen of it."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[str, Aggregate] = OrderedDict()
        # For how many units of work others are still expected to write to the same subjects.
        self.contended = 0

    def load(self, connection: psycopg.Connection, subjects: Iterable[str]) -> dict[str, Aggregate]:
        """Return the aggregates as they are now, in one round trip. They belong to the caller."""
        loaded = {subject: self._take(subject) for subject in dict.fromkeys(subjects)}
        known = {subject: aggregate.version for subject, aggregate in loaded.items()}
        for subject, event in event_log.of_subjects(connection, known):
            loaded[subject].replay(event)
        return loaded

    def _take(self, subject: str) -> Aggregate:
        return self._kept.pop(subject, None) or kind_of(subject)(subject)

    def contend(self, *, lost: bool) -> None:
        """Take note of how a unit of work has ended: with changes that were lost, or well."""
        self.contended = WARY if lost else max(0, self.contended - 1)

    def hold(self, subjects: Iterable[str]) -> bool:
        """Tell whether all of these are in memory."""
        return all(subject in self._kept for subject in subjects)

    def recall(self, subjects: Iterable[str]) -> dict[str, Aggregate]:
        """Return aggregates as they are in memory, without asking. They belong to the caller."""
        return {subject: self._take(subject) for subject in dict.fromkeys(subjects)}

    def keep(self, aggregates: Iterable[Aggregate]) -> None:
        """Put aggregates back, those without a history too: nothing but what is stored."""
        for aggregate in aggregates:
            aggregate.pending = []
            self._kept[aggregate.id] = aggregate
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Start anew."""
        self._kept.clear()


def fork(aggregate: A) -> A:
    """Copy an aggregate, so that one may change and the other stay. Its collections are flat."""
    copied = copy(aggregate)
    for name, value in vars(copied).items():
        if isinstance(value, dict | list | set):
            setattr(copied, name, copy(value))
    return copied
