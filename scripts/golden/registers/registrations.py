"""Marriages and divorces: entered in the districts' offices, some inspected, a few annulled."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import REVIEWER, registrar
from scripts.golden.registers.areas import PLACES, SHARES, district_of
from scripts.golden.targets import DIVORCES, MARRIAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

# Days on which many marry; on Sundays nobody can.
BELOVED = {(2, 14): 6.0, (5, 20): 3.0, (7, 7): 8.0, (8, 8): 4.0, (9, 9): 9.0, (10, 10): 3.0}
SUNDAY = 6
INSPECTED_ONE_IN, ANNULLED_ONE_IN = 20, 1_500
INSPECTED_AFTER, ANNULLED_AFTER = timedelta(days=12), timedelta(days=30)
YEAR_END = date(YEAR, 12, 31)


class Couple(NamedTuple):
    """A registration: its kind and number, the day and the district."""

    kind: str
    number: int
    day: date
    area: str


def plan(seed: int, scale: float) -> list[Couple]:
    """Decide every registration, in order of days."""
    chance = dice(seed, "registrations")
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(3, 365)]
    found = []
    for kind, target in (("marriage", MARRIAGES), ("divorce", DIVORCES)):
        beloved = BELOVED if kind == "marriage" else {}
        weights = [
            (day.weekday() != SUNDAY) * beloved.get((day.month, day.day), 1.0) for day in days
        ]
        count = target.at(scale)
        when = sorted(chance.choices(days, weights, k=count))
        where = chance.choices(PLACES, SHARES, k=count)
        found += [
            Couple(kind, number, day, district_of(place, day))
            for number, (day, place) in enumerate(zip(when, where, strict=True))
        ]
    return found


def plan_events(agenda: Agenda, ids: Ids, couples: list[Couple]) -> None:
    """Note each day's registrations, the inspections of some and the few that fall."""
    by_day: defaultdict[date, list[Couple]] = defaultdict(list)
    for couple in couples:
        by_day[couple.day].append(couple)
    for day, each in by_day.items():
        agenda.add(day, entered, ids, each)
    for couple in couples:
        if couple.number % INSPECTED_ONE_IN == 0:
            agenda.add(min(couple.day + INSPECTED_AFTER, YEAR_END), inspected, ids, couple)
        if couple.number % ANNULLED_ONE_IN == ANNULLED_ONE_IN - 1:
            agenda.add(min(couple.day + ANNULLED_AFTER, YEAR_END), annulled, ids, couple)


def subject(ids: Ids, couple: Couple) -> str:
    """Name a registration; nobody is named in it."""
    return f"registration:{ids.token(couple.kind, couple.number)}"


def entered(ids: Ids, couples: list[Couple]) -> Iterator[Order]:
    """Register the couples of a day."""
    for couple in couples:
        office = f"registry-{couple.area.removeprefix('area:')}"
        what = {"kind": couple.kind, "office": office, "area": couple.area}
        by = registrar(couple.area)
        yield order("registration.enter", subject(ids, couple), what, by=by, on=couple.day)


def inspected(ids: Ids, couple: Couple) -> Iterator[Order]:
    """Find a registration to be as the law asks."""
    day = min(couple.day + INSPECTED_AFTER, YEAR_END)
    what = {"compliant": True}
    yield order("registration.inspect", subject(ids, couple), what, by=REVIEWER, on=day)


def annulled(ids: Ids, couple: Couple) -> Iterator[Order]:
    """Annul a registration."""
    day = min(couple.day + ANNULLED_AFTER, YEAR_END)
    what = {"reason": "受胁迫结婚，依申请撤销" if couple.kind == "marriage" else "登记材料不实"}
    by = registrar(couple.area)
    yield order("registration.annul", subject(ids, couple), what, by=by, on=day)
