"""One question to the figures: where, when, and the sums that several figures share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from projections import facts, registers
from projections.accounts import balances
from projections.core import event_log
from projections.core.place_filter import LineChoice, Places, in_places
from projections.core.sql import BOOKED
from projections.core.view import Moment
from projections.figures.areas import district_places
from projections.figures.merged_persons import MergedPersons
from projections.figures.period import Span
from projections.figures.person_counts import CountedEachTime
from projections.figures.published_money import published_money, steps_of
from projections.figures.series_sums import SPENT, NamedFact, SeriesSum, asked_for, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from psycopg import Connection

    from projections.core.block_sums import Cells, LinesQuery
    from projections.disclosure.suppression import PublishedStep
    from projections.figures.period import FigurePeriod
    from projections.figures.person_counts import PersonCount, PersonCounts
    from projections.figures.published_money import Published

KEYS = ("measure", "programme", "fund", "detail", "unit")
SERIES = f"""
    SELECT id, {", ".join(KEYS)}, {event_log.IDENTITY},
           coalesce((SELECT position FROM views.fact_whos
                     WHERE series = s.id AND position <= %(position)s
                     ORDER BY position DESC LIMIT 1), 0)
    FROM views.{facts.CELLS.series.table} s"""
PERSONAL = "SELECT account FROM views.balance_personal"
STATED = f"""
    SELECT measure, position, detail, name, value, unit
    FROM views.fact_whos JOIN views.fact_series s ON s.id = series
    JOIN views.fact_names n ON n.id = who
    WHERE measure LIKE 'stated:%%' AND position <= %(position)s AND {BOOKED} ORDER BY position"""


class FactSeries(NamedTuple):
    """A series of facts: its number, and the words that tell it from others (KEYS)."""

    id: int
    measure: str
    programme: str
    fund: str
    detail: str
    unit: str
    # The log (a ledger that was emptied has another), and its last event that names somebody here.
    log: int
    last: int

    @property
    def key(self) -> tuple[str, ...]:
        """Return its words."""
        return self[1:6]

    def says(self, where: Mapping[str, Collection[str]]) -> bool:
        """Tell whether its words are among those given."""
        return all(getattr(self, name) in words for name, words in where.items())


@dataclass
class FigureQuery:
    """Asks the views at one moment, for one period and perhaps some areas.

    What several figures of a page need is read once: the sums of series, for both spans at a time.
    """

    connection: Connection[Any]
    moment: Moment
    period: FigurePeriod
    # Where: empty is everywhere, else any of these.
    places: Sequence[Places] = ()
    # What will be asked for: (fund, programme) of what was spent, (measure, programme) of facts;
    # an empty word stands for all.
    spent_on: frozenset[tuple[str, str]] = frozenset()
    measured: frozenset[tuple[str, str]] = frozenset()
    person_counts: PersonCounts = field(default_factory=CountedEachTime)
    # Where money to persons stands as it is published, the accounts' lines leave it out.
    is_open: bool = False
    # What was found out of the period already.
    known: dict[str, bool] = field(default_factory=dict, repr=False)
    # The same question about other places, and sets of places by name: read once for all figures.
    _elsewhere: dict[tuple[Places, ...], FigureQuery] = field(
        default_factory=dict, init=False, repr=False
    )
    _earlier: dict[int, FigureQuery] = field(default_factory=dict, init=False, repr=False)
    _named_places: dict[object, tuple[Places, ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def personal(self) -> list[str]:
        """Return the accounts of what was spent on persons, where they are told otherwise."""
        if not self.is_open:
            return []
        return [row[0] for row in self.connection.execute(PERSONAL).fetchall()]

    @cached_property
    def published(self) -> Published:
        """Return what is published of money to persons."""
        return published_money(self.connection, self.moment)

    @cached_property
    def steps(self) -> Sequence[PublishedStep]:
        """Return the steps at which something was published."""
        return steps_of(self.connection, self.moment)

    @cached_property
    def merged(self) -> MergedPersons:
        """Return who is known to have been registered twice."""
        return MergedPersons(self.connection, self.moment.position)

    @cached_property
    def districts(self) -> dict[str, tuple[Places, ...]]:
        """Return the city's districts, each with its places."""
        return district_places(self.connection, self.moment)

    def known_at(self, position: int) -> FigureQuery:
        """Return the same question as it was answered at a position."""
        if position == self.moment.position:
            return self
        if position not in self._earlier:
            moment = self.moment._replace(position=position)
            self._earlier[position] = replace(self, moment=moment, known={})
        return self._earlier[position]

    @cached_property
    def keepers(self) -> dict[str, str]:
        """Return the areas of the bodies that are registered, by their ids."""
        known = self.moment._replace(as_of=None)
        steps = registers.history(self.connection, "organisations", known)
        return {str(each.row["id"]): str(each.row["area"]) for each in steps if "area" in each.row}

    def elsewhere(self, places: Sequence[Places]) -> FigureQuery:
        """Return the same question about other places; of everywhere if there are none."""
        where = tuple(places)
        if where not in self._elsewhere:
            self._elsewhere[where] = replace(self, places=where)
        return self._elsewhere[where]

    def named_places(
        self, name: object, read: Callable[[], tuple[Places, ...]]
    ) -> tuple[Places, ...]:
        """Return the places that go by a name here; they are read when first asked for."""
        if name not in self._named_places:
            self._named_places[name] = read()
        return self._named_places[name]

    @cached_property
    def everywhere(self) -> FigureQuery:
        """Return the same question about everywhere."""
        return self.elsewhere(()) if self.places else self

    @cached_property
    def anywhere(self) -> FigureQuery:
        """Return the same question about what lies in any area at all."""
        named = registers.opened(self.connection, "areas", self.moment._replace(as_of=None), {})
        return self.elsewhere((Places(tuple(named), None, None),))

    @property
    def until(self) -> Moment:
        """Return the end of the period, or the day asked for if that is earlier."""
        last, as_of = self.period.until, self.moment.as_of
        return Moment(self.moment.position, last if as_of is None else min(as_of, last))

    def since(self, span: Span) -> date | None:
        """Return the first booked day that counts; None: from the beginning."""
        return self.period.over(span).since

    def spent(self, span: Span) -> list[SeriesSum]:
        """Sum what was spent per fund and programme."""
        return self._spent[span]

    def counted(self, measure: str, span: Span) -> list[SeriesSum]:
        """Sum the facts of a measure per KEYS."""
        return self._counted[span].get(measure, [])

    def stated(self, figure: str, unit: str) -> list[NamedFact]:
        """Return what was stated of a figure in its unit, and by whom, whenever it was recorded."""
        return [each for each in self._stated.get(f"stated:{figure}", []) if each.unit == unit]

    def funds(self, **where: str) -> frozenset[str]:
        """Return the funds that say so of themselves: `kind`, `keeper`."""
        return frozenset(registers.opened(self.connection, "funds", self.moment, where))

    def series(self, cells: Cells, where: Mapping[str, Sequence[str]]) -> LineChoice:
        """Return the series whose words are among those given, and the test of their places."""
        within, given, _ = self.within(cells)
        if cells is facts.CELLS:
            measured = chain.from_iterable(self.fact_series[each] for each in where["measure"])
            found = [each for each in measured if each.says(where)]
            rests_on = max(((each.log, each.last) for each in found), default=(0, 0))
            return LineChoice(within, {"series": [each.id for each in found], **given}, rests_on)
        tests = [f"{name} = ANY (%({name})s)" for name in where]
        words: dict[str, list[str]] = {name: list(each) for name, each in where.items()}
        if self.is_open:
            tests.append("account <> ALL (%(personal)s)")
        rows = self.connection.execute(
            f"SELECT id FROM views.{cells.series.table} WHERE {' AND '.join(tests)}",
            {**words, "personal": self.personal},
        ).fetchall()
        return LineChoice(within, {"series": [row[0] for row in rows], **given})

    def count(self, what: tuple[object, ...], chosen: LineChoice, lines: LinesQuery) -> PersonCount:
        """FactCount persons.

        Events never change: what is asked, the last event that says something to it, the last merge
        of two registrations, and the last day that counts decide the answer.
        """

        def counted() -> PersonCount:
            # A plan for any series would take these for a few rows.
            found = self.connection.execute(lines.sql, lines.given, prepare=False).fetchone()
            return found or (0, 0)

        key = (what, chosen.rests_on, self.merged.last, self.until.as_of, *self.places)
        return self.person_counts.get(key, counted)

    @cached_property
    def fact_series(self) -> defaultdict[str, list[FactSeries]]:
        """Read which facts are told apart, by measure."""
        found = defaultdict(list)
        given = {"position": self.moment.position}
        for row in self.connection.execute(SERIES, given).fetchall():
            each = FactSeries(*row)
            found[each.measure].append(each)
        return found

    @cached_property
    def _spent(self) -> dict[Span, list[SeriesSum]]:
        asked = asked_for(self.spent_on) | {"personal": self.personal}
        found = self.connection.execute(SPENT, asked)
        return self._sums(balances.CELLS, {row[0]: row[1:] for row in found})

    @cached_property
    def _counted(self) -> dict[Span, dict[str, list[SeriesSum]]]:
        named = {
            each.id: each.key
            for measure, programme in self.measured
            for each in self.fact_series[measure]
            if programme in {"", each.programme}
        }
        found: dict[Span, dict[str, list[SeriesSum]]] = {}
        for span, sums in self._sums(facts.CELLS, named).items():
            found[span] = defaultdict(list)
            for each in sums:
                found[span][each.key[0]].append(each)
        return found

    @cached_property
    def _stated(self) -> dict[str, list[NamedFact]]:
        found = defaultdict(list)
        given = {**self.moment._asdict(), "since": None}
        for measure, *fact in self.connection.execute(STATED, given).fetchall():
            found[measure].append(NamedFact(*fact))
        return found

    def _sums(
        self, cells: Cells, named: Mapping[int, tuple[str, ...]]
    ) -> dict[Span, list[SeriesSum]]:
        """Sum the cells of some series, over both spans at once."""
        ask = cells.by_place if self.places else cells.lines
        lines, chosen = ask(self.until, None, series=list(named)), self.within(cells)
        rows = self.connection.execute(
            f"""SELECT series, sum(value), sum(n)::bigint,
                       coalesce(sum(value) FILTER (WHERE booked >= %(first)s), 0),
                       coalesce(sum(n) FILTER (WHERE booked >= %(first)s), 0)::bigint
                FROM ({lines.sql}) lines WHERE {chosen.within} GROUP BY series""",
            {**lines.given, **chosen.given, "first": self.period.since or date.min},
        ).fetchall()
        return {
            Span.TO_DATE: grouped((named[row[0]], row[1], row[2]) for row in rows),
            Span.PERIOD: grouped((named[row[0]], row[3], row[4]) for row in rows if row[4]),
        }

    def within(self, cells: Cells) -> LineChoice:
        """Return the test of the places asked for, over `place` and `booked`."""
        if not self.places:
            return LineChoice("true", {})
        areas = self.connection.execute(f"SELECT id, area FROM views.{cells.places.table}")
        return in_places(self.places, dict(areas.fetchall()))
