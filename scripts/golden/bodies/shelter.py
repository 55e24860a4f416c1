"""The shelter: most are helped on the same day, some stay; many are never identified."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.bodies.facilities import MINORS, SHELTER
from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import PLACES, SHARES, district_of
from scripts.golden.targets import SHELTER_ASSISTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

UNIDENTIFIED, STAYING, RETURNING = 0.55, 0.05, 0.02
LONGEST = 10
REGISTER = "shelter"


class Help(NamedTuple):
    """One help: whom (None: not identified), on which day, where; how many days of a stay."""

    number: int
    person: int | None
    day: date
    area: str
    days: int
    first: bool = True


def plan(seed: int, scale: float) -> list[Help]:
    """Decide whom the shelter helps; who returns is the same person."""
    chance = dice(seed, "shelter")
    persons = SHELTER_ASSISTED.at(scale)
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(350)]
    found = []
    for number, day in enumerate(sorted(chance.choices(days, k=persons))):
        known = chance.random() >= UNIDENTIFIED
        area = district_of(chance.choices(PLACES, SHARES)[0], day)
        stays = chance.randint(1, LONGEST) if chance.random() < STAYING else 0
        found.append(Help(number, number if known else None, day, area, stays))
    able = [help_ for help_ in found if help_.person is not None and not help_.days]
    again = chance.sample(able, int(len(able) * RETURNING))
    for number, help_ in enumerate(again, start=len(found)):
        day = min(help_.day + timedelta(days=chance.randint(1, 90)), date(YEAR, 12, 28))
        found.append(Help(number, help_.person, day, help_.area, 0, first=False))
    return found


def plan_events(agenda: Agenda, ids: Ids, helped: list[Help]) -> None:
    """Note each day's help, and when those who stayed leave."""
    by_day: defaultdict[date, list[Help]] = defaultdict(list)
    for one in helped:
        by_day[one.day].append(one)
        if one.days:
            agenda.add(one.day + timedelta(days=one.days), left, ids, one)
    for day, each in by_day.items():
        agenda.add(day, given, ids, each)


def subject(ids: Ids, one: Help) -> str:
    """Name a placement."""
    return f"placement:{ids.token('help', one.number)}"


def given(ids: Ids, each: list[Help]) -> Iterator[Order]:
    """Help everybody of a day."""
    for one in each:
        what: dict[str, object] = {"kind": "shelter", "area": one.area}
        if one.person is not None:
            what["person"] = ids.person(REGISTER, one.person)
            if one.first:
                yield people.registered(ids, REGISTER, one.person, on=one.day)
        if one.days:
            what["facility"] = (MINORS if one.number % 6 == 0 else SHELTER).id
        verb = "admit" if one.days else "assist"
        yield order(f"placement.{verb}", subject(ids, one), what, by=CLERK, on=one.day)


def left(ids: Ids, one: Help) -> Iterator[Order]:
    """Let a person go home."""
    day = one.day + timedelta(days=one.days)
    yield order("placement.discharge", subject(ids, one), {}, by=CLERK, on=day)
