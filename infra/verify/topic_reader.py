"""Reads the events of some topics in order, for those who look at no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain import EVENTS, decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting
    from infra.verify.check import LogAtHead

OF_TOPICS = """SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s ORDER BY notification_id"""
AT_POSITIONS = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id = ANY (%s)"""


class ActReader(Protocol):
    """Looks at events of its topics (without version)."""

    @property
    def TOPICS(self) -> Sequence[str]:  # noqa: N802
        """Return the topics that it wants."""

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Look at an event and its postings."""


class PositionedEvent(NamedTuple):
    """An event and where it stands."""

    position: int
    event: Event


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


def at_positions(log: LogAtHead, positions: Collection[int]) -> Iterator[PositionedEvent]:
    """Return the events at some positions."""
    for position, topic, state in log.connection.execute(
        AT_POSITIONS, (list(positions),), binary=True
    ):
        yield PositionedEvent(position, decode(topic, state))
