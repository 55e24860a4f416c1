"""Elders cared for at home, in their community and in homes: the start of 9064."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, order
from scripts.plan2012.words import CLERK, EVE, NEW_YEAR, crowd, dice, person, some_day, some_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scripts.golden.kernel.chance import Ids

# So many elders live in the city at scale 1, somebody else has counted.
ELDERS = 60_000
AT_HOME, IN_COMMUNITY, IN_HOMES = 420, 150, 180
# A placement's kind, its facilities, and how many it places.
HOUSES = (("elder-home", 6, IN_HOMES), ("day-care", 5, IN_COMMUNITY))
TIERS = ("basic", "semi-dependent")
SPARE = 1.2


def told(seed: int, scale: float, ids: Ids) -> Iterator[tuple[date, Order]]:
    """Tell of every elder, with the day of each command."""
    for kind, houses, many in HOUSES:
        placed = crowd(many, scale)
        yield from facilities(kind, houses, placed)
        for number in range(placed):
            yield from placement(seed, ids, kind, number=number, houses=houses)
    for number in range(crowd(AT_HOME, scale)):
        yield from at_home(seed, ids, number)


def facilities(kind: str, houses: int, placed: int) -> Iterator[tuple[date, Order]]:
    """Bring in the houses, with some beds to spare."""
    beds = int(placed / houses * SPARE) + 1
    for number in range(1, houses + 1):
        what = {
            "kind": kind,
            "title": f"第{number}{'敬老院' if kind == 'elder-home' else '日间照料中心'}",
            "body": f"organisation:{kind}-{number}",
            "area": some_place(dice(0, f"{kind}-{number}")),
            "beds": {"value": beds, "unit": "bed"},
        }
        yield EVE, order("facility.bring-in", house(kind, number), what, by=CLERK, on=EVE)


def house(kind: str, number: int) -> str:
    """Name a facility."""
    return f"facility:{kind}-2012-{number}"


def placement(
    seed: int, ids: Ids, kind: str, *, number: int, houses: int
) -> Iterator[tuple[date, Order]]:
    """Admit one elder: half of them before the year."""
    chance = dice(seed, f"{kind}-{number}")
    who, registered = person(ids, kind, number)
    yield EVE, registered
    before = number % 2 == 0
    day = EVE if before else some_day(chance)
    what = {
        "kind": kind,
        "person": who,
        "facility": house(kind, number % houses + 1),
        "area": some_place(chance),
    }
    subject = f"placement:{ids.token(f'plan-2012:{kind}', number)}"
    yield (
        day,
        order(
            "placement.bring-in" if before else "placement.admit", subject, what, by=CLERK, on=day
        ),
    )


def at_home(seed: int, ids: Ids, number: int) -> Iterator[tuple[date, Order]]:
    """Bring one elder into home care."""
    chance = dice(seed, f"home-{number}")
    who, registered = person(ids, "home-care", number)
    yield EVE, registered
    what = {
        "scheme": "scheme:home-care",
        "holder": who,
        "area": some_place(chance),
        "tier": chance.choice(TIERS),
        "from": NEW_YEAR.isoformat(),
    }
    key = ids.token("plan-2012:home-care", number)
    subject = f"entitlement:home-care-{key}"
    yield NEW_YEAR, order("entitlement.bring-in", subject, what, by=CLERK, on=NEW_YEAR)
