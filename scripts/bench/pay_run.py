"""A pay run of 100,000 lines, from the command to its receipt, by the code that HTTP runs."""

from __future__ import annotations

import time
from datetime import date
from itertools import count, islice
from typing import TYPE_CHECKING

import psycopg

from domain.benefits.entitlement_events import EntitlementBroughtIn
from domain.benefits.person_events import PersonRegistered
from domain.kernel.aggregate import Act, Event
from infra.commands.caches.pay_run_cache import PayRunCache
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.ledger import open_ledger
from scripts.bench import during_release
from scripts.bench.outcomes import Outcome, by_turns
from scripts.scenarios.office import EVE, Office, staffed
from scripts.scenarios.stories import AREA, SCHEME, a_fund, a_scheme, approved, release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.bench.ledgers import Bench

RATE = 20_000
CHUNK = 10_000
# So many more runs are released while single commands come in.
MEANWHILE = 3
LIMIT = """CREATE SCHEMA bench;
    CREATE TABLE bench.events (LIKE ledger.events INCLUDING ALL)"""
TAKE = """COPY (SELECT * FROM ledger.events WHERE notification_id > {} ORDER BY notification_id)
    TO STDOUT (FORMAT BINARY)"""
GIVE = "COPY bench.events FROM STDIN (FORMAT BINARY)"
HEAD = "SELECT max(notification_id) FROM ledger.events"
# What one write to the connection holds.
PIECE = 2**20


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with COPY of the very rows that were appended, into the same columns and indexes."""
    lines = 20_000 if bench.quick else 100_000
    with (
        open_ledger(bench.settings("pay-run")) as ledger,
        psycopg.connect(ledger.database.owner_url, autocommit=True) as owner,
    ):
        office = a_roll(Office(ledger), lines)
        owner.execute(LIMIT)
        runs = (f"pay-run:aid:{2007 + n // 12}-{n % 12 + 1:02d}" for n in count())
        made: list[bytes] = []
        ours, theirs, again = by_turns(
            bench.rounds,
            lambda: lines / released(office, next(runs), owner, made),
            lambda: lines / copied(owner, made.pop()),
            lambda: lines / released(office, next(runs), owner, [], at_hand=False),
        )
        meanwhile = during_release.notes(office, islice(runs, MEANWHILE))
    bench.rates["pay-run"] = ours
    yield Outcome(
        name="pay-run",
        path=f"pay run of {lines:,}, from the release to its receipt",
        ours=ours,
        limit=theirs,
        unit="lines/s",
        against="COPY of the same rows, same columns and indexes",
        goal=0.6,
        at_least=True,
        notes=meanwhile | {"ratio where the roll is drawn again": round(again / theirs, 2)},
    )


def a_roll(office: Office, lines: int) -> Office:
    """Lay out a fund, a scheme of one flat rate and so many persons who are entitled to it."""
    staffed(office)
    a_fund(office, holding=10**15)
    a_scheme(office, rate=RATE)
    act = Act(by="clerk-1", on=date.fromisoformat(EVE), booked=date.fromisoformat(EVE))
    names = [f"{n:06d}" for n in range(lines)]
    for first in range(0, lines, CHUNK):
        events = [e for name in names[first : first + CHUNK] for e in an_entitled_person(name, act)]
        with office.ledger.connection() as connection:
            append(connection, Batch([stored(event) for event in events]))
    return office


def an_entitled_person(name: str, act: Act) -> Iterator[Event]:
    """Register a person, and bring in what he is entitled to."""
    person = f"person:{name}"
    yield PersonRegistered(originator_id=person, originator_version=1, act=act)
    yield EntitlementBroughtIn(
        originator_id=f"entitlement:{name}",
        originator_version=1,
        act=act,
        scheme=SCHEME,
        programme="aid",
        holder=person,
        payee=None,
        area=AREA,
        units=1,
        tier="a",
        amount=0,
        from_=act.on,
        until=None,
        origin="brought-in",
    )


def released(
    office: Office, run: str, owner: psycopg.Connection, made: list[bytes], *, at_hand: bool = True
) -> float:
    """Return the seconds that a release takes; keep its rows as COPY gives them.

    After a restart, or in another process, what was drawn up is not at hand and drawn again.
    """
    approved(office, run)
    if not at_hand:
        office.ledger.decisions.drawn_runs = PayRunCache()
    before = owner.execute(HEAD).fetchone()
    begun = time.perf_counter()
    release(office, run)
    seconds = time.perf_counter() - begun
    with owner.cursor() as cursor, cursor.copy(TAKE.format(*before or (0,)).encode()) as rows:
        made.append(b"".join(rows))
    return seconds


def copied(owner: psycopg.Connection, rows: bytes) -> float:
    """Return the seconds that the bare COPY takes."""
    begun = time.perf_counter()
    with owner.cursor() as cursor, cursor.copy(GIVE) as copy:
        for first in range(0, len(rows), PIECE):
            copy.write(rows[first : first + PIECE])
    return time.perf_counter() - begun
