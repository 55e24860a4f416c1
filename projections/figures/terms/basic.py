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
from projections.core.block_sums import Asked, Cells
from projections.core.view import BOOKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from projections.figures.query import Asker, Fact

BUREAU = "organisation:civil-affairs-bureau"
# Facts that name somebody, of some series.
NAMED = f"""FROM views.fact_whos
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


class Source(Protocol):
    """Something that a term can be taken from."""

    def total(self, ask: Asker) -> Amount:
        """Return the sum."""

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:
        """Return SQL for the lines behind the sum; unless apart, those of a day may be summed."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Money gone to recipients, by programme or by fund."""

    programme: str = ""
    fund: str = ""

    def total(self, ask: Asker) -> Amount:
        """Sum what was booked in the period."""
        return summed(
            (each.value, each.lines)
            for each in ask.spent(ask.period.since)
            if said(self.fund, each.key[0]) and said(self.programme, each.key[1])
        )

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:
        """Give each line on the accounts."""
        words = {"class": ("spent",), "unit": ("fen",)}
        words |= {"programme": (self.programme,)} if self.programme else {}
        words |= {"fund": (self.fund,)} if self.fund else {}
        return in_cells(ask, balances.CELLS, words, ask.period.since, apart=apart)


@dataclass(frozen=True, kw_only=True)
class Counted:
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

    def since(self, ask: Asker) -> date | None:
        """Return the first day that counts."""
        return None if self.stock else ask.period.since

    def total(self, ask: Asker) -> Amount:
        """Sum the facts."""
        funds = self.funds(ask)
        return summed(
            (each.value, each.lines)
            for each in ask.counted(self.measure, self.since(ask))
            if said(self.programme, each.key[1])
            and (funds is None or each.key[2] in funds)
            and said(self.told(ask), each.key[3])
            and said(self.unit, each.key[4])
        )

    def told(self, ask: Asker) -> str:
        """Return the detail that counts: a cohort is named by the year asked for."""
        return self.detail.format(year=ask.period.until.year)

    def funds(self, ask: Asker) -> frozenset[str] | None:
        """Return the funds that count, None for all."""
        if self.of_bureau:
            return ask.funds(kind="fiscal", keeper=BUREAU)
        return frozenset((self.fund,)) if self.fund else None

    def words(self, ask: Asker) -> dict[str, tuple[str, ...]]:
        """Return the words of the series that count."""
        words: dict[str, tuple[str, ...]] = {"measure": (self.measure,)}
        words |= {"programme": (self.programme,)} if self.programme else {}
        words |= {"detail": (self.told(ask),)} if self.detail else {}
        words |= {"unit": (self.unit,)} if self.unit else {}
        funds = self.funds(ask)
        return words if funds is None else words | {"fund": tuple(sorted(funds))}

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:
        """Give each fact."""
        return in_cells(ask, facts.CELLS, self.words(ask), self.since(ask), apart=apart)


@dataclass(frozen=True)
class Before:
    """A stock as it was on the eve of the period."""

    stock: Counted

    @property
    def sums(self) -> tuple[str, str]:
        """Return which sums it is taken from."""
        return self.stock.sums

    def total(self, ask: Asker) -> Amount:
        """Take what the period has added off the stock at its end."""
        end = self.stock.total(ask)
        since = ask.period.since
        added = replace(self.stock, stock=False).total(ask) if since else end
        return Amount((end.value or 0) - (added.value or 0), end.events - added.events)

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:
        """Give each fact before the period."""
        found = self.stock.lines(ask, apart=apart)
        sql = f"SELECT * FROM ({found.sql}) stock WHERE booked < %(eve)s"
        return Asked(sql, {**found.given, "eve": ask.period.since or date.min}, found.blocks)


