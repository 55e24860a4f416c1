"""Affected months (涉及月份): what a mistake that is withdrawn had changed of somebody's claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.benefits.schemes import Scheme
from domain.kernel.event_fields import nested
from domain.kernel.months import spanned

if TYPE_CHECKING:
    from domain.benefits.entitlement_rules import HeldClaim
    from domain.kernel.unit import Unit

FIRST = "0"


class AffectedClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim with the months (YYYY-MM) that a mistake had changed.

    The unpaid ones can be drawn now. The paid ones were paid by what was known then: they are
    supplemented, or recovered.
    """

    entitlement: str
    holder: str
    unpaid: tuple[str, ...]
    paid: tuple[str, ...]


def affected_claims(unit: Unit, holder: str, first: str, last: str) -> tuple[AffectedClaim, ...]:
    """List the claims that a holder has, or lives with, for months from `first` to `last`."""
    return tuple(
        told_of(unit, claim, first, last)
        for claim in unit.entitlements.of(holder)
        if claim.meets(first, last) and unit[Scheme, claim.scheme].pays == "monthly"
    )


def answer_of(claims: tuple[AffectedClaim, ...]) -> dict[str, object]:
    """Return what a receipt says of claims."""
    return {"claims": [nested(claim) for claim in claims]}


def told_of(unit: Unit, claim: HeldClaim, first: str, last: str) -> AffectedClaim:
    """Say of a claim which of the months are paid."""
    months = spanned(max(first, claim.first), min(last, claim.last or last))
    paid = {month: unit.exists(payment_of(unit, claim, month)) for month in months}
    return AffectedClaim(
        claim.entitlement,
        claim.holder,
        unpaid=tuple(month for month, is_paid in paid.items() if not is_paid),
        paid=tuple(month for month, is_paid in paid.items() if is_paid),
    )


def pay_turn(scheme: str, month: str) -> str:
    """Name the turn that runs of one scheme and month take, and who waits for their releases."""
    return f"pay-month:{scheme}:{month}"


def payment_of(unit: Unit, claim: HeldClaim, month: str) -> str:
    """Name the payment that a run makes of a claim for a month."""
    tag = unit.payments.tag(claim.scheme, claim.holder, month, FIRST)
    return f"payment:{claim.scheme.partition(':')[2]}:{month}:{tag}"
