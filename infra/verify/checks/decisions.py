"""What commands decide by, grown from the log again beside what stands, and the closed days.

The tables grow in the session's own temporary schema and go with it; nothing that stands is read
for them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from domain import decode
from domain.office.periods import BooksClosed, BooksReopened, PeriodReopened, PeriodSoftClosed
from infra.projector.projector import Projector
from projections import VIEWS
from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from infra.verify.check import CheckContext, Findings

DECIDING = tuple(view for view in VIEWS if view.DECIDES)
TEMPORARY = "pg_temp"
MOST_ROWS = 50
STOPPED = f"SELECT view, position, stopped FROM {SCHEMA}.positions WHERE stopped IS NOT NULL"
STAND = f"SELECT position FROM {SCHEMA}.positions WHERE view = %s"
PERIODS = """SELECT notification_id, topic, state FROM ledger.events
    WHERE originator_id >= 'period:' COLLATE "C" AND originator_id < 'period;' COLLATE "C"
      AND notification_id <= %s ORDER BY notification_id"""
STANDING = "SELECT closed_through, soft_through FROM ledger.periods"


def compare_decisions(asked: CheckContext, found: Findings) -> None:
    """Hold every table that commands decide by against one that was grown from the log just now."""
    growing = asked.growing
    for view, position, stopped in asked.connection.execute(STOPPED):
        found.breach([position + 1], view, f"the view has stopped at {stopped}")
    try:
        projector = Projector(growing, DECIDING, TEMPORARY)
        for view in DECIDING:
            compare_view(asked, found, projector, view.NAME)
    finally:
        growing.execute("DISCARD TEMP")


def compare_view(asked: CheckContext, found: Findings, projector: Projector, name: str) -> None:
    """Compare a view's tables at the position that it has, which may move on meanwhile."""
    growing, reached = asked.growing, -1
    while True:
        with growing.transaction():
            growing.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            row = growing.execute(STAND, (name,)).fetchone()
            position = int(row[0]) if row else 0
            if position == reached:
                for table in projector.views[name].TABLES:
                    compare_table(asked, found, table.name)
                return
        projector.catch_up(position)
        reached = position


def compare_table(asked: CheckContext, found: Findings, table: str) -> None:
    """Take down every row that one of the two tables has alone."""
    stands, grown = f"{SCHEMA}.{table}", f"{TEMPORARY}.{table}"
    for one, other, said in (
        (stands, grown, "holds what the log does not say"),
        (grown, stands, "lacks what the log says"),
    ):
        query = f"""SELECT to_jsonb(alone) FROM (TABLE {one} EXCEPT ALL TABLE {other}) alone
            LIMIT {MOST_ROWS}"""
        for (row,) in asked.growing.execute(query.encode()):
            tell(found, f"{table} {said}", row)


def tell(found: Findings, said: str, row: dict[str, Any]) -> None:
    """Take down a row of a table."""
    at = row.get("position")
    subject = next((str(value) for value in row.values() if ":" in str(value)), "")
    found.breach([at] if isinstance(at, int) else [], subject, f"{said}: {row}")


def compare_periods(asked: CheckContext, found: Findings) -> None:
    """Hold the days that are closed against the events that close and open them."""
    closings: defaultdict[str, list[date]] = defaultdict(list)
    soft: dict[str, date] = {}
    last = 0
    for position, topic, state in asked.rows("periods", PERIODS, (asked.head,)):
        event = decode(topic, state)
        last, period = position, closings[event.originator_id]
        match event:
            case BooksClosed():
                period.append(event.through)
            case BooksReopened():
                closings[event.originator_id] = period[:-1]
                soft[event.originator_id] = event.soft_through
            case PeriodSoftClosed():
                soft[event.originator_id] = event.through
            case PeriodReopened():
                soft.pop(event.originator_id, None)
    closed = max(chain.from_iterable(closings.values()), default=date.min)
    wanted = [(closed, max([closed, *soft.values()]))]
    stands = asked.connection.execute(STANDING).fetchall()
    if stands != wanted:
        said = f"closed and soft-closed through {stands}, by their events {wanted}"
        found.breach([last] if last else [], "ledger.periods", said)
