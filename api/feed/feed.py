"""The feed: what a reader wants of the log, and how far one look at the log gets for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from time import monotonic
from typing import NamedTuple

from api.queries import parameters
from api.queries.parameters import RequestContext
from api.queries.snapshot import snapshot
from domain import EVENTS, matching
from infra.ledger import Ledger
from projections.core import event_log
from projections.core.event_log import Reading, StoredEvent
from projections.disclosure import Zone
from projections.disclosure.allow_list import OPEN
from projections.disclosure.cloud_event import (
    BARE,
    BARE_TYPE,
    CloudEventRecord,
    Origin,
    record_of,
    text,
)

MOST = 5000
# One look at the log passes over so many positions, found or not.
WINDOW = 100_000
# A page without an event is answered after so long, and says that there is more.
SECONDS_TO_SEARCH = 5.0
SINGLE = {
    "after": parameters.between(0, parameters.MOST_POSITION),
    "limit": parameters.between(1, MOST),
    "until": parameters.position,
}
FILTERS = {"topic": parameters.text, "subject": parameters.text}


class Looked(NamedTuple):
    """What one look at the log found, each event with its text, and the last position passed."""

    events: list[tuple[CloudEventRecord, bytes]]
    reached: int


@dataclass(frozen=True)
class Feed:
    """What a reader of the feed wants."""

    zone: Zone
    origin: Origin
    after: int
    until: int | None
    limit: int
    topics: tuple[str, ...] | None
    subjects: tuple[str, ...] | None

    def look(self, ledger: Ledger, after: int, until: int, limit: int) -> Looked:
        """Look at the log behind a position, up to another or to so many events.

        Where it stops tells nothing of events that are not shown.
        """
        found: list[tuple[CloudEventRecord, bytes]] = []
        while after < until and len(found) < limit:
            wanted = limit - len(found)
            with snapshot(ledger) as connection:
                lines = self.lines(connection, after, until, limit=wanted)
            after = lines[-1].position if len(lines) == wanted else until
            found += self.shown(lines)
        return Looked(found, after)

    def search(self, ledger: Ledger, until: int) -> Looked:
        """Look on from `after`, part after part of the log, until something is found or time is up.

        A rare topic is found by a reader who asks once, and nobody keeps the database for long.
        """
        reached, begun = self.after, monotonic()
        while True:
            found = self.look(ledger, reached, min(until, reached + WINDOW), self.limit)
            reached = found.reached
            if found.events or reached >= until or monotonic() - begun >= SECONDS_TO_SEARCH:
                return found

    def lines(
        self, connection: Reading, after: int, until: int, *, limit: int
    ) -> list[StoredEvent]:
        """Read what the log holds of it."""
        topics, subjects = self.topics, self.subjects
        asked = {
            "topics": None if topics is not None and BARE_TYPE in topics else topics,
            "subjects": None if subjects is not None and BARE in subjects else subjects,
        }
        return event_log.page(connection, after=after, until=until, limit=limit, **asked)

    def shown(self, lines: Iterable[StoredEvent]) -> Iterator[tuple[CloudEventRecord, bytes]]:
        """Write those events that are shown as what was asked for."""
        for line in lines:
            said = record_of(line, self.zone)
            if self.wants(said):
                yield said, text(said, self.origin)

    def wants(self, said: CloudEventRecord) -> bool:
        """Tell whether what is shown of an event is one of those asked for.

        A bare commitment is found neither by its topic nor by its subject.
        """
        is_topic = self.topics is None or said.topic in self.topics
        return is_topic and (self.subjects is None or said.subject in self.subjects)

    def may_want(self, line: StoredEvent) -> bool:
        """Tell whether an event can be one of those asked for, before it is known what is shown."""
        return self.topics is None or BARE_TYPE in self.topics or line.topic in self.topics

    def glance(self, ledger: Ledger, after: int, limit: int) -> Looked:
        """Look at the next part of the log behind a position, if there is one."""
        end = self.end(ledger)
        if end <= after:
            return Looked([], after)
        return self.look(ledger, after, min(end, after + WINDOW), limit)

    def end(self, ledger: Ledger) -> int:
        """Return the last position of the log, or the one where the reader wants to stop."""
        with snapshot(ledger) as connection:
            head = event_log.head(connection).position
        return head if self.until is None else min(self.until, head)


def feed_of(context: RequestContext) -> Feed:
    """Read what is wanted."""
    single, where = context.single, context.where
    return Feed(
        zone=context.zone,
        origin=context.ledger.identity.origin,
        after=single.get("after", 0),
        until=single.get("until"),
        limit=single.get("limit", parameters.PER_PAGE),
        topics=any_matching(where["topic"], context.zone) if "topic" in where else None,
        subjects=where.get("subject"),
    )


def any_matching(globs: Sequence[str], zone: Zone) -> tuple[str, ...]:
    """Return the stored topics that one of the globs names, as the zone is told of them."""
    named = dict.fromkeys(name for glob in globs for name in matching(glob))
    if zone == "office":
        return tuple(named)
    seen = [name for name in named if EVENTS[name].TOPIC in OPEN]
    is_bare = any(fnmatchcase(name, glob) for glob in globs for name in (BARE, BARE_TYPE))
    return (*seen, *([BARE_TYPE] if is_bare else ()))
