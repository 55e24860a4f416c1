"""The events behind a figure, page by page; in public months of some, the whole of others."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg.rows import dict_row

from domain import EVENTS as KINDS_OF_EVENTS
from domain.kernel.reversals import Reversal
from projections.core import event_log
from projections.core.block_sums import LinesQuery, block_of
from projections.core.sql import streamed
from projections.disclosure.small_counts import hidden, quantity
from projections.figures.evaluate import query_for, term_told
from projections.figures.public_terms import PublishedSpent
from projections.figures.registry import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from psycopg import Connection

    from projections.core.view import Moment, Row
    from projections.disclosure import Zone
    from projections.figures.definition import Term
    from projections.figures.evaluate import FigureFilter
    from projections.figures.period import Span
    from projections.figures.public_terms import TermTold
    from projections.figures.query import FigureQuery

REVERSALS = event_log.stored_names(
    *(kind for kind in KINDS_OF_EVENTS.values() if issubclass(kind, Reversal))
)
# What is taken back counts on the day of the original unless that is closed: the row says so.
EVENTS = f"""
    SELECT found.position, e.originator_id AS subject,
           (convert_from(e.state, 'UTF8')::jsonb #>> '{{{{act,on}}}}')::date AS "on",
           %(role)s::text AS term, found.value,
           CASE WHEN e.topic = ANY (%(reversals)s)
               THEN (convert_from(e.state, 'UTF8')::jsonb ->> 'of')::bigint END AS reverses
    FROM (
        SELECT position, sum(value) AS value FROM ({{lines}}) lines
        WHERE position > %(after)s GROUP BY position ORDER BY position LIMIT %(limit)s
    ) found {event_log.joined("found.position")}
    ORDER BY found.position"""


def events(
    connection: Connection[Any],
    figure: str,
    moment: Moment,
    which: FigureFilter,
    *,
    term: str | None = None,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> Iterator[Row]:
    """Give what each event contributes to a figure: per term they sum to the term's value.

    In public, what goes to persons is summed per month, without subjects; of some figures only the
    whole is told, by the position at which it is known.
    """
    found = KNOWN[figure]
    query = query_for(connection, moment, which, [found])
    left = limit
    for nth, term_ in enumerate(found.terms):
        if nth < after[0] or term not in (None, term_.role):
            continue
        part = TermLines(query, term_, found.span, term_told(found, term_, query, which))
        behind = after[1] if nth == after[0] else 0
        for row in part.rows(which.zone, behind=behind, limit=left):
            yield row
            left = None if left is None else left - 1
        if left == 0:
            return


class TermLines(NamedTuple):
    """The lines behind one term of a figure."""

    query: FigureQuery
    term: Term
    span: Span
    told: TermTold

    def rows(self, zone: Zone, *, behind: int, limit: int | None) -> Iterable[Row]:
        """Give what each event contributes; in public perhaps each month, or all of it at once."""
        if isinstance(self.told.source, PublishedSpent):
            months = (row for row in self.months(self.told.source) if order_of(row) > behind)
            return islice(months, limit)
        if zone == "office" or not (self.term.whole or self.told.is_coarse):
            return self.each_event(zone, behind=behind, limit=limit)
        return () if behind else (self.whole(),)

    def each_event(self, zone: Zone, *, behind: int, limit: int | None) -> Iterator[Row]:
        """Give what each event contributes."""
        lines = self.told.source.lines(self.query, self.span)
        given = {**lines.given, "after": behind, "limit": limit, "role": self.term.role}
        given["reversals"] = REVERSALS
        asked = LinesQuery(EVENTS.format(lines=lines.sql), given, lines.blocks)
        for row in read(self.query.connection, asked, behind, limit=limit):
            row["contributes"] = quantity(row.pop("value"), self.term.unit, zone)
            if row["reverses"] is None:
                del row["reverses"]
            yield row

    def months(self, spent: PublishedSpent) -> Iterator[Row]:
        """Give what was published for each month; what went to others besides is one row."""
        told = {} if self.told.is_withheld else spent.months()
        for month, value in told.items():
            yield self.merged(month, quantity(value, self.term.unit, "open"))
        others = spent.spent.total(self.query, self.span)
        if others.value and not self.told.is_withheld:
            yield self.merged(None, quantity(others.value, self.term.unit, "open"))

    def whole(self) -> Row:
        """Return all that the term sums as one row, by the position at which it is known."""
        unit = self.term.unit
        amount = self.told.amount.value
        said = hidden(unit) if self.told.is_withheld else quantity(amount, unit, "office")
        known_at = {"position": self.query.moment.position}
        return self.merged(self.query.until.as_of, said) | known_at

    def merged(self, day: date | None, contributes: Row) -> Row:
        """Make a row that stands for no single event."""
        return {
            "position": None,
            "subject": None,
            "on": day,
            "term": self.term.role,
            "contributes": contributes,
        }


def read(
    connection: Connection[Any], asked: LinesQuery, after: int, *, limit: int | None
) -> Iterator[Row]:
    """Give some rows behind a position, from as few blocks as hold them; or all as they come."""
    if limit is None:
        yield from streamed(connection, asked.sql, asked.given)
        return
    cursor = connection.cursor(row_factory=dict_row)
    found = 0
    for within in windows(connection, asked, after, limit):
        # Planned anew each time, for the series that are asked for: some have many lines, some few.
        given = {**asked.given, **within, "limit": limit - found}
        rows = cursor.execute(asked.sql, given, prepare=False).fetchall()
        yield from rows
        found += len(rows)
        if found >= limit:
            return


def windows(
    connection: Connection[Any], asked: LinesQuery, after: int, many: int
) -> Iterator[dict[str, int]]:
    """Give the blocks behind a position, so many at a time as hold so many lines."""
    if not asked.blocks:
        yield {}
        return
    first = block_of(after + 1)
    lines = 0
    counted = connection.execute(asked.blocks, {**asked.given, "from_block": first}).fetchall()
    for block, held in counted:
        lines += held
        if lines >= many:
            yield {"from_block": first, "to_block": block}
            first, lines = block + 1, 0
    yield {"from_block": first}


def key_of(figure: str, row: Row) -> tuple[int, int]:
    """Return what `after` takes to go on behind this row."""
    roles = [term.role for term in KNOWN[figure].terms]
    return roles.index(row["term"]), order_of(row)


def order_of(row: Row) -> int:
    """Return what a row stands in order of: its position, or the day of what is told together."""
    if row["position"] is not None:
        return int(row["position"])
    return row["on"].toordinal() if row["on"] else date.max.toordinal()
