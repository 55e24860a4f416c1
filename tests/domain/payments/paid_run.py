"""A pay run that was released, and what is done to its payments afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.kernel.aggregate import Act, Evidence
from tests.domain.benefits.stories import (
    FUND,
    a_city,
    adopt,
    crowd,
    pay,
    rate,
    run_of,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import an_act

SCHEME, MONTH = "scheme:x", "2007-03"
RUN = run_of(SCHEME, MONTH)


def paid(
    number: int = 1, holding: int = 10_000, **more: Any
) -> tuple[InMemoryLedger, list[str], list[str]]:
    """Return books in which so many persons were paid 300 fen, the payments, the entitlements."""
    books = a_city(holding)
    adopt(books, SCHEME, rate("a", 300), **more)
    claims = crowd(books, SCHEME, number)
    return books, pay(books, SCHEME, MONTH), claims


def act_on(books: InMemoryLedger, command: str, payment: str, **what: Any) -> Sent:
    """Send a treasurer's command on a payment, in April."""
    on = date(2007, 4, 10)
    return books.send(f"payment.{command}", payment, an_act("treasurer-1", on), **what)


def send_back(books: InMemoryLedger, payment: str) -> Sent:
    """Let the bank return a payment."""
    return act_on(books, "return", payment, reason="账号有误", bank_ref="退-1")


def balances(books: InMemoryLedger) -> tuple[int, int, int, int]:
    """Return available, committed, spent and returned."""
    held = books.balances
    return (
        held["available:aid:general"],
        held[f"committed:aid:general:{RUN}"],
        held["spent:aid:general:x"],
        held[f"returned:aid:general:{RUN}"],
    )


def persons_paid(books: InMemoryLedger) -> int:
    """Return the person-months that the figures count."""
    return sum(
        fact.value
        for event in books.all()
        for fact in event.facts()
        if fact.measure == "payment-persons"
    )


def supplement(books: InMemoryLedger, payment: str, **more: Any) -> Sent:
    """Complete a payment by 50 fen, on a document, by another than who paid it."""
    what = {"fund": FUND, "earmark": "general", "amount": 50, "reason": "少算一人"} | more
    return books.send("payment.supplement", payment, a_supplementing_act(), **what)


def a_supplementing_act() -> Act:
    """Return the act of the second treasurer, in April, with its document."""
    document = Evidence("复核意见", "a" * 64)
    return an_act("treasurer-2", date(2007, 4, 10), evidence=(document,))
