"""Facilities: homes for elders, centres, the shelter, the refuge; and private homes to come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import EVE, YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import CITY, OLD_DISTRICTS
from scripts.golden.targets import HOMES_BEDS, HOMES_PREPARING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda

PREPARED, OPENED, ENLARGED = date(YEAR, 3, 20), date(YEAR, 3, 8), date(YEAR, 7, 2)
GIVEN_UP = date(YEAR, 6, 25)
PUBLIC_BODY = "organisation:welfare-centre"


class Facility(NamedTuple):
    """A facility: its key and name, its kind, whose it is, where, and with how many beds."""

    key: str
    title: str
    kind: str
    body: str
    area: str
    beds: int
    day: date = EVE

    @property
    def id(self) -> str:
        """Return the facility's id."""
        return f"facility:{self.key}"


PUBLIC_HOME = Facility("welfare-centre", "市社会福利中心", "elder-home", PUBLIC_BODY, CITY, 4_000)
SHELTER = Facility("shelter", "市救助管理站", "shelter", "organisation:shelter", CITY, 3_000)
MINORS = Facility(
    "minors-shelter", "流浪未成年人救助保护中心", "shelter", "organisation:shelter", CITY, 1_000
)
CHILDREN = Facility(
    "child-care", "儿童临时托管站", "child-care", PUBLIC_BODY, CITY, 500, day=OPENED
)
REFUGE = Facility(
    "refuge", "家庭暴力庇护中心", "refuge", "organisation:shelter", "area:luohu", 400, day=OPENED
)
PRIVATE_HOMES = tuple(
    Facility(
        f"home-{number:02}",
        f"{area.title}第{number}老人公寓",
        "elder-home",
        f"organisation:welfare-body-{number:03}",
        area.id,
        60 + 20 * number,
    )
    for number, area in enumerate(OLD_DISTRICTS * 2, start=1)
)
DAY_CARE = tuple(
    Facility(
        f"day-care-{area.key}",
        f"{area.title}星光老年之家日间照料中心",
        "day-care",
        PUBLIC_BODY,
        area.id,
        1_000,
    )
    for area in OLD_DISTRICTS
)
STANDING = (PUBLIC_HOME, SHELTER, MINORS, CHILDREN, REFUGE, *PRIVATE_HOMES, *DAY_CARE)


def prepared(seed: int) -> list[Facility]:
    """Decide the private homes to come: more than 1,500 beds together."""
    chance = dice(seed, "homes")
    count = HOMES_PREPARING.value
    beds = shares(chance.choice(HOMES_BEDS), [chance.uniform(0.6, 1.4) for _ in range(count)])
    return [
        Facility(
            f"coming-{number}",
            f"筹办中的第{number}养老院",
            "elder-home",
            f"organisation:home-founder-{number}",
            OLD_DISTRICTS[number % len(OLD_DISTRICTS)].id,
            each,
        )
        for number, each in enumerate(beds, start=1)
    ]


def plan_events(agenda: Agenda, seed: int) -> None:
    """Note each facility: brought in, opened, planned, enlarged, given up."""
    for facility in STANDING:
        verb = "bring-in" if facility.day == EVE else "open"
        agenda.add(facility.day, entered, facility, verb, facility.day)
    coming = prepared(seed)
    for facility in coming:
        # What a founder first plans is less than what is approved later.
        first = facility._replace(beds=facility.beds - 10)
        agenda.add(PREPARED, entered, first, "plan", PREPARED)
        agenda.add(ENLARGED, resized, facility)
    dropped = coming[0]._replace(key="given-up", title="停止筹办的养老院")
    agenda.add(PREPARED, entered, dropped, "plan", PREPARED)
    agenda.add(GIVEN_UP, closed, dropped)
    agenda.add(ENLARGED, resized, PRIVATE_HOMES[0]._replace(beds=PRIVATE_HOMES[0].beds + 12))


def entered(facility: Facility, verb: str, day: date) -> Iterator[Order]:
    """Plan a facility, open it, or bring it in."""
    what = {
        "title": facility.title,
        "kind": facility.kind,
        "body": facility.body,
        "area": facility.area,
        "beds": {"value": facility.beds, "unit": "bed"},
    }
    yield order(f"facility.{verb}", facility.id, what, by=CLERK, on=day)


def resized(facility: Facility) -> Iterator[Order]:
    """Give it the beds that it has from now on."""
    what = {"beds": {"value": facility.beds, "unit": "bed"}}
    yield order("facility.resize", facility.id, what, by=CLERK, on=ENLARGED)


def closed(facility: Facility) -> Iterator[Order]:
    """Give a plan up."""
    yield order("facility.close", facility.id, {}, by=CLERK, on=GIVEN_UP, reason="用地未落实")
