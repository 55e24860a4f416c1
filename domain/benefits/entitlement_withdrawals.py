"""What is asked before a stop or a suspension is taken back, and what had followed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.affected_months import AffectedClaim, told_of
from domain.benefits.entitlement_rules import (
    months_given,
    require_not_excluded,
    require_only_one,
)
from domain.benefits.persons import require_current
from domain.benefits.schemes import Scheme
from domain.kernel.chronology import require_not_before
from domain.kernel.months import month_of
from domain.kernel.refusals import Malformed, WrongState

if TYPE_CHECKING:
    from datetime import date

    from domain.benefits.entitlement_events import EntitlementStopped, EntitlementSuspended
    from domain.benefits.entitlements import Entitlement
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit


class ClaimDecision(NamedTuple):
    """A stop or a suspension that stands: its kind, its number, and the state before it."""

    kind: str
    version: int
    on: date
    from_: date
    before: str


def decision(event: EntitlementStopped | EntitlementSuspended, before: str) -> ClaimDecision:
    """Return a stop or a suspension as one that may be taken back."""
    kind = event.TOPIC.partition(".")[2]
    return ClaimDecision(kind, event.originator_version, event.act.on, event.from_, before)


def require_withdrawable(claim: Entitlement, act: Act, unit: Unit, reason: str) -> ClaimDecision:
    """Return the last decision that stands; refuse to take back what others rest on by now."""
    if not claim.decisions:
        raise WrongState(claim.id, "nothing-to-withdraw", state=claim.state)
    if not reason:
        raise Malformed(claim.id, "say why it was a mistake", "/what/reason")
    last = claim.decisions[-1]
    require_not_before(claim.id, act, last.on)
    require_current(unit, (claim.holder,))
    if last.kind == "stopped":
        scheme = unit[Scheme, claim.scheme]
        require_only_one(act, unit, scheme, claim.holder)
        if last.before in ("granted", "suspended"):
            require_not_excluded(unit, scheme, claim.holder, from_=claim.from_, until=claim.until)
    return last


def taken_back(claim: Entitlement, act: Act, unit: Unit, reason: str) -> dict[str, Any]:
    """Say which decision is taken back, what the claim is then, and what had followed.

    A suspension that was resumed already is taken back for the months between.
    """
    last = require_withdrawable(claim, act, unit, reason)
    state = last.before if claim.state in ("stopped", "suspended") else claim.state
    claims = affected(claim, act, unit, last)
    return {
        "reason": reason,
        "claims": claims,
        "recoveries": asked_back(claims, claim.scheme, unit),
        "withdrawn": last.kind,
        "version": last.version,
        "said_on": last.on,
        "from_": last.from_,
        "state": state,
        "returns": state == "granted" != claim.state,
    }


def affected(
    claim: Entitlement, act: Act, unit: Unit, last: ClaimDecision
) -> tuple[AffectedClaim, ...]:
    """Return the claim with the months that a decision had taken away, paid or not."""
    scheme = unit[Scheme, claim.scheme]
    if not claim.origin or scheme.pays == "in-kind":
        return ()
    until = claim.until.isoformat()[:7] if claim.until else ""
    starts, ends = months_given(month_of(claim.from_), until, "")
    held = claim.held()._replace(first=starts, last=starts if scheme.pays == "once" else ends)
    return (told_of(unit, held, month_of(last.from_), month_of(act.on)),)


def asked_back(claims: tuple[AffectedClaim, ...], scheme: str, unit: Unit) -> tuple[str, ...]:
    """Return the recoveries that ask for what was paid for the months."""
    debts = (unit.payments.asked_back(scheme, each.holder, each.paid) for each in claims)
    return tuple(dict.fromkeys(debt for each in debts for debt in each))
