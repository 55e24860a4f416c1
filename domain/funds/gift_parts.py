"""What a gift is made of: money for one or several earmarks, goods, or a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from domain.funds.campaigns import Campaign
from domain.funds.funds import Fund
from domain.funds.goods_pieces import Pieces, require_pieces
from domain.kernel import accounts
from domain.kernel.facts import Fact
from domain.kernel.ids import Earmark, FundId
from domain.kernel.money import Fen, Posting, transfer
from domain.kernel.refusals import (
    EarmarkMismatch,
    InsufficientFund,
    Malformed,
    UnknownSubject,
    WrongState,
)

if TYPE_CHECKING:
    from domain.funds.donations import Donation
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit

# A fund and an earmark.
GiftPlace: TypeAlias = tuple[str, str]


class GiftPart(msgspec.Struct, frozen=True, gc=False):
    """So much of a gift for one earmark of one fund, as it is told."""

    fund: FundId
    earmark: Earmark
    amount: Fen


class KeptPart(msgspec.Struct, frozen=True, gc=False):
    """So much of a gift for one earmark of one fund; `keeper` is who kept the fund on that day."""

    fund: str
    earmark: str
    amount: Fen
    keeper: str

    @property
    def place(self) -> GiftPlace:
        """Return where it lies."""
        return self.fund, self.earmark

    def raised(self, *, sign: int = 1) -> Fact:
        """Count it for its keeper."""
        return Fact(
            measure="donated",
            value=sign * self.amount,
            unit="fen",
            fund=self.fund,
            detail=self.keeper,
        )

    def enters(self) -> tuple[Posting, ...]:
        """Bring it in from the donors."""
        return came(self.place, self.amount)


def came(place: GiftPlace, amount: int) -> tuple[Posting, ...]:
    """Bring an amount in from the donors; a negative one goes back to them."""
    donors, received = accounts.out(*place, "donors"), accounts.received(*place)
    if amount < 0:
        return transfer(-amount, source=received, target=donors)
    return transfer(amount, source=donors, target=received) if amount else ()


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


def places_of(
    subject: str, fund: str | None, earmark: str | None, parts: tuple[GiftPart, ...]
) -> list[GiftPlace]:
    """Return the places that a gift is for, each once; refuse one that names none, or two ways."""
    places = [(part.fund, part.earmark) for part in parts]
    if not parts:
        if fund is None or earmark is None:
            raise Malformed(subject, "name the fund and the earmark, or parts", "/what")
        return [(fund, earmark)]
    if len(set(places)) < len(places):
        raise Malformed(subject, "name each fund and earmark once", "/what/parts")
    if (fund, earmark) not in {(None, None), *places}:
        raise Malformed(subject, "the parts name the funds and earmarks", "/what/fund")
    return places


def sum_of(subject: str, amount: int | None, parts: tuple[GiftPart, ...]) -> int | None:
    """Return the amount of a gift, or the sum of its parts; refuse where the two do not agree."""
    total = sum(part.amount for part in parts)
    if parts and amount not in {None, total}:
        raise Malformed(subject, "the parts sum to {total}", "/what/amount", total=total)
    return total if parts else amount


def kept(unit: Unit, parts: tuple[GiftPart, ...]) -> tuple[KeptPart, ...]:
    """Return parts with the keepers of their funds; nothing where one place has all."""
    if not parts[1:]:
        return ()
    return tuple(
        KeptPart(each.fund, each.earmark, each.amount, unit[Fund, each.fund].keeper)
        for each in parts
    )


def require_known(
    act: Act, unit: Unit, *, fund: str, donor: str | None, campaign: str | None
) -> None:
    """Refuse a fund, a person or a campaign that is not there."""
    unit[Fund, fund].require_open(act)
    if donor is not None and donor.startswith("person:") and not unit.exists(donor):
        raise UnknownSubject(donor)
    if campaign is not None and unit[Campaign, campaign].fund != fund:
        raise EarmarkMismatch(campaign, "it does not raise for {fund}", fund=fund)


def the_place(donation: Donation, fund: str | None, earmark: str | None) -> GiftPlace:
    """Return the place of a gift that is named, else the only one in which something is left."""
    found = [
        place
        for place in donation.places()
        if fund in {None, place[0]} and earmark in {None, place[1]}
    ]
    if len(found) > 1:
        named = [" ".join(place) for place in found]
        raise WrongState(donation.id, "name-a-place", places=named)
    return found[0] if found else (fund or donation.fund, earmark or donation.earmark)


def require_left(donation: Donation, act: Act, place: GiftPlace, amount: int) -> None:
    """Refuse to give back more than is left of a gift in a place, or before it came."""
    left = donation.left[place]
    if amount > left:
        raise InsufficientFund(
            donation.id,
            "{wanted} is wanted, {available} of this gift is left",
            wanted=amount,
            available=left,
        )
    if min(act.on, act.booked) < donation.received_on:
        raise WrongState(donation.id, "out-of-order", since=donation.received_on)
