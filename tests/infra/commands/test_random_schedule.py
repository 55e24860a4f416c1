"""Whatever happens at the same time, and in whatever order: afterwards the books are in order.

Callers, a pay run, stops and deaths, a projector and rebuilds go on together, by chance that a seed
decides as far as threads can be told; then `mingzhang verify` finds nothing, and every view is what
its events make it.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import psycopg
import pytest

from domain.kernel.refusals import Refused
from domain.payments import pay_runs
from infra.config.errors import Unavailable
from infra.ledger import open_ledger
from infra.projector.projector import Projector, follow
from infra.projector.rebuild import rebuild
from infra.verify.runner import verify
from projections import VIEWS
from scripts.scenarios.office import APPROVER, CLERK, Office, staffed
from scripts.scenarios.stories import (
    FUND,
    a_fund,
    a_scheme,
    approved,
    commit,
    entitled,
    receive,
    release,
    settle,
    stop,
)

if TYPE_CHECKING:
    from infra.config.settings import Settings
    from infra.ledger import Ledger

LINES, CHUNK, CALLERS = 400, 40, 6
RUNS = [f"pay-run:aid:2007-0{month}" for month in range(1, 5)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_schedule_verify_finds_nothing(
    ledger_settings: Settings, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pay_runs, "CHUNK", CHUNK)
    with open_ledger(ledger_settings) as one, open_ledger(ledger_settings) as another:
        offices = [Office(one), Office(another)]
        claims = furnished(offices[0])
        paid, over = threading.Event(), threading.Event()
        with ThreadPoolExecutor(CALLERS + 3) as threads:
            projector = threads.submit(follow, one.database.app_url, over)
            rebuilding = threads.submit(rebuilt, one, paid)
            callers = [
                threads.submit(
                    busy, offices[n % 2], Random(seed * 100 + n), claims[n::CALLERS], paid
                )
                for n in range(CALLERS)
            ]
            try:
                runs_paid(offices, Random(seed))
                paid.set()
                done = [caller.result() for caller in callers]
                assert rebuilding.result() > 0
            finally:
                paid.set()
                over.set()
            projector.result()
        assert min(done) > 0
        assert breaches(one) == []


def furnished(office: Office) -> list[str]:
    """Lay out a fund, a scheme and its crowd; return what the crowd is entitled to."""
    staffed(office)
    a_fund(office, holding=10**9)
    a_scheme(office, rate=100)
    return entitled(office, LINES)


def runs_paid(offices: list[Office], chance: Random) -> None:
    """Draw up, release and settle month after month, each act in one of two processes."""
    for run in RUNS:
        approved(chance.choice(offices), run)
        time.sleep(chance.uniform(0, 0.05))
        again = True
        while again:
            with suppress(Unavailable):
                release(chance.choice(offices), run, key=f"release-{run}")
                again = False
        settle(chance.choice(offices), run)


def busy(office: Office, chance: Random, claims: list[str], paid: threading.Event) -> int:
    """Send one command after another until all is paid; return how many were taken."""
    taken = 0
    while not paid.is_set():
        with suppress(Refused):
            act(office, chance, claims)
            taken += 1
        time.sleep(chance.uniform(0, 0.02))
    return taken


def act(office: Office, chance: Random, claims: list[str]) -> None:
    """Do one of the things that officers do while a run is paid."""
    match chance.randrange(10):
        case 0 if claims:
            stop(office, claims.pop(chance.randrange(len(claims))), from_="2007-01-01")
        case 1 if claims:
            person = claims.pop(chance.randrange(len(claims))).replace("entitlement:", "person:")
            office.send("person.report-death", person, by=CLERK, on="2007-01-02", date="2006-12-01")
        case 2 | 3:
            receive(office, FUND, chance.randrange(1, 1000))
        case 4:
            commit(office, 10**12)
        case _:
            to = f"contract:c-{chance.randrange(9)}"
            position = commit(office, chance.randrange(1, 50), to=to)["positions"][0]
            if chance.random() < 0.3:
                office.send("event.reverse", FUND, by=APPROVER, of=position)


def rebuilt(ledger: Ledger, paid: threading.Event) -> int:
    """Grow views anew beside the live ones, again and again."""
    times = 0
    while not (paid.is_set() and times):
        rebuild(ledger.pool, [VIEWS[times % len(VIEWS)].NAME])
        times += 1
    return times


def breaches(ledger: Ledger) -> list[str]:
    """Bring the views to the head, run every check, and return what does not hold."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        Projector(connection).catch_up()
    answers = verify(ledger.pool, None, decisions=ledger.decisions, vault=ledger.vault)
    return [f"{a['check']}: {a['breaches'][:3]}" for a in answers if not a["holds"]]
