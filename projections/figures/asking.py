"""One question to the figures: where, when, and the sums that several figures share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from projections import balances, facts, registers
from projections.view import BOOKED, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Connection

    from projections.cells import Cells
    from projections.figures.periods import Period

KEYS = ("measure", "programme", "fund", "detail")


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

    @cached_property
    def spent(self) -> dict[bool, list[Sums]]:
        """Sum what was spent per fund and programme."""
        return self.sums(balances.CELLS, ("fund", "programme"), "class = 'spent' AND unit = 'fen'")

    @cached_property
    def counted(self) -> dict[bool, dict[str, list[Sums]]]:
        """Sum the facts per KEYS, by measure."""
        found: dict[bool, dict[str, list[Sums]]] = {}
        for whole, sums in self.sums(facts.CELLS, KEYS, "true").items():
            found[whole] = defaultdict(list)
            for each in sums:
                found[whole][each.key[0]].append(each)
        return found

    def sums(self, cells: Cells, keys: Sequence[str], where: str) -> dict[bool, list[Sums]]:
        """Sum the cells of the series that a test leaves: all (True), and those since the day."""
        lines = cells.lines(self.until, None)
        within, given = within_places(self.places)
        named = ", ".join(keys)
        rows = self.connection.execute(
            f"""SELECT {named}, sum(value)::bigint, sum(n)::bigint,
                       coalesce(sum(value) FILTER (WHERE booked >= %(first)s), 0)::bigint,
                       coalesce(sum(n) FILTER (WHERE booked >= %(first)s), 0)::bigint
                FROM ({lines.sql}) lines JOIN views.{cells.series.table} ON id = series
                WHERE {where} AND {within} GROUP BY {named}""",
            {**lines.given, **given, "first": self.since or date.min},
        ).fetchall()
        words = len(keys)
        return {
            True: [Sums(row[:words], row[words], row[words + 1]) for row in rows],
            False: [Sums(row[:words], row[-2], row[-1]) for row in rows if row[-1]],
        }


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

    def stated(self, measure: str) -> list[Fact]:
        """Return the facts of a measure that name who said so, whenever they were recorded."""
        if self._stated is None:
            self._stated = defaultdict(list)
            rows = self.connection.execute(
                "SELECT measure, position, detail, who, value, unit"
                " FROM views.fact_whos JOIN views.fact_series ON id = series"
                " WHERE measure LIKE 'stated:%%' AND position <= %(position)s"
                f" AND {BOOKED} ORDER BY position",
                {**self.moment._asdict(), "since": None},
            )
            for name, *rest in rows.fetchall():
                self._stated[name].append(Fact(*rest))
        return self._stated.get(measure, [])

    def funds(self, **where: str) -> frozenset[str]:
        """Return the funds that say so of themselves: `kind`, `keeper`."""
        rows = registers.rows(
            self.connection,
            "funds",
            self.moment,
            where={name: (word,) for name, word in where.items()},
        )
        return frozenset(str(row["id"]) for row in rows)

    def within(self) -> tuple[str, dict[str, object]]:
        """Write the test of the places asked for, over the columns `area` and `booked`."""
        return within_places(self.places)

    def series(self, cells: Cells, where: Mapping[str, Sequence[str]]) -> list[int]:
        """Return the numbers of the series whose words are among those given."""
        tests = [f"{name} = ANY (%({name})s)" for name in where]
        if self.places:
            tests.append("area = ANY (%(areas)s)")
        rows = self.connection.execute(
            f"SELECT id FROM views.{cells.series.table} WHERE {' AND '.join(tests)}",
            {
                **{name: list(words) for name, words in where.items()},
                "areas": [area for place in self.places for area in place.areas],
            },
        )
        return [row[0] for row in rows.fetchall()]


def within_places(places: Sequence[Places]) -> tuple[str, dict[str, object]]:
    """Write the test of the places asked for, over the columns `area` and `booked`."""
    if not places:
        return "true", {}
    tests: list[str] = []
    given: dict[str, object] = {}
    for nth, place in enumerate(places):
        days = BOOKED.replace("since", f"since{nth}").replace("as_of", f"until{nth}")
        tests.append(f"area = ANY (%(areas{nth})s) AND {days}")
        given |= {
            f"areas{nth}": list(place.areas),
            f"since{nth}": place.since,
            f"until{nth}": place.until,
        }
    return f"({' OR '.join(tests)})", given
