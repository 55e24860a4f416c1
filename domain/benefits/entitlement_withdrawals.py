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
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import Malformed, WrongState

if TYPE_CHECKING:
    from datetime import date

    from domain.benefits.entitlement_events import (
        EntitlementResumed,
        EntitlementStopped,
        EntitlementSuspended,
    )
    from domain.benefits.entitlements import Entitlement
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit


# What a claim is after each decision.
STATES = {"suspended": "suspended", "resumed": "granted", "stopped": "stopped"}


class ClaimDecision(NamedTuple):
    """A stop, suspension or resumption that stands: its kind, its number, and the state before."""

    kind: str
    version: int
    on: date
    from_: date
    before: str


def decision(
    event: EntitlementStopped | EntitlementSuspended | EntitlementResumed, before: str
) -> ClaimDecision:
    """Return a stop, a suspension or a resumption as one that stands."""
    kind = event.TOPIC.partition(".")[2]
    return ClaimDecision(kind, event.originator_version, event.act.on, event.from_, before)


def without(decisions: list[ClaimDecision], version: int) -> tuple[list[ClaimDecision], str]:
    """Return the decisions as if one had not been, and the state that they leave."""
    left: list[ClaimDecision] = []
    state = decisions[0].before
    for each in decisions:
        if each.version != version:
            left.append(each._replace(before=state))
            state = STATES[each.kind]
    return left, state


def named(claim: Entitlement, unit: Unit, of: int | None) -> ClaimDecision:
    """Return the stop or suspension at a position, without one the last; refuse what stands not."""
    standing = [each for each in claim.decisions if each.kind != "resumed"]
    if of is not None:
        event = unit.log.event_at(of)
        if event is not None and event.originator_id != claim.id:
            raise WrongState(claim.id, "other-subject", owner=event.originator_id)
        version = event.originator_version if event else 0
        standing = [each for each in standing if each.version == version]
    if not standing:
        raise WrongState(claim.id, "nothing-to-withdraw", state=claim.state)
    return standing[-1]


def require_withdrawable(
    claim: Entitlement, act: Act, unit: Unit, reason: str, of: int | None
) -> ClaimDecision:
    """Return the decision that is meant; refuse to take back what others rest on by now."""
    last = named(claim, unit, of)
    if not reason:
        raise Malformed(claim.id, "say why it was a mistake", "/what/reason")
    require_not_before(claim.id, act, last.on)
    require_current(unit, (claim.holder,))
    if last.kind == "stopped":
        scheme = unit[Scheme, claim.scheme]
        require_only_one(act, unit, scheme, claim.holder)
        if last.before in ("granted", "suspended"):
            require_not_excluded(unit, scheme, claim.holder, from_=claim.from_, until=claim.until)
    return last


def taken_back(
    claim: Entitlement, act: Act, unit: Unit, *, reason: str, of: int | None
) -> dict[str, Any]:
    """Say which decision is taken back, what the claim is then, and what had followed.

    A suspension that was resumed already is taken back for the months between.
    """
    last = require_withdrawable(claim, act, unit, reason, of)
    left, state = without(claim.decisions, last.version)
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
        "counts_from": left[-1].from_ if left else None,
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
    later = claim.decisions[claim.decisions.index(last) + 1 :]
    decided = (moved(month_of(each.from_), -1) for each in later)
    return (told_of(unit, held, month_of(last.from_), min((month_of(act.on), *decided))),)


def asked_back(claims: tuple[AffectedClaim, ...], scheme: str, unit: Unit) -> tuple[str, ...]:
    """Return the recoveries that ask for what was paid for the months."""
    debts = (unit.payments.asked_back(scheme, each.holder, each.paid) for each in claims)
    return tuple(dict.fromkeys(debt for each in debts for debt in each))
