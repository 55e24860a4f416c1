"""Movements of a fund's money: what adds to `available`, and what takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel import accounts
from domain.kernel.money import Fen, MoneyEvent, Posting, transfer

if TYPE_CHECKING:
    from domain.funds.funds import Fund


class FundMoney(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A movement of the fund's money; its row in the register stays as it was."""

    ROW = ()

    amount: Fen
    earmark: str

    def available(self) -> str:
        """Name the account of what is free."""
        return accounts.available(self.originator_id, self.earmark)

    def out(self, source: str) -> str:
        """Name the account of a source or a recipient in the world."""
        return accounts.out(self.originator_id, self.earmark, source)


class FundGain(FundMoney, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something that adds to what is free; `comes_from` names the account it comes from."""

    def comes_from(self) -> str:
        """Name the other account."""
        raise NotImplementedError

    def apply(self, fund: Fund) -> None:
        """Add to what is free."""
        fund.available[self.earmark] += self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Bring it in."""
        return transfer(self.amount, source=self.comes_from(), target=self.available())


class FundLoss(FundMoney, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something that takes from what is free; `goes_to` names the account it goes to."""

    def goes_to(self) -> str:
        """Name the other account."""
        raise NotImplementedError

    def apply(self, fund: Fund) -> None:
        """Take it from what is free."""
        fund.available[self.earmark] -= self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Send it there."""
        return transfer(self.amount, source=self.available(), target=self.goes_to())


class FundIntake(FundGain, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money, or authority to spend, that is entered by itself and may be mirrored."""

    def undo(self, fund: Fund) -> None:
        """Take it back."""
        fund.available[self.earmark] -= self.amount


class FundSourced(FundIntake, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money, or authority to spend, that comes from a source."""

    source: str
    document: str
    class_: str | None = None

    def comes_from(self) -> str:
        """Name the source."""
        return self.out(self.source)
