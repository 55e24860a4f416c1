"""Where the terms of figures come from: money spent, facts counted, rules, statements.

A source gives a sum with the number of its events, and SQL for the lines (position, booked, value)
that make up the sum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from projections import facts
from projections.accounts import balances
from projections.core.block_sums import Cells, LinesQuery
from projections.core.sql import BOOKED
from projections.figures.period import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from projections.figures.query import FigureQuery

BUREAU = "organisation:civil-affairs-bureau"
# Facts that name somebody, of some series.
NAMED = f"""FROM {{whos}}
    WHERE series = ANY (%(series)s) AND position <= %(position)s AND {BOOKED} AND {{within}}"""
# Sorting numbers is quicker than keeping a sum for each; few or none are ever taken back.
DISTINCT = f"""
    SELECT count(DISTINCT of_::bigint << 32 | who) FILTER (WHERE value > 0)
           - CASE WHEN min(value) < 0 THEN (
                 SELECT count(*) FROM (
                     SELECT {{told}} AND (of_, who) IN (SELECT of_, who {{told}} AND value < 0)
                     GROUP BY of_, who HAVING max(value) > 0 AND sum({facts.TIMES}) <= 0
                 ) taken_back
             ) ELSE 0 END,
           count(*)
    {{told}}"""


class Amount(NamedTuple):
    """What a source gives: None if nothing is known, else a whole number; and how many events."""

    value: int | None
    events: int


class TermSource(Protocol):
    """Something that a term can be taken from."""

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Return the sum."""

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Return SQL for the lines behind the sum; unless apart, those of a day may be summed."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Money gone to recipients, by programme or by fund."""

    programme: str = ""
    fund: str = ""

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum what was booked in the period."""
        return summed(
            (each.value, each.lines)
            for each in query.spent(span)
            if is_wanted(self.fund, each.key[0]) and is_wanted(self.programme, each.key[1])
        )

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Give each line on the accounts."""
        words = {"class": ("spent",), "unit": ("fen",)}
        words |= {"programme": (self.programme,)} if self.programme else {}
        words |= {"fund": (self.fund,)} if self.fund else {}
        return in_cells(query, balances.CELLS, words, query.since(span), apart=apart)


@dataclass(frozen=True, kw_only=True)
class FactCount:
    """Facts of a measure: those of the period, or all up to its end (a stock)."""

    measure: str
    programme: str = ""
    fund: str = ""
    detail: str = ""
    stock: bool = False
    # What is told in another unit counts something else: persons are not visits.
    unit: str = ""
    # Leaves only what the bureau's own fiscal funds give.
    of_bureau: bool = False

    @property
    def sums(self) -> tuple[str, str]:
        """Return which sums it is taken from: measure and programme."""
        return self.measure, self.programme

    def over(self, span: Span) -> Span:
        """Return the span that counts: a stock's begins with the ledger."""
        return Span.TO_DATE if self.stock else span

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum the facts."""
        funds = self.funds(query)
        return summed(
            (each.value, each.lines)
            for each in query.counted(self.measure, self.over(span))
            if is_wanted(self.programme, each.key[1])
            and (funds is None or each.key[2] in funds)
            and is_wanted(self.detail_of(query), each.key[3])
            and is_wanted(self.unit, each.key[4])
        )

    def detail_of(self, query: FigureQuery) -> str:
        """Return the detail that counts: a cohort is named by the year asked for."""
        return self.detail.format(year=query.period.until.year)

    def funds(self, query: FigureQuery) -> frozenset[str] | None:
        """Return the funds that count, None for all."""
        if self.of_bureau:
            return query.funds(kind="fiscal", keeper=BUREAU)
        return frozenset((self.fund,)) if self.fund else None

    def words(self, query: FigureQuery) -> dict[str, tuple[str, ...]]:
        """Return the words of the series that count."""
        words: dict[str, tuple[str, ...]] = {"measure": (self.measure,)}
        words |= {"programme": (self.programme,)} if self.programme else {}
        words |= {"detail": (self.detail_of(query),)} if self.detail else {}
        words |= {"unit": (self.unit,)} if self.unit else {}
        funds = self.funds(query)
        return words if funds is None else words | {"fund": tuple(sorted(funds))}

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Give each fact."""
        return in_cells(
            query, facts.CELLS, self.words(query), query.since(self.over(span)), apart=apart
        )


