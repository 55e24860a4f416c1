"""Populations of an audit sample: what can be drawn, each with its event and its sum in fen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from psycopg import Connection

    from projections.core.view import Moment

# Postings that bring money to an account, by the topic of their event; `class` is the account's.
POSTED = f"""
    SELECT j.position, j.value
    FROM {SCHEMA}.journal j
    JOIN {SCHEMA}.journal_accounts a ON a.id = j.account
    JOIN {SCHEMA}.journal_sayings s ON s.id = j.said
    WHERE j.position <= %(position)s AND j.value > 0 AND a.unit = 'fen'
      AND j.booked BETWEEN coalesce(%(from)s::date, '-infinity')
          AND least(coalesce(%(to)s::date, 'infinity'), coalesce(%(as_of)s::date, 'infinity'))
      AND (%(topic)s::text IS NULL OR s.topic = %(topic)s)
      AND (%(class)s::text IS NULL OR a.class = %(class)s)
    ORDER BY j.position, j.line"""
# Of what is posted: the topic, and the class of the account that it goes to.
TOPICS = {
    "payments": ("payment.made", "spent"),
    "grants": ("grant.paid", "advanced"),
    "donations": ("donation.received", None),
    "journal": (None, None),
}


class AuditPopulation(NamedTuple):
    """What can be drawn, in the order of the log: positions of events, and sums in fen."""

    positions: Sequence[int]
    amounts: Sequence[int]


def population(
    connection: Connection[Any],
    moment: Moment,
    kind: str,
    *,
    from_: date | None = None,
    to: date | None = None,
) -> AuditPopulation:
    """Return a population of a period of booked days, as known at a moment."""
    topic, class_ = TOPICS[kind]
    given = {"position": moment.position, "as_of": moment.as_of, "from": from_, "to": to}
    found = connection.execute(POSTED, given | {"topic": topic, "class": class_}, binary=True)
    rows = found.fetchall()
    return AuditPopulation([row[0] for row in rows], [row[1] for row in rows])
