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
from scripts.bench.outcomes import Outcome, percentile
from scripts.bench.serving import auditor, seconds_to, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from infra.ledger import Ledger
    from projections.core.event_log import Reading
    from scripts.bench.ledgers import Bench
    from scripts.bench.serving import Served

# A scan takes far longer; it is asked once for so many of ours.
TO_ONE_SCAN = 25
# The million lies within so many days.
DAYS = 400
WHICH = balances.BalanceFilter(where={"account": (million.ACCOUNT,)})
ROW = "SELECT notification_id, state FROM ledger.events WHERE notification_id = %s"
SCAN = """
    SELECT coalesce(sum(value), 0)::bigint FROM views.journal
    WHERE account = (SELECT id FROM views.journal_accounts WHERE account = %s)
      AND position <= %s AND booked <= %s"""


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with one indexed row by the same way in; a scan must find the same balance."""
    ours: list[float] = []
    row: list[float] = []
    scan: list[float] = []
    with million.grown(bench) as ledger:
        for nth, moment in enumerate(moments(bench)):
            found = timed(ledger, moment, asked, ours)
            timed(ledger, moment, one_row, row)
            if nth % TO_ONE_SCAN == 0 and timed(ledger, moment, scanned, scan) != found:
                raise RuntimeError(f"a scan of the journal finds another balance at {moment}")
        yield slowest(bench, "balance", "in process", (ours, row), scan)
        with served(ledger.settings.data_folder) as server:
            over_http = by_http(server, auditor(ledger.settings.data_folder), moments(bench))
        yield slowest(bench, "balance-http", "over HTTP", over_http, [])


def slowest(
    bench: Bench, name: str, way: str, taken: tuple[list[float], list[float]], scan: list[float]
) -> Outcome:
    """Compare the slowest hundredths, in milliseconds."""
    ours, row = taken
    notes: dict[str, float | str] = {"half of all within, ms": round(percentile(ours, 0.5), 2)}
    if scan:
        notes["a scan of the account's index, ms"] = round(percentile(scan, 0.99))
    return Outcome(
        name=name,
        path=f"balance at any day and position, {bench.many:,} postings, {way}: slowest hundredth",
        ours=percentile(ours, 0.99),
        limit=percentile(row, 0.99),
        unit="ms",
        against=f"one row by its key, {way}, the slowest hundredth",
        goal=6.0,
        notes=notes,
    )


def by_http(
    server: Served, headers: dict[str, str], at: list[Moment]
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of balances and of single events, asked by turns."""
    connection = server.connect()
    ours, row = [], []
    for moment in at:
        balance = f"/v1/balances?account={million.ACCOUNT}&as_of={moment.as_of}"
        path = f"{balance}&known_at={moment.position}"
        ours.append(seconds_to(connection, path, headers=headers) * 1000)
        path = f"/v1/events?after={moment.position - 1}&until={moment.position}&limit=1"
        row.append(seconds_to(connection, path, headers=headers) * 1000)
    return ours, row


def moments(bench: Bench) -> list[Moment]:
    """Choose days and positions."""
    chance = Random(2007)
    first = date(million.YEARS[0], 1, 1)
    return [
        Moment(chance.randint(1, bench.many), first + timedelta(days=chance.randrange(DAYS)))
        for _ in range(200 if bench.quick else 500)
    ]


def timed(
    ledger: Ledger, moment: Moment, ask: Callable[[Reading, Moment], int], taken: list[float]
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


def one_row(connection: Reading, moment: Moment) -> int:
    """Read the event of a position."""
    row = connection.execute(ROW, (moment.position,)).fetchone()
    return int(row[0]) if row else 0


def scanned(connection: Reading, moment: Moment) -> int:
    """Add up the account's postings."""
    row = connection.execute(SCAN, (million.ACCOUNT, moment.position, moment.as_of)).fetchone()
    return int(row[0]) if row else 0
