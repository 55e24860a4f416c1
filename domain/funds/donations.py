"""Donations (捐赠): pledged, received, receipted, refunded; each on a stream of its own.

A gift of money lands in `received` and waits there until its fund gathers it, so that a flood of
gifts never makes a fund hot. Goods go into store; a service, such as advertising, is noted and
may be valued (goods.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.funds.campaigns import Campaign
from domain.funds.donation_events import (
    DonationPledged,
    DonationReceipted,
    DonationReceived,
    DonationRefunded,
    DonationReversed,
)
from domain.funds.fund_events import FundRefunded
from domain.funds.funds import Fund
from domain.funds.goods_pieces import Pieces, require_in_stock, require_pieces
from domain.kernel.aggregate import Act, Event, command
from domain.kernel.ids import CampaignId, DonorId, Earmark, FundId, Name, Text
from domain.kernel.money import Fen
from domain.kernel.refusals import (
    AlreadyExists,
    EarmarkMismatch,
    InsufficientFund,
    Malformed,
    UnknownSubject,
    WrongState,
)
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart


class Donation(Reversible):
    """One gift for one earmark of one fund. No more of it is refunded than is left of it."""

    KIND = "donation"
    COLLECTION = "donations"
    ORDER, PUBLIC_ORDER = 110, 40
    REVERSAL = DonationReversed

    def __init__(self, subject: str) -> None:
        """Start without a gift."""
        super().__init__(subject)
        self.state = ""
        self.donor: str | None = None
        self.fund = ""
        self.keeper = ""
        self.earmark = ""
        self.campaign: str | None = None
        self.pledged = False
        self.amount = 0
        self.remaining = 0
        self.received_on = date.max
        self.in_kind = False

    @command(roles=("fundraiser",), opens=True)
    def pledge(
        self,
        act: Act,
        unit: Unit,
        *,
        fund: FundId,
        earmark: Earmark,
        amount: Fen | None = None,
        goods: tuple[Pieces, ...] = (),
        service: Text | None = None,
        donor: DonorId | None = None,
        campaign: CampaignId | None = None,
    ) -> None:
        """Take down a promise to give money, goods, or a service."""
        gift = one_gift(self.id, amount, goods, service)
        require_known(act, unit, fund=fund, donor=donor, campaign=campaign)
        said = {"fund": fund, "earmark": earmark, "donor": donor, "campaign": campaign}
        self.record(DonationPledged, act, **said, **gift)

    @command(roles=("fundraiser",), opens=None)
    def receive(
        self,
        act: Act,
        unit: Unit,
        *,
        fund: FundId,
        earmark: Earmark,
        amount: Fen | None = None,
        goods: tuple[Pieces, ...] = (),
        service: Text | None = None,
        name_shown: bool,
        donor: DonorId | None = None,
        campaign: CampaignId | None = None,
    ) -> None:
        """Take in a gift, pledged before or not; without a donor it is anonymous."""
        gift = one_gift(self.id, amount, goods, service)
        self.require_as_pledged(fund, earmark, donor)
        require_known(act, unit, fund=fund, donor=donor, campaign=campaign)
        held_by = unit[Fund, fund]
        held_by.require_basis(act, "cash")
        require_duties_apart(act, unit)
        self.record(
            DonationReceived,
            act,
            donor=donor or self.donor,
            fund=fund,
            earmark=earmark,
            campaign=campaign or self.campaign,
            name_shown=name_shown,
            keeper=held_by.keeper,
            **gift,
        )

    @command(roles=("fundraiser",))
    def receipt(self, act: Act, *, number: Name) -> None:
        """Issue the donation receipt (捐赠票据)."""
        if self.state != "received":
            raise WrongState(
                self.id, "wrong-stage", state=self.state or "reversed", states=("received",)
            )
        self.record(DonationReceipted, act, number=number)

    @command(roles=("fundraiser",), second=("fundraiser", "treasurer"))
    def refund(self, act: Act, unit: Unit, *, amount: Fen) -> None:
        """Give a part back: first of what its earmark has not gathered, then of what is free."""
        self.require_left(act, amount)
        require_duties_apart(act, unit)
        ungathered = min(amount, self.not_gathered(unit))
        if amount > ungathered:
            fund = unit[Fund, self.fund]
            fund.require_available(self.earmark, amount - ungathered)
            fund.record(
                FundRefunded, act, amount=amount - ungathered, earmark=self.earmark, cause=self.id
            )
        remaining = self.remaining - amount
        self.record(
            DonationRefunded,
            act,
            amount=amount,
            fund=self.fund,
            earmark=self.earmark,
            ungathered=ungathered,
            keeper=self.keeper,
            remaining=remaining,
            state=self.state if remaining else "refunded",
        )

    def require_left(self, act: Act, amount: int) -> None:
        """Refuse to give back more than is left of it, or before it came."""
        if amount > self.remaining:
            raise InsufficientFund(
                self.id,
                "{wanted} is wanted, {available} of this gift is left",
                wanted=amount,
                available=self.remaining,
            )
        if min(act.on, act.booked) < self.received_on:
            raise WrongState(self.id, "out-of-order", since=self.received_on)

    def not_gathered(self, unit: Unit) -> int:
        """Return what lies in `received` of its earmark, while nobody else gathers or refunds."""
        unit.locks.take(f"received:{self.fund}:{self.earmark}")
        return unit.donations.ungathered(self.fund, self.earmark, date.max)

    def require_as_pledged(self, fund: str, earmark: str, donor: str | None) -> None:
        """Refuse a second gift on this stream, and one that is not the pledged one."""
        if self.state not in {"", "pledged"}:
            raise AlreadyExists(self.id, "it is {state} already", state=self.state)
        if self.pledged and (fund, earmark) != (self.fund, self.earmark):
            raise EarmarkMismatch(
                self.id,
                "it was pledged for {fund}, earmark {earmark}",
                fund=self.fund,
                earmark=self.earmark,
            )
        if self.donor is not None and donor not in {None, self.donor}:
            raise WrongState(self.id, "other-donor", donor=self.donor)

    def check_reversal(self, event: Event) -> None:
        """Refuse to mirror a gift of which a part was given back, or a pledge that was kept."""
        if isinstance(event, DonationReceived) and self.remaining != self.amount:
            raise WrongState(self.id, "partly-refunded")
        if isinstance(event, DonationPledged) and self.state != "pledged":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("pledged",))

    def check_elsewhere(self, event: Event, unit: Unit) -> None:
        """Refuse to mirror money that was gathered (refund it), and goods that left the store."""
        if isinstance(event, DonationReceived) and event.goods:
            require_in_stock(
                self.id, unit, fund=event.fund, earmark=event.earmark, goods=event.goods
            )
        elif isinstance(event, DonationReceived) and event.amount:
            held = self.not_gathered(unit)
            if event.amount > held:
                raise InsufficientFund(
                    self.id,
                    "it was gathered into the fund: refund it;"
                    " of {wanted}, {received} is not gathered yet",
                    wanted=event.amount,
                    received=held,
                )


def one_gift(
    subject: str, amount: int | None, goods: tuple[Pieces, ...], service: str | None
) -> dict[str, Any]:
    """Return what is given; refuse nothing, and two kinds of things in one gift."""
    if sum((amount is not None, bool(goods), service is not None)) != 1:
        raise Malformed(subject, "a gift is money, goods, or a service: name one of them", "/what")
    if goods:
        require_pieces(subject, goods)
        return {"goods": goods}
    return {"service": service} if service is not None else {"amount": amount}


def require_known(
    act: Act, unit: Unit, *, fund: str, donor: str | None, campaign: str | None
) -> None:
    """Refuse a fund, a person or a campaign that is not there."""
    unit[Fund, fund].require_open(act)
    if donor is not None and donor.startswith("person:") and not unit.exists(donor):
        raise UnknownSubject(donor)
    if campaign is not None and unit[Campaign, campaign].fund != fund:
        raise EarmarkMismatch(campaign, "it does not raise for {fund}", fund=fund)
