"""Stays: elders in homes, by day, children for a while, the refuge, retired officers and staff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.bodies.facilities import (
    CHILDREN,
    DAY_CARE,
    OPENED,
    PRIVATE_HOMES,
    PUBLIC_HOME,
    REFUGE,
    Facility,
)
from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import EVE, YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import PLACES, SHARES, Place, district_of
from scripts.golden.targets import MILITARY_STAFF, OFFICERS_IN_CARE, OFFICERS_RECEIVED, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

LAST = date(YEAR, 12, 20)
OFFICERS_GONE, STAFF_GONE = 6, 1


class Stay(NamedTuple):
    """One person's stay: since before the year or from a day on, perhaps moved, perhaps ended."""

    kind: str
    number: int
    place: Place
    facility: Facility | None
    since: date
    until: date | None = None
    moved: tuple[date, Facility] | None = None


class Crowd(NamedTuple):
    """How many stay: of before the year, those who come, for how many days (0: for good)."""

    kind: str
    before: int
    come: int
    houses: Sequence[Facility]
    days: int = 0
    first: date = date(YEAR, 1, 8)
    gone: int = 0


CROWDS = (
    Crowd("elder-home", 260, 60, (PUBLIC_HOME, *PRIVATE_HOMES), gone=30),
    Crowd("day-care", 60, 40, DAY_CARE, gone=10),
    Crowd("child-care", 0, 60, (CHILDREN,), days=40, first=OPENED + timedelta(days=4)),
    Crowd("refuge", 0, 45, (REFUGE,), days=25, first=OPENED + timedelta(days=4)),
)


def plan(seed: int, scale: float) -> list[Stay]:
    """Decide every stay."""
    chance = dice(seed, "stays")
    found = [stay for crowd in CROWDS for stay in of_crowd(crowd, chance, scale)]
    come = OFFICERS_RECEIVED.at(scale)
    gone = scaled(OFFICERS_GONE, scale)
    found += in_care("retired-officer", chance, OFFICERS_IN_CARE.at(scale) - come, come, gone=gone)
    gone = scaled(STAFF_GONE, scale)
    return [
        *found,
        *in_care("non-military-staff", chance, MILITARY_STAFF.at(scale), 0, gone=gone),
    ]


def of_crowd(crowd: Crowd, chance: Random, scale: float) -> Iterator[Stay]:
    """Make the stays of a crowd; some leave, a few of those who were there go elsewhere."""
    before = scaled(crowd.before, scale) if crowd.before else 0
    gone = scaled(crowd.gone, scale) if crowd.gone else 0
    for number in range(before + scaled(crowd.come, scale)):
        place = chance.choices(PLACES, SHARES)[0]
        house = chance.choices(crowd.houses, [each.beds for each in crowd.houses])[0]
        since = EVE if number < before else day_of(chance, crowd.first)
        until = None
        if crowd.days:
            until = min(since + timedelta(days=chance.randint(1, crowd.days)), LAST)
        elif number < gone:
            until = day_of(chance, date(YEAR, 2, 1))
        moved = None
        if crowd.kind == "elder-home" and number >= gone and number % 40 == 1 and since == EVE:
            moved = (day_of(chance, date(YEAR, 3, 1)), PUBLIC_HOME)
        yield Stay(crowd.kind, number, place, house, since, until, moved)


def in_care(kind: str, chance: Random, before: int, come: int, *, gone: int) -> Iterator[Stay]:
    """Make those in the city's care without a bed: as many of before as stay, and some who go."""
    for number in range(before + gone + come):
        place = chance.choices(PLACES, SHARES)[0]
        since = EVE if number < before + gone else day_of(chance, date(YEAR, 2, 1))
        until = day_of(chance, date(YEAR, 2, 1)) if number < gone else None
        yield Stay(kind, number, place, None, since, until)


def day_of(chance: Random, first: date) -> date:
    """Throw a day from one on."""
    return first + timedelta(days=chance.randint(0, (LAST - first).days))


def plan_events(agenda: Agenda, ids: Ids, stays: list[Stay]) -> None:
    """Note how each stay begins, moves and ends."""
    for stay in stays:
        agenda.add(stay.since, begun, ids, stay)
        if stay.moved:
            agenda.add(stay.moved[0], moved, ids, stay, *stay.moved)
        if stay.until:
            agenda.add(stay.until, ended, ids, stay, stay.until)


def subject(ids: Ids, stay: Stay) -> str:
    """Name a placement."""
    return f"placement:{ids.token(f'stay:{stay.kind}', stay.number)}"


def begun(ids: Ids, stay: Stay) -> Iterator[Order]:
    """Register the person and let the stay begin."""
    yield people.registered(ids, stay.kind, stay.number, on=stay.since)
    what = {
        "kind": stay.kind,
        "person": ids.person(stay.kind, stay.number),
        "area": district_of(stay.place, stay.since),
    }
    if stay.facility:
        what["facility"] = stay.facility.id
    verb = "bring-in" if stay.since == EVE else "admit"
    yield order(f"placement.{verb}", subject(ids, stay), what, by=CLERK, on=stay.since)


def moved(ids: Ids, stay: Stay, day: date, to: Facility) -> Iterator[Order]:
    """Move a person to another home."""
    if stay.facility != to:
        what = {"facility": to.id}
        yield order("placement.transfer", subject(ids, stay), what, by=CLERK, on=day)


def ended(ids: Ids, stay: Stay, day: date) -> Iterator[Order]:
    """Let a person go."""
    yield order("placement.discharge", subject(ids, stay), {}, by=CLERK, on=day)
