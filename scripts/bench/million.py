"""A log of a million events of the kind that most are: payments, and some that the bank returns.

Each of them posts to one account, which so has a million postings.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING

from domain.kernel.aggregate import Act
from domain.payments.payment_events import PaymentMade, PaymentReturned
from infra.config.settings import Settings
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.ledger import open_ledger
from infra.projector.projector import Projector
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

ACCOUNT = "spent:fiscal:general:dibao"
AT_ONCE = 10_000
# Each so many payments one comes back.
RETURNED_EVERY = 200
A_MONTH = 80_000
AREAS = 60
TIERS = ("1", "2", "3", "4")
YEARS = range(2006, 2012)


@contextmanager
def filled(bench: Bench) -> Iterator[Ledger]:
    """Give the ledger, which is filled once a run."""
    with open_ledger(bench.settings(f"payments-{bench.many}")) as ledger:
        fill(ledger, bench.many)
        yield ledger


@contextmanager
def grown(bench: Bench) -> Iterator[Ledger]:
    """Give the ledger with all its views at the head."""
    with filled(bench) as ledger:
        with ledger.connection() as connection:
            Projector(connection).catch_up()
        yield ledger


def fill(ledger: Ledger, many: int) -> None:
    """Append the events from the one behind those it holds up to so many."""
    with ledger.connection() as connection:
        held = event_log.head(connection).position
    if held < many:
        append_all(ledger, islice(payments(), held, many))


def append_all(ledger: Ledger, events: Iterable[Event]) -> None:
    """Append events, as a pay run does."""
    events = iter(events)
    with ledger.connection() as connection:
        while chunk := [stored(event) for event in islice(events, AT_ONCE)]:
            append(connection, Batch(chunk))


def payments(years: Iterable[int] = YEARS) -> Iterator[Event]:
    """Tell payments month by month, for ever the same."""
    chance = Random(2007)
    for year, month in product(years, range(1, 13)):
        benefit = f"{year}-{month:02d}"
        day = date(year, month, 10)
        act = Act(by="treasurer", on=day, booked=day, key=f"release:{benefit}")
        for number in range(A_MONTH):
            payment = payment_of(
                f"payment:dibao:{benefit}:{chance.randbytes(10).hex()}", act, chance
            )
            yield payment
            if number % RETURNED_EVERY == 0:
                yield returned(payment, date(year, month, 20))


def payment_of(subject: str, act: Act, chance: Random) -> PaymentMade:
    """Pay a household."""
    month = subject.split(":")[2]
    return PaymentMade(
        originator_id=subject,
        originator_version=1,
        act=act,
        run=f"pay-run:dibao:{month}",
        scheme="scheme:dibao",
        programme="dibao",
        fund="fund:fiscal",
        earmark="general",
        area=f"area:community-{chance.randrange(AREAS)}",
        tier=chance.choice(TIERS),
        month=month,
        persons=chance.randint(1, 5),
        households=1,
        amount=100 * chance.randint(50, 1200),
        rate_from="2005-01-01",
    )


def returned(payment: PaymentMade, day: date) -> PaymentReturned:
    """Send a payment back."""
    return PaymentReturned(
        originator_id=payment.originator_id,
        originator_version=2,
        act=Act(by="treasurer", on=day, booked=day, key=f"settle:{payment.month}"),
        run=payment.run,
        fund=payment.fund,
        earmark=payment.earmark,
        programme=payment.programme,
        amount=payment.amount,
        reason="account closed",
        bank_ref="bench",
    )


def load() -> None:
    """Fill the ledger of MINGZHANG_DATA with so many payments, as a program of its own."""
    with open_ledger(Settings()) as ledger:
        fill(ledger, int(sys.argv[1]))


if __name__ == "__main__":
    load()
