"""The public's events (公开事件) as a file: the leaves of the proof tree, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.core import event_log
from projections.disclosure.cloud_event import record_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.core.event_log import Reading
    from projections.core.view import Moment
    from projections.disclosure.cloud_event import Origin

FILE = "events.jsonl"
PAGE = 5_000


def public_lines(connection: Reading, moment: Moment, origin: Origin) -> Iterator[str]:
    """Give each event up to a position as the public feed shows it."""
    after = 0
    while after < moment.position:
        lines = event_log.page(
            connection, after=after, until=moment.position, limit=PAGE, topics=None, subjects=None
        )
        for line in lines:
            yield text(record_of(line, "open"), origin).decode() + "\n"
        after = lines[-1].position if lines else moment.position
