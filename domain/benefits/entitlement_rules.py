"""The rules of entitlements that look beyond one: at the scheme, the holder, and its others."""

from __future__ import annotations

from datetime import date

from domain.benefits.persons import Person
from domain.benefits.schemes import Scheme
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import (
    AlreadyExists,
    ExcludedByScheme,
    Malformed,
    NotEntitled,
    RateMissing,
    UnknownSubject,
    WrongState,
)
from domain.kernel.unit import Unit

# All who decide on entitlements take turns, so that a holder cannot be granted two at once.
TURN = "entitlements"
OPEN = ("applied", "assessed", "publicised", "granted", "suspended")


def require_holder(unit: Unit, scheme: Scheme, holder: str) -> None:
    """Refuse a holder of the wrong kind or without a history."""
    wanted = scheme.holder_kind()
    if holder.partition(":")[0] != wanted:
        raise WrongState(scheme.id, "wrong-holder", kind=wanted, holder=holder)
    if not unit.exists(holder):
        raise UnknownSubject(holder)


def require_only_one(unit: Unit, scheme: Scheme, holder: str) -> None:
    """Refuse a second entitlement of the same holder and scheme."""
    unit.locks.take(TURN)
    for other, its_scheme, state in unit.entitlements.of(holder):
        if its_scheme == scheme.id and state in OPEN:
            raise AlreadyExists(
                other,
                "{holder} has {scheme} already, {state}",
                holder=holder,
                scheme=scheme.id,
                state=state,
            )


def require_not_excluded(unit: Unit, scheme: Scheme, holder: str) -> None:
    """Refuse a grant beside one of a scheme that excludes this one, or is excluded by it."""
    unit.locks.take(TURN)
    for other, its_scheme, state in unit.entitlements.of(holder):
        if its_scheme == scheme.id or state not in ("granted", "suspended"):
            continue
        if its_scheme in scheme.excludes or scheme.id in unit[Scheme, its_scheme].excludes:
            raise ExcludedByScheme(
                other,
                "{holder} has {scheme}, {state}: stop it first",
                holder=holder,
                scheme=its_scheme,
                state=state,
            )


def require_days(entitlement: str, from_: date, until: date | None) -> None:
    """Refuse an end before the beginning."""
    if until is not None and until < from_:
        raise Malformed(
            entitlement, "it ends before it begins on {first}", "/what/until", first=from_
        )


def require_amount(entitlement: str, scheme: Scheme, amount: int | None) -> None:
    """Refuse an amount beside the scheme's rates, and neither of the two."""
    if amount is None:
        require_rated(entitlement, scheme)
    elif scheme.rated:
        raise Malformed(
            entitlement,
            "{scheme} has rates, and they decide the amount: leave it out",
            "/what/amount",
            scheme=scheme.id,
        )


def require_rated(entitlement: str, scheme: Scheme) -> None:
    """Refuse to leave the amount to a scheme without rates."""
    if not scheme.rated and scheme.pays != "in-kind":
        raise RateMissing(entitlement, "{scheme} has no rates: say the amount", scheme=scheme.id)


def require_alive(unit: Unit, scheme: Scheme, holder: str, from_: date) -> None:
    """Refuse to grant to the dead beyond what the law allows."""
    died = unit[Person, holder].died if holder.startswith("person:") else None
    if died is None:
        return
    if month_of(from_) > moved(month_of(died), scheme.after_death_months):
        raise NotEntitled(holder, "the person died on {died}", died=died)
