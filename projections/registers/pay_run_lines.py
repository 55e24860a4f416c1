"""What the register knows of releases: where they lie, and the lines of a pay run."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
from psycopg.rows import dict_row

from domain.payments.pay_run_events import (
    HeldBack,
    PayRunChunkReleased,
    PayRunDrawnUp,
    PayRunReleased,
)
from domain.payments.pay_runs import PayRun
from projections.core import event_log
from projections.disclosure.small_counts import THRESHOLD
from projections.registers.payment_queries import PaymentStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row

PAYMENTS = PaymentStore()
CHUNK = msgspec.json.Decoder(PayRunChunkReleased)
# No chunk has more lines.
AT_ONCE = 5_000
# A chunk's payments stand right before its event, which counts them.
BEGUN, RELEASED, DRAWN = event_log.stored_names(PayRunChunkReleased, PayRunReleased, PayRunDrawnUp)
RUNS = event_log.rows_of_kind(PayRun.KIND)
# Chunks of runs that were being released at one of some positions, and until when that went on.
STRADDLING = f"""
    WITH runs AS MATERIALIZED (
        SELECT * FROM (
            SELECT originator_id AS run,
                   min(notification_id) FILTER (WHERE topic = %(begun)s) AS begun,
                   coalesce(min(notification_id) FILTER (WHERE topic = %(released)s), %(beyond)s)
                       AS released
            FROM {RUNS} e WHERE topic IN (%(begun)s, %(released)s) GROUP BY 1
        ) releases
        WHERE EXISTS (SELECT FROM unnest(%(at)s::bigint[]) AS step
                      WHERE step >= begun - {AT_ONCE} AND step < released)
    )
    SELECT chunk.notification_id - (convert_from(chunk.state, 'UTF8')::jsonb ->> 'paid')::bigint,
           chunk.notification_id, runs.released
    FROM runs JOIN {RUNS} chunk ON chunk.originator_id = run AND chunk.topic = %(begun)s"""
UNFINISHED = f"""
    SELECT CASE WHEN max(least((convert_from(state, 'UTF8')::jsonb ->> 'count')::int,
                              (convert_from(state, 'UTF8')::jsonb ->> 'holders')::int))
                     FILTER (WHERE topic = %(drawn)s) >= {THRESHOLD}
                THEN originator_id END AS run,
           min(recorded_at) FILTER (WHERE topic = %(begun)s) AS begun_at
    FROM {RUNS} e GROUP BY originator_id
    HAVING bool_or(topic = %(begun)s) AND NOT bool_or(topic = %(released)s)
    ORDER BY begun_at, originator_id"""
HELD_BACK = f"""SELECT state FROM {event_log.rows_of_subjects("%s::text[]")} e
    WHERE topic = %s AND notification_id <= %s"""


def straddling_chunks(
    connection: Connection[Any], positions: Sequence[int], *, beyond: int
) -> list[tuple[int, int, int]]:
    """Return the chunks of releases that some positions lie in: first, last, and the release's end.

    A release that has not ended ends `beyond` the log.
    """
    given = {"begun": BEGUN, "released": RELEASED, "at": [*positions], "beyond": beyond}
    return connection.execute(STRADDLING, given).fetchall()


def unfinished_releases(connection: Connection[Any]) -> list[Row]:
    """Return the runs whose release was begun and not ended: `{"run", "begun_at"}`.

    Everybody is told of them, so a run of few lines has no name.
    """
    given = {"begun": BEGUN, "released": RELEASED, "drawn": DRAWN}
    return connection.cursor(row_factory=dict_row).execute(UNFINISHED, given).fetchall()


def lines(
    connection: Connection[Any],
    run: str,
    moment: Moment,
    *,
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the lines of a released run in order of their payments: paid ones and held-back ones."""
    held = [
        each for each in held_back(connection, run, moment) if after is None or each.payment > after
    ]
    held.sort(key=lambda each: each.payment)
    paid = PAYMENTS.rows(connection, moment, where={"run": (run,)}, after=after, limit=limit)
    return islice(merged(paid, held), limit)


def line_totals(connection: Connection[Any], run: str, moment: Moment) -> list[Row]:
    """Sum the lines of a run, those held back included: `{"field", "value", "unit"}`."""
    held = sum(line.amount for line in held_back(connection, run, moment))
    found = PAYMENTS.totals(connection, moment, where={"run": (run,)})
    sums = {row["field"]: dict(row) for row in found if row["field"] in {"amount", "persons"}}
    amount = sums.setdefault("amount", {"field": "amount", "value": 0, "unit": "fen"})
    amount["value"] += held
    return list(sums.values())


def merged(paid: Iterator[Row], held: list[HeldBack]) -> Iterator[Row]:
    """Put held-back lines between the paid ones, in order of their payments."""
    waiting = list(reversed(held))
    for row in paid:
        while waiting and waiting[-1].payment < row["id"]:
            yield not_paid(waiting.pop())
        said = {name: row.get(name) for name in ("amount", "persons", "area", "tier", "state")}
        yield {"payment": row["id"], **said}
    while waiting:
        yield not_paid(waiting.pop())


def not_paid(line: HeldBack) -> Row:
    """Show a line that was held back."""
    return {
        "payment": line.payment,
        "amount": {"value": line.amount, "unit": "fen"},
        "persons": None,
        "area": None,
        "tier": None,
        "state": "held-back",
        "held_back_for": line.reason,
    }


def held_back(connection: Connection[Any], run: str, moment: Moment) -> list[HeldBack]:
    """Return the lines that the run's release did not pay; its own events say so."""
    chunks = connection.execute(HELD_BACK, ([run], BEGUN, moment.position), binary=True)
    return [line for (state,) in chunks for line in CHUNK.decode(state).held_back]
