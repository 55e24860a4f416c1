"""Money to persons as it is published at a moment, for every answer of the open zone.

It is published at steps: where a month of such money ends in the log, and, for who names no
position, at the last one. What an unfinished pay run has paid waits until the run is released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cachetools import LRUCache

from projections import registers
from projections.accounts.balances import CELLS
from projections.accounts.published_accounts import STEPS, PublishedLine
from projections.core import event_log
from projections.core.view import Moment
from projections.disclosure.run_money import ToldShare, told_shares
from projections.disclosure.suppression import PublishedStep, RunShare, published
from projections.figures.step_sums import NEVER, SERIES, LogKey, sums_of_steps

if TYPE_CHECKING:
    from psycopg import Connection

# Numbers of series are given anew where the balances are built anew; of accounts of persons there
# come more, never fewer.
LOG = f"""SELECT coalesce({event_log.IDENTITY}, 0), coalesce(max(built), 0),
        (SELECT count(*) FROM views.balance_personal)
    FROM views.positions WHERE view = 'balances'"""
MOST_KEPT = 64

Published: TypeAlias = Sequence[PublishedLine]
Shares: TypeAlias = "Mapping[RunShare, ToldShare | None]"


class PublishedMoney(NamedTuple):
    """What is published: of accounts by month and district, and of runs."""

    lines: Published
    shares: Shares


class PublishedKey(NamedTuple):
    """What is published depends on: which log, the steps, and where boundaries last moved."""

    log: LogKey
    steps: tuple[PublishedStep, ...]
    boundaries: int


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
    boundaries = boundaries_moved(connection, moment)
    if not moment.is_named:
        # What is not about persons moves nothing here, nor what lies in a month that is not over.
        before = max(boundaries, *(each.position for each in steps[:-1]), 0)
        steps = (*steps[:-1], moved_last(connection, steps[-1], before))
    key = PublishedKey(log_of(connection), steps, boundaries)
    with _lock:
        kept = _kept.get(key)
    if kept is not None:
        return kept
    found = worked_out(connection, key)
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


def log_of(connection: Connection[Any]) -> LogKey:
    """Return which log this is, as the balances stand; one that was emptied has another number."""
    found = connection.execute(LOG).fetchone()
    return LogKey(*found) if found else LogKey(0, 0, 0)


def boundaries_moved(connection: Connection[Any], moment: Moment) -> int:
    """Return the position of the last change of boundaries."""
    history = registers.history(connection, "areas", moment._replace(as_of=None))
    return max((step.position for step in history), default=0)


def worked_out(connection: Connection[Any], key: PublishedKey) -> PublishedMoney:
    """Cut what came about by the steps into what may be told."""
    accounts = dict(connection.execute(SERIES).fetchall())
    sums = list(sums_of_steps(connection, *key))
    lines = [
        PublishedLine(accounts[each.series], each.month, each.district, each.value)
        for each in published((each for each in sums if each.series in accounts), key.steps)
    ]
    return PublishedMoney(lines, told_shares(sums, key.steps))
