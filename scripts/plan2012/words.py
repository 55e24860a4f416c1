"""What every topic of the plan shares: who acts, on which days, out of which fund, with what dice.

All officers, the fund and every other id are the plan's own, so that they stand beside another
year's.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from scripts.golden.kernel.chance import Ids
from scripts.golden.kernel.commands import BUREAU, Order, fen, order
from scripts.golden.registers.areas import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "plan-2012"
PUBLISHED = date(2012, 4, 28)
NEW_YEAR = date(2012, 1, 1)
EVE = date(2011, 12, 31)
SINCE = date(2010, 6, 1)
FUND = "fund:community-services"
PURPOSES = ["aid-elderly", "aid-poor", "community"]
# So much is allotted for the beginning of the year: 3,000 万元.
ALLOTTED = 30_000_000_00
EARMARK = "2012"

OPERATOR = "operator:local"
CLERK, REVIEWER, REGISTRAR = "clerk-2012", "reviewer-2012", "registrar-2012"
APPROVER, TREASURER = "approver-2012", "treasurer-2012"
ROLES = {
    CLERK: "clerk",
    REVIEWER: "reviewer",
    REGISTRAR: "registrar",
    APPROVER: "approver",
    TREASURER: "treasurer",
}


def dice(seed: int, topic: str) -> Random:
    """Return the dice of a topic."""
    return Random(f"{NAME}:{seed}:{topic}")


def crowd(number: int, scale: float) -> int:
    """Return how many there are at a scale, at least one."""
    return max(1, int(number * scale + 0.5))


def some_day(chance: Random, first: date = NEW_YEAR, last: date = PUBLISHED) -> date:
    """Throw a day from one to another."""
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def some_place(chance: Random) -> str:
    """Throw a community."""
    return chance.choice(PLACES).id


def person(ids: Ids, register: str, number: int, *, on: date = EVE) -> tuple[str, Order]:
    """Register a person of a register; nobody is named."""
    subject = ids.person(f"{NAME}:{register}", number)
    return subject, order("person.register", subject, {}, by=CLERK, on=on)


def officers() -> Iterator[Order]:
    """Grant the officers their roles."""
    for who, role in ROLES.items():
        what = {"who": who, "role": role}
        yield order("role.grant", f"role:{who}", what, by=OPERATOR, on=SINCE)


def fund() -> Iterator[Order]:
    """Open the fund for community services, and take in what is allotted."""
    what = {
        "title": "社区服务与救助专项资金",
        "kind": "fiscal",
        "basis": "allotment",
        "keeper": BUREAU,
        "purposes": PURPOSES,
    }
    yield order("fund.open", FUND, what, by=TREASURER, on=SINCE)
    allotted = {
        "amount": fen(ALLOTTED),
        "earmark": EARMARK,
        "source": "fiscal",
        "document": "深财预〔2012〕3号",
    }
    yield order("fund.allot", FUND, allotted, by=TREASURER, on=NEW_YEAR)
