"""Honours: harmonious communities of province and city, models of the nation, the givers' list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import CITY, PLACES
from scripts.golden.targets import HARMONY_CITY, HARMONY_PROVINCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.funds.donations import Gift
    from scripts.golden.kernel.agenda import Agenda

HARMONY, SUPPORT, LIST = "harmonious-community", "double-support", "charity-list"
LISTED, LISTED_ON = 20, date(YEAR, 12, 30)


class Honour(NamedTuple):
    """An award of a level to somebody, on a day."""

    key: str
    award: str
    level: str
    recipient: str
    day: date


def plan(seed: int) -> list[Honour]:
    """Decide who is honoured; whom the province honours, the city has honoured."""
    chance = dice(seed, "honours")
    of_city = chance.sample([place.id for place in PLACES], HARMONY_CITY.value)
    found = [
        Honour(f"harmony-city-{n:03}", HARMONY, "city", area, date(YEAR, 6, 1 + n % 28))
        for n, area in enumerate(of_city, start=1)
    ]
    found += [
        Honour(f"harmony-province-{n:03}", HARMONY, "province", area, date(YEAR, 11, 1 + n % 28))
        for n, area in enumerate(chance.sample(of_city, HARMONY_PROVINCE.value), start=1)
    ]
    model = chance.choice([place.id for place in PLACES if place.before == "area:longgang"])
    found += [
        Honour(f"support-{n}", SUPPORT, "national", who, date(YEAR, 8, 1))
        for n, who in enumerate((CITY, model, "organisation:garrison-hospital"), start=1)
    ]
    return found


def charity_list(gifts: list[Gift]) -> list[Honour]:
    """List the bodies that gave most in the year and let themselves be named."""
    given: dict[str, int] = {}
    for gift in gifts:
        if gift.donor in {3, 4, 5, 6}:
            body = gift.body
            given[body] = given.get(body, 0) + gift.amount
    best = sorted(given, key=lambda body: (-given[body], body))[:LISTED]
    return [
        Honour(f"charity-list-{n:02}", LIST, "listed", body, LISTED_ON)
        for n, body in enumerate(best, start=1)
    ]


def plan_events(agenda: Agenda, honours: list[Honour]) -> None:
    """Note each conferral."""
    for honour in honours:
        agenda.add(honour.day, conferred, honour)
    # One was conferred too early, for another year, and is taken back.
    early = Honour("harmony-2008-001", HARMONY, "2008", PLACES[0].id, date(YEAR, 12, 3))
    agenda.add(early.day, conferred, early)
    agenda.add(early.day + timedelta(days=4), withdrawn, early)


def conferred(honour: Honour) -> Iterator[Order]:
    """Confer an award."""
    what = {"award": honour.award, "level": honour.level, "recipient": honour.recipient}
    yield order("honour.confer", f"honour:{honour.key}", what, by=CLERK, on=honour.day)


def withdrawn(honour: Honour) -> Iterator[Order]:
    """Take an award back."""
    day = honour.day + timedelta(days=4)
    subject = f"honour:{honour.key}"
    yield order("honour.withdraw", subject, {}, by=CLERK, on=day, reason="评定年度有误")