@dataclass(frozen=True, kw_only=True)
class Distinct(Counted):
    """Persons, bodies or projects that facts name, each once: its first event counts 1."""

    def total(self, ask: Asker) -> Amount:
        """Count them: all who were told, without those of whom all was taken back."""
        words, since = self.words(ask), self.since(ask)
        chosen = ask.series(facts.CELLS, words)
        given = {**chosen.given, **ask.until()._asdict(), "since": since}
        asked = Asked(DISTINCT.format(told=NAMED.format(within=chosen.within)), given)
        return Amount(*ask.shared.count(("distinct", since, *words.items()), chosen, asked))

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:  # noqa: ARG002
        """Give each fact with what it adds: 1 if new, 0 if repeated, -1 if the last is undone."""
        chosen = ask.series(facts.CELLS, self.words(ask))
        moment = ask.until()
        sql = f"""
            SELECT position, booked,
                   (after > 0)::int - (after - times > 0)::int AS value
            FROM (
                SELECT position, booked, {facts.TIMES} AS times,
                       sum({facts.TIMES}) OVER (
                           PARTITION BY of_, who ORDER BY position, series ROWS UNBOUNDED PRECEDING
                       ) AS after
                FROM views.fact_whos
                WHERE series = ANY (%(series)s) AND position <= %(position)s AND {BOOKED}
                  AND {chosen.within}
            ) running"""
        return Asked(sql, {**chosen.given, **moment._asdict(), "since": self.since(ask)})


@dataclass(frozen=True, kw_only=True)
class StatedBefore:
    """What somebody stated of a figure for the year before."""

    figure: str
    unit: str

    def newest(self, ask: Asker) -> Fact | None:
        """Return the last statement that stands, one of the whole city before others."""
        before = ask.period.before()
        standing = standing_of(ask.stated(self.figure, self.unit))
        found = [each for each in standing if each.detail.endswith(f":{before}")]
        return max(
            found, key=lambda each: (each.detail.startswith("city:"), each.position), default=None
        )

    def total(self, ask: Asker) -> Amount:
        """Return the value."""
        found = self.newest(ask)
        return Amount(found.value, 1) if found else Amount(None, 0)

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:  # noqa: ARG002
        """Give the statement."""
        found = self.newest(ask)
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

    def statements(self, ask: Asker) -> tuple[list[Fact], list[Fact]]:
        """Return the statements that count, and those whose keepers' events count already."""
        known = {each.key[3] for each in ask.counted(self.measure, ask.period.since)}
        detail = f"{self.scope}:{ask.period.text}"
        told = standing_of(ask.stated(self.figure, self.unit))
        standing = [each for each in told if each.detail == detail]
        left_out = [each for each in standing if each.who in known]
        return [each for each in standing if each.who not in known], left_out

    def total(self, ask: Asker) -> Amount:
        """Sum each keeper once."""
        events = [(each.value, each.lines) for each in ask.counted(self.measure, ask.period.since)]
        return summed([*events, *((each.value, 1) for each in self.statements(ask)[0])])

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:  # noqa: ARG002
        """Give the events, then the statements."""
        events = in_cells(ask, facts.CELLS, {"measure": (self.measure,)}, ask.period.since)
        others = of_events([(each.position, each.value) for each in self.statements(ask)[0]])
        return Asked(f"{events.sql} UNION ALL {others.sql}", {**events.given, **others.given})


def said(wanted: str, word: str) -> bool:
    """Tell whether a word is the one wanted, or none is."""
    return not wanted or wanted == word


def summed(each: Iterable[tuple[int, int]]) -> Amount:
    """Add up sums and numbers of lines."""
    value = events = 0
    for more, lines in each:
        value += more
        events += lines
    return Amount(value, events)


def standing_of(told: Iterable[Fact]) -> list[Fact]:
    """Leave the last statement of each keeper and period, unless it was reversed."""
    last = {(each.detail, each.who): each for each in told}
    return [each for each in last.values() if each.value > 0]


def in_cells(
    ask: Asker,
    cells: Cells,
    words: Mapping[str, tuple[str, ...]],
    since: date | None,
    *,
    apart: bool = True,
) -> Asked:
    """Write SQL for the lines of some series in cells."""
    within, given, _ = ask.series(cells, words)
    series: list[int] = given["series"]  # type: ignore[assignment]
    if apart or ask.places:
        lines = cells.events(ask.until(), since, series)
    else:
        lines = cells.lines(ask.until(), since, series=series)
    sql = f"SELECT position, booked, value FROM ({lines.sql}) lines WHERE {within}"
    return Asked(sql, {**lines.given, **given}, lines.blocks)


def of_events(events: list[tuple[int, int]]) -> Asked:
    """Write SQL for lines that are known already, by position and value."""
    sql = """SELECT position, NULL::date AS booked, value
             FROM unnest(%(at)s::bigint[], %(worth)s::bigint[]) AS told (position, value)"""
    return Asked(sql, {"at": [at for at, _ in events], "worth": [worth for _, worth in events]})
