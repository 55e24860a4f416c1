"""Finding a subject by its title or its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from domain import EVENTS
from domain.kernel.aggregate import subject_kind
from domain.kernel.event_fields import row_plan

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.core.view import Moment, Row

FIND = """
    SELECT subject AS id, row ->> 'title' AS title, split_part(subject, ':', 1) AS kind
    FROM unnest(%(kinds)s::text[]) kind, LATERAL (
        SELECT subject, row FROM views.register_heads
        WHERE subject > kind || ':' AND subject < kind || ';' AND opened_position <= %(position)s
    ) found
    WHERE strpos(lower(row ->> 'title'), lower(%(words)s)) > 0
       OR strpos(subject, lower(%(words)s)) > 0
    ORDER BY subject"""


def titled() -> list[str]:
    """List the kinds of subjects that have a title."""
    return sorted(
        {
            subject_kind(event)
            for event in EVENTS.values()
            if any(part.name == "title" for part in row_plan(event))
        }
    )


def search(connection: Connection[Any], words: str, moment: Moment) -> list[Row]:
    """Return what has a title and says the words in it, or in its id: `{"id", "title", "kind"}`."""
    given = {"kinds": titled(), "words": words, "position": moment.position}
    return connection.cursor(row_factory=dict_row).execute(FIND, given).fetchall()
