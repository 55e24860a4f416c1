"""Money to persons as it is published at a moment, for every answer of the open zone.

It is published at steps: where a month of such money ends in the log, and, for who names no
position, at the last one. What an unfinished pay run has paid waits until the run is released.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cachetools import LRUCache

from projections import registers
from projections.accounts.balances import CELLS
from projections.accounts.published_accounts import STEPS, PublishedLine
from projections.core import event_log
from projections.core.view import Moment
from projections.disclosure.persons_behind import Payee
from projections.disclosure.run_money import (
    PAID,
    WRITTEN_BACK,
    ToldShare,
    told_shares,
)
from projections.disclosure.suppression import (
    NO_DISTRICT,
    PersonalSum,
    PublishedStep,
    RunShare,
    published,
)
from projections.figures.areas import district_places
from projections.figures.payees import NamedLine, ReleasedChunk, named_lines, released_chunks

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.core.place_filter import Places
    from projections.disclosure.persons_behind import Behind

SERIES = """SELECT s.id, s.account FROM views.balance_series s
    JOIN views.balance_personal USING (account) WHERE unit = 'fen'"""
# By series, place, day, step and chunk of a run: what was booked, and in how many lines. What no
# chunk has paid stands by its position.
SUMS = """
    SELECT series, area, booked, step, chunk, alone, sum(value)::bigint, count(*)::int
    FROM (
        SELECT *, CASE WHEN chunk = 0 THEN position ELSE 0 END AS alone
        FROM (
            SELECT series, place, booked, value, position,
                   width_bucket({told_at}, %(steps)s::bigint[]) AS step,
                   CASE WHEN position <= (%(chunk_ends)s::bigint[])[
                                 width_bucket(position, %(chunk_firsts)s::bigint[])]
                        THEN width_bucket(position, %(chunk_firsts)s::bigint[]) ELSE 0 END AS chunk
            FROM ({lines}) lines
        ) placed
    ) told JOIN views.balance_places p ON p.id = place
    GROUP BY 1, 2, 3, 4, 5, 6"""
# Where what came back of runs lies until it goes out again or is given up.
CAME_BACK = """SELECT id, account FROM views.balance_series
    WHERE class = 'returned' AND unit = 'fen' AND detail LIKE 'pay-run:%'"""
TOLD_AT = """coalesce(
            (SELECT max(until) FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[],
                                           %(untils)s::bigint[]) AS chunk (first, last, until)
             WHERE position BETWEEN first AND last), position)"""
MOST_KEPT = 64
NEVER = 2**62

Published: TypeAlias = Sequence[PublishedLine]
Shares: TypeAlias = "Mapping[RunShare, ToldShare | None]"


class PublishedMoney(NamedTuple):
    """What is published: of accounts by month and district, and of runs."""

    lines: Published
    shares: Shares


class PublishedKey(NamedTuple):
    """What is published depends on: which log, and the steps."""

    log: int
    steps: tuple[PublishedStep, ...]


_kept: LRUCache[PublishedKey, PublishedMoney] = LRUCache(MOST_KEPT)
_lock = Lock()


def published_money(connection: Connection[Any], moment: Moment) -> Published:
    """Return what is published of money to persons, up to the moment's position."""
    return all_published(connection, moment).lines


def published_shares(connection: Connection[Any], moment: Moment) -> Shares:
    """Return what is published of pay runs, up to the moment's position."""
    return all_published(connection, moment).shares


def all_published(connection: Connection[Any], moment: Moment) -> PublishedMoney:
    """Return what is published at a moment.

    A step never changes, so it is worked out once for a process.
    """
    steps = steps_of(connection, moment)
    if not steps:
        return PublishedMoney((), {})
    # What is not about persons moves nothing here, nor what lies in a month that is not over.
    before = max(boundaries_moved(connection, moment), *(each.position for each in steps[:-1]), 0)
    steps = (*steps[:-1], moved_last(connection, steps[-1], before))
    key = PublishedKey(log_of(connection), steps)
    with _lock:
        kept = _kept.get(key)
    if kept is not None:
        return kept
    found = worked_out(connection, steps)
    with _lock:
        _kept[key] = found
    return found


def steps_of(connection: Connection[Any], moment: Moment) -> tuple[PublishedStep, ...]:
    """Return the steps up to a position; the last position is one, unless it was named."""
    found = [
        PublishedStep(*row) for row in connection.execute(STEPS, (moment.position,)).fetchall()
    ]
    if not moment.is_named and (day := event_log.recorded_on(connection, moment.position)):
        found.append(PublishedStep(moment.position, day.replace(day=1)))
    return tuple(found)


