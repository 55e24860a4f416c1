"""Relief: one person, one decision. Care at the end of life, migrants' medical aid, sudden need."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.funds.budgets import class_of
from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import YEAR, Order, fen, order
from scripts.golden.office.officers import APPROVER_AID, CLERK, TREASURER
from scripts.golden.targets import (
    HOSPICE_PERSONS,
    MIGRANT_CARE_CASES,
    MIGRANT_CARE_SPEND,
    YUAN,
    scaled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

CARE_SINCE = date(2006, 10, 9)
YEAR_FROM = date(YEAR, 1, 8)
LAST_APPLIED = date(YEAR, 12, 10)


class Case(NamedTuple):
    """A relief case: whom it helps (by number), from which day, with how much."""

    number: int
    person: int
    day: date
    amount: int


class Programme(NamedTuple):
    """A relief programme: what it is for, and which fund and earmark pay it."""

    key: str
    purpose: str
    fund: str
    earmark: str


HOSPICE = Programme("hospice", "aid-elderly", "fund:elderly-care", "2007")
MIGRANT_CARE = Programme("migrant-care", "charity-other", "fund:migrant-care", "general")
TEMPORARY = Programme("temporary-relief", "aid-poor", "fund:social-assistance", "2007")
CHARITY_MEDICAL = Programme("charity-medical", "aid-poor", "fund:federation", "general")
TEMPORARY_CASES, MEDICAL_CASES = 400, 40
GATHERED = date(YEAR, 4, 1)
REPEATED = 0.03


def plan(seed: int, scale: float) -> dict[Programme, list[Case]]:
    """Decide every case of the year; migrant care began in autumn 2006."""
    chance = dice(seed, "relief")
    hospice = scaled(HOSPICE_PERSONS.value, scale)
    again = int(hospice * REPEATED)
    cases = MIGRANT_CARE_CASES.at(scale)
    amounts = shares(MIGRANT_CARE_SPEND.at(scale), weights(chance, cases), YUAN)
    persons = [number if chance.random() > REPEATED else 0 for number in range(cases)]
    temporary = scaled(TEMPORARY_CASES, scale)
    return {
        HOSPICE: made(
            chance,
            [*range(hospice), *range(again)],
            [chance.choice((2_000, 3_000)) * YUAN for _ in range(hospice + again)],
        ),
        MIGRANT_CARE: made(chance, persons, amounts, since=CARE_SINCE),
        TEMPORARY: made(
            chance,
            list(range(temporary)),
            [chance.randint(5, 30) * 100 * YUAN for _ in range(temporary)],
        ),
        # The year's gifts must have come in first.
        CHARITY_MEDICAL: made(
            chance,
            list(range(MEDICAL_CASES)),
            [chance.randint(5, 20) * 1_000 * YUAN for _ in range(MEDICAL_CASES)],
            since=GATHERED,
        ),
    }


def weights(chance: Random, count: int) -> list[float]:
    """Throw weights as bills differ: many small, a few large."""
    return [chance.lognormvariate(0, 0.6) for _ in range(count)]


def made(
    chance: Random, persons: list[int], amounts: list[int], *, since: date = YEAR_FROM
) -> list[Case]:
    """Spread cases over the days; who is helped again is helped later."""
    span = (LAST_APPLIED - since).days
    days = sorted(since + timedelta(days=chance.randint(0, span)) for _ in persons)
    rows = zip(persons, days, amounts, strict=True)
    return [Case(number, *row) for number, row in enumerate(rows)]


def plan_events(agenda: Agenda, ids: Ids, cases: dict[Programme, list[Case]]) -> None:
    """Note each case: applied for, decided three days later, paid after three more."""
    for programme, rows in cases.items():
        known: set[int] = set()
        for case in rows:
            first = case.person not in known
            known.add(case.person)
            agenda.add(case.day, applied, ids, programme, (case, first))
            agenda.add(case.day + timedelta(days=3), decided, ids, programme, case)
            agenda.add(case.day + timedelta(days=6), paid, ids, programme, case)


def name(ids: Ids, programme: Programme, case: Case) -> str:
    """Name a case."""
    return f"relief:{programme.key}-{ids.token(programme.key + '-case', case.number)}"


def applied(ids: Ids, programme: Programme, told: tuple[Case, bool]) -> Iterator[Order]:
    """Register whoever is new and apply."""
    case, first = told
    if first:
        yield people.registered(ids, programme.key, case.person, on=case.day)
    what = {
        "person": ids.person(programme.key, case.person),
        "fund": programme.fund,
        "earmark": programme.earmark,
        "programme": programme.key,
        "purpose": programme.purpose,
    }
    yield order("relief.apply", name(ids, programme, case), what, by=CLERK, on=case.day)


def decided(ids: Ids, programme: Programme, case: Case) -> Iterator[Order]:
    """Decide the amount."""
    what = {"amount": fen(case.amount), "class": class_of(programme.fund)}
    day = case.day + timedelta(days=3)
    yield order("relief.decide", name(ids, programme, case), what, by=APPROVER_AID, on=day)


def paid(ids: Ids, programme: Programme, case: Case) -> Iterator[Order]:
    """Pay it."""
    day = case.day + timedelta(days=6)
    yield order("relief.pay", name(ids, programme, case), {}, by=TREASURER, on=day)
