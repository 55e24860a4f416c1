"""The rules of entitlements that look beyond one: at the scheme, the holder, and its others."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.benefits.persons import Person
from domain.benefits.schemes import Scheme
from domain.kernel.aggregate import Act
from domain.kernel.months import month_of, moved
from domain.kernel.payees import require_body
from domain.kernel.refusals import (
    AlreadyExists,
    ExcludedByScheme,
    Malformed,
    NotEntitled,
    NoticePeriodOpen,
    RateMissing,
    UnknownSubject,
    WrongState,
)
from domain.kernel.unit import Unit
from domain.registers.areas import Area, require_area

# All who decide on entitlements take turns, so that a holder cannot be granted two at once.
TURN = "entitlements"
ASKED_FOR = ("applied", "assessed", "publicised")
OPEN = (*ASKED_FOR, "granted", "suspended")
FOR_EVER = "9999-12"


class HeldClaim(NamedTuple):
    """A claim that somebody has: whose it is, and the months for which it may be paid.

    `first` is empty before the grant, `last` where no end is known; both are narrowed to the months
    for which the holder lives with whom one asks about. `until` is the last day of the grant.
    """

    entitlement: str
    scheme: str
    state: str
    holder: str
    first: str = ""
    last: str = ""
    until: str = ""

    def ended(self, day: date) -> bool:
        """Tell whether its last day has passed."""
        return bool(self.until) and self.until < day.isoformat()

    @property
    def is_asked_for(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.state in ASKED_FOR

    def given(self) -> bool:
        """Tell whether there is a month that it may be paid for."""
        return bool(self.first) and self.first <= (self.last or FOR_EVER)

    def meets(self, first: str, last: str) -> bool:
        """Tell whether it may be paid for one of some months; `last` is empty for no end."""
        end = self.last or FOR_EVER
        return self.given() and self.first <= (last or FOR_EVER) and first <= end


def months_given(starts: str, ends: str, stop: str) -> tuple[str, str]:
    """Return the first and the last month of a grant (empty: no end) with a stop from a month."""
    last = min(ends or FOR_EVER, moved(stop, -1) if stop else FOR_EVER)
    return starts, "" if last == FOR_EVER else last


def require_claim(
    act: Act, unit: Unit, scheme: Scheme, *, holder: str, payee: str | None, area: str
) -> None:
    """Refuse a claim of who cannot hold it, from an area that is not there, or a second one.

    So is one that would be paid to a body that has ended, or to a facility that it runs.
    """
    require_holder(unit, scheme, holder)
    paid = payee or (unit.bodies.that_runs(holder) if holder.startswith("facility:") else None)
    require_body(act, unit, holder, paid)
    require_area(act, unit, area)
    require_only_one(act, unit, scheme, holder)


def require_holder(unit: Unit, scheme: Scheme, holder: str) -> None:
    """Refuse a holder of the wrong kind or without a history."""
    wanted = scheme.holder_kind()
    if holder.partition(":")[0] != wanted:
        raise WrongState(scheme.id, "wrong-holder", kind=wanted, holder=holder)
    if not unit.exists(holder):
        raise UnknownSubject(holder)


def require_only_one(act: Act, unit: Unit, scheme: Scheme, holder: str) -> None:
    """Refuse a second entitlement of the same holder and scheme, unless the first has ended."""
    unit.locks.take(TURN)
    for other in unit.entitlements.of(holder):
        if other.scheme == scheme.id and other.state in OPEN and not other.ended(act.on):
            raise AlreadyExists(
                other.entitlement,
                "{holder} has {scheme} already, {state}",
                holder=holder,
                scheme=scheme.id,
                state=other.state,
            )


def require_not_excluded(
    unit: Unit, scheme: Scheme, holder: str, *, from_: date, until: date | None
) -> None:
    """Refuse a grant for months for which a scheme that excludes this one, or is excluded, pays."""
    unit.locks.take(TURN)
    months = month_of(from_), month_of(until) if until else ""
    for other in unit.entitlements.of(holder):
        if other.meets(*months) and exclude_each_other(unit, scheme, other.scheme):
            raise excluded(holder, other)


def require_not_excluded_together(unit: Unit, household: str, person: str, first: str) -> None:
    """Refuse that a person joins a household where the claims of the two exclude each other.

    Judged for the months, from `first` on, for which both would be paid.
    """
    unit.locks.take(TURN)
    theirs = [each for each in unit.entitlements.of(household) if each.holder == household]
    for own in unit.entitlements.of(person) if theirs else ():
        for other in theirs if own.holder == person else ():
            both = max(first, own.first, other.first)
            last = min(own.last or FOR_EVER, other.last or FOR_EVER)
            if not (own.given() and other.given() and both <= last):
                continue
            if exclude_each_other(unit, unit[Scheme, own.scheme], other.scheme):
                raise excluded(person, other)


def exclude_each_other(unit: Unit, scheme: Scheme, other: str) -> bool:
    """Tell whether one of two schemes excludes the other."""
    if other == scheme.id:
        return False
    return other in scheme.excludes or scheme.id in unit[Scheme, other].excludes


def excluded(holder: str, other: HeldClaim) -> ExcludedByScheme:
    """Say what a holder has for some of the months."""
    return ExcludedByScheme(
        other.entitlement,
        "{holder} has {scheme} for months that are asked for, {state}: stop it before them",
        holder=holder,
        scheme=other.scheme,
        state=other.state,
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
    elif scheme.rates:
        raise Malformed(
            entitlement,
            "{scheme} has rates, and they decide the amount: leave it out",
            "/what/amount",
            scheme=scheme.id,
        )


def require_rated(entitlement: str, scheme: Scheme) -> None:
    """Refuse to leave the amount to a scheme without rates."""
    if not scheme.rates and scheme.pays != "in-kind":
        raise RateMissing(entitlement, "{scheme} has no rates: say the amount", scheme=scheme.id)


def require_tier(
    unit: Unit, entitlement: str, scheme: Scheme, *, tier: str, area: str, day: date
) -> None:
    """Refuse a tier for which a rated scheme has no rate in the area, nor in one above it."""
    if not scheme.rates or ("", tier) in scheme.rates:
        return
    place: str | None = area
    while place is not None:
        if (place, tier) in scheme.rates:
            return
        place = unit[Area, place].parent_on(day)
    raise RateMissing(
        entitlement,
        "{scheme} has no tier {tier} in {area}: choose one of {tiers}",
        scheme=scheme.id,
        tier=tier,
        area=area,
        tiers=", ".join(sorted({each for _, each in scheme.rates})),
    )


def require_alive(unit: Unit, scheme: Scheme, holder: str, from_: date) -> None:
    """Refuse to grant to the dead beyond what the law allows."""
    died = unit[Person, holder].died if holder.startswith("person:") else None
    if died is None:
        return
    if month_of(from_) > moved(month_of(died), scheme.after_death_months):
        raise NotEntitled(holder, "the person died on {died}", died=died)


def require_eligible(entitlement: str, eligible: bool) -> None:  # noqa: FBT001
    """Refuse what the assessment did not find eligible."""
    if not eligible:
        raise NotEntitled(entitlement, "it was assessed as not eligible")


def require_notice(entitlement: str, act: Act, scheme: Scheme, until: date | None) -> None:
    """Refuse a grant before its public notice has ended, or without one it needs."""
    if scheme.formula == "top-up" and until is None:
        raise WrongState(entitlement, "not-publicised")
    if until is not None and act.on <= until:
        raise NoticePeriodOpen(
            entitlement, "the notice runs to {last}: grant it after that day", last=until
        )
