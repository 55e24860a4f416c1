"""What happens to goods in store, each with its double entry in pieces; and a sale's money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from domain.funds.fund_money import FundGain, FundLoss
from domain.funds.goods_pieces import Pieces, out_of_stock
from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, Measured, MoneyEvent, Posting
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.funds.goods import Goods


class GoodsIssued(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Goods were given out under a programme."""

    TOPIC = "goods.issued"
    PUBLIC = public("fund earmark programme goods")
    STATE = "issued"

    fund: str
    earmark: str
    programme: str
    goods: tuple[Pieces, ...]

    def apply(self, goods: Goods) -> None:
        """Set what became of them."""
        goods.state = "issued"
        goods.fund = self.fund

    def undo(self, goods: Goods) -> None:
        """Let them lie in store again."""
        goods.state = "reversed"

    def postings(self) -> tuple[Posting, ...]:
        """Take them out of store."""
        target = accounts.issued(self.fund, self.earmark, self.programme)
        return out_of_stock(self.goods, fund=self.fund, earmark=self.earmark, target=target)

    def facts(self) -> tuple[Fact, ...]:
        """Count the pieces."""
        return tuple(
            Fact(
                measure=f"goods-issued:{each.kind}",
                value=each.quantity.value,
                unit=each.quantity.unit,
                programme=self.programme,
                fund=self.fund,
            )
            for each in self.goods
        )


class GoodsSold(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Goods were sold; the fund's own event takes the money."""

    TOPIC = "goods.sold"
    PUBLIC = public("fund earmark goods amount")
    STATE = "sold"

    fund: str
    earmark: str
    goods: tuple[Pieces, ...]
    amount: Fen

    def apply(self, goods: Goods) -> None:
        """Set what became of them."""
        goods.state = "sold"
        goods.fund = self.fund

    def undo(self, goods: Goods) -> None:
        """Let them lie in store again."""
        goods.state = "reversed"

    def postings(self) -> tuple[Posting, ...]:
        """Send them out into the world."""
        target = accounts.out(self.fund, self.earmark, "sales")
        return out_of_stock(self.goods, fund=self.fund, earmark=self.earmark, target=target)


class GoodsValued(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What was given or moved is worth so much, by a method and a source; no money moves.

    A later valuation takes the place of the one `before`.
    """

    TOPIC = "goods.valued"
    PUBLIC = public("amount method source of fund")

    amount: Fen
    method: str
    source: str
    # The act or the donation that is valued, and its fund; empty where only the source tells.
    of: str = ""
    fund: str = ""
    before: Annotated[int, Measured("fen")] = 0
    state: str

    def apply(self, goods: Goods) -> None:
        """Keep the value."""
        goods.state = self.state
        goods.worth = self.amount

    def facts(self) -> tuple[Fact, ...]:
        """State the value of a gift, never added to money; of an act it is only noted."""
        kind = self.of.partition(":")[0]
        if kind == "goods":
            return ()
        value = self.amount - self.before
        return (Fact(measure="valued", value=value, unit="fen", fund=self.fund, detail=kind),)


class GoodsReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An act on goods was mirrored."""

    TOPIC = "goods.reversed"
    PUBLIC = REVERSED
    STATE = "reversed"


class FundSaleReceived(FundGain, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The money of a sale of goods entered the fund."""

    TOPIC = "fund.sale-received"
    PUBLIC = public("amount earmark cause")

    cause: str

    def comes_from(self) -> str:
        """Name the buyers."""
        return self.out("sales")


class FundSaleReturned(FundLoss, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The money of a sale that was reversed left the fund."""

    TOPIC = "fund.sale-returned"
    PUBLIC = public("amount earmark cause")

    cause: str

    def goes_to(self) -> str:
        """Name the buyers."""
        return self.out("sales")
