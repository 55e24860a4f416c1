"""The check of days: no money is dated after it was recorded, and nothing before its cause."""

from __future__ import annotations

from domain import EVENTS
from domain.kernel.money import MoneyEvent
from infra.config.clock import zone
from infra.verify.check import CheckContext, Findings, QueryCheck

SENTENCE = (
    "No event on money takes effect, or is booked, after the day on which it was recorded; no step"
    " of a pay run, a payment, a relief case or an award lies before the step that it follows."
)
MONEY = tuple(name for name, kind in EVENTS.items() if issubclass(kind, MoneyEvent))
# Each of these follows the one before it on its subject.
STEPS = tuple(
    f"{topic}.v1"
    for topic in (
        *("pay-run.drawn-up", "pay-run.reviewed", "pay-run.approved", "pay-run.chunk-released"),
        *("pay-run.released", "pay-run.settled", "pay-run.rejected", "pay-run.cancelled"),
        *("payment.made", "payment.returned", "payment.reissued", "payment.written-back"),
        *("relief.applied", "relief.decided", "relief.paid", "relief.rejected", "relief.withdrawn"),
        *("relief.returned", "relief.reissued", "relief.written-back"),
        *("grant.applied", "grant.awarded"),
    )
)
ACTS = """
    SELECT notification_id AS position, originator_id AS subject, originator_version AS version,
           topic, (said ->> 'on')::date AS on_, (said ->> 'booked')::date AS booked,
           (recorded_at AT TIME ZONE %(zone)s)::date AS recorded
    FROM ledger.events,
         LATERAL (SELECT convert_from(state, 'UTF8')::json -> 'act' AS said) act
    WHERE topic = ANY (%(topics)s) AND notification_id <= %(head)s"""
TO_COME = f"""
    SELECT position, subject, greatest(on_, booked), recorded FROM ({ACTS}) acts
    WHERE greatest(on_, booked) > recorded ORDER BY position"""
OUT_OF_ORDER = f"""
    SELECT cause, position, subject, topic, since, least_day FROM (
        SELECT subject, position, topic, lag(position) OVER steps AS cause,
               CASE WHEN on_ < lag(on_) OVER steps THEN lag(on_) OVER steps
                    ELSE lag(booked) OVER steps END AS since,
               CASE WHEN on_ < lag(on_) OVER steps THEN on_ ELSE booked END AS least_day,
               on_ < lag(on_) OVER steps OR booked < lag(booked) OVER steps AS is_early
        FROM ({ACTS}) acts WINDOW steps AS (PARTITION BY subject ORDER BY version)
    ) compared WHERE is_early ORDER BY position"""
HOW_MANY = "SELECT count(*) FROM ledger.events WHERE topic = ANY (%s) AND notification_id <= %s"


def days_in_order(asked: CheckContext) -> Findings:
    """Hold the days of acts on money against the day of recording, and against their causes."""
    found = Findings()
    row = asked.connection.execute(HOW_MANY, ([*MONEY], asked.head)).fetchone()
    found.examined = row[0] if row else 0
    given = {"head": asked.head, "zone": zone().key}
    late = asked.connection.execute(TO_COME, given | {"topics": [*MONEY]})
    for position, subject, day, recorded in late:
        found.breach([position], subject, f"dated {day}, recorded on {recorded}")
    early = asked.connection.execute(OUT_OF_ORDER, given | {"topics": [*STEPS]})
    for cause, position, subject, topic, since, day in early:
        detail = f"{topic.rpartition('.')[0]} on {day}, what it follows on {since}"
        found.breach([cause, position], subject, detail)
    return found


QUESTION = QueryCheck("days-in-order", SENTENCE, days_in_order)
