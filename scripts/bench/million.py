"""A log of a million events of the kind that most are: payments, and some that the bank returns."""

from __future__ import annotations

from datetime import date
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from domain.kernel import Act
from domain.payment_events import PaymentMade, PaymentReturned
from infra.appending import Batch, append, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.wiring import Wiring
    from domain.kernel import Event

AT_ONCE = 10_000
# Each so many payments one comes back.
RETURNED_EVERY = 200
A_MONTH = 80_000
AREAS = 60
TIERS = ("1", "2", "3", "4")
MONTHS = [(year, month) for year in (2006, 2007) for month in range(1, 13)]


def fill(wiring: Wiring, many: int) -> None:
    """Append so many events through the door, as a pay run does."""
    events = islice(payments(), many)
    with wiring.connection() as connection:
        while chunk := [stored(event) for event in islice(events, AT_ONCE)]:
            append(connection, Batch(chunk))


def payments() -> Iterator[Event]:
    """Tell payments month by month, for ever the same."""
    chance = Random(2007)
    for year, month in MONTHS:
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
        earmark=month[:4],
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