def moved_last(connection: Connection[Any], step: PublishedStep, before: int) -> PublishedStep:
    """Return a step at the last position up to its own by which what it tells came about.

    That of the last line on money to persons in a month that is over, or, where this is part of a
    release, that of the release's end; not before a position.
    """
    accounts = [row[0] for row in connection.execute(SERIES).fetchall()]
    lines = CELLS.lines(Moment(step.position), series=accounts)
    sql = f"SELECT max(position) FROM ({lines.sql}) lines WHERE booked < %(open_from)s"
    found = connection.execute(sql, {**lines.given, "open_from": step.open_from}).fetchone()
    moved = max(int(found[0] or 0) if found else 0, before)
    chunks = registers.straddling_chunks(connection, [moved], beyond=NEVER)
    ends = (end for *_, end in chunks if end <= step.position)
    return step._replace(position=max(moved, *ends, moved))


def log_of(connection: Connection[Any]) -> int:
    """Return which log this is: one that was emptied has another number."""
    found = connection.execute(f"SELECT {event_log.IDENTITY}").fetchone()
    return int(found[0] or 0) if found else 0


def boundaries_moved(connection: Connection[Any], moment: Moment) -> int:
    """Return the position of the last change of boundaries."""
    history = registers.history(connection, "areas", moment._replace(as_of=None))
    return max((step.position for step in history), default=0)


def worked_out(connection: Connection[Any], steps: tuple[PublishedStep, ...]) -> PublishedMoney:
    """Ask the balances, and cut what they say into what may be told."""
    accounts = dict(connection.execute(SERIES).fetchall())
    last = Moment(steps[-1].position)
    released = released_chunks(connection, last.position)
    rows = summed_lines(connection, steps, [*accounts], released)
    sums = personal_sums(connection, rows, released, last)
    lines = [
        PublishedLine(accounts[each.series], each.month, each.district, each.value)
        for each in published(sums, steps)
    ]
    return PublishedMoney(lines, told_shares([*sums, *given_up(connection, steps)], steps))


def summed_lines(
    connection: Connection[Any],
    steps: Sequence[PublishedStep],
    series: Sequence[int],
    released: Sequence[ReleasedChunk],
) -> list[SummedLines]:
    """Ask the balances for what was spent on persons up to the last step."""
    lines = CELLS.events(Moment(steps[-1].position), None, series)
    unfinished = registers.straddling_chunks(
        connection, [each.position for each in steps], beyond=NEVER
    )
    given = {
        **lines.given,
        "steps": [each.position + 1 for each in steps],
        "firsts": [each[0] for each in unfinished],
        "lasts": [each[1] for each in unfinished],
        "untils": [each[2] for each in unfinished],
        "chunk_firsts": [each.first for each in released],
        "chunk_ends": [each.last for each in released],
    }
    sql = SUMS.format(lines=lines.sql, told_at=TOLD_AT if unfinished else "position")
    found = connection.execute(sql, given, prepare=False).fetchall()
    return [SummedLines(*row) for row in found]


def given_up(connection: Connection[Any], steps: Sequence[PublishedStep]) -> list[PersonalSum]:
    """Return what of runs came back and was given up: no account of persons tells of it."""
    accounts = dict(connection.execute(CAME_BACK).fetchall())
    lines = CELLS.events(Moment(steps[-1].position), None, [*accounts])
    sql = f"SELECT position, series, booked, value FROM ({lines.sql}) lines WHERE value < 0"
    found = connection.execute(sql, lines.given).fetchall()
    named = named_lines(connection, {position for position, *_ in found})
    ends = [each.position for each in steps]
    return [
        PersonalSum(
            # A series of its own for each run: there is no other number of it.
            series=-series,
            district=NO_DISTRICT,
            booked=booked,
            step=bisect_left(ends, position),
            value=-value,
            behind=Counter({named[position].payee: 1}),
            share=share,
        )
        for position, series, booked, value in found
        if (share := named[position].share) and share.name == WRITTEN_BACK
    ]


class SummedLines(NamedTuple):
    """Lines of a series in an area on a day: of one chunk of a run, or a single one, `alone`."""

    series: int
    area: str
    booked: date
    step: int
    chunk: int
    alone: int
    value: int
    lines: int


def personal_sums(
    connection: Connection[Any],
    rows: Sequence[SummedLines],
    released: Sequence[ReleasedChunk],
    moment: Moment,
) -> list[PersonalSum]:
    """Say in which district lines lie, and who stands behind them."""
    named = named_lines(connection, {each.alone for each in rows if each.alone})
    districts = district_places(connection, moment)
    places = {(each.area, each.booked) for each in rows}
    where = {(area, day): district_of(area, day, districts) for area, day in places}
    return [
        PersonalSum(
            each.series,
            where[each.area, each.booked],
            each.booked,
            each.step,
            each.value,
            *(of_name(each, named) if each.alone else of_chunk(each, released)),
        )
        for each in rows
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
