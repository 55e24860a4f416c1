"""Registers of places and activities: community stations, charity shops, charity education."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import EVE, YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import CITY, PLACES
from scripts.golden.targets import (
    COMMITTEES_SHARED,
    EDUCATION_BASES,
    EDUCATION_PROJECTS,
    SHOPS,
    STATIONS,
    STATIONS_SHARED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.kernel.agenda import Agenda

STATIONS_BEFORE, STATIONS_MERGED, STATIONS_GROWN = 430, 3, 20
ACTIVITIES = ("慈善行", "爱心义卖", "手拉手", "节约一元", "结对助学")
COMPANY = "organisation:supermarket"


class Entry(NamedTuple):
    """An entry of a register, from when to when, and with which links in the end."""

    key: str
    register: str
    title: str
    area: str
    opened: date
    links: tuple[str, ...] = ()
    ended: date | None = None
    # It began with its first link only, and grew on this day.
    grown: date | None = None

    @property
    def id(self) -> str:
        """Return the entry's id."""
        return f"entry:{self.key}"


def plan(seed: int) -> list[Entry]:
    """Decide every entry."""
    chance = dice(seed, "entries")
    return [*stations(chance), *shops(chance), *education(chance)]


def stations(chance: Random) -> Iterator[Entry]:
    """Make the stations: most serve one committee, some several; a few were merged away."""
    shared = shares(COMMITTEES_SHARED.value - STATIONS_SHARED.value, [1.0] * STATIONS_SHARED.value)
    chance.shuffle(shared)
    served = 0
    for number in range(STATIONS.value + STATIONS_MERGED):
        links = 1 + (shared[number] if number < len(shared) else 0)
        place = PLACES[number % len(PLACES)]
        before = number % STATIONS.value < STATIONS_BEFORE
        yield Entry(
            f"station-{number + 1:03}",
            "community-station",
            f"第{number + 1}社区工作站",
            place.id,
            EVE if before else day_of(chance),
            tuple(f"committee:{served + each:03}" for each in range(1, links + 1)),
            ended=date(YEAR, 9, 1) if number >= STATIONS.value else None,
            grown=date(YEAR, 5, 10) if number < STATIONS_GROWN else None,
        )
        served += links


def shops(chance: Random) -> Iterator[Entry]:
    """Make the outlets that join the charity supermarket."""
    for number in range(1, chance.choice(SHOPS) + 1):
        place = chance.choice(PLACES)
        title = f"慈善超市第{number}门店"
        day = day_of(chance)
        yield Entry(f"shop-{number:02}", "charity-shop", title, place.id, day, (COMPANY,))


def education(chance: Random) -> Iterator[Entry]:
    """Make the bases of charity education, and what is done there."""
    bases = [f"entry:base-{number}" for number in range(1, EDUCATION_BASES.value + 1)]
    for number, base in enumerate(bases, start=1):
        title = f"慈善教育基地第{number}（{'河源' if number > 3 else '深圳'}）"  # noqa: PLR2004
        key, day = base.partition(":")[2], date(YEAR, 3, 1 + number)
        yield Entry(key, "education-base", title, CITY, day)
    for number in range(1, EDUCATION_PROJECTS.value + 1):
        title = f"{ACTIVITIES[number % len(ACTIVITIES)]}第{number}期"
        day = date(YEAR, 4, 1) + timedelta(days=chance.randint(0, 240))
        links = (bases[number % len(bases)],)
        yield Entry(f"project-{number:02}", "education-project", title, CITY, day, links)


def day_of(chance: Random) -> date:
    """Throw a day of the year."""
    return date(YEAR, 1, 8) + timedelta(days=chance.randint(0, 340))


def plan_events(agenda: Agenda, entries: list[Entry]) -> None:
    """Note each entry."""
    for entry in entries:
        agenda.add(entry.opened, told, entry)
        if entry.grown:
            agenda.add(entry.grown, grown, entry, entry.grown)
        if entry.ended:
            agenda.add(entry.ended, ended, entry, entry.ended)


def told(entry: Entry) -> Iterator[Order]:
    """Open an entry, or bring in one of before the year."""
    links = entry.links[:1] if entry.grown else entry.links
    what = {
        "register": entry.register,
        "title": entry.title,
        "area": entry.area,
        "links": list(links),
    }
    verb = "bring-in" if entry.opened == EVE else "open"
    yield order(f"entry.{verb}", entry.id, what, by=CLERK, on=entry.opened)


def grown(entry: Entry, day: date) -> Iterator[Order]:
    """Let a station serve more committees."""
    what = {"links": list(entry.links)}
    yield order("entry.change", entry.id, what, by=CLERK, on=day, reason="推行一站多居")


def ended(entry: Entry, day: date) -> Iterator[Order]:
    """End a station that was merged with another."""
    yield order("entry.end", entry.id, {}, by=CLERK, on=day, reason="并入一站多居工作站")
