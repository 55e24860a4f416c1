"""What was allotted, promised and spent of a fund in a year, by the class of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from projections.accounts.payer_classes import promised
from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.view import Moment

STAGES = (
    *("out", "received", "available", "committed", "advanced"),
    *("returned", "owed", "spent", "lost"),
)
SUMS = ", ".join(f"sum(value) FILTER (WHERE stage = '{stage}') AS {stage}" for stage in STAGES)
# An event has the class that it says; of the others each part has that of the payer whom it pays,
# gives back or releases, under the same earmark. Nothing that the planner must guess is joined:
# taken for one, a few thousand payers were compared with each line.
FLOWS = f"""
    WITH names AS MATERIALIZED (
        SELECT a.id, a.class AS stage, a.fund, split_part(a.account, ':', 3) AS earmark,
               k.class AS of_payer
        FROM {SCHEMA}.journal_accounts a
        LEFT JOIN unnest(%(places)s::text[], %(classes)s::text[]) k (place, class)
            ON k.place = substr(a.account, length(a.class) + 1) AND a.class = ANY (%(of_payers)s)
        WHERE a.unit = 'fen' AND a.fund = ANY (%(funds)s)
    ), events AS (
        SELECT fund, earmark, coalesce(nullif(max(s.class), ''), min(of_payer), '') AS class, {SUMS}
        FROM {SCHEMA}.journal j JOIN names n ON n.id = j.account
        JOIN {SCHEMA}.journal_sayings s ON s.id = j.said
        WHERE j.position <= %(position)s AND j.booked BETWEEN %(from)s AND %(to)s
        GROUP BY j.position, fund, earmark
    )
    SELECT 'fund:' || fund, earmark, class,
           {", ".join(f"coalesce(sum({stage}), 0)::bigint" for stage in STAGES)}
    FROM events GROUP BY 1, 2, 3"""


class ClassFlow(NamedTuple):
    """What a stage of a fund's earmark has got in a year under a class; empty: without one."""

    fund: str
    earmark: str
    class_: str
    stage: str
    value: int


def flows(
    connection: Connection[Any], moment: Moment, year: str, funds: Sequence[str]
) -> list[ClassFlow]:
    """Return what is booked in a year on the accounts of funds, by class and stage, in fen."""
    last = f"{year}-12-31"
    given: dict[str, Any] = {
        "funds": [fund.partition(":")[2] for fund in funds],
        "position": moment.position,
        "from": f"{year}-01-01",
        "to": min(last, moment.as_of.isoformat()) if moment.as_of else last,
    }
    given |= promised(connection, moment.position, given["funds"])
    return [
        ClassFlow(row[0], row[1], row[2], stage, value)
        for row in connection.execute(FLOWS, given)
        for stage, value in zip(STAGES, row[3:], strict=True)
        if value
    ]
