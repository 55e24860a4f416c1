"""What is relayed together: the events of a page, as messages for both topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from infra.kafka.messages import Message, messages
from projections.core import event_log
from projections.disclosure.cloud_event import Line

if TYPE_CHECKING:
    from psycopg import Connection

# A page has so many events, or so many bytes as they are stored; one event at least.
MOST_EVENTS, MOST_BYTES = 5_000, 4 * 2**20
READ = f"""SELECT {event_log.COLUMNS} FROM (
        SELECT *, sum(octet_length(state)) OVER (ORDER BY notification_id) AS bytes
        FROM ledger.events WHERE notification_id > %(after)s
          AND notification_id <= %(after)s + {MOST_EVENTS}
    ) page WHERE bytes <= {MOST_BYTES} OR notification_id = %(after)s + 1
    ORDER BY notification_id"""


class Page(NamedTuple):
    """Events that are relayed together."""

    last: int
    events: int
    messages: list[Message]


def read(connection: Connection[Any], jurisdiction: str, after: int) -> Page:
    """Read the events behind a position that go together, and make their messages."""
    rows = connection.execute(READ, {"after": after}, binary=True).fetchall()
    lines = [Line(*row) for row in rows]
    last = lines[-1].position if lines else after
    return Page(last, len(lines), messages(lines, jurisdiction))
