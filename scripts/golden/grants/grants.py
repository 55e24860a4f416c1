"""Which bodies are funded, by which project, from which fund, with how much."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.golden.bodies import organisations
from scripts.golden.grants.grant_life import Grant, Project, Share, live
from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import YEAR
from scripts.golden.registers.areas import OLD_DISTRICTS
from scripts.golden.targets import (
    COMMUNITY_CITY_MONEY,
    COMMUNITY_PROJECTS,
    ELDERS_JOY_GRANT,
    LOTTERY_PROJECTS,
    LOTTERY_RELEASED,
    WAN,
    WELFARE_BODIES_GRANT,
    YUAN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

LOTTERY, COMMUNITY, FEDERATION = "fund:lottery", "fund:community-building", "fund:federation"
FIRST_ROUND, SECOND_ROUND = 880, 30
WELFARE_BODIES, OTHER_PROJECTS = 30, LOTTERY_PROJECTS.value - 3
# One of the lottery's projects is a contract, not a grant.
CARE_LINE_PROJECT = Project("project:care-line", "高龄独居老人关爱计划", "care-line", "aid-elderly")
SOCIAL, SOCIAL_GRANTS = "fund:social-organisations", 12
# Of what was promised in 2006, so much is taken back.
OLD_TAKEN_BACK = 20 * WAN
KINDS = (
    ("elders-learning", "aid-elderly", "老有所学"),
    ("park-culture", "aid-elderly", "公园老年文化活动"),
    ("disabled-recovery", "aid-disabled", "残疾人康复"),
    ("orphans-care", "aid-orphans", "孤残儿童养育"),
    ("poor-students", "aid-poor", "济困助学"),
)


@dataclass
class Grants:
    """Every grant of the year, with its projects."""

    projects: list[Project]
    grants: list[Grant]


class Register:
    """The registered bodies that are funded: the next one of a district, each once."""

    def __init__(self, seed: int) -> None:
        """Begin with all that stand through the year."""
        self.of_district: defaultdict[str, deque[str]] = defaultdict(deque)
        for body in organisations.standing(seed):
            self.of_district[body.area].append(body.id)

    def next(self, district: str) -> str:
        """Take the next body of a district."""
        return self.of_district[district].popleft()

    def some(self, chance: Random, count: int) -> Iterator[tuple[str, str]]:
        """Take bodies, each with its district."""
        for _ in range(count):
            district = OLD_DISTRICTS[chance.randrange(len(OLD_DISTRICTS))]
            yield self.next(district.id), district.id


def plan(seed: int, *, bought: int = 0) -> Grants:
    """Decide all grants; the other lottery projects take what the released sum leaves them.

    `bought` is what contracts take of the lottery's money.
    """
    chance, register = dice(seed, "grants"), Register(seed)
    elders, welfare = elders_joy(chance, register), welfare_bodies(chance)
    community, education = (
        community_building(chance, register),
        charity_education(chance, register),
    )
    social = social_organisations(chance, register)
    for grant in (*elders, *welfare, *community, *education, *social):
        live(grant, chance)
    known = elders + welfare
    others = lottery_projects(chance, register, known, bought=bought - OLD_TAKEN_BACK)
    grants = sorted(
        (*known, *community, *education, *social, *others), key=lambda grant: grant.applied
    )
    projects = list(dict.fromkeys((CARE_LINE_PROJECT, *(grant.project for grant in grants))))
    return Grants(projects, grants)


def day_in(chance: Random, first: date, last: date) -> date:
    """Throw a day."""
    return first + timedelta(days=chance.randint(0, (last - first).days))


def elders_joy(chance: Random, register: Register) -> list[Grant]:
    """Fund the communities' culture for elders: a first batch of bodies, then a second."""
    project = Project("project:elders-joy", "老有所乐计划", "elders-joy", "aid-elderly")
    rows = list(register.some(chance, FIRST_ROUND + SECOND_ROUND // 2))
    rows += rows[: SECOND_ROUND - SECOND_ROUND // 2]
    amounts = shares(ELDERS_JOY_GRANT.value, spread(chance, len(rows), 0.3), 100 * YUAN)
    grants = []
    for number, ((body, area), amount) in enumerate(zip(rows, amounts, strict=True), start=1):
        first = number <= FIRST_ROUND
        start = date(YEAR, 1, 8) if first else date(YEAR, 8, 1)
        applied = day_in(chance, start, start + timedelta(days=60 if first else 20))
        awarded = date(YEAR, 4, 10 + number % 10) if first else date(YEAR, 9, 20)
        grants.append(
            Grant(
                f"elders-joy-{number:04}",
                project,
                body,
                f"社区老年文体活动第{number}号",
                area,
                (Share(LOTTERY, "general", amount),),
                applied,
                awarded,
                round=1 if first else 2,
            )
        )
    return grants


def spread(chance: Random, count: int, width: float) -> list[float]:
    """Throw weights that differ by a width."""
    return [chance.lognormvariate(0, width) for _ in range(count)]


def welfare_bodies(chance: Random) -> list[Grant]:
    """Fund private welfare bodies that serve elders and orphans."""
    project = Project("project:welfare-bodies", "民办福利机构资助", "welfare-bodies", "aid-elderly")
    amounts = shares(WELFARE_BODIES_GRANT.value, spread(chance, WELFARE_BODIES, 0.5), 1_000 * YUAN)
    areas = [OLD_DISTRICTS[chance.randrange(len(OLD_DISTRICTS))].id for _ in amounts]
    known = [f"organisation:welfare-body-{number:03}" for number in range(1, WELFARE_BODIES + 1)]
    rows = zip(zip(known, areas, strict=True), amounts, strict=True)
    return [
        simple(
            chance, f"welfare-bodies-{number:03}", (project, body), Share(LOTTERY, "general", fen)
        )
        for number, (body, fen) in enumerate(rows, start=1)
    ]


def simple(
    chance: Random, key: str, what: tuple[Project, tuple[str, str]], *shares_: Share
) -> Grant:
    """Make a grant that is applied for in the first three quarters and awarded a month later."""
    applied = day_in(chance, date(YEAR, 1, 15), date(YEAR, 9, 15))
    awarded = applied + timedelta(days=chance.randint(25, 45))
    project, (name, area) = what
    title = f"{project.title}（{key.rpartition('-')[2]}）"
    return Grant(key, project, name, title, area, shares_, applied, awarded)


def community_building(chance: Random, register: Register) -> list[Grant]:
    """Build communities: city money, and the district's share on top."""
    programme = "community-building"
    project = Project(f"project:{programme}", "固本强基社区建设", programme, "community")
    count = COMMUNITY_PROJECTS.value
    amounts = shares(COMMUNITY_CITY_MONEY.value, spread(chance, count, 0.5), WAN)
    grants = []
    for number, amount in enumerate(amounts, start=1):
        district = OLD_DISTRICTS[chance.randrange(len(OLD_DISTRICTS))]
        area = f"{district.id}-{1 + number % district.parts}"
        body = (register.next(district.id), area)
        matching = int(amount * chance.uniform(0.2, 0.5)) // WAN * WAN or WAN
        city = Share(COMMUNITY, "2007", amount)
        local = Share(f"fund:community-{district.key}", "2007", matching)
        grants.append(simple(chance, f"community-{number:03}", (project, body), city, local))
    return grants


def charity_education(chance: Random, register: Register) -> list[Grant]:
    """Fund the fifteen activities of charity education from the federation's gifts."""
    programme = "charity-education"
    project = Project(f"project:{programme}", "慈善教育计划", programme, "charity-other")
    amounts = shares(150 * WAN, spread(chance, 15, 0.3), 1_000 * YUAN)
    rows = zip(register.some(chance, 15), amounts, strict=True)
    grants = [
        simple(chance, f"charity-{number:02}", (project, body), Share(FEDERATION, "general", fen))
        for number, (body, fen) in enumerate(rows, start=1)
    ]
    for grant in grants:
        # The year's gifts must have come in first.
        grant.awarded = max(grant.awarded, date(YEAR, 6, 1))
    return grants


def social_organisations(chance: Random, register: Register) -> list[Grant]:
    """Help trade associations, and the place where new bodies are hatched."""
    found = []
    for programme, title, count in (
        ("industry-associations", "行业协会商会发展专项", SOCIAL_GRANTS),
        ("incubation", "社会组织孵化基地", 2),
    ):
        project = Project(f"project:{programme}", title, programme, "community")
        amounts = shares(30 * WAN * count, spread(chance, count, 0.4), WAN)
        rows = zip(register.some(chance, count), amounts, strict=True)
        found += [
            simple(chance, f"{programme}-{number:02}", (project, body), Share(SOCIAL, "2007", fen))
            for number, (body, fen) in enumerate(rows, start=1)
        ]
    return found


def lottery_projects(
    chance: Random, register: Register, known: Sequence[Grant], *, bought: int
) -> list[Grant]:
    """Give the other projects what the released sum leaves, closings of all included."""
    drafts = [draft(chance, register, number) for number in range(1, OTHER_PROJECTS + 1)]
    grants = [grant for some in drafts for grant in some]
    before = sum(grant.amount - grant.rest() for grant in known) + bought
    left = LOTTERY_RELEASED.value - before
    for grant, amount in zip(
        grants, shares(left, spread(chance, len(grants), 0.5), 1_000 * YUAN), strict=True
    ):
        grant.shares = (Share(LOTTERY, "general", amount),)
        live(grant, chance, in_full=True)
    return grants


def draft(chance: Random, register: Register, number: int) -> list[Grant]:
    """Make a project's grants, still without amounts."""
    programme, purpose, title = KINDS[number % len(KINDS)]
    project = Project(f"project:lottery-{number:02}", f"{title}第{number}号", programme, purpose)
    count = chance.randint(1, 3)
    return [
        simple(chance, f"lottery-{number:02}-{nth}", (project, body))
        for nth, body in enumerate(register.some(chance, count), start=1)
    ]
