"""Donations (捐赠): pledged, received, receipted, refunded; each on a stream of its own.

A gift of money lands in `received` and waits there until its fund gathers it, so that a flood of
gifts never makes a fund hot. Goods go into store; a service, such as advertising, is noted and
may be valued (goods.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from domain.funds.donation_events import (
    PART_RECEIVED,
    DonationPledged,
    DonationReceipted,
    DonationReceived,
    DonationRefunded,
    DonationReversed,
)
from domain.funds.fund_events import FundRefunded
from domain.funds.funds import Fund
from domain.funds.gift_correction_events import FundGiftCorrected
from domain.funds.gift_corrections import ToldGift, correct
from domain.funds.gift_parts import (
    GiftPart,
    GiftPlace,
    kept,
    one_gift,
    places_of,
    require_known,
    require_left,
    sum_of,
    the_place,
)
from domain.funds.goods_pieces import Pieces, require_in_stock
from domain.kernel.aggregate import Act, Event, command
from domain.kernel.ids import CampaignId, DonorId, Earmark, FundId, Name, Text
from domain.kernel.money import Fen
from domain.kernel.refusals import (
    AlreadyExists,
    EarmarkMismatch,
    InsufficientFund,
    WrongState,
)
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart


class Donation(Reversible):
    """One gift, for one earmark of one fund or for several. No more is refunded than is left."""

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
        self.earmark = ""
        self.campaign: str | None = None
        self.pledged = False
        # In fen: what was pledged, what came, also by place, and what is left of it.
        self.promised = 0
        self.amount = 0
        self.given: defaultdict[GiftPlace, int] = defaultdict(int)
        self.left: defaultdict[GiftPlace, int] = defaultdict(int)
        self.keepers: dict[GiftPlace, str] = {}
        self.received_on = date.max
        # By which events it came, instalment by instalment.
        self.arrivals: tuple[int, ...] = ()
        self.corrected = False
        self.in_kind = False

    @property
    def remaining(self) -> int:
        """Return what is left of it, in fen."""
        return sum(self.left.values())

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
        fund: FundId | None = None,
        earmark: Earmark | None = None,
        amount: Fen | None = None,
        goods: tuple[Pieces, ...] = (),
        service: Text | None = None,
        parts: tuple[GiftPart, ...] = (),
        name_shown: bool,
        donor: DonorId | None = None,
        campaign: CampaignId | None = None,
    ) -> None:
        """Take in a gift, pledged before or not, an instalment of it, or one of several parts.

        Without a donor it is anonymous.
        """
        places = places_of(self.id, fund, earmark, parts)
        gift = one_gift(self.id, sum_of(self.id, amount, parts), goods, service)
        for place in places:
            self.require_as_pledged(*place, donor)
            require_known(act, unit, fund=place[0], donor=donor, campaign=campaign)
            unit[Fund, place[0]].require_basis(act, "cash")
        require_duties_apart(act, unit)
        self.record(
            DonationReceived,
            act,
            donor=donor or self.donor,
            fund=places[0][0],
            earmark=places[0][1],
            campaign=campaign or self.campaign,
            name_shown=name_shown,
            keeper=unit[Fund, places[0][0]].keeper,
            parts=kept(unit, parts),
            **gift,
            **self.instalment(gift),
        )

    def instalment(self, gift: Mapping[str, Any]) -> dict[str, Any]:
        """Return the total with a gift, where it is not all that was promised at once."""
        amount = int(gift.get("amount", 0))
        if not self.promised or not (self.amount or amount < self.promised):
            return {}
        if not amount:
            raise WrongState(self.id, "pledged-in-money")
        total = self.amount + amount
        state = {"state": PART_RECEIVED} if total < self.promised else {}
        return {"total": total, "promised": self.promised, **state}

    @command(roles=("fundraiser",))
    def receipt(self, act: Act, *, number: Name) -> None:
        """Issue the donation receipt (捐赠票据)."""
        if self.state != "received":
            raise WrongState(
                self.id, "wrong-stage", state=self.state or "reversed", states=("received",)
            )
        self.record(DonationReceipted, act, number=number)

    @command(roles=("fundraiser",), second=("fundraiser", "treasurer"))
    def refund(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        fund: FundId | None = None,
        earmark: Earmark | None = None,
    ) -> None:
        """Give a part back: first of what its earmark has not gathered, then of what is free.

        A gift that lies in several places says from where.
        """
        place = the_place(self, fund, earmark)
        require_left(self, act, place, amount)
        require_duties_apart(act, unit)
        ungathered = self.take_out(act, unit, FundRefunded, place=place, amount=amount)
        remaining = self.remaining - amount
        self.record(
            DonationRefunded,
            act,
            amount=amount,
            fund=place[0],
            earmark=place[1],
            ungathered=ungathered,
            keeper=self.keepers[place],
            remaining=remaining,
            state=self.state if remaining else "refunded",
        )

    @command(roles=("fundraiser",), second=("fundraiser", "treasurer"))
    def correct(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen | None = None,
        fund: FundId | None = None,
        earmark: Earmark | None = None,
        donor: DonorId | None = None,
        name_shown: bool | None = None,
        campaign: CampaignId | None = None,
        parts: tuple[GiftPart, ...] = (),
    ) -> None:
        """Say what a gift really was: how much, for what, by whom, named or not; perhaps in parts.

        It is bounded by what is still there: what leaves its place lies ungathered, or free.
        """
        told = {"amount": amount, "fund": fund, "earmark": earmark}
        named = {"donor": donor, "name_shown": name_shown, "campaign": campaign}
        correct(self, act, unit, ToldGift(told, parts, named))

    def take_out(
        self,
        act: Act,
        unit: Unit,
        kind: type[FundRefunded | FundGiftCorrected],
        *,
        place: GiftPlace,
        amount: int,
    ) -> int:
        """Take an amount out of a place; return how much of it was not gathered yet."""
        if not amount:
            return 0
        ungathered = min(amount, self.not_gathered(unit, place))
        if amount > ungathered:
            gathered = amount - ungathered
            fund = unit[Fund, place[0]]
            fund.require_available(place[1], gathered)
            fund.record(kind, act, amount=gathered, earmark=place[1], cause=self.id)
        return ungathered

    def places(self) -> Iterator[GiftPlace]:
        """Give the places in which something of it lies."""
        return (place for place, amount in self.left.items() if amount)

    def not_gathered(self, unit: Unit, place: GiftPlace) -> int:
        """Return what lies in `received` of a place, while nobody else gathers or refunds."""
        unit.locks.take(f"received:{':'.join(place)}")
        return unit.donations.ungathered(*place, date.max)

    def require_as_pledged(self, fund: str, earmark: str, donor: str | None) -> None:
        """Refuse a second gift on this stream, and one that is not the pledged one."""
        if self.state not in {"", "pledged", PART_RECEIVED}:
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
        if isinstance(event, DonationReceived):
            if self.corrected:
                raise WrongState(self.id, "was-corrected")
            if self.remaining != self.amount:
                raise WrongState(self.id, "partly-refunded")
            if event.originator_version != self.arrivals[-1]:
                raise WrongState(self.id, "later-instalments")
        if isinstance(event, DonationPledged) and self.state != "pledged":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("pledged",))

    def check_elsewhere(self, event: Event, unit: Unit) -> None:
        """Refuse to mirror money that was gathered (refund it), and goods that left the store."""
        if isinstance(event, DonationReceived) and event.goods:
            require_in_stock(
                self.id, unit, fund=event.fund, earmark=event.earmark, goods=event.goods
            )
        elif isinstance(event, DonationReceived):
            for part in event.shares():
                held = self.not_gathered(unit, part.place)
                if part.amount > held:
                    raise InsufficientFund(
                        self.id,
                        "it was gathered into the fund: refund it;"
                        " of {wanted}, {received} is not gathered yet",
                        wanted=part.amount,
                        received=held,
                    )
