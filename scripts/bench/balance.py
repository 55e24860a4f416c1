"""What an account of a million postings holds, at any day and position."""

from __future__ import annotations

import time
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from api.queries.snapshot import snapshot
from projections.accounts import balances
from projections.core.view import Moment
from scripts.bench import million
from scripts.bench.golden_load import fixed
from scripts.bench.outcomes import Outcome, percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from infra.ledger import OpenLedger
    from projections.core.event_log import Reading
    from scripts.bench.ledgers import Bench

MOST_MS = 5.0
# A scan takes far longer; it is asked once for so many of ours.
TO_ONE_SCAN = 25
# The million lies within so many days.
DAYS = 400
WHICH = balances.BalanceFilter(where={"account": (million.ACCOUNT,)})
SCAN = """
    SELECT coalesce(sum(value), 0)::bigint FROM views.journal
    WHERE account = (SELECT id FROM views.journal_accounts WHERE account = %s)
      AND position <= %s AND booked <= %s"""


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with a fixed limit, and with a scan of the account's postings by their index."""
    ours: list[float] = []
    scan: list[float] = []
    with million.grown(bench) as ledger:
        for nth, moment in enumerate(moments(bench)):
            found = timed(ledger, moment, asked, ours)
            if nth % TO_ONE_SCAN == 0 and timed(ledger, moment, scanned, scan) != found:
                raise RuntimeError(f"a scan of the journal finds another balance at {moment}")
    yield fixed(
        "balance",
        f"balance at any day and position, {bench.many:,} postings, the slowest hundredth",
        (percentile(ours, 0.99), MOST_MS, "ms"),
        {
            "half of all within, ms": round(percentile(ours, 0.5), 2),
            "a scan of the account's index, slowest hundredth, ms": round(percentile(scan, 0.99)),
        },
    )


def moments(bench: Bench) -> list[Moment]:
    """Choose days and positions."""
    chance = Random(2007)
    first = date(million.YEARS[0], 1, 1)
    return [
        Moment(chance.randint(1, bench.many), first + timedelta(days=chance.randrange(DAYS)))
        for _ in range(200 if bench.quick else 500)
    ]


def timed(
    ledger: OpenLedger, moment: Moment, ask: Callable[[Reading, Moment], int], taken: list[float]
) -> int:
    """Ask on a snapshot of its own, as every reader does; note the milliseconds."""
    begun = time.perf_counter()
    with snapshot(ledger) as connection:
        found = ask(connection, moment)
    taken.append((time.perf_counter() - begun) * 1000)
    return found


def asked(connection: Reading, moment: Moment) -> int:
    """Ask the view."""
    return sum(row["value"] for row in balances.rows(connection, moment, WHICH))


def scanned(connection: Reading, moment: Moment) -> int:
    """Add up the account's postings."""
    row = connection.execute(SCAN, (million.ACCOUNT, moment.position, moment.as_of)).fetchone()
    return int(row[0]) if row else 0
