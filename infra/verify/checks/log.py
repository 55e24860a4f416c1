"""Checks of the log itself: its positions and its keys."""

from __future__ import annotations

from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.payment_events import PaymentMade, PaymentOverpaid, PaymentSupplemented
from domain.payments.recoveries import RecoveryEstablished
from infra.verify.check import CheckContext, Findings, QueryCheck
from infra.verify.checks.receipts import compare_answers
from projections.core.event_log import stored_names

DENSE = (
    "Positions are 1, 2, 3 ... without a hole, in the order of recorded_at; the versions of every"
    " subject are 1, 2, 3 ... in the order of positions."
)
KEYS = (
    "One key, one effect: every event that a command recorded lies under the one receipt of its"
    " key, and every receipt names events that are there as it names them, and answers what they"
    " say."
)
# What a command that saves chunk by chunk records before its receipt.
CHUNKS = stored_names(
    PaymentMade, PayRunChunkReleased, PaymentSupplemented, PaymentOverpaid, RecoveryEstablished
)

OUT_OF_LINE = """
    SELECT position, subject, detail FROM (
        SELECT notification_id AS position, originator_id AS subject, CASE
            WHEN notification_id <> row_number() OVER log THEN 'a hole before it'
            WHEN recorded_at < lag(recorded_at) OVER log THEN 'recorded before the one before it'
        END AS detail
        FROM ledger.events WHERE notification_id <= %(head)s
        WINDOW log AS (ORDER BY notification_id)
    ) seen WHERE detail IS NOT NULL ORDER BY position"""
OUT_OF_STREAM = """
    SELECT position, subject, 'version ' || version || ' out of line' FROM (
        SELECT notification_id AS position, originator_id AS subject,
               originator_version AS version,
               originator_version = row_number() OVER stream
               AND notification_id > coalesce(lag(notification_id) OVER stream, 0) AS fits
        FROM ledger.events WHERE notification_id <= %(head)s
        WINDOW stream AS (PARTITION BY originator_id ORDER BY originator_version)
    ) seen WHERE NOT fits ORDER BY position"""
# The orders of a receipt's answer; `before` holds what was stored before its own events.
ORDERS = """
    SELECT r.key, r.first_position, o.value AS said
    FROM ledger.receipts r,
         json_array_elements(convert_from(r.answer, 'UTF8')::json -> 'orders') o
    WHERE r.first_position <= %(head)s"""
CLAIMED = f"""
    SELECT key, first_position + (said ->> 'start')::bigint + n - 1 AS position,
           e.value ->> 0 AS topic, e.value ->> 1 AS subject, (e.value ->> 2)::bigint AS version
    FROM ({ORDERS}) orders, json_array_elements(said -> 'events') WITH ORDINALITY e(value, n)
    UNION ALL
    SELECT key, (b.value ->> 0)::bigint, b.value -> 1 ->> 0, b.value -> 1 ->> 1,
           (b.value -> 1 ->> 2)::bigint
    FROM ({ORDERS}) orders, json_array_elements(coalesce(said -> 'before', '[]')) b"""
NOT_THERE = f"""
    SELECT c.position, c.subject, 'the receipt of ' || c.key || ' names another event here'
    FROM ({CLAIMED}) c LEFT JOIN ledger.events e ON e.notification_id = c.position
    WHERE (c.topic, c.subject, c.version) IS DISTINCT FROM
        (regexp_replace(e.topic, '[.]v[0-9]+$', ''), e.originator_id, e.originator_version)
    ORDER BY 1"""
BEYOND = f"""
    WITH span AS MATERIALIZED (
        SELECT key, min(position) AS first, max(position) AS last FROM ({CLAIMED}) c GROUP BY key
    ), keyed AS (
        SELECT notification_id AS position, originator_id AS subject, topic,
               convert_from(state, 'UTF8')::json #>> '{{act,key}}' AS key
        FROM ledger.events WHERE notification_id <= %(head)s
    )
    SELECT position, subject, CASE WHEN s.key IS NULL THEN 'no receipt of ' || k.key
        ELSE 'outside the receipt of ' || k.key END
    FROM keyed k LEFT JOIN span s USING (key)
    WHERE k.key <> '' AND CASE
        WHEN topic = ANY (%(chunks)s) THEN position > s.last
        ELSE s.key IS NULL OR position NOT BETWEEN s.first AND s.last END
    ORDER BY position"""
HOW_MANY_KEYS = "SELECT count(*) FROM ledger.receipts"


def dense(asked: CheckContext) -> Findings:
    """Look for holes in the log and in every stream."""
    found = Findings(examined=asked.head)
    for query in (OUT_OF_LINE, OUT_OF_STREAM):
        for position, subject, detail in asked.connection.execute(query, {"head": asked.head}):
            found.breach([position], subject, detail)
    return found


def keys(asked: CheckContext) -> Findings:
    """Hold events and receipts against each other, both ways."""
    found = Findings()
    row = asked.connection.execute(HOW_MANY_KEYS).fetchone()
    found.examined = row[0] if row else 0
    for query in (NOT_THERE, BEYOND):
        given = {"head": asked.head, "chunks": CHUNKS}
        for position, subject, detail in asked.connection.execute(query, given):
            found.breach([position], subject, detail)
    compare_answers(asked, found)
    return found


DENSE_POSITIONS = QueryCheck("dense-positions", DENSE, dense)
ONE_KEY = QueryCheck("one-key-one-content", KEYS, keys)
