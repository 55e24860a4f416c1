"""Social workers: some hired on the established staff, others graded and working for the bodies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.golden.benefits import people
from scripts.golden.kernel.commands import BUREAU, YEAR, Order, order
from scripts.golden.office.officers import REGISTRAR
from scripts.golden.targets import SOCIAL_WORK_BODIES, SOCIAL_WORK_STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

REGISTER = "social-worker"
OF_BODIES = 60
GRADES = ("assistant", "social-worker", "senior")
ENTERED, APPOINTED = date(YEAR, 7, 9), date(YEAR, 8, 6)


def plan_events(agenda: Agenda, ids: Ids) -> None:
    """Note each worker's way into a post."""
    for number in range(SOCIAL_WORK_STAFF.value + OF_BODIES):
        agenda.add(ENTERED + timedelta(days=number % 20), entered, ids, number)
        agenda.add(APPOINTED + timedelta(days=number % 20), appointed, ids, number)


def subject(ids: Ids, number: int) -> str:
    """Name a worker's register entry."""
    return f"worker:{ids.token(f'{REGISTER}-entry', number)}"


def entered(ids: Ids, number: int) -> Iterator[Order]:
    """Register a worker and grade him."""
    day = ENTERED + timedelta(days=number % 20)
    yield people.registered(ids, REGISTER, number, on=day)
    what = {"person": ids.person(REGISTER, number)}
    yield order("worker.register", subject(ids, number), what, by=REGISTRAR, on=day)
    grade = {"grade": GRADES[number % len(GRADES)]}
    yield order("worker.grade", subject(ids, number), grade, by=REGISTRAR, on=day)


def appointed(ids: Ids, number: int) -> Iterator[Order]:
    """Appoint a worker: the first to the bureau's own staff, the others to the bodies."""
    day = APPOINTED + timedelta(days=number % 20)
    established = number < SOCIAL_WORK_STAFF.value
    body = f"organisation:social-work-{1 + number % SOCIAL_WORK_BODIES.value:02}"
    what = {"body": BUREAU if established else body, "established": established}
    yield order("worker.appoint", subject(ids, number), what, by=REGISTRAR, on=day)
