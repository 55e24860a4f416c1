"""A small quarter of money and aid, with all that makes views hard.

Back-dated bookings, reversals, payments that come back from the bank and go out again or are
written back, a stop, a suspension, gifts that are gathered, a grant in instalments.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import APPROVER, CLERK, OPERATOR, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import (
    FUND,
    a_fund,
    a_scheme,
    approved,
    entitled,
    payments_of,
    receive,
    release,
    settle,
)

if TYPE_CHECKING:
    from datetime import date

FUNDRAISER, SECOND_FUNDRAISER = "fundraiser-1", "fundraiser-2"
GIFTS = "fund:gifts"
RUNS = ("pay-run:aid:2007-01", "pay-run:aid:2007-02", "pay-run:aid:2007-03")


def a_quarter(office: Office, seed: int = 1) -> Office:
    """Tell the quarter to a ledger."""
    chance = random.Random(seed)
    staffed(office)
    for who in (FUNDRAISER, SECOND_FUNDRAISER):
        office.send(
            "role.grant",
            f"role:{who}",
            by=OPERATOR,
            on="2006-01-01",
            who=who,
            role="fundraiser",
        )
    a_fund(office, FUND, holding=100_000)
    a_scheme(office, rate=10)
    entitlements = entitled(office, 12)
    some_gifts(office, chance)
    for month, run in enumerate(RUNS, 1):
        some_commitments(office, chance, month)
        approved(office, run)
        if month == 2:
            stop_two(office, entitlements)
        release(office, run)
        some_returns(office, chance, run)
    a_grant(office)
    return office


def some_gifts(office: Office, chance: random.Random) -> None:
    """Open a fund of gifts, receive some, give one back, gather the rest."""
    a_fund(office, GIFTS)
    for nth in range(8):
        day = f"2007-0{chance.randint(1, 3)}-{chance.randint(10, 28)}"
        what: dict[str, Any] = {"fund": GIFTS, "earmark": "general", "name_shown": False}
        subject = f"donation:d-{nth}"
        office.send(
            "donation.receive", subject, by=FUNDRAISER, on=day, amount=fen(100 + nth), **what
        )
    office.agreed(
        "donation.refund",
        "donation:d-3",
        by=FUNDRAISER,
        second=SECOND_FUNDRAISER,
        on="2007-03-30",
        amount=fen(50),
    )
    office.send(
        "fund.gather",
        GIFTS,
        by=TREASURER,
        on="2007-03-31",
        earmark="general",
        through="2007-03-31",
    )


def some_commitments(office: Office, chance: random.Random, month: int) -> None:
    """Promise money, now and back-dated, and reverse some of it."""
    for nth in range(6):
        day = f"2007-0{month}-{chance.randint(1, 28):02}"
        booked = f"2007-0{chance.randint(1, 3)}-{chance.randint(1, 28):02}"
        receipt = office.send(
            "fund.commit",
            FUND,
            by=TREASURER,
            on=day,
            act={"booked": booked},
            amount=fen(chance.randint(1, 90)),
            earmark="general",
            to=f"contract:c-{month}-{nth % 4}",
            purpose="aid-poor",
        )
        if chance.random() < 0.4:
            (position,) = receipt["positions"]
            office.send(
                "event.reverse",
                FUND,
                by=APPROVER,
                on="2007-03-31",
                act={"reason": "记错"},
                of=position,
            )
    receive(office, FUND, 5)


def stop_two(office: Office, entitlements: list[str]) -> None:
    """Stop one entitlement and suspend another, between draw-up and release."""
    office.send(
        "entitlement.stop",
        entitlements[0],
        by=CLERK,
        on="2007-02-14",
        reason="死亡",
        from_="2007-02-01",
    )
    office.send(
        "entitlement.suspend",
        entitlements[1],
        by=CLERK,
        on="2007-02-14",
        reason="外出",
        from_="2007-02-01",
    )


def some_returns(office: Office, chance: random.Random, run: str) -> None:
    """Let the bank send payments back; pay one again, write another back."""
    again, back, *_ = returned = chance.sample(payments_of(office, run), 3)
    settle(office, run, *returned)
    office.send("payment.reissue", again, by=TREASURER, on="2007-03-20")
    office.send("payment.write-back", back, by=TREASURER, on="2007-03-21")


def a_grant(office: Office) -> None:
    """Give a grant in instalments; it is accounted for in part, and the rest given back."""
    office.send(
        "project.open",
        "project:p",
        by=CLERK,
        title="老有所乐",
        programme="joy",
        purpose="aid-poor",
    )
    office.send(
        "grant.apply",
        "grant:g",
        by=CLERK,
        body="organisation:choir",
        project="project:p",
        programme="joy",
        purpose="aid-poor",
        title="合唱团",
        area="area:city",
        amount=fen(600),
    )
    share = {"fund": FUND, "earmark": "general", "amount": fen(600)}
    office.send("grant.award", "grant:g", by=APPROVER, shares=[share], round=1)
    paid: dict[str, Any] = {"fund": FUND, "amount": fen(400), "instalment": 1}
    office.send("grant.pay", "grant:g", by=TREASURER, on="2007-03-16", **paid)
    office.send("grant.account", "grant:g", by=CLERK, on="2007-03-20", amount=fen(300), evidence=[])
    office.send("grant.give-back", "grant:g", by=CLERK, on="2007-03-25", amount=fen(100))


def days(events: list[Any]) -> list[date]:
    """Return the booked days of events, in order."""
    return sorted({event.act.booked for event in events})
