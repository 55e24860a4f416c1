"""One question to the figures: where, when, and the sums that several figures share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from projections import facts, registers
from projections.accounts import balances
from projections.core import event_log
from projections.core.view import BOOKED, Moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from psycopg import Connection

    from projections.core.block_sums import Asked, Cells
    from projections.figures.period import Period

KEYS = ("measure", "programme", "fund", "detail", "unit")
SERIES = f"""
    SELECT id, {", ".join(KEYS)}, {event_log.IDENTITY},
           coalesce((SELECT position FROM views.fact_whos
                     WHERE series = s.id AND position <= %(position)s
                     ORDER BY position DESC LIMIT 1), 0)
    FROM views.{facts.CELLS.series.table} s"""
SPENT = f"""
    SELECT id, fund, programme FROM views.{balances.CELLS.series.table}
    WHERE class = 'spent' AND unit = 'fen' AND (fund || ' ' || programme = ANY (%(both)s)
        OR fund = ANY (%(firsts)s) OR programme = ANY (%(programmes)s))"""


# Counts of persons, by what they depend on.
Counts: TypeAlias = dict[tuple[object, ...], tuple[int, int]]
# Each may name the areas of a district.
MOST_COUNTS = 1_000


class Places(NamedTuple):
    """Areas, and the booked days on which they are the ones asked for."""

    areas: tuple[str, ...]
    since: date | None
    until: date | None


class Sums(NamedTuple):
    """A series (its words in the order asked for), the sum of its lines, and their number."""

    key: tuple[str, ...]
    value: int
    lines: int


class Series(NamedTuple):
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


class Chosen(NamedTuple):
    """Which lines are asked for: a test on them, and its parameters, perhaps with `series`.

    `rests_on` is the log and the last event in it that names somebody whom they count.
    """

    within: str
    given: dict[str, object]
    rests_on: tuple[int, int] = (0, 0)


class Fact(NamedTuple):
    """A fact that names somebody, of a measure that is told by few."""

    position: int
    detail: str
    who: str
    value: int
    unit: str


@dataclass
class Shared:
    """What the figures of one page ask of whole views, once: sums up to a day, all and since."""

    connection: Connection[Any]
    until: Moment
    since: date | None
    # Where: empty is everywhere, else any of these.
    places: Sequence[Places] = ()
    # What will be asked for: (fund, programme) of what was spent, (measure, programme) of facts;
    # an empty word stands for all.
    spent_on: frozenset[tuple[str, str]] = frozenset()
    measured: frozenset[tuple[str, str]] = frozenset()
    # What was counted already, perhaps for an earlier page.
    counts: Counts = field(default_factory=dict)

    @cached_property
    def spent(self) -> dict[bool, list[Sums]]:
        """Sum what was spent per fund and programme."""
        found = self.connection.execute(SPENT, asked_for(self.spent_on))
        return self.sums(balances.CELLS, {row[0]: row[1:] for row in found})

    @cached_property
    def counted(self) -> dict[bool, dict[str, list[Sums]]]:
        """Sum the facts per KEYS, by measure."""
        named = {
            each.id: each.key
            for measure, programme in self.measured
            for each in self.told[measure]
            if programme in {"", each.programme}
        }
        found: dict[bool, dict[str, list[Sums]]] = {}
        for whole, sums in self.sums(facts.CELLS, named).items():
            found[whole] = defaultdict(list)
            for each in sums:
                found[whole][each.key[0]].append(each)
        return found

    @cached_property
    def told(self) -> defaultdict[str, list[Series]]:
        """Read which facts are told apart, by measure: once for all figures of a page."""
        found = defaultdict(list)
        given = {"position": self.until.position}
        for row in self.connection.execute(SERIES, given).fetchall():
            each = Series(*row)
            found[each.measure].append(each)
        return found

    def count(self, what: tuple[object, ...], chosen: Chosen, asked: Asked) -> tuple[int, int]:
        """Count persons, unless that was done when the same events were recorded.

        Events never change: what is asked, the last event that says something to it, and the last
        day that counts decide the answer.
        """
        key = (what, chosen.rests_on, self.until.as_of, *self.places)
        found = self.counts.get(key)
        if found is None:
            # A plan for any series would take these for a few rows.
            row = self.connection.execute(asked.sql, asked.given, prepare=False).fetchone()
            if len(self.counts) >= MOST_COUNTS:
                self.counts.clear()
            found = self.counts[key] = row or (0, 0)
        return found

    def sums(self, cells: Cells, named: Mapping[int, tuple[str, ...]]) -> dict[bool, list[Sums]]:
        """Sum the cells of some series: all (True), and those since the day."""
        asked = cells.by_place if self.places else cells.lines
        lines, chosen = asked(self.until, None, series=list(named)), self.within(cells)
        rows = self.connection.execute(
            f"""SELECT series, sum(value)::bigint, sum(n)::bigint,
                       coalesce(sum(value) FILTER (WHERE booked >= %(first)s), 0)::bigint,
                       coalesce(sum(n) FILTER (WHERE booked >= %(first)s), 0)::bigint
                FROM ({lines.sql}) lines WHERE {chosen.within} GROUP BY series""",
            {**lines.given, **chosen.given, "first": self.since or date.min},
        ).fetchall()
        return {
            True: grouped((named[row[0]], row[1], row[2]) for row in rows),
            False: grouped((named[row[0]], row[3], row[4]) for row in rows if row[4]),
        }

    def within(self, cells: Cells) -> Chosen:
        """Return the test of the places asked for, over `place` and `booked`."""
        if not self.places:
            return Chosen("true", {})
        areas = self.connection.execute(f"SELECT id, area FROM views.{cells.places.table}")
        return in_places(self.places, dict(areas.fetchall()))


def asked_for(wanted: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Tell apart what is asked for by both of its words, by the first, and by its programme."""
    wanted = list(wanted)
    return {
        "both": [f"{first} {programme}" for first, programme in wanted if first and programme],
        "firsts": [first for first, programme in wanted if not programme],
        "programmes": [programme for first, programme in wanted if not first],
    }


