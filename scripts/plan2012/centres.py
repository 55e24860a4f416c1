"""Service centres opened, each run by a social-work body under a contract, paid by the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, fen, order
from scripts.golden.registers.areas import PLACES
from scripts.plan2012.words import (
    APPROVER,
    CLERK,
    EARMARK,
    FUND,
    NEW_YEAR,
    REVIEWER,
    TREASURER,
    dice,
    some_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CENTRES = 38
PROJECT = "project:community-service-centres"
# A centre is bought for 50 万元 a year.
A_YEAR = 500_000_00
BODIES = 9
MONTHS = (1, 2, 3)


def project() -> Iterator[Order]:
    """Open the project under which all centres are bought."""
    what = {"title": "社区服务中心", "programme": "service-centre", "purpose": "community"}
    yield order("project.open", PROJECT, what, by=CLERK, on=NEW_YEAR)


def told(seed: int) -> Iterator[tuple[date, Order]]:
    """Tell of every centre, with the day of each command."""
    chance = dice(seed, "centres")
    for number, place in enumerate(chance.sample(PLACES, CENTRES), start=1):
        opened = some_day(chance)
        title = f"第{number}社区服务中心"
        what = {
            "register": "service-centre",
            "title": title,
            "area": place.id,
            "links": [place.id],
        }
        yield opened, order("entry.open", f"entry:centre-{number}", what, by=CLERK, on=opened)
        yield from contract(seed, number, opened)


def contract(seed: int, number: int, signed: date) -> Iterator[tuple[date, Order]]:
    """Sign the contract of a centre, confirm its whole months and pay for them."""
    chance = dice(seed, f"contract-{number}")
    subject = f"contract:centre-{number}"
    what = {
        "body": f"organisation:social-work-{chance.randint(1, BODIES)}",
        "project": PROJECT,
        "programme": "service-centre",
        "fund": FUND,
        "earmark": EARMARK,
        "amount": fen(A_YEAR),
        "posts": {"value": chance.randint(4, 8), "unit": "post"},
        "from": signed.isoformat(),
        "until": "2012-12-31",
    }
    yield signed, order("contract.sign", subject, what, by=APPROVER, on=signed)
    for month in MONTHS:
        if month <= signed.month:
            continue
        benefit, after = f"2012-{month:02}", date(2012, month + 1, 5)
        served = {"value": chance.randint(300, 900), "unit": "person-time"}
        said = {"month": benefit, "units": 1, "outcomes": {"served": served}}
        yield after, order("contract.confirm-month", subject, said, by=REVIEWER, on=after)
        paid = {"month": benefit, "amount": fen(A_YEAR // 12)}
        yield after, order("contract.pay", subject, paid, by=TREASURER, on=after)
