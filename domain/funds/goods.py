"""Goods (物资): clothing by the piece and other gifts in kind, issued, sold and valued.

Each act is a stream of its own. What lies in store is the sum of the postings to `stock`: gifts
fill it (donations.py), issues and sales take from it in turns, so that it never falls below zero.

A valuation stands on the stream of what it values: `goods:<key>` of an issue or a sale, or of the
donation with the same key (`donation:<key>`), be it goods or a service such as advertising.
"""

from __future__ import annotations

from domain.funds.donations import Donation
from domain.funds.funds import Fund
from domain.funds.goods_events import (
    FundSaleReceived,
    FundSaleReturned,
    GoodsIssued,
    GoodsReversed,
    GoodsSold,
    GoodsValued,
)
from domain.funds.goods_pieces import Pieces, require_in_stock, require_pieces
from domain.kernel.aggregate import Act, Event, command
from domain.kernel.ids import Earmark, FundId, Text, Word
from domain.kernel.money import Fen
from domain.kernel.refusals import WrongState
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart


class Goods(Reversible):
    """One act on goods in a fund's store, or the valuation of a gift."""

    KIND = "goods"
    COLLECTION = "goods"
    ORDER, PUBLIC_ORDER = 120, 50
    REVERSAL = GoodsReversed

    def __init__(self, subject: str) -> None:
        """Start without an act."""
        super().__init__(subject)
        self.state = ""
        self.fund = ""
        self.worth = 0

    @command(roles=("treasurer",), opens=True)
    def issue(
        self,
        act: Act,
        unit: Unit,
        *,
        fund: FundId,
        earmark: Earmark,
        programme: Word,
        goods: tuple[Pieces, ...],
    ) -> None:
        """Give goods out of store under a programme (出库)."""
        self.take_out(act, unit, fund=fund, earmark=earmark, goods=goods)
        said = {"fund": fund, "earmark": earmark, "programme": programme, "goods": goods}
        self.record(GoodsIssued, act, **said)

    @command(roles=("treasurer",), opens=True)
    def sell(
        self,
        act: Act,
        unit: Unit,
        *,
        fund: FundId,
        earmark: Earmark,
        goods: tuple[Pieces, ...],
        amount: Fen,
    ) -> None:
        """Sell goods out of store (变卖); the money enters the fund under the same earmark."""
        seller = self.take_out(act, unit, fund=fund, earmark=earmark, goods=goods)
        self.record(GoodsSold, act, fund=fund, earmark=earmark, goods=goods, amount=amount)
        seller.record(FundSaleReceived, act, amount=amount, earmark=earmark, cause=self.id)

    @command(roles=("treasurer",), opens=None)
    def value(self, act: Act, unit: Unit, *, amount: Fen, method: Text, source: Text) -> None:
        """State what goods or a donated service are worth; a later value takes its place."""
        of, fund = self.what_is_valued(unit)
        require_duties_apart(act, unit)
        self.record(
            GoodsValued,
            act,
            amount=amount,
            method=method,
            source=source,
            of=of,
            fund=fund,
            before=self.worth,
            state=self.state or "valued",
        )

    def take_out(
        self, act: Act, unit: Unit, *, fund: str, earmark: str, goods: tuple[Pieces, ...]
    ) -> Fund:
        """Check that the goods may leave the store; return their fund."""
        holder = unit[Fund, fund]
        holder.require_basis(act, "cash")
        require_duties_apart(act, unit, holder)
        require_pieces(self.id, goods)
        require_in_stock(self.id, unit, fund=fund, earmark=earmark, goods=goods)
        return holder

    def what_is_valued(self, unit: Unit) -> tuple[str, str]:
        """Return the act or the donation whose value this is, and its fund."""
        if self.state == "reversed":
            raise WrongState(self.id, "has-ended", state="reversed")
        if self.state in {"issued", "sold"}:
            return self.id, self.fund
        donation = unit.find(Donation, f"donation:{self.id.partition(':')[2]}")
        if not donation.version:
            return "", ""
        if not donation.in_kind:
            raise WrongState(donation.id, "not-goods")
        return donation.id, donation.fund

    def reverse_elsewhere(self, act: Act, event: Event, unit: Unit) -> None:
        """Give the money of a sale back."""
        if isinstance(event, GoodsSold):
            fund = unit[Fund, event.fund]
            fund.require_open(act)
            fund.require_available(event.earmark, event.amount)
            said = {"amount": event.amount, "earmark": event.earmark}
            fund.record(FundSaleReturned, act, **said, cause=self.id)
