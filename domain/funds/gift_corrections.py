"""Correcting a gift (更正捐赠): what it really was, without looking like a refund to its donor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import asdict

from domain.funds.donation_events import PART_RECEIVED
from domain.funds.funds import Fund
from domain.funds.gift_correction_events import DonationCorrected, FundGiftCorrected, PartMove
from domain.funds.gift_parts import GiftPart, KeptPart, places_of, require_known, sum_of
from domain.kernel.refusals import BeforeItsCause, Malformed, WrongState
from domain.office.roles import require_duties_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.funds.donations import Donation
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit

CORRECTABLE = ("received", "receipted", PART_RECEIVED)


class ToldGift(NamedTuple):
    """What is told of a gift: `amount`, `fund` and `earmark`, or all its parts; who gave it."""

    told: Mapping[str, Any]
    parts: tuple[GiftPart, ...]
    named: Mapping[str, Any]

    @property
    def says_nothing(self) -> bool:
        """Tell whether nothing is told."""
        said = (*self.told.values(), *self.named.values())
        return not self.parts and all(each is None for each in said)

    def require_known(self, act: Act, unit: Unit, fund: str) -> None:
        """Refuse what is not there: a fund, a person, a campaign; and a fund that takes no gift."""
        donor, campaign = self.named["donor"], self.named["campaign"]
        require_known(act, unit, fund=fund, donor=donor, campaign=campaign)
        unit[Fund, fund].require_basis(act, "cash")


def correct(donation: Donation, act: Act, unit: Unit, said: ToldGift) -> None:
    """Let a gift be what is told of it.

    Of a gift that was for several places, or is told in parts, the parts are all that it was.
    """
    if said.says_nothing:
        raise Malformed(donation.id, "say what was told wrongly", "/what")
    require_stands(donation)
    require_since(donation, act)
    require_duties_apart(act, unit)
    if said.parts or sum(map(bool, donation.given.values())) > 1:
        correct_parts(donation, act, unit, said)
    else:
        correct_place(donation, act, unit, said)


def correct_place(donation: Donation, act: Act, unit: Unit, said: ToldGift) -> None:
    """Let all of a gift be for one place."""
    before = as_told(donation)
    now = really(unit, before, said.told)
    require_correctable(donation, before, now)
    said.require_known(act, unit, now.fund)
    leaves = max(before.amount - now.amount, 0)
    if now.place != before.place:
        leaves = donation.remaining
    ungathered = donation.take_out(act, unit, FundGiftCorrected, place=before.place, amount=leaves)
    donation.record(
        DonationCorrected,
        act,
        **asdict(now),
        remaining=donation.remaining + now.amount - before.amount,
        before=before,
        ungathered=ungathered,
        **said.named,
    )


def really(unit: Unit, before: KeptPart, told: Mapping[str, Any]) -> KeptPart:
    """Return what a gift was: as before, but for what is told."""
    fund = told["fund"] or before.fund
    keeper = before.keeper if fund == before.fund else unit[Fund, fund].keeper
    earmark, amount = told["earmark"] or before.earmark, told["amount"] or before.amount
    return KeptPart(fund, earmark, amount, keeper)


def correct_parts(donation: Donation, act: Act, unit: Unit, said: ToldGift) -> None:
    """Let a gift be its parts: what each place has more or less moves there, and nowhere else."""
    now = parts_now(donation, unit, said)
    for part in now:
        said.require_known(act, unit, part.fund)
    moves = tuple(moved(donation, act, unit, now))
    more = sum(move.more - move.less for move in moves)
    first = now[0]
    donation.record(
        DonationCorrected,
        act,
        fund=first.fund,
        earmark=first.earmark,
        keeper=first.keeper,
        amount=donation.amount + more,
        remaining=donation.remaining + more,
        before=as_told(donation),
        parts=now,
        moves=moves,
        **said.named,
    )


def parts_now(donation: Donation, unit: Unit, said: ToldGift) -> tuple[KeptPart, ...]:
    """Return all parts of a gift: as they are told, or as they are."""
    told, parts, _ = said
    if not parts:
        if any(told.values()):
            raise WrongState(donation.id, "has-parts")
        given = ((place, amount) for place, amount in donation.given.items() if amount)
        return tuple(KeptPart(*each, amount, donation.keepers[each]) for each, amount in given)
    if donation.in_kind:
        raise WrongState(donation.id, "not-money")
    places_of(donation.id, told["fund"], told["earmark"], parts)
    sum_of(donation.id, told["amount"], parts)
    return tuple(
        KeptPart(each.fund, each.earmark, each.amount, unit[Fund, each.fund].keeper)
        for each in parts
    )


def moved(
    donation: Donation, act: Act, unit: Unit, now: tuple[KeptPart, ...]
) -> Iterator[PartMove]:
    """Give what changes in each place; refuse to take away what was refunded there."""
    wanted = {part.place: part for part in now}
    for place in dict.fromkeys((*donation.given, *wanted)):
        given = donation.given[place]
        refunded = given - donation.left[place]
        amount = wanted[place].amount if place in wanted else 0
        if amount == given:
            continue
        if refunded and amount <= refunded:
            raise WrongState(donation.id, "partly-refunded")
        keeper = wanted[place].keeper if amount > given else donation.keepers[place]
        less = max(given - amount, 0)
        out = donation.take_out(act, unit, FundGiftCorrected, place=place, amount=less)
        yield PartMove(*place, keeper, max(amount - given, 0), less, out)


def require_stands(donation: Donation) -> None:
    """Refuse to correct what is no gift, or none any more."""
    if donation.state not in CORRECTABLE:
        state = donation.state or "reversed"
        raise WrongState(donation.id, "wrong-stage", state=state, states=CORRECTABLE)


def as_told(donation: Donation) -> KeptPart:
    """Return a gift as it stands, all of it in the place that it names first."""
    place = (donation.fund, donation.earmark)
    return KeptPart(*place, donation.amount, donation.keepers[place])


def require_correctable(donation: Donation, before: KeptPart, now: KeptPart) -> None:
    """Refuse a correction of goods in money, or of what was refunded."""
    if donation.in_kind and now != before:
        raise WrongState(donation.id, "not-money")
    refunded = donation.amount - donation.remaining
    if refunded and (now.place != before.place or now.amount <= refunded):
        raise WrongState(donation.id, "partly-refunded")


def require_since(donation: Donation, act: Act) -> None:
    """Refuse a correction dated before the gift."""
    since = donation.received_on
    if act.on < since or act.booked < since:
        raise BeforeItsCause(donation.id, since=since)
