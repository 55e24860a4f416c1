"""Social organisations: those of before the year, the new, those that end; and their reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import BUREAU, EVE, YEAR, Order, order
from scripts.golden.office.officers import REGISTRAR
from scripts.golden.registers.areas import OLD_DISTRICTS
from scripts.golden.targets import (
    HOME_CARE_BODIES,
    ORGANISATIONS_BEFORE,
    ORGANISATIONS_NEW,
    REVOKED,
    SOCIAL_WORK_BODIES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.kernel.agenda import Agenda

KINDS, KIND_SHARES = ("association", "private-unit", "foundation"), (0.44, 0.55, 0.01)
ACTIVITIES = ("education", "health", "culture", "trade", "sport", "science", "labour", "elders")
NAMES = {"association": "协会", "private-unit": "民办服务中心", "foundation": "基金会"}
# Set up in the year to give a service: activity, how many, what they are called, from which month.
NEW_SERVICES = (
    ("home-care", HOME_CARE_BODIES.value, "居家养老服务社", 2),
    ("social-work", SOCIAL_WORK_BODIES.value, "社会工作服务社", 3),
)
WELFARE_BODIES, ON_RECORD, RECORDED_FIRST, CHANGED, REPORTED = 30, 60, 20, 45, 400
A_WEEK = timedelta(days=7)
REPORTS_DUE = date(YEAR, 3, 1)


class Body(NamedTuple):
    """A body: its key, what is said of it, and since when it is in the register."""

    key: str
    title: str
    kind: str
    activity: str
    area: str
    day: date

    @property
    def id(self) -> str:
        """Return the body's id."""
        return f"organisation:{self.key}"

    def what(self) -> dict[str, object]:
        """Say what the register keeps."""
        return {
            "title": self.title,
            "kind": self.kind,
            "activity": self.activity,
            "area": self.area,
            "body": BUREAU,
        }


@dataclass
class Bodies:
    """Every body of the year, and those to which something happens."""

    before: list[Body]
    new: list[Body]
    recorded: list[Body]
    dissolved: list[tuple[Body, date]] = field(default_factory=list)
    revoked: list[tuple[Body, date]] = field(default_factory=list)


def plan(seed: int) -> Bodies:
    """Decide the register's year such that its growth prints as the report's."""
    chance = dice(seed, "organisations")
    stock, dissolved = chance.choice(ORGANISATIONS_BEFORE)
    before = [a_body(chance, f"body-{n:04}", EVE) for n in range(1, stock - WELFARE_BODIES + 1)]
    before += [welfare_body(chance, number) for number in range(1, WELFARE_BODIES + 1)]
    named = [body for what in NEW_SERVICES for body in services(chance, *what)]
    others = range(1, ORGANISATIONS_NEW.value - len(named) + 1)
    new = [a_body(chance, f"new-{n:03}", day_of(chance)) for n in others]
    recorded = [a_body(chance, f"recorded-{n:03}", day_of(chance)) for n in range(1, ON_RECORD + 1)]
    planned = Bodies(before, [*named, *new], recorded)
    leave(planned, chance, dissolved)
    return planned


def standing(seed: int) -> list[Body]:
    """Return the bodies that are in the register all year long, welfare bodies left out."""
    planned = plan(seed)
    gone = {body.id for body, _ in (*planned.dissolved, *planned.revoked)}
    return [body for body in planned.before[:-WELFARE_BODIES] if body.id not in gone]


def leave(planned: Bodies, chance: Random, dissolved: int) -> None:
    """Choose who ends at his own wish, and which private units the law ends."""
    able = planned.before[: -WELFARE_BODIES - 1]
    units = [body for body in able if body.kind == "private-unit"]
    revoked = chance.sample(units, REVOKED.value)
    gone = {body.id for body in revoked}
    others = chance.sample([body for body in able if body.id not in gone], dissolved)
    planned.revoked = [(body, day_of(chance)) for body in revoked]
    planned.dissolved = [(body, day_of(chance)) for body in others]


