"""The welfare lottery (福利彩票): what it sold, what was extracted for the public-welfare fund.

These are memos: the money itself comes into the lottery fund by the fund's own events.
"""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act, Event, command
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.facts import Fact
from domain.kernel.ids import Month
from domain.kernel.money import Fen
from domain.kernel.refusals import AlreadyExists, Malformed
from domain.kernel.reversals import Reversal, Reversible


class LotteryReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A report was mirrored."""

    TOPIC = "lottery.reversed"
    PUBLIC = REVERSED


class Lottery(Reversible):
    """One lottery, and the days and months it has reported."""

    KIND = "lottery"
    COLLECTION = "lottery-reports"
    ORDER, PUBLIC_ORDER = 150, 170
    REVERSAL = LotteryReversed

    def __init__(self, subject: str) -> None:
        """Start without a report."""
        super().__init__(subject)
        self.reported: set[tuple[str, str]] = set()

    @command(roles=("clerk",), opens=None)
    def report_sales(self, act: Act, *, day: date, amount: Fen) -> None:
        """Report the sales of a day."""
        if act.on != day:
            raise Malformed(
                self.id, "the sales of {day} take effect on that day", "/act/on", day=day
            )
        self.require_new("sales", day.isoformat())
        self.record(LotterySalesReported, act, day=day, amount=amount)

    @command(roles=("treasurer",), opens=None)
    def extract(self, act: Act, *, month: Month, amount: Fen) -> None:
        """Report what was extracted for the public-welfare fund in a month (提取)."""
        self.require_month(act, month)
        self.require_new("extracted", month)
        self.record(LotteryExtracted, act, month=month, amount=amount)

    @command(roles=("treasurer",), opens=None)
    def remit(self, act: Act, *, month: Month, amount: Fen) -> None:
        """Report what was remitted to the province and the state in a month (上缴)."""
        self.require_month(act, month)
        self.require_new("remitted", month)
        self.record(LotteryRemitted, act, month=month, amount=amount)

    def require_month(self, act: Act, month: str) -> None:
        """Refuse a day outside the month: the day decides the period of the figures."""
        if act.on.isoformat()[:7] != month:
            raise Malformed(
                self.id, "a report of {month} takes effect in that month", "/act/on", month=month
            )

    def require_new(self, what: str, period: str) -> None:
        """Refuse to report a day or a month twice, unless the first report was reversed."""
        if (what, period) in self.reported:
            raise AlreadyExists(
                self.id,
                "{report} of {period} is reported already: reverse it first",
                report=what,
                period=period,
            )


class LotterySalesReported(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """So much was sold on a day."""

    TOPIC = "lottery.sales-reported"
    PUBLIC = public("day amount")
    STATE = "open"

    day: date
    amount: Fen

    def apply(self, lottery: Lottery) -> None:
        """Remember the day."""
        lottery.reported.add(("sales", self.day.isoformat()))

    def undo(self, lottery: Lottery) -> None:
        """Forget the day."""
        lottery.reported.discard(("sales", self.day.isoformat()))

    def facts(self) -> tuple[Fact, ...]:
        """Count the sales."""
        return (Fact(measure="lottery-sales", value=self.amount, unit="fen"),)


class LotteryOfMonth(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A report on a month."""

    STATE = "open"

    month: str
    amount: Fen


class LotteryExtracted(
    LotteryOfMonth, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """So much of a month's sales was extracted for the public-welfare fund."""

    TOPIC = "lottery.extracted"
    PUBLIC = public("month amount")

    def apply(self, lottery: Lottery) -> None:
        """Remember the month."""
        lottery.reported.add(("extracted", self.month))

    def undo(self, lottery: Lottery) -> None:
        """Forget the month."""
        lottery.reported.discard(("extracted", self.month))

    def facts(self) -> tuple[Fact, ...]:
        """Count what was extracted."""
        return (Fact(measure="lottery-extracted", value=self.amount, unit="fen"),)


class LotteryRemitted(
    LotteryOfMonth, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """So much of what was extracted was remitted."""

    TOPIC = "lottery.remitted"
    PUBLIC = public("month amount")

    def apply(self, lottery: Lottery) -> None:
        """Remember the month."""
        lottery.reported.add(("remitted", self.month))

    def undo(self, lottery: Lottery) -> None:
        """Forget the month."""
        lottery.reported.discard(("remitted", self.month))

    def facts(self) -> tuple[Fact, ...]:
        """Count what was remitted."""
        return (Fact(measure="lottery-remitted", value=self.amount, unit="fen"),)
