"""Own work that is counted and not named: training, visits to the supply station, funerals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import CLERK
from scripts.golden.registers.areas import CITY, OLD_DISTRICTS
from scripts.golden.targets import TRAINED, VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.kernel.agenda import Agenda

CREMATED = range(850, 1_150)


class Tally(NamedTuple):
    """A count of work in an area over a month."""

    measure: str
    area: str
    month: int
    done: int
    unit: str
    base: int | None = None

    @property
    def id(self) -> str:
        """Return the tally's id."""
        return f"tally:{self.measure}-{YEAR}-{self.month:02}-{self.area.removeprefix('area:')}"

    @property
    def last(self) -> date:
        """Return the month's last day."""
        return date(YEAR + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)


def plan(seed: int) -> list[Tally]:
    """Decide every count."""
    chance = dice(seed, "tallies")
    return [*training(chance), *by_month(chance)]


def training(chance: Random) -> Iterator[Tally]:
    """Let each district train its community staff in one month."""
    weights = [chance.uniform(0.8, 1.2) for _ in OLD_DISTRICTS]
    for number, count in enumerate(shares(chance.choice(TRAINED), weights)):
        yield Tally("training", OLD_DISTRICTS[number].id, 4 + number, count, "person")


def by_month(chance: Random) -> Iterator[Tally]:
    """Count visits, funerals and courses month by month; whoever died was cremated."""
    weights = [chance.uniform(0.7, 1.3) for _ in range(12)]
    for month, visits in enumerate(shares(chance.choice(VISITS), weights), start=1):
        yield Tally("supply-station", CITY, month, visits, "person-time")
        handled = chance.choice(CREMATED)
        yield Tally("cremation", CITY, month, handled, "person", base=handled)


def plan_events(agenda: Agenda, tallies: list[Tally]) -> None:
    """Note each report on the last day of its month."""
    for tally in tallies:
        agenda.add(tally.last, reported, tally)


def reported(tally: Tally) -> Iterator[Order]:
    """Report a count."""
    what: dict[str, Any] = {
        "measure": tally.measure,
        "count": {"value": tally.done, "unit": tally.unit},
        "qualifier": "exact",
        "area": tally.area,
        "from": tally.last.replace(day=1).isoformat(),
        "to": tally.last.isoformat(),
    }
    if tally.base is not None:
        what["base"] = {"value": tally.base, "unit": tally.unit}
    yield order("tally.report", tally.id, what, by=CLERK, on=tally.last)