@dataclass(frozen=True)
class Before:
    """A stock as it was on the eve of the period."""

    stock: FactCount

    @property
    def sums(self) -> tuple[str, str]:
        """Return which sums it is taken from."""
        return self.stock.sums

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Take what the period has added off the stock at its end."""
        end = self.stock.total(query, span)
        added = replace(self.stock, stock=False).total(query, span)
        return Amount((end.value or 0) - (added.value or 0), end.events - added.events)

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Give each fact before the period."""
        found = self.stock.lines(query, span, apart=apart)
        sql = f"SELECT * FROM ({found.sql}) stock WHERE booked < %(eve)s"
        return LinesQuery(sql, {**found.given, "eve": query.since(span) or date.min}, found.blocks)


@dataclass(frozen=True, kw_only=True)
class Distinct(FactCount):
    """Persons, bodies or projects that facts name, each once: its first event counts 1."""

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """FactCount them: all who were told, without those of whom all was taken back."""
        words, since = self.words(query), query.since(self.over(span))
        chosen = query.series(facts.CELLS, words)
        whos = query.merged.whos
        given = {**chosen.given, **whos.given, **query.until._asdict(), "since": since}
        told = NAMED.format(whos=whos.sql, within=chosen.within)
        asked = LinesQuery(DISTINCT.format(told=told), given)
        return Amount(*query.count(("distinct", since, *words.items()), chosen, asked))

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give each fact with what it adds: 1 if new, 0 if repeated, -1 if the last is undone."""
        chosen = query.series(facts.CELLS, self.words(query))
        whos = query.merged.whos
        sql = f"""
            SELECT position, booked,
                   (after > 0)::int - (after - times > 0)::int AS value
            FROM (
                SELECT position, booked, {facts.TIMES} AS times,
                       sum({facts.TIMES}) OVER (
                           PARTITION BY of_, who ORDER BY position, series ROWS UNBOUNDED PRECEDING
                       ) AS after
                {NAMED.format(whos=whos.sql, within=chosen.within)}
            ) running"""
        since = {"since": query.since(self.over(span))}
        return LinesQuery(sql, {**chosen.given, **whos.given, **query.until._asdict(), **since})


def is_wanted(wanted: str, word: str) -> bool:
    """Tell whether a word is the one wanted, or none is."""
    return not wanted or wanted == word


def summed(each: Iterable[tuple[int, int]]) -> Amount:
    """Add up sums and numbers of lines."""
    value = events = 0
    for more, lines in each:
        value += more
        events += lines
    return Amount(value, events)


def in_cells(
    query: FigureQuery,
    cells: Cells,
    words: Mapping[str, tuple[str, ...]],
    since: date | None,
    *,
    apart: bool = True,
) -> LinesQuery:
    """Write SQL for the lines of some series in cells."""
    within, given, _ = query.series(cells, words)
    series: list[int] = given["series"]  # type: ignore[assignment]
    if apart or query.places:
        lines = cells.events(query.until, since, series)
    else:
        lines = cells.lines(query.until, since, series=series)
    sql = f"SELECT position, booked, value FROM ({lines.sql}) lines WHERE {within}"
    return LinesQuery(sql, {**lines.given, **given}, lines.blocks)


def of_events(events: list[tuple[int, int]]) -> LinesQuery:
    """Write SQL for lines that are known already, by position and value."""
    sql = """SELECT position, NULL::date AS booked, value
             FROM unnest(%(at)s::bigint[], %(worth)s::numeric[]) AS told (position, value)"""
    return LinesQuery(
        sql, {"at": [at for at, _ in events], "worth": [worth for _, worth in events]}
    )
