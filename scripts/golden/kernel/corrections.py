"""Twenty bookings on an earlier day and twenty mistakes that are reversed in red."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.funds import donations, funds, lottery
from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import YEAR, Order, fen, order
from scripts.golden.office.officers import APPROVER_GRANTS, clerk
from scripts.golden.targets import WAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.grants.grant_life import Grant
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

LATE_ALLOTMENTS, LATE_GIFTS, LATE_ACCOUNTS = 8, 6, 6
WRONG_ALLOTMENTS, WRONG_GIFTS, WRONG_SALES, WRONG_ACCOUNTS = 5, 8, 4, 3
DAY = timedelta(days=1)


class Mistake(NamedTuple):
    """A command that is reversed the next day, known by its name, subject and day."""

    command: str
    subject: str
    day: str


class Corrections:
    """Plans what is booked late and what is reversed; hears where a mistake was recorded."""

    def __init__(self, seed: int, told: Agenda, corrected: Agenda) -> None:
        """Note mistakes on one calendar, and that they are corrected on the other."""
        self.chance = dice(seed, "corrections")
        self.told, self.corrected = told, corrected
        self.positions: dict[Mistake, int] = {}
        self.mistakes: set[Mistake] = set()
        self.subjects: set[str] = set()

    def days(self, count: int) -> list[date]:
        """Throw days between spring and autumn, apart from each other."""
        first = date(YEAR, 2, 1)
        picked = self.chance.sample(range(0, 280, 3), count)
        return [first + timedelta(days=number) for number in sorted(picked)]

    def late_gifts(self, gifts: list[donations.Gift]) -> dict[int, date]:
        """Choose gifts that were found on the bank's statement some days later."""
        rows = self.chance.sample(gifts[500:-500], LATE_GIFTS)
        return {gift.number: gift.day - timedelta(days=6) for gift in rows}

    def late_accounts(self, grants: list[Grant]) -> dict[tuple[str, int], date]:
        """Choose accounts that came in after the day they count for."""
        able = [grant for grant in grants if grant.accounts and len(grant.shares) == 1]
        return {
            (grant.key, 0): grant.accounts[0][0] - timedelta(days=15)
            for grant in self.chance.sample(able, LATE_ACCOUNTS)
        }

    def plan_allotments(self) -> None:
        """Note small allotments, some booked on an earlier day and some entered twice."""
        fiscal = funds.fiscal()
        for number, day in enumerate(self.days(LATE_ALLOTMENTS)):
            fund = fiscal[number % len(fiscal)].id
            self.told.add(day, late_allotment, fund, day)
        for number, day in enumerate(self.days(WRONG_ALLOTMENTS)):
            fund = fiscal[number % len(fiscal)].id
            self.wrong(Mistake("fund.allot", fund, day.isoformat()))
            self.told.add(day, wrong_allotment, fund, day)

    def plan_gifts(self, ids: Ids) -> None:
        """Note gifts that were entered twice."""
        for number, day in enumerate(self.days(WRONG_GIFTS), start=1):
            gift = donations.Gift(90_000 + number, day, "fund:federation", "students", 50_000, 0)
            self.wrong(Mistake("donation.receive", gift.id, day.isoformat()))
            self.told.add(day, donations.received, ids, gift, None)

    def wrong_sales(self) -> set[date]:
        """Choose days whose sales are reported wrongly at first; the next day puts it right."""
        days = set(self.days(WRONG_SALES))
        for day in sorted(days):
            mistake = Mistake("lottery.report-sales", lottery.SUBJECT, day.isoformat())
            self.wrong(mistake)
            self.told.add(day, lottery.reported, day, 100 * WAN)
        return days

    def plan_accounts(self, grants: list[Grant]) -> None:
        """Note accounts that were entered too early, of half the money."""
        able = [grant for grant in grants if grant.accounts and len(grant.shares) == 1]
        for grant in self.chance.sample(able, WRONG_ACCOUNTS):
            day, _, amount = grant.accounts[0]
            early = day - 20 * DAY
            self.wrong(Mistake("grant.account", grant.id, early.isoformat()))
            self.told.add(early, wrong_account, grant, early, amount // 2)

    def wrong(self, mistake: Mistake) -> None:
        """Note that a command is reversed the next day."""
        self.mistakes.add(mistake)
        self.subjects.add(mistake.subject)
        self.corrected.add(date.fromisoformat(mistake.day) + DAY, self.reversed, mistake)

    def hear(self, one: Order, position: int) -> None:
        """Remember where a mistake was recorded."""
        mistake = Mistake(one["command"], one["subject"], one["act"]["on"])
        if mistake in self.mistakes:
            self.positions[mistake] = position

    def reversed(self, mistake: Mistake) -> Iterator[Order]:
        """Reverse a mistake."""
        what = {"of": self.positions[mistake]}
        day = date.fromisoformat(mistake.day) + DAY
        by = APPROVER_GRANTS
        yield order("event.reverse", mistake.subject, what, by=by, on=day, reason="录入错误")


def late_allotment(fund: str, day: date) -> Iterator[Order]:
    """Give authority to spend whose paper is two weeks old."""
    paper = f"深财社追〔2007〕{day.timetuple().tm_yday}号"
    booked = day - timedelta(days=14)
    of = ("2007", "fiscal")
    yield funds.allotment(fund, of, 5 * WAN, day=day, document=paper, booked=booked)


def wrong_allotment(fund: str, day: date) -> Iterator[Order]:
    """Enter an allotment a second time."""
    of = ("2007", "fiscal")
    yield funds.allotment(fund, of, 3 * WAN, day=day, document="重复录入的指标文")


def wrong_account(grant: Grant, day: date, amount: int) -> Iterator[Order]:
    """Account for half of an instalment too early."""
    what = {"amount": fen(amount)}
    yield order("grant.account", grant.id, what, by=clerk(grant.area), on=day)
