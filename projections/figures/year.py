"""Of which years a ledger tells, and what is known of a year by statements alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from projections import facts, registers
from projections.accounts import balances
from projections.core.view import Moment
from projections.figures.period import Span
from projections.figures.terms.statements import StatedBefore, standing_of

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.figures.definition import Definition, Term
    from projections.figures.period import FigurePeriod
    from projections.figures.query import FigureQuery
    from projections.figures.series_sums import NamedFact
    from projections.figures.terms.basic import Amount, TermSource

STATED = """
    SELECT EXISTS (SELECT FROM views.fact_whos JOIN views.fact_series s ON s.id = series
                   WHERE measure LIKE 'stated:%%' AND position <= %(position)s
                     AND right(detail, %(length)s) = %(ending)s
                   GROUP BY series, who HAVING sum(value) > 0)"""


@dataclass(frozen=True, kw_only=True)
class StatedFor(StatedBefore):
    """What somebody stated of a figure for the period itself."""

    def newest(self, query: FigureQuery, span: Span, /) -> NamedFact | None:
        """Return the last statement that stands, one of the whole city before others."""
        ending = f":{query.period.over(span).text}"
        standing = standing_of(query.stated(self.figure, self.unit), query)
        return max(
            (each for each in standing if each.detail.endswith(ending)),
            key=lambda each: (each.detail.startswith("city:"), each.position),
            default=None,
        )


def told_by(figure: Definition, term: Term, query: FigureQuery) -> tuple[TermSource, Amount]:
    """Return where a term's sum comes from, and the sum.

    In a year of which only statements are known, no event does not mean nought: what is stated of
    the figure counts, or nothing is known.
    """
    source, span = term.source, figure.span
    amount = source.total(query, span)
    is_sum = figure.kind == "flow" and len(figure.terms) == 1 and span is Span.PERIOD
    if not is_sum or amount.events or query.places or not is_stated_alone(query):
        return source, amount
    stated = StatedFor(figure=figure.id, unit=figure.unit)
    return stated, stated.total(query, span)


def is_stated_alone(query: FigureQuery) -> bool:
    """Tell whether somebody stated something of the period, and no money was spent in it."""
    if "stated" not in query.known:
        ending = f":{query.period.text}"
        given = {"position": query.moment.position, "length": len(ending), "ending": ending}
        spent = balances.BalanceFilter(where={"class": ("spent",)}, since=query.period.since)
        query.known["stated"] = is_true(query.connection, STATED, given) and not any(
            # Whatever day is asked for: the first one with money would tell when that was.
            balances.years(query.connection, query.moment._replace(as_of=query.period.until), spent)
        )
    return query.known["stated"]


def is_told(connection: Connection[Any], moment: Moment, period: FigurePeriod) -> bool:
    """Tell whether anything lies in a period or on both of its sides, or is stated of it."""
    position, ending = moment.position, f":{period.text}"
    given = {"position": position, "length": len(ending), "ending": ending}
    return (
        (period.since is None or has_lines(connection, position, since=period.since))
        and has_lines(connection, position, until=period.until)
    ) or is_true(connection, STATED, given)


def has_lines(
    connection: Connection[Any],
    position: int,
    *,
    since: date | None = None,
    until: date | None = None,
) -> bool:
    """Tell whether anything counts, or any subject has an event, on a day or after, or before."""
    for cells in (facts.CELLS, balances.CELLS):
        lines = cells.lines(Moment(position, until), since)
        if is_true(connection, f"SELECT EXISTS (SELECT FROM ({lines.sql}) lines)", lines.given):
            return True
    return registers.lies_between(connection, position, since, until)


def is_true(connection: Connection[Any], sql: str, given: Any) -> bool:
    """Ask a question that is answered by yes or no."""
    found = connection.execute(sql, given).fetchone()
    return bool(found and found[0])


def years(connection: Connection[Any], moment: Moment) -> list[str]:
    """List the years from the first that anything is told of to the last; none if nothing is."""
    days: list[date] = [*registers.ends(connection, moment.position)]
    for cells in (facts.CELLS, balances.CELLS):
        lines = cells.lines(Moment(moment.position))
        sql = f"SELECT min(booked), max(booked) FROM ({lines.sql}) lines"
        found = connection.execute(sql, lines.given).fetchone()
        days += [day for day in found or () if day is not None]
    return [str(year) for year in range(min(days).year, max(days).year + 1)] if days else []
