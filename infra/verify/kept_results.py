"""Kept results (留存结果): runs of `verify` that were asked for, and what each check answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from infra.processes.work_process import taken_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import psycopg

    from projections.core.event_log import Reading

COLUMNS = "id, person, checks, is_full, state, position, asked_at, ended_at"
# One that asks the same and has not ended is the same; each run reads all, asked so or not.
UNDER_WAY = """SELECT id FROM office.check_runs WHERE state = 'waiting'
    AND checks IS NOT DISTINCT FROM %s::text[]"""
ASK = """INSERT INTO office.check_runs (id, person, checks, is_full)
    VALUES (gen_random_uuid(), %s, %s, %s) RETURNING id"""
FIND = f"SELECT {COLUMNS} FROM office.check_runs WHERE id = %s"
LATEST = f"SELECT {COLUMNS} FROM office.check_runs ORDER BY asked_at DESC LIMIT %s"
WAITING = "SELECT id FROM office.check_runs WHERE state = 'waiting' ORDER BY asked_at"
KEEP = """INSERT INTO office.check_results (run, "check", position, since, answer)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (run, "check") DO UPDATE SET position = excluded.position,
        since = excluded.since, answer = excluded.answer, found_at = clock_timestamp()"""
END = """UPDATE office.check_runs SET state = %s, ended_at = clock_timestamp(),
        position = (SELECT max(position) FROM office.check_results WHERE run = %s)
    WHERE id = %s AND state = 'waiting'"""
RESULTS = """SELECT run, "check", position, since, answer, found_at FROM office.check_results"""
OF_RUN = f"{RESULTS} WHERE run = %s"
# What was found up to a position: of each check the newest.
NEWEST = f"""SELECT DISTINCT ON ("check") found.* FROM ({RESULTS}) found
    WHERE position <= %s ORDER BY "check", position DESC, found_at DESC"""
# So many runs are kept; of older ones nobody asks.
MOST_RUNS = 1_000
CLEAN = """DELETE FROM office.check_runs WHERE state <> 'waiting' AND id NOT IN (
    SELECT id FROM office.check_runs ORDER BY asked_at DESC LIMIT %s)"""
# A run for this process alone: tells whether nobody else has it.
taken = partial(taken_alone, "checks")


class CheckRun(NamedTuple):
    """A run: who asked for which checks (None: all), and how far it is."""

    id: UUID
    person: str
    checks: list[str] | None
    is_full: bool
    state: str
    position: int | None
    asked_at: datetime
    ended_at: datetime | None


class KeptResult(NamedTuple):
    """What one check answered, of the log from behind one position up to another."""

    run: UUID
    check: str
    position: int
    since: int
    answer: bytes
    found_at: datetime

    def told(self) -> dict[str, Any]:
        """Return it as `verify` answers it, with the moment that it is about."""
        said: dict[str, Any] = msgspec.json.decode(self.answer)
        when = {"position": self.position, "since": self.since, "time": self.found_at}
        return said | when | {"run": str(self.run)}


def ask(
    connection: psycopg.Connection, person: str, checks: Sequence[str] | None, *, full: bool
) -> UUID:
    """Ask for a run; if the same is under way, return that."""
    named = None if checks is None else sorted(checks)
    row = connection.execute(UNDER_WAY, (named,)).fetchone()
    if row is None:
        connection.execute(CLEAN, (MOST_RUNS,))
        row = connection.execute(ASK, (person, named, full)).fetchone()
    if row is None:
        raise LookupError("a run that was stored has no id")
    return UUID(str(row[0]))


def find(connection: Reading, run: UUID) -> CheckRun | None:
    """Return a run."""
    with connection.cursor(row_factory=class_row(CheckRun)) as cursor:
        return cursor.execute(FIND, (run,)).fetchone()


def latest(connection: Reading, most: int) -> Sequence[CheckRun]:
    """List runs, the newest first."""
    with connection.cursor(row_factory=class_row(CheckRun)) as cursor:
        return cursor.execute(LATEST, (most,)).fetchall()


def waiting(connection: Reading) -> list[UUID]:
    """List the runs that have not ended."""
    return [row[0] for row in connection.execute(WAITING)]


def keep(connection: psycopg.Connection, run: UUID, answer: Mapping[str, Any]) -> None:
    """Keep what a check answered."""
    said = {name: value for name, value in answer.items() if name not in {"position", "since"}}
    packed = msgspec.json.encode(said)
    given = run, answer["check"], answer["position"], answer["since"], packed
    connection.execute(KEEP, given)


def end(connection: psycopg.Connection, run: UUID, state: str) -> None:
    """Note that a run has ended, and how."""
    connection.execute(END, (state, run, run))


def of_run(connection: Reading, run: UUID, order: Sequence[str]) -> Sequence[KeptResult]:
    """Return what the checks of a run answered, in the order of the checks."""
    return ordered(connection, OF_RUN, run, order)


def newest(connection: Reading, position: int, order: Sequence[str]) -> Sequence[KeptResult]:
    """Return what each check answered last up to a position, in the order of the checks."""
    return ordered(connection, NEWEST, position, order)


def ordered(
    connection: Reading, query: str, given: UUID | int, order: Sequence[str]
) -> Sequence[KeptResult]:
    """Read results; of a check that is no more nothing is told."""
    with connection.cursor(row_factory=class_row(KeptResult), binary=True) as cursor:
        found = {each.check: each for each in cursor.execute(query.encode(), (given,))}
    return [found[name] for name in order if name in found]
