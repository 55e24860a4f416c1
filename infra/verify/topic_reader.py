"""Reads the events of some topics in order, for those who look at no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain import EVENTS, decode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting
    from infra.verify.check import LogAtHead

OF_TOPICS = """SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s ORDER BY notification_id"""


class ActReader(Protocol):
    """Looks at events of its topics (without version)."""

    @property
    def TOPICS(self) -> Sequence[str]:  # noqa: N802
        """Return the topics that it wants."""

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Look at an event and its postings."""


def read_topics(log: LogAtHead, readers: Collection[ActReader], until: date | None = None) -> None:
    """Show each reader the events of its topics, in order; of those that count up to a day."""
    wanted = {
        stored: [reader for reader in readers if kind.TOPIC in reader.TOPICS]
        for stored, kind in EVENTS.items()
    }
    topics = [stored for stored, wanting in wanted.items() if wanting]
    for position, topic, state in log.rows("acts", OF_TOPICS, (topics, log.head)):
        event = decode(topic, state)
        if until is not None and event.act.booked > until:
            continue
        lines = event.postings()
        for reader in wanted[topic]:
            reader.see(position, event, lines)
