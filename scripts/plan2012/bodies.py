"""Community bodies, registered or put on record, and their reports with the state of the party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, order
from scripts.plan2012.words import EVE, NEW_YEAR, REGISTRAR, crowd, dice, some_day, some_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Bodies that stood before the year, and those that the start of the year brings.
STOOD, REGISTERED, RECORDED = 260, 120, 210
# Of the bodies that report, so many in a hundred have the members that call for a party
# organisation, and so many of these have one.
DUE, ORGANISED = 0.45, 0.7
KINDS = ("association", "private-unit")
TITLES = ("老年文体协会", "义工服务队", "邻里互助会", "棋艺社", "环保志愿者协会", "家政服务社")


def told(seed: int, scale: float) -> Iterator[tuple[date, Order]]:
    """Tell of every body, with the day of each command."""
    chance = dice(seed, "bodies")
    for number in range(crowd(STOOD, scale)):
        yield entered("organisation.bring-in", "stood", number, seed=seed, on=EVE)
        day = some_day(chance, NEW_YEAR.replace(month=2))
        yield day, report(f"organisation:{key('stood', number)}", seed, number, on=day)
    for verb, word, many in (
        ("register", "registered", REGISTERED),
        ("record", "recorded", RECORDED),
    ):
        for number in range(crowd(many, scale)):
            yield entered(f"organisation.{verb}", word, number, seed=seed, on=some_day(chance))


def key(word: str, number: int) -> str:
    """Name a body."""
    return f"community-{word}-{number + 1}"


def entered(command: str, word: str, number: int, *, seed: int, on: date) -> tuple[date, Order]:
    """Enter one body into the register."""
    name = key(word, number)
    chance = dice(seed, name)
    area = some_place(chance)
    what = {
        "title": f"社区{chance.choice(TITLES)}{number + 1}",
        "kind": chance.choice(KINDS),
        "activity": "community",
        "area": area,
    }
    return on, order(command, f"organisation:{name}", what, by=REGISTRAR, on=on)


def report(body: str, seed: int, number: int, *, on: date) -> Order:
    """Report on the year before."""
    chance = dice(seed, f"report-{number}")
    due = chance.random() < DUE
    members = chance.randint(3, 24) if due else chance.randint(0, 2)
    what = {
        "year": 2011,
        "party_members": members,
        "party_organisation": due and chance.random() < ORGANISED,
    }
    return order("organisation.file-report", body, what, by=REGISTRAR, on=on)
