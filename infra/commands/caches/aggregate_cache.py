"""Where units of work take their aggregates from: the log alone, or a cache in front of it."""

from __future__ import annotations

from collections import OrderedDict
from copy import copy
from typing import TYPE_CHECKING, Protocol, TypeVar
from weakref import WeakKeyDictionary

from domain import KINDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.refusals import UnknownSubject
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import psycopg

A = TypeVar("A", bound=Aggregate)
# About 1 KB each: what a busy day touches, and far below the memory a process may take.
KEPT = 20_000
# From this version on it pays to copy an aggregate, rather than to replay it after a lost race.
LONG = 64
# For so many units of work after a lost race other processes are expected to win further ones.
WARY = 1000


class Aggregates(Protocol):
    """Lends aggregates to units of work, each to one at a time."""

    def checkout(
        self, connection: psycopg.Connection, subjects: Iterable[str]
    ) -> dict[str, Aggregate]:
        """Return the aggregates as they are stored now, in one round trip."""

    def recall(
        self, subjects: Iterable[str], *, new: Collection[str]
    ) -> dict[str, Aggregate] | None:
        """Return the aggregates as they are in memory, all of them, or None; `new` have none."""

    def restore(self, aggregates: Iterable[Aggregate], *, lost: Collection[str]) -> None:
        """Take aggregates back; what was changed of the `lost` ones was not stored."""

    def forget(self) -> None:
        """Keep nothing in memory: the log was laid out anew."""


class StoredAggregates:
    """Grows every aggregate from its whole stream, and remembers none."""

    def checkout(
        self, connection: psycopg.Connection, subjects: Iterable[str]
    ) -> dict[str, Aggregate]:
        """Return the aggregates as they are stored now."""
        return brought_up_to_date(
            connection, {subject: kind_of(subject)(subject) for subject in subjects}
        )

    def recall(self, subjects: Iterable[str], *, new: Collection[str]) -> None:
        """Return None: nothing is in memory."""

    def restore(self, aggregates: Iterable[Aggregate], *, lost: Collection[str]) -> None:
        """Let them go."""

    def forget(self) -> None:
        """Do nothing: nothing is kept."""


class AggregateCache:
    """Keeps aggregates between units of work, each as of the last event that this process saw."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[str, Aggregate] = OrderedDict()
        # Copies of long aggregates on loan, made while other processes write to the same subjects.
        self._before: WeakKeyDictionary[Aggregate, Aggregate] = WeakKeyDictionary()
        # For how many more units of work copies are made.
        self._contended = 0

    def checkout(
        self, connection: psycopg.Connection, subjects: Iterable[str]
    ) -> dict[str, Aggregate]:
        """Return the aggregates as they are stored now; only newer events are read."""
        return self._copied(
            brought_up_to_date(connection, {subject: self._take(subject) for subject in subjects})
        )

    def recall(
        self, subjects: Iterable[str], *, new: Collection[str]
    ) -> dict[str, Aggregate] | None:
        """Return the aggregates as they are in memory, without asking the database."""
        subjects = list(subjects)
        if not all(subject in self._kept for subject in subjects if subject not in new):
            return None
        return self._copied({subject: self._take(subject) for subject in subjects})

    def _take(self, subject: str) -> Aggregate:
        return self._kept.pop(subject, None) or kind_of(subject)(subject)

    def _copied(self, lent: dict[str, Aggregate]) -> dict[str, Aggregate]:
        if self._contended:
            for aggregate in lent.values():
                if aggregate.version >= LONG:
                    self._before[aggregate] = fork(aggregate)
        return lent

    def restore(self, aggregates: Iterable[Aggregate], *, lost: Collection[str]) -> None:
        """Keep aggregates, those without a history too, but nothing that was not stored."""
        self._contended = WARY if lost else max(0, self._contended - 1)
        for aggregate in aggregates:
            before = self._before.pop(aggregate, None) if self._before else None
            stored = before if aggregate.id in lost else aggregate
            if stored is not None:
                self._kept[stored.id] = stored
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Start anew."""
        self._kept.clear()


def kind_of(subject: str) -> type[Aggregate]:
    """Return the aggregate that an id belongs to; `UnknownSubject` for a kind that is not."""
    kind = KINDS.get(subject.partition(":")[0])
    if kind is None:
        raise UnknownSubject(subject, "there is no such kind of subject")
    return kind


def brought_up_to_date(
    connection: psycopg.Connection, aggregates: dict[str, Aggregate]
) -> dict[str, Aggregate]:
    """Replay the stored events that aggregates have not seen yet, found by one query."""
    known = {subject: aggregate.version for subject, aggregate in aggregates.items()}
    for subject, event in event_log.of_subjects(connection, known):
        aggregates[subject].replay(event)
    return aggregates


def fork(aggregate: A) -> A:
    """Copy an aggregate, so that one may change and the other stay. Its collections are flat."""
    copied = copy(aggregate)
    for name, value in vars(copied).items():
        if isinstance(value, dict | list | set):
            setattr(copied, name, copy(value))
    return copied
