"""Money to persons that came about between two published steps, with who stands behind it.

What lies between two positions of the log never changes, so it is asked once for a process; a
moment that nobody has asked for is made of the steps before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from cachetools import LRUCache

from projections import registers
from projections.accounts.balances import CELLS
from projections.core.block_sums import block_of
from projections.core.view import Moment
from projections.disclosure.persons_behind import Payee, together
from projections.disclosure.run_money import PAID, WRITTEN_BACK
from projections.disclosure.suppression import NO_DISTRICT, PersonalSum, RunShare, end_of_month
from projections.figures.areas import Boundaries, boundaries_of
from projections.figures.payees import NamedLine, ReleasedChunk, named_lines, released_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.place_filter import Places
    from projections.disclosure.persons_behind import Behind
    from projections.disclosure.suppression import PublishedStep

SERIES = """SELECT s.id, s.account FROM views.balance_series s
    JOIN views.balance_personal USING (account) WHERE unit = 'fen'"""
# By series, place, day and chunk of a run: what was booked, and in how many lines. What no chunk
# has paid stands by its position.
SUMS = """
    SELECT series, area, booked, chunk, alone, sum(value)::bigint, count(*)::int
    FROM (
        SELECT *, CASE WHEN chunk = 0 THEN position ELSE 0 END AS alone
        FROM (
            SELECT series, place, booked, value, position, {told_at} AS told_at,
                   CASE WHEN position <= (%(chunk_ends)s::bigint[])[
                                 width_bucket(position, %(chunk_firsts)s::bigint[])]
                        THEN width_bucket(position, %(chunk_firsts)s::bigint[]) ELSE 0 END AS chunk
            FROM ({lines}) lines
        ) placed
        WHERE told_at > %(after)s AND told_at <= %(through)s
    ) told JOIN views.balance_places p ON p.id = place
    GROUP BY 1, 2, 3, 4, 5"""
TOLD_AT = """coalesce(
            (SELECT max(until) FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[],
                                           %(untils)s::bigint[]) AS chunk (first, last, until)
             WHERE position BETWEEN first AND last), position)"""
# Where what came back of runs lies until it goes out again or is given up.
CAME_BACK = """SELECT id, account FROM views.balance_series
    WHERE class = 'returned' AND unit = 'fen' AND detail LIKE 'pay-run:%'"""
GIVEN_UP = """SELECT position, series, booked, value FROM ({lines}) lines
    WHERE value < 0 AND position > %(after)s AND position <= %(through)s"""
MOST_KEPT = 1024
NEVER = 2**62


class LogKey(NamedTuple):
    """Which log it is, and by which numbers and accounts the balances tell money to persons."""

    log: int
    # How often the balances were built anew, and how many accounts they know as persons'.
    built: int
    accounts: int


class StepKey(NamedTuple):
    """What came about depends on: which log, the positions, and the boundaries known there."""

    log: LogKey
    after: int
    through: int
    boundaries: Boundaries


class SummedLines(NamedTuple):
    """Lines of a series in an area on a day: of one chunk of a run, or a single one, `alone`."""

    series: int
    area: str
    booked: date
    chunk: int
    alone: int
    value: int
    lines: int


_kept: LRUCache[StepKey, Sequence[PersonalSum]] = LRUCache(MOST_KEPT)
_lock = Lock()


def sums_of_steps(
    connection: Connection[Any], log: LogKey, steps: Sequence[PublishedStep], boundaries: int
) -> Iterator[PersonalSum]:
    """Give what came about by each of some steps, in districts as known at `boundaries`."""
    asked = StepQuestion(connection, [each.position for each in steps], boundaries)
    after = 0
    for nth, step in enumerate(steps):
        key = StepKey(log, after, step.position, asked.known)
        found = kept_sums(key, step.open_from, asked)
        yield from found if nth == 0 else (each._replace(step=nth) for each in found)
        after = step.position


def kept_sums(key: StepKey, open_from: date, asked: StepQuestion) -> Sequence[PersonalSum]:
    """Return what came about between two positions; it is asked once.

    What moves from a day on concerns none of the months before it.
    """
    past = key._replace(boundaries=key.boundaries.before(open_from))
    with _lock:
        kept = _kept.get(past, _kept.get(key))
    if kept is not None:
        return kept
    found = asked.sums(key.after, key.through, past.boundaries)
    if any(each.booked >= open_from for each in found):
        past, found = key, asked.sums(key.after, key.through)
    with _lock:
        _kept[past] = found
    return found


@dataclass(frozen=True)
class StepQuestion:
    """Asks the balances what came about between steps; what holds for all of them is read once."""

    connection: Connection[Any]
    positions: Sequence[int]
    boundaries: int

    @cached_property
    def series(self) -> list[int]:
        """Return the numbers of what was spent on persons."""
        return [row[0] for row in self.connection.execute(SERIES).fetchall()]

    @cached_property
    def came_back(self) -> list[int]:
        """Return the numbers of what came back of runs."""
        return [row[0] for row in self.connection.execute(CAME_BACK).fetchall()]

    @cached_property
    def unfinished(self) -> list[tuple[int, int, int]]:
        """Return the chunks of releases that a step lies in: what they paid is told at the end."""
        return registers.straddling_chunks(self.connection, self.positions, beyond=NEVER)

    @cached_property
    def released(self) -> Sequence[ReleasedChunk]:
        """Return the chunks that were released up to the last step."""
        return released_chunks(self.connection, self.positions[-1])

    @cached_property
    def known(self) -> Boundaries:
        """Return the boundaries that are known."""
        return boundaries_of(self.connection, Moment(self.boundaries))

    def sums(
        self, after: int, through: int, boundaries: Boundaries | None = None
    ) -> Sequence[PersonalSum]:
        """Return what came about between two positions, added up by months."""
        if through <= after:
            return ()
        before = (first for first, _, until in self.unfinished if first <= after < until)
        given = {
            "firsts": [each[0] for each in self.unfinished],
            "lasts": [each[1] for each in self.unfinished],
            "untils": [each[2] for each in self.unfinished],
            "chunk_firsts": [each.first for each in self.released],
            "chunk_ends": [each.last for each in self.released],
            "from_block": block_of(min(before, default=after + 1)),
        }
        told_at = TOLD_AT if self.unfinished else "position"
        between = {"after": after, "through": through, **given}
        rows = self._asked(SUMS, self.series, between, told_at=told_at)
        districts = (boundaries or self.known).places()
        personal = self._personal([SummedLines(*row) for row in rows], districts)
        return added_up([*personal, *self._given_up(after, through)])

    def _asked(
        self, sql: str, series: Sequence[int], between: Mapping[str, Any], **parts: str
    ) -> list[tuple[Any, ...]]:
        """Ask about the lines of some series from a block on."""
        lines = CELLS.events(Moment(between["through"]), None, series)
        statement = sql.format(lines=lines.sql, **parts)
        given = {**lines.given, **between}
        return self.connection.execute(statement, given, prepare=False).fetchall()

    def _given_up(self, after: int, through: int) -> list[PersonalSum]:
        """Return what of runs came back and was given up: no account of persons tells of it."""
        between = {"after": after, "through": through, "from_block": block_of(after + 1)}
        found = self._asked(GIVEN_UP, self.came_back, between)
        named = named_lines(self.connection, {position for position, *_ in found})
        return [
            PersonalSum(
                # A series of its own for each run: there is no other number of it.
                series=-series,
                district=NO_DISTRICT,
                booked=booked,
                step=0,
                value=-value,
                behind=Counter({named[position].payee: 1}),
                share=share,
            )
            for position, series, booked, value in found
            if (share := named[position].share) and share.name == WRITTEN_BACK
        ]

    def _personal(
        self, rows: Sequence[SummedLines], districts: dict[str, tuple[Places, ...]]
    ) -> list[PersonalSum]:
        """Say in which district lines lie, and who stands behind them."""
        named = named_lines(self.connection, {each.alone for each in rows if each.alone})
        places = {(each.area, each.booked) for each in rows}
        where = {(area, day): district_of(area, day, districts) for area, day in places}
        return [
            PersonalSum(
                each.series,
                where[each.area, each.booked],
                each.booked,
                0,
                each.value,
                *(of_name(each, named) if each.alone else of_chunk(each, self.released)),
            )
            for each in rows
        ]


def added_up(sums: Iterable[PersonalSum]) -> Sequence[PersonalSum]:
    """Add sums up by months: a month is told when it is over, so its days are told together."""
    found: defaultdict[tuple[object, ...], list[PersonalSum]] = defaultdict(list)
    for each in sums:
        found[each.series, each.district, end_of_month(each.booked), each.share].append(each)
    return [
        mine[0]._replace(
            booked=end_of_month(mine[0].booked),
            value=sum(each.value for each in mine),
            behind=together(each.behind for each in mine),
        )
        for mine in found.values()
    ]


def of_name(line: SummedLines, named: Mapping[int, NamedLine]) -> tuple[Behind, RunShare | None]:
    """Say who stands behind a single line, and of which number of a run it is a part."""
    payee, share = named[line.alone]
    return Counter({payee: 1 if line.value > 0 else -1}), share


def of_chunk(line: SummedLines, released: Sequence[ReleasedChunk]) -> tuple[Behind, RunShare]:
    """Say who stands behind lines of a chunk, which its run paid."""
    chunk = released[line.chunk - 1]
    return Counter({Payee(chunk.turn): line.lines}), RunShare(chunk.run, PAID)


def district_of(area: str, day: date, districts: dict[str, tuple[Places, ...]]) -> str:
    """Return the district in which an area lay on a day; empty if in none."""
    return next(
        (
            name
            for name, ranges in districts.items()
            for each in ranges
            if area in each.areas
            and (each.since is None or each.since <= day)
            and (each.until is None or day <= each.until)
        ),
        "",
    )
