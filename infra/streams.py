"""Aggregates in memory, between units of work: brought up to date by one query, never trusted."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from domain import KINDS, decode
from domain.refusals import UnknownSubject

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

    from domain.kernel import Aggregate

# About 1 KB each: what a busy day touches, and far below the memory a process may take.
KEPT = 20_000

NEWER = """SELECT e.originator_id, e.originator_version, e.topic, e.state
    FROM unnest(%b::text[], %b::bigint[]) AS known(id, version)
    JOIN LATERAL (
        SELECT * FROM ledger.events e
        WHERE e.originator_id = known.id COLLATE "C" AND e.originator_version > known.version
        ORDER BY e.originator_version
    ) e ON true"""


def kind_of(subject: str) -> type[Aggregate]:
    """Return the aggregate that an id belongs to; `UnknownSubject` for a kind that is not."""
    kind = KINDS.get(subject.partition(":")[0])
    if kind is None:
        raise UnknownSubject(subject, "there is no such kind of subject")
    return kind


class Streams:
    """A cache of aggregates, each as of the last event this process has seen of it."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[str, Aggregate] = OrderedDict()

    def load(self, connection: psycopg.Connection, subjects: Iterable[str]) -> dict[str, Aggregate]:
        """Return the aggregates as they are now, in one round trip. They belong to the caller."""
        loaded = {subject: self._take(subject) for subject in dict.fromkeys(subjects)}
        versions = [aggregate.version for aggregate in loaded.values()]
        with connection.cursor(binary=True) as cursor:
            for subject, _version, topic, state in cursor.execute(NEWER, (list(loaded), versions)):
                loaded[subject].replay(decode(topic, state))
        return loaded

    def _take(self, subject: str) -> Aggregate:
        return self._kept.pop(subject, None) or kind_of(subject)(subject)

    def keep(self, aggregates: Iterable[Aggregate]) -> None:
        """Put aggregates back after their events were stored."""
        for aggregate in aggregates:
            if aggregate.version:
                aggregate.pending = []
                self._kept[aggregate.id] = aggregate
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Start anew."""
        self._kept.clear()
