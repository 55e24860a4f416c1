"""The books of a year at its end (年终账簿): the trial balance, funds, and facts that came late.

What was known when the year was first closed stands beside what is known now.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.office.periods import BooksClosed, Period, PeriodSoftClosed
from projections.accounts import fund_statement
from projections.core import event_log
from projections.core.view import SCHEMA, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from psycopg import Connection

    from projections.core.view import Row

TRIAL = f"""
    SELECT 'fund:' || a.fund, split_part(a.account, ':', 3), a.class, a.unit,
           coalesce(sum(j.value) FILTER (WHERE j.booked < %(first)s), 0)::numeric,
           coalesce(sum(j.value) FILTER (WHERE j.position <= %(closed)s), 0)::numeric,
           sum(j.value)::numeric
    FROM {SCHEMA}.journal j JOIN {SCHEMA}.journal_accounts a ON a.id = j.account
    WHERE j.position <= %(position)s AND j.booked <= %(last)s
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, array_position(ARRAY['out','received','available','committed','advanced',
        'returned','owed','spent','lost','stock','issued'], a.class), 4"""
# Booked into the year after it was first closed; or a fact of the year, booked behind its end.
LATE = f"""
    SELECT j.position, min(j.on_), min(j.booked), min(e.recorded_at), min(s.topic),
           min(e.originator_id), min(a.unit), coalesce(sum(j.value) FILTER (WHERE j.value > 0), 0)
    FROM {SCHEMA}.journal j JOIN {SCHEMA}.journal_accounts a ON a.id = j.account
    JOIN {SCHEMA}.journal_sayings s ON s.id = j.said {event_log.joined("j.position")}
    WHERE j.position <= %(position)s
      AND (j.position > %(closed)s AND j.booked BETWEEN %(first)s AND %(last)s
           OR j.on_ BETWEEN %(first)s AND %(last)s AND j.booked > %(last)s)
    GROUP BY j.position ORDER BY j.position"""


class TrialLine(NamedTuple):
    """What a stage of an earmark held: at the begin, at the first closing, and as known now."""

    fund: str
    earmark: str
    stage: str
    unit: str
    opening: int
    at_closing: int
    as_known: int

    @property
    def late(self) -> int:
        """Return what came after the closing."""
        return self.as_known - self.at_closing


class LateFact(NamedTuple):
    """An event that the closed year did not hold: when it was, where it counts, when it came."""

    position: int
    on: date
    booked: date
    recorded_at: datetime
    topic: str
    subject: str
    unit: str
    amount: int


class FirstClosing(NamedTuple):
    """When a year was closed, or soft-closed, for the first time, and by whom."""

    position: int
    on: date
    by: str


class YearBooks(NamedTuple):
    """All that is said of a year's books."""

    year: int
    position: int
    closing: FirstClosing | None
    trial: Sequence[TrialLine]
    statements: Mapping[str, Row]
    late: Sequence[LateFact]

    def unbalanced(self) -> list[tuple[str, str]]:
        """Return the funds and units whose stages do not sum to nothing; there should be none."""
        sums: dict[tuple[str, str], list[int]] = {}
        for line in self.trial:
            held = sums.setdefault((line.fund, line.unit), [0, 0, 0])
            for nth, value in enumerate((line.opening, line.at_closing, line.as_known)):
                held[nth] += value
        return [key for key, held in sums.items() if any(held)]


def year_books(connection: Connection[Any], position: int, year: int) -> YearBooks:
    """Read the books of a year, as known at a position."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    closing = first_closing(connection, position, last)
    given = {
        "first": first,
        "last": last,
        "position": position,
        # Books that nobody has closed have no late facts of the first kind.
        "closed": closing.position if closing else position,
    }
    trial = [TrialLine(*row[:4], *map(int, row[4:])) for row in connection.execute(TRIAL, given)]
    late = [LateFact._make((*row[:7], int(row[7]))) for row in connection.execute(LATE, given)]
    statements = fund_statement.statements(connection, Moment(position), from_=first, to=last)
    return YearBooks(year, position, closing, trial, statements, late)


def first_closing(connection: Connection[Any], position: int, last: date) -> FirstClosing | None:
    """Return the first closing or soft-closing through a day or a later one."""
    return min(_closings(connection, position, last), default=None)


def _closings(connection: Connection[Any], position: int, last: date) -> Iterator[FirstClosing]:
    for subject in event_log.subjects_of_kind(connection, Period.KIND):
        for at, event in event_log.positioned(connection, subject):
            closes = isinstance(event, PeriodSoftClosed | BooksClosed) and event.through >= last
            if closes and at <= position:
                yield FirstClosing(at, event.act.on, event.act.by)
