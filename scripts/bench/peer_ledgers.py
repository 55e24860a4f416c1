"""Ledgers as peers: money moved, and an account's balance on a day.

django-hordak is asked through its models, beancount in memory. All hold the same payments and must
find the same balance; only ours could also be asked what was known at an earlier position.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from beancount.core.amount import Amount
from beancount.core.data import Posting, Transaction
from beancount.ops.summarize import balance_by_account

from api.queries.snapshot import snapshot
from projections.accounts import journal_queries
from projections.core import event_log
from projections.core.view import Moment
from scripts.bench import balance, million, peers, single_command
from scripts.bench.hordak_ledger import HordakLedger
from scripts.bench.outcomes import Outcome, by_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

# The payments lie within so many days from the first of the year.
DAYS = 60
TIMES = 5
ACCOUNT, REST = "Expenses:Dibao", "Equity:Committed"


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with each peer."""
    with peers.beside(bench) as ledger, closing(HordakLedger(ledger)) as hordak:
        yield moved(bench, ledger, hordak)
        yield from held(bench, ledger, hordak)


def moved(bench: Bench, ledger: Ledger, hordak: HordakLedger) -> Outcome:
    """Compare a command, decided and answered with its receipt, with a transfer of two legs."""
    many = 100 if bench.quick else 300
    ours, theirs = by_turns(
        bench.rounds,
        lambda: single_command.rate(ledger, many),
        lambda: transfers(hordak, many),
    )
    return Outcome(
        name="peer-transfer-django-hordak",
        path="money moved by one caller",
        ours=ours,
        limit=theirs,
        unit="/s",
        against="django-hordak, transfer_to",
        goal=1.0,
        at_least=True,
    )


def transfers(hordak: HordakLedger, many: int) -> float:
    """Return the transfers a second."""
    begun = time.perf_counter()
    for _ in range(many):
        hordak.transfer()
    return many / (time.perf_counter() - begun)


def held(bench: Bench, ledger: Ledger, hordak: HordakLedger) -> Iterator[Outcome]:
    """Compare balances; fail unless all find the same."""
    chance, entries = Random(2007), beancount_entries(ledger)
    first = date(million.YEARS[0], 1, 1)
    days = [first + timedelta(chance.randrange(DAYS)) for _ in range(bench.rounds * TIMES)]
    asks = {
        "ours": lambda day: asked(ledger, day),
        "django-hordak": hordak.balance,
        "beancount": lambda day: by_beancount(entries, day),
    }
    found: dict[str, list[int]] = {name: [] for name in asks}
    measures = (milliseconds(ask, iter(days), found[name]) for name, ask in asks.items())
    ours, *theirs = by_turns(bench.rounds, *measures)
    if not found["ours"] == found["django-hordak"] == found["beancount"]:
        raise RuntimeError("the ledgers do not find the same balances")
    for name, taken in zip([*asks][1:], theirs, strict=True):
        yield Outcome(
            name=f"peer-balance-{name}",
            path=f"balance on a day, {peers.postings(bench):,} postings on the account",
            ours=ours,
            limit=taken,
            unit="ms",
            against=name,
            goal=1.0,
        )


def milliseconds(
    ask: Callable[[date], int], days: Iterator[date], found: list[int]
) -> Callable[[], float]:
    """Make a measure: the median of some questions, each for another day; note the answers."""

    def once() -> float:
        taken: list[float] = []
        for day in islice(days, TIMES):
            begun = time.perf_counter()
            found.append(ask(day))
            taken.append(time.perf_counter() - begun)
        return median(taken) * 1000

    return once


def asked(ledger: Ledger, day: date) -> int:
    """Ask our view, at the head."""
    with snapshot(ledger) as connection:
        return balance.asked(connection, Moment(event_log.head(connection).position, day))


def by_beancount(entries: list[Any], day: date) -> int:
    """Ask beancount, which sums all accounts of the entries before a day."""
    sums, _ = balance_by_account(entries, day + timedelta(days=1))
    return int(sums[ACCOUNT].get_currency_units("CNY").number * 100)


def beancount_entries(ledger: Ledger) -> list[Any]:
    """Hold our payments in memory as beancount's entries, in the order of their days."""
    which = journal_queries.JournalFilter(where={"account": (million.ACCOUNT,)})
    with snapshot(ledger) as connection:
        moment = Moment(event_log.head(connection).position)
        entries = [entry(row) for row in journal_queries.rows(connection, moment, which)]
    return sorted(entries, key=lambda each: each.date)


def entry(row: dict[str, Any]) -> Any:
    """Write a payment as a transaction of two postings."""
    yuan = Decimal(row["value"]) / 100
    legs = [
        Posting(account, Amount(number, "CNY"), None, None, None, None)
        for account, number in ((ACCOUNT, yuan), (REST, -yuan))
    ]
    return Transaction({}, row["booked"], "*", None, "", frozenset(), frozenset(), legs)
