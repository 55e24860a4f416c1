"""Discharged soldiers: received, trained, then placed or, with a grant for it, self-employed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.benefits.entitlements import Register
from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import PLACES, SHARES, district_of
from scripts.golden.targets import VETERANS_RECEIVED, VETERANS_TRAINED_PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.benefits.claims import Claim
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

# Who will work for himself is registered where the scheme that pays the grant looks for him.
REGISTER = "self-employment"
CATEGORIES, CATEGORY_SHARES = ("conscript", "sergeant", "officer"), (0.8, 0.17, 0.03)
RECEIVED, TRAINED, CHOSEN, PLACED = (
    date(YEAR, 1, 15),
    date(YEAR, 5, 8),
    date(YEAR, 7, 20),
    date(YEAR, 9, 10),
)


class Soldier(NamedTuple):
    """A soldier: what he was, when and where he came, what he did then."""

    number: int
    category: str
    day: date
    area: str
    trained: bool
    self_employed: bool


class SelfEmployed(Register["Claim"]):
    """Tells the claims of those who work for themselves: they are known since they came."""

    def registered(self, claim: Claim, day: date) -> Iterator[Order]:  # noqa: ARG002
        """Register nobody again."""
        yield from ()


def plan(seed: int, scale: float, *, self_employed: int) -> list[Soldier]:
    """Decide every soldier's year."""
    chance = dice(seed, "soldiers")
    count = VETERANS_RECEIVED.at(scale)
    trained = (count * VETERANS_TRAINED_PERCENT + 50) // 100
    found = []
    for number in range(count):
        day = RECEIVED + timedelta(days=chance.randint(0, 100))
        area = district_of(chance.choices(PLACES, SHARES)[0], day)
        category = chance.choices(CATEGORIES, CATEGORY_SHARES)[0]
        found.append(Soldier(number, category, day, area, number < trained, number < self_employed))
    return found


def plan_events(agenda: Agenda, ids: Ids, soldiers: list[Soldier]) -> None:
    """Note each soldier's steps."""
    for one in soldiers:
        agenda.add(one.day, received, ids, one)
        if one.trained:
            agenda.add(TRAINED + timedelta(days=one.number % 40), trained, ids, one)
        first = CHOSEN if one.self_employed else PLACED
        agenda.add(first + timedelta(days=one.number % 15), settled, ids, one)


def subject(ids: Ids, one: Soldier) -> str:
    """Name the soldier's register entry."""
    return f"veteran:{ids.token('soldier', one.number)}"


def received(ids: Ids, one: Soldier) -> Iterator[Order]:
    """Receive a soldier of this year's cohort."""
    yield people.registered(ids, REGISTER, one.number, on=one.day)
    what = {
        "person": ids.person(REGISTER, one.number),
        "category": one.category,
        "cohort": YEAR,
        "area": one.area,
    }
    yield order("veteran.receive", subject(ids, one), what, by=CLERK, on=one.day)


def trained(ids: Ids, one: Soldier) -> Iterator[Order]:
    """Train a soldier."""
    day = TRAINED + timedelta(days=one.number % 40)
    what = {"course": "职业技能培训"}
    yield order("veteran.train", subject(ids, one), what, by=CLERK, on=day)


def settled(ids: Ids, one: Soldier) -> Iterator[Order]:
    """Place a soldier in a job, or let him choose to work for himself."""
    first = CHOSEN if one.self_employed else PLACED
    day = first + timedelta(days=one.number % 15)
    verb = "choose-self-employment" if one.self_employed else "place"
    what = {} if one.self_employed else {"body": f"organisation:employer-{one.number % 90:02}"}
    yield order(f"veteran.{verb}", subject(ids, one), what, by=CLERK, on=day)
