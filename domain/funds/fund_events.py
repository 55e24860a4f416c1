"""What happens to a fund, each with its double entry. Every posting to `available` stands here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from domain.funds.fund_money import FundGain, FundIntake, FundLoss, FundMoney, FundSourced
from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, MoneyEvent, Posting, transfer
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.funds.funds import Fund

FundKind: TypeAlias = Literal["fiscal", "lottery", "charity", "named", "care"]
Basis: TypeAlias = Literal["cash", "allotment"]


class FundOpened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The fund was opened."""

    TOPIC = "fund.opened"
    PUBLIC = public("title kind basis keeper purposes")
    STATE = "open"

    title: str
    kind: str
    basis: str
    keeper: str
    purposes: tuple[str, ...]

    def apply(self, fund: Fund) -> None:
        """Set what the fund is."""
        fund.opened_on = self.act.on
        fund.kind = self.kind
        fund.basis = self.basis
        fund.keeper = self.keeper
        fund.purposes = self.purposes


class FundBroughtIn(FundIntake, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What the fund held before this ledger began."""

    TOPIC = "fund.brought-in"
    PUBLIC = public("amount earmark as_stated_in")

    as_stated_in: str

    def comes_from(self) -> str:
        """Name what came before."""
        return self.out("opening")


class FundReceived(FundSourced, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Cash arrived (到账)."""

    TOPIC = "fund.received"
    PUBLIC = public("amount earmark source document class")


class FundAllotted(FundSourced, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Authority to spend was given (指标下达)."""

    TOPIC = "fund.allotted"
    PUBLIC = public("amount earmark source document class")

    def tells(self) -> str:
        """Tell a document of one source for one earmark of the fund once."""
        return told("allotment", self.originator_id, self.document, self.earmark, self.source)


class FundGathered(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The donations up to a day entered the fund (归集), in one event."""

    TOPIC = "fund.gathered"
    PUBLIC = public("amount earmark through")
    ROW = ()

    earmark: str
    through: date
    amount: Fen

    def apply(self, fund: Fund) -> None:
        """Add to what is free."""
        fund.available[self.earmark] += self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Move donations into the fund."""
        return transfer(
            self.amount,
            source=accounts.received(self.originator_id, self.earmark),
            target=accounts.available(self.originator_id, self.earmark),
        )


class FundsCommitted(FundMoney, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money was promised to a payer; `cause` is whose command did so, if not the fund's own.

    That is the payer, or the supplement that a run's payment is completed by.
    """

    TOPIC = "fund.committed"
    PUBLIC = public("amount earmark to purpose class")

    to: str
    purpose: str
    class_: str | None = None
    cause: str = ""

    def apply(self, fund: Fund) -> None:
        """Take it from what is free."""
        fund.available[self.earmark] -= self.amount
        if not self.cause:
            fund.promised[self.earmark, self.to] += self.amount

    def undo(self, fund: Fund) -> None:
        """Free it again."""
        fund.available[self.earmark] += self.amount
        fund.promised[self.earmark, self.to] -= self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Promise it."""
        return transfer(
            self.amount,
            source=self.available(),
            target=accounts.committed(self.originator_id, self.earmark, self.to),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Count what was released (投放)."""
        return (Fact(measure="committed", value=self.amount, unit="fen", fund=self.originator_id),)


class FundsUncommitted(FundMoney, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A promise, or the rest of one, was taken back."""

    TOPIC = "fund.uncommitted"
    PUBLIC = public("amount earmark of")

    of: str
    cause: str = ""

    def apply(self, fund: Fund) -> None:
        """Free it again."""
        fund.available[self.earmark] += self.amount
        if not self.cause:
            fund.promised[self.earmark, self.of] -= self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Free it."""
        return transfer(
            self.amount,
            source=accounts.committed(self.originator_id, self.earmark, self.of),
            target=self.available(),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Uncount what was released."""
        return (Fact(measure="committed", value=-self.amount, unit="fen", fund=self.originator_id),)


class FundRecovered(FundGain, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money came back from an account of a payer: given back, written back or recovered."""

    TOPIC = "fund.recovered"
    PUBLIC = public("amount earmark source")

    source: str
    cause: str

    def comes_from(self) -> str:
        """Name the account it lay on."""
        return self.source


class FundRefunded(FundLoss, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part of a gift that had been gathered was given back to its donor."""

    TOPIC = "fund.refunded"
    PUBLIC = public("amount earmark cause", reasons=False)

    cause: str

    def goes_to(self) -> str:
        """Name the donors."""
        return self.out("donors")


class FundCarriedOver(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Free money moved between two earmarks of the fund (结转)."""

    TOPIC = "fund.carried-over"
    PUBLIC = public("from_earmark to_earmark amount")
    ROW = ()

    from_earmark: str
    to_earmark: str
    amount: Fen

    def apply(self, fund: Fund) -> None:
        """Move it."""
        fund.available[self.from_earmark] -= self.amount
        fund.available[self.to_earmark] += self.amount

    def undo(self, fund: Fund) -> None:
        """Move it back."""
        fund.available[self.from_earmark] += self.amount
        fund.available[self.to_earmark] -= self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Move it."""
        return transfer(
            self.amount,
            source=accounts.available(self.originator_id, self.from_earmark),
            target=accounts.available(self.originator_id, self.to_earmark),
        )


class FundSurrendered(FundLoss, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Free money was given back to where it came from (上缴)."""

    TOPIC = "fund.surrendered"
    PUBLIC = public("amount earmark to")

    to: str

    def undo(self, fund: Fund) -> None:
        """Bring it back."""
        fund.available[self.earmark] += self.amount

    def goes_to(self) -> str:
        """Name what is surrendered."""
        return self.out("surrendered")


class FundTransferred(FundLoss, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Free money left for another fund."""

    TOPIC = "fund.transferred"
    PUBLIC = public("amount earmark to_fund to_earmark purpose")

    to_fund: str
    to_earmark: str
    purpose: str

    def goes_to(self) -> str:
        """Name the other fund."""
        return self.out(self.to_fund)


class FundTransferReceived(
    FundGain, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """Free money arrived from another fund."""

    TOPIC = "fund.transfer-received"
    PUBLIC = public("amount earmark from_fund from_earmark purpose")

    from_fund: str
    from_earmark: str
    purpose: str

    def comes_from(self) -> str:
        """Name the other fund."""
        return self.out(self.from_fund)


class FundPurposeChanged(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What the fund may be used for was changed, on a legal basis."""

    TOPIC = "fund.purpose-changed"
    PUBLIC = public("purposes", unlisted="consent")

    purposes: tuple[str, ...]
    consent: str

    def apply(self, fund: Fund) -> None:
        """Set what the fund may be used for."""
        fund.purposes = self.purposes


class FundReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An event of the fund was mirrored."""

    TOPIC = "fund.reversed"
    PUBLIC = REVERSED
