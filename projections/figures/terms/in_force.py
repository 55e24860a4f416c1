"""Values in force on the last day: of a rule, of the cheapest of several, of a scheme's rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import facts
from projections.figures.terms.basic import Amount, of_events

if TYPE_CHECKING:
    from projections.core.block_sums import LinesQuery
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery

MANY = "*"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The value of a rule, or of a scheme's rate for the whole city, on the last day.

    A measure that ends in `*` stands for all that begin so; the least of their values counts.
    """

    measure: str
    programme: str = ""

    def newest(self, query: FigureQuery) -> tuple[int, int] | None:
        """Return the position and the value of what is in force."""
        lines = facts.CELLS.events(query.until, None, self.series(query))
        row = query.connection.execute(
            f"""SELECT position, value FROM (
                    SELECT DISTINCT ON (measure) position, value FROM (
                        SELECT DISTINCT ON (series) position, series, value
                        FROM ({lines.sql}) lines JOIN views.fact_places p ON p.id = place
                        WHERE area = '' ORDER BY series, position DESC
                    ) newest JOIN views.fact_series s ON s.id = series
                    WHERE value > 0 AND programme = %(programme)s
                      AND left(detail, 10) <= %(day)s
                    ORDER BY measure, left(detail, 10) DESC, position DESC
                ) in_force ORDER BY value, position LIMIT 1""",
            {**lines.given, "programme": self.programme, "day": str(query.until.as_of)},
        ).fetchone()
        return (row[0], row[1]) if row else None

    def series(self, query: FigureQuery) -> list[int]:
        """Return the numbers of the series that it is taken from."""
        begin = self.measure.removesuffix(MANY)
        measures = [self.measure]
        if begin != self.measure:
            measures = [each for each in query.fact_series if each.startswith(begin)]
        return [each.id for measure in measures for each in query.fact_series[measure]]

    def total(self, query: FigureQuery, _span: Span, /) -> Amount:
        """Return the value."""
        found = self.newest(query)
        return Amount(found[1], 1) if found else Amount(None, 0)

    def lines(self, query: FigureQuery, _span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give the event that put it in force."""
        found = self.newest(query)
        return of_events([found] if found else [])
