"""Adjustments of a claim that give more than it gives now: they need a second person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.benefits.entitlement_rules import require_amount, require_rated, require_tier
from domain.benefits.households import Household
from domain.benefits.schemes import Scheme
from domain.kernel.refusals import Malformed, OverEntitled
from domain.registers.areas import Area

if TYPE_CHECKING:
    from domain.benefits.entitlements import Entitlement
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit


def gives_more(
    claim: Entitlement,
    _act: Act,
    unit: Unit,
    *,
    tier: str,
    amount: int | None = None,
    from_: date,
    units: int | None = None,
) -> bool:
    """Tell whether other terms give more than those that a claim has, by the rates of their month.

    So do terms that no rate decides, and any for a holder who was found not eligible, whom they let
    be paid again.
    """
    scheme = unit[Scheme, claim.scheme]
    if not scheme.rates or not claim.eligible:
        return True
    old = rate_on(unit, scheme, tier=claim.tier, area=claim.area, day=from_)
    new = rate_on(unit, scheme, tier=tier, area=claim.area, day=from_)
    if old is None or new is None:
        return True
    more = claim.units if units is None else units
    by_units = scheme.formula == "per-unit"
    now = claim.amount or (old * claim.units if by_units else old)
    return (amount or (new * more if by_units else new)) > now


def rate_on(unit: Unit, scheme: Scheme, *, tier: str, area: str, day: date) -> int | None:
    """Return the rate of the nearest area above, itself included, for the month of a day."""
    place: str | None = area
    while True:
        dated = scheme.dated.get((place or "", tier), ())
        known = [rate for rate in dated if (rate[0].year, rate[0].month) <= (day.year, day.month)]
        if known:
            return max(enumerate(known), key=lambda each: (each[1][0], each[0]))[1][1]
        if not place:
            return None
        place = unit[Area, place].parent_on(day)


def require_terms(
    claim: Entitlement, act: Act, unit: Unit, *, tier: str, amount: int | None, from_: date
) -> None:
    """Refuse terms from before the grant, or that the scheme does not give.

    An amount that no rate gives stands on a reason and a document.
    """
    scheme = unit[Scheme, claim.scheme]
    if from_ < claim.from_:
        raise Malformed(
            claim.id,
            "it is granted from {first}: name that day or a later one",
            "/what/from",
            first=claim.from_,
        )
    require_amount(claim.id, scheme, amount)
    require_tier(unit, claim.id, scheme, tier=tier, area=claim.area, day=from_)
    if amount is not None:
        require_document(claim.id, act)


def require_document(claim: str, act: Act) -> None:
    """Refuse an amount that no rate gives without a reason and a document."""
    if not (act.reason and act.evidence):
        raise OverEntitled(
            claim,
            "no rate gives this amount: say why in act.reason, and name the document in"
            " act.evidence",
        )


class BroughtTerms(NamedTuple):
    """On what somebody is said to have been paid before the ledger began."""

    holder: str
    tier: str
    area: str
    units: int
    from_: date
    amount: int | None


def require_bounded(claim: str, act: Act, unit: Unit, scheme: Scheme, terms: BroughtTerms) -> None:
    """Refuse to bring in more than the scheme's rate gives, without a reason and a document.

    A household's rate is for each of its members, a facility's for each unit. Without an amount
    there is a rate.
    """
    if terms.amount is None:
        require_rated(claim, scheme)
        require_tier(unit, claim, scheme, tier=terms.tier, area=terms.area, day=terms.from_)
        return
    if not scheme.rates:
        return
    rate = rate_on(unit, scheme, tier=terms.tier, area=terms.area, day=terms.from_) or 0
    many = terms.units if scheme.formula == "per-unit" else 1
    if terms.holder.startswith("household:"):
        many = len(unit.find(Household, terms.holder).members)
    if terms.amount > rate * many:
        require_document(claim, act)
