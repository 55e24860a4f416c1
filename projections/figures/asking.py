"""One question to the figures: where, when, and the sums that several figures share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from projections import balances, facts, registers
from projections.view import BOOKED, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

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
class Asker:
    """Asks the views at one moment; what several figures need is asked for once."""

    connection: Connection[Any]
    moment: Moment
    period: Period
    # Where: empty is everywhere, else any of these.
    places: Sequence[Places] = ()
    _spent: dict[date | None, list[Sums]] = field(default_factory=dict)
    _counted: dict[date | None, dict[str, list[Sums]]] = field(default_factory=dict)
    _stated: dict[str, list[Fact]] | None = None

    def until(self) -> Moment:
        """Return the end of the period, or the day asked for if that is earlier."""
        as_of = self.moment.as_of
        last = self.period.until
        return Moment(self.moment.position, last if as_of is None else min(as_of, last))

    def spent(self, since: date | None) -> list[Sums]:
        """Sum what was spent per fund and programme, booked from a day on."""
        if since not in self._spent:
            self._spent[since] = self.sums(
                balances.CELLS, ("fund", "programme"), since, "class = 'spent' AND unit = 'fen'"
            )
        return self._spent[since]

    def counted(self, measure: str, since: date | None) -> list[Sums]:
        """Sum the facts of a measure per KEYS, booked from a day on."""
        if since not in self._counted:
            found: dict[str, list[Sums]] = defaultdict(list)
            for each in self.sums(facts.CELLS, KEYS, since, "true"):
                found[each.key[0]].append(each)
            self._counted[since] = found
        return self._counted[since].get(measure, [])

    def sums(self, cells: Cells, keys: Sequence[str], since: date | None, where: str) -> list[Sums]:
        """Sum the cells of all series that a test leaves, per some of their words."""
        lines = cells.lines(self.until(), since)
        within, given = self.within()
        named = ", ".join(keys)
        rows = self.connection.execute(
            f"SELECT {named}, sum(value)::bigint, sum(n)::bigint FROM ({lines.sql}) lines"
            f" JOIN views.{cells.series.table} ON id = series"
            f" WHERE {where} AND {within} GROUP BY {named}",
            {**lines.given, **given},
        )
        return [Sums(row[:-2], row[-2], row[-1]) for row in rows.fetchall()]

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
        if not self.places:
            return "true", {}
        tests: list[str] = []
        given: dict[str, object] = {}
        for nth, place in enumerate(self.places):
            days = BOOKED.replace("since", f"since{nth}").replace("as_of", f"until{nth}")
            tests.append(f"area = ANY (%(areas{nth})s) AND {days}")
            given |= {
                f"areas{nth}": list(place.areas),
                f"since{nth}": place.since,
                f"until{nth}": place.until,
            }
        return f"({' OR '.join(tests)})", given

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
