"""Households on the allowance: some near their line, some that leave it with a reason, and relief.

The means of most were checked long ago, so that the list of overdue checks is not empty either.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.schemes import catalogue
from scripts.golden.benefits.rates import Rates
from scripts.golden.kernel.commands import Order, fen, order
from scripts.golden.registers.areas import PLACES
from scripts.plan2012.words import (
    APPROVER,
    CLERK,
    EARMARK,
    FUND,
    NEW_YEAR,
    SINCE,
    TREASURER,
    crowd,
    dice,
    person,
    some_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.chance import Ids

HOUSEHOLDS, RELIEVED = 48, 16
# The rates of the last month that the catalogue knows count on.
LAST_MONTH = 12
NEAR = (0.86, 0.93, 0.97, 1.04)
REASONS = ("家庭人均收入超过标准", "就业后收入稳定", "拥有的财产超过规定", "迁出本市")
DIGEST = "{:064x}"
NOTICE = timedelta(days=7)


class Home(NamedTuple):
    """A household: its id, its place, its members and their income together."""

    number: int
    id: str
    place: int
    members: tuple[str, ...]
    income: int
    tier: str


def told(seed: int, scale: float, ids: Ids) -> Iterator[tuple[date, Order]]:
    """Tell of every household, with the day of each command."""
    rates = Rates(catalogue.read("dibao"))
    for number in range(crowd(HOUSEHOLDS, scale)):
        home, registered = household(seed, ids, number, rates=rates)
        for one in registered:
            yield SINCE, one
        what = {"members": list(home.members), "area": PLACES[home.place].id}
        yield SINCE, order("household.form", home.id, what, by=CLERK, on=SINCE)
        yield from applied(seed, ids, home) if number % 3 == 0 else stood(seed, ids, home)
        if number < crowd(RELIEVED, scale):
            yield from relieved(seed, ids, home)


def household(seed: int, ids: Ids, number: int, *, rates: Rates) -> tuple[Home, list[Order]]:
    """Make one household; every fourth earns about as much as its line."""
    chance = dice(seed, f"home-{number}")
    members, registered = [], []
    for nth in range(chance.randint(1, 4)):
        who, one = person(ids, f"dibao-{number}", nth, on=SINCE)
        members.append(who)
        registered.append(one)
    place = chance.randrange(len(PLACES))
    tier = chance.choice(rates.tiers)
    line = rates.of(place, tier, LAST_MONTH) * len(members)
    share = NEAR[number // 4 % len(NEAR)] if number % 4 == 0 else chance.uniform(0.1, 0.8)
    name = f"household:{ids.token('plan-2012:household', number)}"
    return Home(number, name, place, tuple(members), int(line * share), tier), registered


def stood(seed: int, ids: Ids, home: Home) -> Iterator[tuple[date, Order]]:
    """Bring in a household that was entitled before; its means are not checked again yet."""
    subject = entitlement(ids, home)
    what = terms(home) | {"tier": home.tier, "from": SINCE.isoformat()}
    yield SINCE, order("entitlement.bring-in", subject, what, by=CLERK, on=SINCE)
    if home.number % 2:
        yield NEW_YEAR, assessed(home, subject, NEW_YEAR, eligible=True)
        return
    chance = dice(seed, f"exit-{home.number}")
    if chance.random() < 0.4:  # noqa: PLR2004 - the share of those who leave
        day = some_day(chance)
        said = {"reason": chance.choice(REASONS), "from": day.replace(day=1).isoformat()}
        yield day, order("entitlement.stop", subject, said, by=CLERK, on=day)


def applied(seed: int, ids: Ids, home: Home) -> Iterator[tuple[date, Order]]:
    """Let a household apply: what earns more than its line is not granted."""
    chance = dice(seed, f"applied-{home.number}")
    subject = entitlement(ids, home)
    day = some_day(chance, NEW_YEAR, date(2012, 3, 31))
    eligible = not (home.number % 4 == 0 and NEAR[home.number // 4 % len(NEAR)] > 1)
    yield day, order("entitlement.apply", subject, terms(home), by=CLERK, on=day)
    yield day, assessed(home, subject, day, eligible=eligible)
    if not eligible:
        return
    posted = {"from": day.isoformat(), "to": (day + NOTICE).isoformat()}
    yield day, order("entitlement.publicise", subject, posted, by=CLERK, on=day)
    granted = day + NOTICE + timedelta(days=1)
    said = {"tier": home.tier, "from": granted.replace(day=1).isoformat()}
    yield granted, order("entitlement.grant", subject, said, by=APPROVER, on=granted)


def terms(home: Home) -> dict[str, Any]:
    """Say whose the entitlement is."""
    return {"scheme": "scheme:dibao", "holder": home.id, "area": PLACES[home.place].id}


def assessed(home: Home, subject: str, day: date, *, eligible: bool) -> Order:
    """Check the means against what other offices know; the digest binds what they said."""
    what = {
        "income": {"value": home.income, "unit": "fen"},
        "eligible": eligible,
        "facts_digest": DIGEST.format(home.number + 1),
    }
    return order("entitlement.assess", subject, what, by=CLERK, on=day)


def entitlement(ids: Ids, home: Home) -> str:
    """Name the entitlement of a household."""
    return f"entitlement:dibao-{ids.token('plan-2012:dibao', home.number)}"


def relieved(seed: int, ids: Ids, home: Home) -> Iterator[tuple[date, Order]]:
    """Help one member in an emergency; some households twice."""
    chance = dice(seed, f"relief-{home.number}")
    for time in range(1 + (home.number % 5 == 0)):
        subject = f"relief:{ids.token('plan-2012:relief', home.number * 10 + time)}"
        day = some_day(chance)
        what = {
            "person": home.members[0],
            "fund": FUND,
            "earmark": EARMARK,
            "programme": "temporary-relief",
            "purpose": "aid-poor",
            "area": PLACES[home.place].id,
        }
        amount = {"amount": fen(chance.randint(2_000, 6_000) * 100)}
        yield day, order("relief.apply", subject, what, by=CLERK, on=day)
        yield day, order("relief.decide", subject, amount, by=APPROVER, on=day)
        yield day, order("relief.pay", subject, {}, by=TREASURER, on=day)
