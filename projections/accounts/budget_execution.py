"""What was allotted, promised and spent of a fund in a year, by the class of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.view import Moment

# An event has the class that it says; of the others each part has the class of the last promise to
# the payer whom it pays, gives back or releases, under the same earmark.
FLOWS = f"""
    WITH names AS MATERIALIZED (
        SELECT id, split_part(account, ':', 1) AS stage, split_part(account, ':', 2) AS fund,
               split_part(account, ':', 3) AS earmark,
               substr(account, length(split_part(account, ':', 1)) + 1) AS place
        FROM {SCHEMA}.journal_accounts
        WHERE unit = 'fen' AND 'fund:' || split_part(account, ':', 2) = ANY (%(funds)s)
    ), classed AS MATERIALIZED (
        SELECT DISTINCT ON (n.place) n.place, s.class
        FROM {SCHEMA}.journal j JOIN names n ON n.id = j.account AND n.stage = 'committed'
        JOIN {SCHEMA}.journal_sayings s ON s.id = j.said AND s.class <> ''
        WHERE j.position <= %(position)s
        ORDER BY n.place, j.position DESC
    ), lines AS MATERIALIZED (
        SELECT j.position, n.stage, n.fund, n.earmark, n.place, s.class, j.value
        FROM {SCHEMA}.journal j JOIN names n ON n.id = j.account
        JOIN {SCHEMA}.journal_sayings s ON s.id = j.said
        WHERE j.position <= %(position)s AND j.booked BETWEEN %(from)s AND %(to)s
    ), payers AS MATERIALIZED (
        SELECT l.position, l.fund, l.earmark, min(c.class) AS class
        FROM lines l JOIN classed c USING (place)
        WHERE l.stage IN ('committed', 'advanced', 'returned') GROUP BY 1, 2, 3
    )
    SELECT 'fund:' || l.fund, l.earmark, coalesce(nullif(l.class, ''), p.class, ''), l.stage,
           sum(l.value)::bigint
    FROM lines l LEFT JOIN payers p USING (position, fund, earmark)
    GROUP BY 1, 2, 3, 4"""


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
    given = {
        "funds": list(funds),
        "position": moment.position,
        "from": f"{year}-01-01",
        "to": min(last, moment.as_of.isoformat()) if moment.as_of else last,
    }
    return [ClassFlow(*row) for row in connection.execute(FLOWS, given)]