def grouped(series: Iterable[tuple[tuple[str, ...], int, int]]) -> list[Sums]:
    """Add up the series that are said in the same words."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for key, value, lines in series:
        before = found.get(key, (0, 0))
        found[key] = (before[0] + value, before[1] + lines)
    return [Sums(key, *sums) for key, sums in found.items()]


@dataclass
class Asker:
    """Asks the views at one moment, for one period; what several figures need is shared."""

    moment: Moment
    period: Period
    shared: Shared
    _stated: dict[str, list[Fact]] | None = None

    @property
    def connection(self) -> Connection[Any]:
        """Return the connection to ask on."""
        return self.shared.connection

    @property
    def places(self) -> Sequence[Places]:
        """Return where: empty is everywhere."""
        return self.shared.places

    def until(self) -> Moment:
        """Return the end of the period, or the day asked for if that is earlier."""
        return self.shared.until

    def spent(self, since: date | None) -> list[Sums]:
        """Sum what was spent per fund and programme, booked from a day on."""
        return self.shared.spent[since is None]

    def counted(self, measure: str, since: date | None) -> list[Sums]:
        """Sum the facts of a measure per KEYS, booked from a day on."""
        return self.shared.counted[since is None].get(measure, [])

    def stated(self, figure: str, unit: str) -> list[Fact]:
        """Return what was stated of a figure in its unit, and by whom, whenever it was recorded."""
        if self._stated is None:
            self._stated = defaultdict(list)
            rows = self.connection.execute(
                "SELECT measure, position, detail, name, value, unit"
                " FROM views.fact_whos JOIN views.fact_series s ON s.id = series"
                " JOIN views.fact_names n ON n.id = who"
                " WHERE measure LIKE 'stated:%%' AND position <= %(position)s"
                f" AND {BOOKED} ORDER BY position",
                {**self.moment._asdict(), "since": None},
            )
            for name, *rest in rows.fetchall():
                self._stated[name].append(Fact(*rest))
        return [each for each in self._stated.get(f"stated:{figure}", []) if each.unit == unit]

    def funds(self, **where: str) -> frozenset[str]:
        """Return the funds that say so of themselves: `kind`, `keeper`."""
        return frozenset(registers.opened(self.connection, "funds", self.moment, where))

    def series(self, cells: Cells, where: Mapping[str, Sequence[str]]) -> Chosen:
        """Return the series whose words are among those given, and the test of their places."""
        within, given, _ = self.shared.within(cells)
        if cells is facts.CELLS:
            told = chain.from_iterable(self.shared.told[each] for each in where["measure"])
            found = [each for each in told if each.says(where)]
            rests_on = max(((each.log, each.last) for each in found), default=(0, 0))
            return Chosen(within, {"series": [each.id for each in found], **given}, rests_on)
        tests = " AND ".join(f"{name} = ANY (%({name})s)" for name in where)
        rows = self.connection.execute(
            f"SELECT id FROM views.{cells.series.table} WHERE {tests}",
            {name: list(words) for name, words in where.items()},
        ).fetchall()
        return Chosen(within, {"series": [row[0] for row in rows], **given})


def in_places(places: Sequence[Places], areas: Mapping[int, str]) -> Chosen:
    """Write the test of some places, of which these have numbers."""
    tests: list[str] = []
    given: dict[str, object] = {}
    for nth, where in enumerate(places):
        days = BOOKED.replace("since", f"since{nth}").replace("as_of", f"until{nth}")
        tests.append(f"place = ANY (%(places{nth})s::int[]) AND {days}")
        given |= {
            f"places{nth}": [number for number, area in areas.items() if area in where.areas],
            f"since{nth}": where.since,
            f"until{nth}": where.until,
        }
    return Chosen(f"({' OR '.join(tests)})", given)
