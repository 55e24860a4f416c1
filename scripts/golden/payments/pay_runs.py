"""Pay runs: drawn up, reviewed, approved, released, settled; and what the bank sends back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.golden.benefits import bed_subsidy
from scripts.golden.benefits.claims import Fate
from scripts.golden.funds.budgets import class_of
from scripts.golden.kernel.commands import YEAR, Order, benefit, on_day, order
from scripts.golden.office.officers import APPROVER_AID, CLERK, REVIEWER, TREASURER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scripts.golden.benefits.claims import Claim
    from scripts.golden.benefits.entitlements import Register
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

EARMARK = "2007"
DRAWN_UP, REVIEWED, APPROVED, RELEASED, SETTLED = 5, 6, 7, 10, 18
RETURNED_LATE, REISSUED, WRITTEN_BACK = 22, 24, 28
LATE_ONE_IN = 10
REASONS = ("账号错误", "户名不符", "账户已销户")
MONTHS: dict[str, Collection[int]] = {
    "dibao": range(1, 13),
    "price-subsidy": range(8, 13),
    "home-care": range(1, 13),
    "old-age": range(1, 13),
    "veterans-pension": range(1, 13),
    bed_subsidy.SCHEME: bed_subsidy.MONTHS,
    "self-employment": (9,),
    "skills-training": (10,),
}


# A run that the reviewer sends back, and that is drawn up anew the same day.
REJECTED = ("skills-training", 10)
WHY_REJECTED = "附件不全，退回重新编制"


class Run(NamedTuple):
    """A scheme's run for a month, out of a fund; `again` where an earlier one was rejected."""

    scheme: str
    month: int
    fund: str
    again: bool = False

    @property
    def id(self) -> str:
        """Return the run's id."""
        return f"pay-run:{self.scheme}:{benefit(self.month)}" + (":2" if self.again else "")


class Returns:
    """What the bank returns, by run: payments and what becomes of them."""

    def __init__(self, ids: Ids) -> None:
        """Start with nothing returned."""
        self.ids = ids
        self.of_run: defaultdict[tuple[str, int], list[tuple[str, Fate]]] = defaultdict(list)

    def take(self, register: Register[Any], claims: Iterable[Claim]) -> None:
        """Note the fates of a scheme's claims."""
        for claim in claims:
            for month, fate in claim.fates.items():
                self.note(register.scheme, month, register.holder(claim), fate=fate)

    def note(self, scheme: str, month: int, holder: str, *, fate: Fate) -> None:
        """Note one returned payment."""
        payment = self.ids.payment(scheme, benefit(month), holder)
        self.of_run[scheme, month].append((payment, fate))

    def plan_events(self, agenda: Agenda) -> None:
        """Note what comes late, what is paid again and what is written back."""
        for (_, month), rows in self.of_run.items():
            rows.sort(key=lambda row: row[0])
            for index, (payment, fate) in enumerate(rows):
                if is_late(index):
                    agenda.add(on_day(month, RETURNED_LATE), returned, payment, month)
                if fate is Fate.REISSUED:
                    agenda.add(on_day(month, REISSUED), again, payment, month)
                if fate is Fate.WRITTEN_BACK:
                    agenda.add(on_day(month, WRITTEN_BACK), written_back, payment, month)

    def in_time(self, run: Run) -> list[dict[str, str]]:
        """List what the bank's file of a run returns."""
        rows = self.of_run.get((run.scheme, run.month), [])
        return [
            {"payment": payment, "reason": REASONS[index % len(REASONS)]}
            for index, (payment, _) in enumerate(rows)
            if not is_late(index)
        ]


def is_late(index: int) -> bool:
    """Tell whether a returned payment comes only after the bank's file."""
    return index % LATE_ONE_IN == LATE_ONE_IN - 1


def returned(payment: str, month: int) -> Iterator[Order]:
    """Note a payment that the bank returned after its file."""
    what = {"reason": REASONS[0], "bank_ref": f"TP{YEAR}{month:02}{RETURNED_LATE}"}
    yield order("payment.return", payment, what, by=TREASURER, on=on_day(month, RETURNED_LATE))


def again(payment: str, month: int) -> Iterator[Order]:
    """Pay a returned payment again."""
    yield order("payment.reissue", payment, {}, by=TREASURER, on=on_day(month, REISSUED))


def written_back(payment: str, month: int) -> Iterator[Order]:
    """Write a returned payment back."""
    day = on_day(month, WRITTEN_BACK)
    yield order("payment.write-back", payment, {}, by=TREASURER, on=day)


class Runs:
    """The steps of all runs, day by day; the digest of each is learnt from its receipt."""

    def __init__(
        self, funds: dict[str, str], returns: Returns, months: dict[str, Collection[int]]
    ) -> None:
        """Take which fund pays which scheme in which months, and what the bank will return."""
        self.funds, self.returns, self.months = funds, returns, months
        self.digests: dict[str, str] = {}

    def arrays(self, day: date) -> Iterator[list[Order]]:
        """Return the steps of a day.

        What reads the roll stands alone, so that a replay of single commands reads it alike.
        """
        if day.year != YEAR:
            return
        runs = list(self.of_month(day.month))
        if day.day == DRAWN_UP:
            for run in runs:
                yield [self.drawn_up(run._replace(again=False), day)]
        if day.day == REVIEWED:
            yield from self.rejected(day)
        if day.day in {REVIEWED, APPROVED}:
            yield [self.checked(run, day) for run in runs]
        if day.day == RELEASED:
            for run in runs:
                yield [order("pay-run.release", run.id, {}, by=TREASURER, on=day)]
        if day.day == SETTLED:
            yield [self.settled(run, day) for run in runs]

    def of_month(self, month: int) -> Iterator[Run]:
        """List the runs of a benefit month."""
        for scheme, months in self.months.items():
            if month in months:
                again = (scheme, month) == REJECTED
                yield Run(scheme, month, self.funds[scheme], again)

    def rejected(self, day: date) -> Iterator[list[Order]]:
        """Send a run back that the clerk drew up wrongly, and let it be drawn up anew."""
        for run in self.of_month(day.month):
            if run.again:
                first, what = run._replace(again=False), {"reason": WHY_REJECTED}
                yield [order("pay-run.reject", first.id, what, by=REVIEWER, on=day)]
                yield [self.drawn_up(run, day)]

    def drawn_up(self, run: Run, day: date) -> Order:
        """Draw a run up."""
        what = {
            "scheme": f"scheme:{run.scheme}",
            "month": benefit(run.month),
            "fund": run.fund,
            "earmark": EARMARK,
            "class": class_of(run.fund),
        }
        return order("pay-run.draw-up", run.id, what, by=CLERK, on=day)

    def checked(self, run: Run, day: date) -> Order:
        """Review or approve a run by the digest of its roll."""
        verb, by = ("review", REVIEWER) if day.day == REVIEWED else ("approve", APPROVER_AID)
        return order(f"pay-run.{verb}", run.id, {"digest": self.digests[run.id]}, by=by, on=day)

    def settled(self, run: Run, day: date) -> Order:
        """Settle a run by the bank's file."""
        what: dict[str, Any] = {
            "bank_ref": f"HP{YEAR}{run.month:02}-{run.scheme}",
            "returned": self.returns.in_time(run),
        }
        return order("pay-run.settle", run.id, what, by=TREASURER, on=day)
