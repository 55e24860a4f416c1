"""What somebody stated of a figure: of the year before, or beside the keepers' own events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from projections import facts
from projections.core import event_log
from projections.core.block_sums import LinesQuery
from projections.figures.terms.basic import Amount, in_cells, of_events, summed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projections.core.place_filter import Places
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery
    from projections.figures.series_sums import NamedFact, SeriesSum


@dataclass(frozen=True, kw_only=True)
class StatedBefore:
    """What somebody stated of a figure for the year before."""

    figure: str
    unit: str

    def newest(self, query: FigureQuery, span: Span, /) -> NamedFact | None:
        """Return the last statement that stands, one of the whole city before others."""
        before = query.period.over(span).before()
        if query.places:
            return None
        standing = standing_of(query.stated(self.figure, self.unit), query)
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

    def counted(self, query: FigureQuery, keeper: str) -> bool:
        """Tell whether a keeper belongs to the areas asked for."""
        if not query.places:
            return True
        area = query.keepers.get(keeper)
        return any(area in where.areas for where in query.places if covers(where, query))

    def is_by_area(self, query: FigureQuery, span: Span) -> bool:
        """Tell whether the area of any of its keepers is known."""
        known = query.keepers
        everywhere = query.everywhere
        told = self.statements(everywhere, span)[0]
        keepers = {each.key[3] for each in everywhere.counted(self.measure, span)}
        return not (keepers | {each.who for each in told}).isdisjoint(known)

    def raised(self, query: FigureQuery, span: Span) -> list[SeriesSum]:
        """Return what the keepers of the areas asked for raised, by their events."""
        told = query.everywhere.counted(self.measure, span)
        return [each for each in told if self.counted(query, each.key[3])]

    def statements(self, query: FigureQuery, span: Span) -> tuple[list[NamedFact], list[NamedFact]]:
        """Return the statements that count, and those whose keepers' events count already."""
        # A gift that was entered and reversed makes nobody a keeper.
        told = query.everywhere.counted(self.measure, span)
        known = {each.key[3] for each in told if each.value > 0}
        detail = f"{self.scope}:{query.period.over(span).text}"
        stated = standing_of(query.stated(self.figure, self.unit), query)
        standing = [
            each for each in stated if each.detail == detail and self.counted(query, each.who)
        ]
        left_out = [each for each in standing if each.who in known]
        return [each for each in standing if each.who not in known], left_out

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum each keeper once."""
        events = [(each.value, each.lines) for each in self.raised(query, span)]
        return summed([*events, *((each.value, 1) for each in self.statements(query, span)[0])])

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give the events, then the statements."""
        words: dict[str, tuple[str, ...]] = {"measure": (self.measure,)}
        if query.places:
            words["detail"] = tuple({each.key[3] for each in self.raised(query, span)})
        everywhere = query.everywhere
        events = in_cells(everywhere, facts.CELLS, words, query.since(span))
        others = of_events(
            [(each.position, each.value) for each in self.statements(query, span)[0]]
        )
        return LinesQuery(f"{events.sql} UNION ALL {others.sql}", {**events.given, **others.given})


def covers(where: Places, query: FigureQuery) -> bool:
    """Tell whether these boundaries are those of the period's last day."""
    day = query.until.as_of or query.period.until
    return (where.since or day) <= day <= (where.until or day)


def standing_of(told: Iterable[NamedFact], query: FigureQuery) -> list[NamedFact]:
    """Leave one statement of each keeper and period: of those that stand, the last published."""
    standing: defaultdict[tuple[str, str], list[NamedFact]] = defaultdict(list)
    for each in told:
        kept = standing[each.detail, each.who]
        if each.value > 0:
            kept.append(each)
            continue
        undone = [one for one in kept if one.value == -each.value]
        if undone:
            kept.remove(undone[-1])
    return [
        kept[0] if len(kept) == 1 else max(kept, key=lambda one: published(one, query))
        for kept in standing.values()
        if kept
    ]


def published(each: NamedFact, query: FigureQuery) -> tuple[date, int]:
    """Return the day on which a statement was published, and its position."""
    event = event_log.event_at(query.connection, each.position)
    return getattr(event, "published_on", date.min), each.position
