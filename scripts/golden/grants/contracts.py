"""Services bought: social workers' posts and supervision, the care line; confirmed, then paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from scripts.golden.funds.budgets import class_of
from scripts.golden.grants.grants import CARE_LINE_PROJECT, LOTTERY
from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import YEAR, Order, benefit, fen, on_day, order
from scripts.golden.office.officers import APPROVER_GRANTS, REVIEWER, TREASURER
from scripts.golden.targets import (
    CARE_LINE_ELDERS,
    CARE_LINE_RESCUES,
    SOCIAL_WORK_BODIES,
    SOCIAL_WORK_POSTS,
    WAN,
    YUAN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.kernel.agenda import Agenda

SOCIAL = "fund:social-organisations"
POST_A_YEAR, POST_A_MONTH = 60_000 * YUAN, 5_000 * YUAN
SUPERVISION, SUPERVISION_A_MONTH = 120 * WAN, 10 * WAN
CARE_LINE, CARE_LINE_A_MONTH = 100 * WAN, 7 * WAN
SIGNED_FROM, STARTED = date(YEAR, 6, 18), 7
CONFIRMED, PAID, CLOSING = 26, 28, date(YEAR, 12, 29)


@dataclass
class Contract:
    """One contract: with whom, for what, and what each month gives and costs."""

    key: str
    body: str
    programme: str
    fund: str
    earmark: str
    amount: int
    signed: date
    first: int
    monthly: int
    units: int
    until: date
    posts: int = 0
    project: str = ""
    rescued: dict[int, int] = field(default_factory=dict)
    # What is left of it is freed at the end of the year.
    ends: bool = False

    @property
    def id(self) -> str:
        """Return the contract's id."""
        return f"contract:{self.key}"

    def kept(self) -> int:
        """Return what stays promised or paid at the end of the year."""
        return self.monthly * (13 - self.first) if self.ends else self.amount


def plan(seed: int, scale: float) -> list[Contract]:
    """Decide every contract."""
    chance = dice(seed, "contracts")
    return [*posts(chance), supervision(), care_line(chance, scale)]


def posts(chance: Random) -> Iterator[Contract]:
    """Buy social workers' posts from the bodies that were set up."""
    weights = [chance.uniform(0.6, 1.4) for _ in range(SOCIAL_WORK_BODIES.value)]
    for number, count in enumerate(shares(SOCIAL_WORK_POSTS.value, weights), start=1):
        yield Contract(
            f"social-work-{number:02}",
            f"organisation:social-work-{number:02}",
            "social-work",
            SOCIAL,
            "2007",
            POST_A_YEAR * count,
            date(YEAR, 6, 18 + number),
            STARTED,
            POST_A_MONTH * count,
            count,
            date(YEAR + 1, 6, 30),
            posts=count,
        )


def supervision() -> Contract:
    """Let experienced social workers of Hong Kong supervise the trial."""
    return Contract(
        "supervision",
        "organisation:hongkong-supervision",
        "social-work-supervision",
        SOCIAL,
        "2007",
        SUPERVISION,
        SIGNED_FROM,
        STARTED,
        SUPERVISION_A_MONTH,
        8,
        date(YEAR + 1, 6, 30),
    )


def care_line(chance: Random, scale: float) -> Contract:
    """Buy the care line for elders out of the lottery's money; what is spared is freed."""
    rescued: dict[int, int] = {}
    for _ in range(CARE_LINE_RESCUES.at(scale)):
        month = chance.randint(1, 12)
        rescued[month] = rescued.get(month, 0) + 1
    return Contract(
        "care-line",
        "organisation:care-line-company",
        "care-line",
        LOTTERY,
        "general",
        CARE_LINE,
        date(YEAR, 1, 15),
        1,
        CARE_LINE_A_MONTH,
        CARE_LINE_ELDERS.at(scale),
        date(YEAR, 12, 31),
        project=CARE_LINE_PROJECT.id,
        rescued=rescued,
        ends=True,
    )


def plan_events(agenda: Agenda, contracts: list[Contract]) -> None:
    """Note each contract: signed, confirmed and paid by months, evaluated, perhaps ended."""
    for one in contracts:
        agenda.add(one.signed, signed, one)
        for month in range(one.first, 13):
            agenda.add(on_day(month, CONFIRMED), confirmed, one, month)
            agenda.add(on_day(month, PAID), paid, one, month)
        agenda.add(CLOSING, evaluated, one)


def signed(one: Contract) -> Iterator[Order]:
    """Sign a contract."""
    what: dict[str, Any] = {
        "body": one.body,
        "programme": one.programme,
        "fund": one.fund,
        "earmark": one.earmark,
        "amount": fen(one.amount),
        "class": class_of(one.fund),
        "from": one.signed.replace(month=one.first, day=1).isoformat(),
        "until": one.until.isoformat(),
    }
    if one.posts:
        what["posts"] = {"value": one.posts, "unit": "post"}
    if one.project:
        what["project"] = one.project
    paper = f"政府购买服务合同 {one.key}"
    yield order("contract.sign", one.id, what, by=APPROVER_GRANTS, on=one.signed, evidence=paper)


def confirmed(one: Contract, month: int) -> Iterator[Order]:
    """Confirm what a month gave, and what came of it."""
    what: dict[str, Any] = {"month": benefit(month), "units": one.units}
    if one.rescued.get(month):
        what["outcomes"] = {"rescued": {"value": one.rescued[month], "unit": "person"}}
    day = on_day(month, CONFIRMED)
    yield order("contract.confirm-month", one.id, what, by=REVIEWER, on=day)


def paid(one: Contract, month: int) -> Iterator[Order]:
    """Pay for a month."""
    what = {"month": benefit(month), "amount": fen(one.monthly)}
    yield order("contract.pay", one.id, what, by=TREASURER, on=on_day(month, PAID))


def evaluated(one: Contract) -> Iterator[Order]:
    """Evaluate a contract; end the one whose year is over."""
    yield order("contract.evaluate", one.id, {"grade": "good"}, by=REVIEWER, on=CLOSING)
    if one.ends:
        yield order("contract.end", one.id, {}, by=APPROVER_GRANTS, on=CLOSING)
