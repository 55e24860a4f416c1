"""Where what a plan is measured by comes from, beside the sources of the yearly figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import facts
from projections.figures.terms.basic import Amount, in_cells
from projections.figures.terms.statements import StatedBefore, standing_of

if TYPE_CHECKING:
    from projections.core.block_sums import LinesQuery
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery
    from projections.figures.series_sums import NamedFact


@dataclass(frozen=True, kw_only=True)
class SeveralMeasures:
    """Facts of several measures of one programme, all up to the end of the period (a stock)."""

    measures: tuple[str, ...]
    programme: str

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum the facts."""
        lines = self.lines(query, span)
        row = query.connection.execute(
            f"SELECT coalesce(sum(value), 0), count(*) FROM ({lines.sql}) lines",
            lines.given,
        ).fetchone()
        return Amount(*row) if row else Amount(0, 0)

    def lines(self, query: FigureQuery, _span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Give each fact."""
        words = {"measure": self.measures, "programme": (self.programme,)}
        return in_cells(query, facts.CELLS, words, None, apart=apart)


@dataclass(frozen=True, kw_only=True)
class StatedLast(StatedBefore):
    """What somebody stated of a figure for the period, or for the last year before it."""

    def newest(self, query: FigureQuery, _span: Span, /) -> NamedFact | None:
        """Return the statement of the latest year up to the period's end."""
        last = str(query.until.as_of)
        standing = standing_of(query.stated(self.figure, self.unit), query)
        found = [each for each in standing if each.detail.rpartition(":")[2] <= last]
        return max(
            found, key=lambda each: (each.detail.rpartition(":")[2], each.position), default=None
        )
