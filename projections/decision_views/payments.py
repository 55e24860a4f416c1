"""Which months are paid: asked of the log, by the names of payments and the runs' own guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from domain import decode
from domain.kernel.unit import RunUnderWay
from domain.payments.paid_months import PaidMonth, paid_months
from domain.payments.pay_run_events import PayRunApproved, PayRunChunkReleased
from domain.payments.payment_events import PaymentMade
from domain.payments.payments import payment_prefix
from projections.core import event_log
from projections.core.view import SCHEMA
from projections.decision_views import roll_queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from psycopg import Connection

    from domain.kernel.aggregate import Event

PAYMENT, CHUNK = event_log.stored_names(PaymentMade, PayRunChunkReleased)
(APPROVED,) = event_log.stored_names(PayRunApproved)
PAID = f"""SELECT topic, state FROM {event_log.rows_of_range("%(prefix)s", "%(beyond)s")} e
    WHERE topic = %(payment)s AND notification_id <= %(at)s
    UNION ALL
    SELECT topic, state FROM {event_log.rows_of_subjects("%(runs)s::text[]")} e
    WHERE topic = %(chunk)s AND notification_id <= %(at)s"""
UNDER_WAY = f"""SELECT run, scheme, month, topic = %(chunk)s FROM {SCHEMA}.roll_runs
    JOIN (
        SELECT DISTINCT ON (originator_id) originator_id, topic
        FROM {event_log.rows_of_kind("pay-run")} e ORDER BY originator_id, originator_version DESC
    ) last ON originator_id = run
    WHERE topic IN (%(approved)s, %(chunk)s)"""
OF_MONTH = f"""SELECT topic, state FROM {event_log.rows_of_range("%(prefix)s", "%(beyond)s")} e
    WHERE notification_id <= %(at)s ORDER BY notification_id"""


def under_way(connection: Connection[Any]) -> list[RunUnderWay]:
    """Return the runs that are approved and not released to their end."""
    rows = connection.execute(UNDER_WAY, {"approved": APPROVED, "chunk": CHUNK})
    return [RunUnderWay(*row) for row in rows]


def paid(
    connection: Connection[Any], run: str, scheme: str, month: str, *, at: int
) -> frozenset[str]:
    """Return the tags for which other runs than this have paid the month, at a position."""
    runs = roll_queries.other_runs(connection, run, scheme, month)
    if not runs:
        return frozenset()
    prefix = payment_prefix(scheme, month)
    given = {
        "prefix": prefix,
        "beyond": prefix + "\x7f",
        "runs": runs,
        "at": at,
        "payment": PAYMENT,
        "chunk": CHUNK,
    }
    tags: set[str] = set()
    for topic, state in connection.execute(PAID, given, binary=True):
        if topic == PAYMENT:
            made = msgspec.json.decode(state, type=PaymentMade)
            if made.run != run:
                tags.add(made.originator_id.rpartition(":")[2])
        else:
            tags.update(msgspec.json.decode(state, type=PayRunChunkReleased).guards)
    return frozenset(tags)


def standing(
    connection: Connection[Any], scheme: str, month: str, *, at: int, as_of: date | None = None
) -> dict[str, PaidMonth]:
    """Return by tag what was paid for a month, as its payments stand at a position.

    `as_of` counts what is booked up to a day.
    """
    return paid_months(of_month(connection, scheme, month, at=at, as_of=as_of))


def of_month(
    connection: Connection[Any], scheme: str, month: str, *, at: int, as_of: date | None
) -> Iterator[Event]:
    """Return the events of a scheme's payments for a month, in order."""
    prefix = payment_prefix(scheme, month)
    given = {"prefix": prefix, "beyond": prefix + "\x7f", "at": at}
    with connection.cursor(binary=True) as cursor:
        for topic, state in cursor.stream(OF_MONTH.encode(), given, size=2000):
            event = decode(topic, state)
            if as_of is None or event.act.booked <= as_of:
                yield event