def day_of(chance: Random) -> date:
    """Throw a day of the year."""
    return date(YEAR, 1, 8) + timedelta(days=chance.randint(0, 350))


def a_body(chance: Random, key: str, day: date) -> Body:
    """Make a body of any kind and activity."""
    kind = chance.choices(KINDS, KIND_SHARES)[0]
    area = chance.choice(OLD_DISTRICTS)
    number = key.rpartition("-")[2]
    title = f"{area.title}第{number}号{NAMES[kind]}"
    return Body(key, title, kind, chance.choice(ACTIVITIES), area.id, day)


def welfare_body(chance: Random, number: int) -> Body:
    """Make one of the private welfare bodies that the lottery fund helps."""
    area = chance.choice(OLD_DISTRICTS)
    key = f"welfare-body-{number:03}"
    return Body(key, f"{area.title}第{number}福利院", "private-unit", "welfare", area.id, EVE)


def services(chance: Random, activity: str, count: int, title: str, since: int) -> Iterator[Body]:
    """Make the bodies that are set up for a service."""
    for number in range(1, count + 1):
        area = OLD_DISTRICTS[number % len(OLD_DISTRICTS)]
        day = date(YEAR, since, 10) + timedelta(days=chance.randint(0, 90))
        name = f"{area.title}第{number}{title}"
        yield Body(f"{activity}-{number:02}", name, "private-unit", activity, area.id, day)


def plan_events(agenda: Agenda, planned: Bodies) -> None:
    """Note what happens to every body."""
    agenda.add(EVE, brought_in, planned.before)
    for body in planned.new:
        agenda.add(body.day, entered, body, "register")
    for body in planned.recorded:
        agenda.add(body.day, entered, body, "record")
    for body in planned.new[-RECORDED_FIRST:]:
        agenda.add(body.day - A_WEEK, entered, body._replace(day=body.day - A_WEEK), "record")
    for body, day in planned.dissolved:
        agenda.add(day, ended, body, "deregister", day)
    for body, day in planned.revoked:
        agenda.add(day, ended, body, "revoke", day)
    gone = {body.id for body, _ in (*planned.dissolved, *planned.revoked)}
    staying = [body for body in planned.before if body.id not in gone]
    for number, body in enumerate(staying[:REPORTED]):
        agenda.add(REPORTS_DUE + timedelta(days=number % 30), reported, body, number % 30)
    for number, body in enumerate(planned.new[-CHANGED:]):
        if body.day < date(YEAR, 12, 1):
            agenda.add(body.day + timedelta(days=20 + number % 9), renamed, body, 20 + number % 9)


def brought_in(bodies: list[Body]) -> Iterator[Order]:
    """Bring in the register as it was."""
    for body in bodies:
        yield order("organisation.bring-in", body.id, body.what(), by=REGISTRAR, on=EVE)


def entered(body: Body, verb: str) -> Iterator[Order]:
    """Register a body, or put it on record."""
    yield order(f"organisation.{verb}", body.id, body.what(), by=REGISTRAR, on=body.day)


def renamed(body: Body, after: int) -> Iterator[Order]:
    """Change a body's name."""
    what = {"title": f"{body.title}（更名）"}
    day = body.day + timedelta(days=after)
    yield order("organisation.change", body.id, what, by=REGISTRAR, on=day)


def reported(body: Body, after: int) -> Iterator[Order]:
    """Take the report on the year before."""
    day = REPORTS_DUE + timedelta(days=after)
    what = {"year": YEAR - 1}
    yield order("organisation.file-report", body.id, what, by=REGISTRAR, on=day)


def ended(body: Body, verb: str, day: date) -> Iterator[Order]:
    """End a body, on its own report of what is left, or by a decision of the registrar."""
    reason, paper = {
        "deregister": ("自行申请注销", "清算报告"),
        "revoke": ("连续两年未参加年检", "撤销登记行政处罚决定书"),
    }[verb]
    yield order(
        f"organisation.{verb}",
        body.id,
        {},
        by=REGISTRAR,
        on=day,
        reason=reason,
        evidence=f"{body.title}{paper}",
    )
