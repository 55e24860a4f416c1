"""Bank accounts (银行账户): where the cash of some funds lies, with the statements that there are.

Every fund lies in one account at most, so that what the books hold can be held against the bank.
The ledger knows no account by its number: its last four digits tell it from others.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, TypeAlias

from domain.funds.funds import Fund
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.duplicates import told
from domain.kernel.ids import PLAIN, FundId, Grammar, Text
from domain.kernel.money import Income
from domain.kernel.refusals import AlreadyTold, Malformed, WrongBasis
from domain.kernel.unit import Unit

BankAccountId: TypeAlias = Annotated[str, Grammar(rf"bank-account:{PLAIN}")]
LastFour: TypeAlias = Annotated[str, Grammar("[0-9]{4}")]


class StatedSpan(NamedTuple):
    """A statement that was kept: its id, its first and last day, what it opens and closes with."""

    statement: str
    first: date
    last: date
    opening: int
    closing: int


class BankAccount(Aggregate):
    """An account at a bank, in which the cash of some funds lies."""

    KIND = "bank-account"
    COLLECTION = "bank-accounts"
    ORDER = 340

    def __init__(self, subject: str) -> None:
        """Start without funds."""
        super().__init__(subject)
        self.opened_on = date.max
        self.funds: tuple[str, ...] = ()
        self.stated: list[StatedSpan] = []

    @command(roles=("treasurer",), opens=True)
    def open(
        self, act: Act, unit: Unit, *, title: Text, bank: Text, last4: LastFour,
        funds: tuple[FundId, ...],
    ) -> None:  # fmt: skip
        """Say in which account the cash of some funds lies."""
        if not funds or len(set(funds)) < len(funds):
            raise Malformed(self.id, "name at least one fund, each once", "/what/funds")
        for name in funds:
            fund = unit[Fund, name]
            if fund.basis != "cash":
                raise WrongBasis(
                    self.id, "{fund} is authority to spend: no cash of it lies in a bank", fund=name
                )
        self.record(BankAccountOpened, act, title=title, bank=bank, last4=last4, funds=funds)
        for name in funds:
            self.record(BankAccountTied, act, fund=name)

    def state(self, act: Act, span: StatedSpan) -> None:
        """Keep a statement, unless it tells of days that another one has told of."""
        for other in self.stated:
            if span.first <= other.last and other.first <= span.last:
                raise AlreadyTold(
                    self.id, "{first} tells of these days already", first=other.statement
                )
        self.record(
            BankAccountStated,
            act,
            statement=span.statement,
            first=span.first,
            last=span.last,
            opening=span.opening,
            closing=span.closing,
        )

    def before(self, day: date) -> StatedSpan | None:
        """Return the last statement that ends before a day."""
        earlier = [span for span in self.stated if span.last < day]
        return max(earlier, key=lambda span: span.last, default=None)

    def after(self, day: date) -> StatedSpan | None:
        """Return the first statement that begins after a day."""
        later = [span for span in self.stated if span.first > day]
        return min(later, key=lambda span: span.first, default=None)


class BankAccountOpened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Cash of some funds lies in an account."""

    TOPIC = "bank-account.opened"
    STATE = "open"

    title: str
    bank: str
    last4: str
    funds: tuple[str, ...]

    def apply(self, account: BankAccount) -> None:
        """Keep the funds."""
        account.opened_on = self.act.on
        account.funds = self.funds


class BankAccountTied(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The cash of a fund lies in this account, and in no other."""

    TOPIC = "bank-account.tied"
    ROW = ()

    fund: str

    def tells(self) -> str:
        """Tell of a fund once where its cash lies."""
        return told("bank-account", self.fund)


class BankAccountStated(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A statement of some days was kept: with what it opens and closes."""

    TOPIC = "bank-account.stated"
    ROW = ("last", "closing")

    statement: str
    first: date
    last: date
    opening: Income
    closing: Income

    def apply(self, account: BankAccount) -> None:
        """Keep the days and the sums."""
        account.stated.append(
            StatedSpan(self.statement, self.first, self.last, self.opening, self.closing)
        )
