"""Correcting a gift (更正捐赠): what it really was, without looking like a refund to its donor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from domain.funds.donation_events import PART_RECEIVED, DonationCorrected, FundGiftCorrected
from domain.funds.funds import Fund
from domain.funds.gift_parts import KeptPart, require_known
from domain.kernel.refusals import BeforeItsCause, Malformed, WrongState
from domain.office.roles import require_duties_apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.funds.donations import Donation
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit

CORRECTABLE = ("received", "receipted", PART_RECEIVED)


def correct(
    donation: Donation,
    act: Act,
    unit: Unit,
    *,
    told: Mapping[str, Any],
    named: Mapping[str, Any],
) -> None:
    """Let a gift be what is told of it: `amount`, `fund`, `earmark`; and of its donor (`named`)."""
    if all(each is None for each in (*told.values(), *named.values())):
        raise Malformed(donation.id, "say what was told wrongly", "/what")
    before = as_told(donation)
    now = really(unit, before, told)
    require_correctable(donation, act, before, now)
    require_known(act, unit, fund=now.fund, donor=named["donor"], campaign=named["campaign"])
    unit[Fund, now.fund].require_basis(act, "cash")
    require_duties_apart(act, unit)
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
        **named,
    )


def really(unit: Unit, before: KeptPart, told: Mapping[str, Any]) -> KeptPart:
    """Return what a gift was: as before, but for what is told."""
    fund = told["fund"] or before.fund
    keeper = before.keeper if fund == before.fund else unit[Fund, fund].keeper
    earmark, amount = told["earmark"] or before.earmark, told["amount"] or before.amount
    return KeptPart(fund, earmark, amount, keeper)


def as_told(donation: Donation) -> KeptPart:
    """Return a gift as it stands; refuse what is none any more, and what lies in several places."""
    if donation.state not in CORRECTABLE:
        state = donation.state or "reversed"
        raise WrongState(donation.id, "wrong-stage", state=state, states=CORRECTABLE)
    if len([*donation.places()]) > 1:
        raise WrongState(donation.id, "has-parts")
    place = (donation.fund, donation.earmark)
    return KeptPart(*place, donation.amount, donation.keepers[place])


def require_correctable(donation: Donation, act: Act, before: KeptPart, now: KeptPart) -> None:
    """Refuse a correction dated before the gift, of goods in money, or of what was refunded."""
    since = donation.received_on
    if act.on < since or act.booked < since:
        raise BeforeItsCause(donation.id, since=since)
    if donation.in_kind and now != before:
        raise WrongState(donation.id, "not-money")
    refunded = donation.amount - donation.remaining
    if refunded and (now.place != before.place or now.amount <= refunded):
        raise WrongState(donation.id, "partly-refunded")
