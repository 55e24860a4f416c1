"""What somebody stated of a figure: of the year before, or beside the keepers' own events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import facts
from projections.core.block_sums import LinesQuery
from projections.figures.period import Span
from projections.figures.terms.basic import Amount, in_cells, of_events, summed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projections.figures.query import FigureQuery, NamedFact


@dataclass(frozen=True, kw_only=True)
class StatedBefore:
    """What somebody stated of a figure for the year before."""

    figure: str
    unit: str

    def newest(self, query: FigureQuery, span: Span, /) -> NamedFact | None:
        """Return the last statement that stands, one of the whole city before others."""
        before = query.period.over(span).before()
        standing = standing_of(query.stated(self.figure, self.unit))
        found = [each for each in standing if each.detail.endswith(f":{before}")]
        return max(
            found, key=lambda each: (each.detail.startswith("city:"), each.position), default=None
        )

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Return the value."""
        found = self.newest(query, span)
        return Amount(found.value, 1) if found else Amount(None, 0)

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give the statement."""
        found = self.newest(query, span)
        return of_events([(found.position, found.value)] if found else [])


@dataclass(frozen=True, kw_only=True)
class EachKeeper:
    """What every keeper raised: by its events, else by its statement of the figure."""

    measure: str
    figure: str
    scope: str
    unit: str

    @property
    def sums(self) -> tuple[str, str]:
        """Return which sums it is taken from: its measure, of any programme."""
        return self.measure, ""

    def statements(self, query: FigureQuery, span: Span) -> tuple[list[NamedFact], list[NamedFact]]:
        """Return the statements that count, and those whose keepers' events count already."""
        known = {each.key[3] for each in query.counted(self.measure, span)}
        detail = f"{self.scope}:{query.period.over(span).text}"
        told = standing_of(query.stated(self.figure, self.unit))
        standing = [each for each in told if each.detail == detail]
        left_out = [each for each in standing if each.who in known]
        return [each for each in standing if each.who not in known], left_out

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum each keeper once."""
        events = [(each.value, each.lines) for each in query.counted(self.measure, span)]
        return summed([*events, *((each.value, 1) for each in self.statements(query, span)[0])])

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give the events, then the statements."""
        events = in_cells(query, facts.CELLS, {"measure": (self.measure,)}, query.since(span))
        others = of_events(
            [(each.position, each.value) for each in self.statements(query, span)[0]]
        )
        return LinesQuery(f"{events.sql} UNION ALL {others.sql}", {**events.given, **others.given})


def standing_of(told: Iterable[NamedFact]) -> list[NamedFact]:
    """Leave the last statement of each keeper and period, unless it was reversed."""
    last = {(each.detail, each.who): each for each in told}
    return [each for each in last.values() if each.value > 0]
