"""What is relayed together: the events of a page, as messages for both topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from infra.kafka.messages import KafkaMessage, messages
from projections.core import event_log
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    from psycopg import Connection

# A page has so many events, or so many bytes as they are stored; one event at least.
MOST_EVENTS, MOST_BYTES = 5_000, 4 * 2**20


class RelayPage(NamedTuple):
    """Events that are relayed together."""

    last: int
    events: int
    messages: list[KafkaMessage]


def read(connection: Connection[Any], origin: Origin, after: int) -> RelayPage:
    """Read the events behind a position that go together, and make their messages."""
    limits = {"limit": MOST_EVENTS, "most_bytes": MOST_BYTES}
    lines = event_log.next_bytes(connection, after=after, **limits)
    last = lines[-1].position if lines else after
    return RelayPage(last, len(lines), messages(lines, origin))
