"""Entitlements (待遇): who is entitled to what, from when, decided by whom.

apply -> assess -> publicise (needed where the means decide) -> grant -> adjust, suspend, resume
-> stop. What a month then pays is said in rolls.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.benefits.adjustments import BroughtTerms, gives_more, require_bounded, require_terms
from domain.benefits.affected_months import answer_of
from domain.benefits.entitlement_events import (
    EntitlementAdjusted,
    EntitlementApplied,
    EntitlementAssessed,
    EntitlementBroughtIn,
    EntitlementCounted,
    EntitlementGranted,
    EntitlementPublicised,
    EntitlementResumed,
    EntitlementStopped,
    EntitlementSuspended,
    EntitlementWithdrawn,
)
from domain.benefits.entitlement_rules import (
    OPEN,
    HeldClaim,
    months_given,
    require_alive,
    require_amount,
    require_claim,
    require_days,
    require_eligible,
    require_not_excluded,
    require_notice,
    require_tier,
)
from domain.benefits.entitlement_withdrawals import ClaimDecision, taken_back
from domain.benefits.schemes import Scheme
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.ids import (
    AreaId,
    HolderId,
    OrganisationId,
    Position,
    SchemeId,
    Text,
    Units,
    Word,
)
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen, Income
from domain.kernel.months import month_of
from domain.kernel.refusals import MakerIsChecker, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_another


class Entitlement(Aggregate):
    """One holder's claim on one scheme."""

    KIND = "entitlement"
    COLLECTION = "entitlements"
    ORDER = 50
    LIFE = LifeCycle(
        begins=("entitlement.applied", "entitlement.brought-in"),
        ends=("entitlement.stopped",),
        again=("entitlement.withdrawn",),
    )

    def __init__(self, subject: str) -> None:
        """Start not applied for."""
        super().__init__(subject)
        self.state = ""
        self.scheme = ""
        self.programme = ""
        self.holder = ""
        self.area = ""
        self.units = 1
        self.tier = ""
        # What it gives by itself, in fen; 0: what the scheme's rate gives.
        self.amount = 0
        self.origin = ""
        self.from_ = date.max
        self.until: date | None = None
        self.stopped_from: date | None = None
        self.suspended_from = date.max
        # The decisions that stand, in the order in which they were recorded.
        self.decisions: list[ClaimDecision] = []
        self.applied_by = ""
        self.assessed_by = ""
        self.eligible = False
        self.notice_until: date | None = None

    @command(roles=("clerk",), opens=True)
    def apply(
        self,
        act: Act,
        unit: Unit,
        *,
        scheme: SchemeId,
        holder: HolderId,
        payee: OrganisationId | None = None,
        area: AreaId,
        units: Units | None = None,
    ) -> None:
        """Apply for a holder: a person, a household, or a facility for its beds."""
        adopted = unit[Scheme, scheme]
        require_claim(act, unit, adopted, holder=holder, payee=payee, area=area)
        said = {"scheme": scheme, "holder": holder, "payee": payee, "area": area}
        self.record(EntitlementApplied, act, **said, programme=adopted.programme, units=units or 1)

    @command(roles=("clerk",), opens=True)
    def bring_in(
        self,
        act: Act,
        unit: Unit,
        *,
        scheme: SchemeId,
        holder: HolderId,
        payee: OrganisationId | None = None,
        area: AreaId,
        units: Units | None = None,
        tier: Word,
        amount: Fen | None = None,
        from_: date,
        until: date | None = None,
    ) -> None:
        """Enter what was granted before this ledger began; an `amount` is paid as it stands."""
        adopted = unit[Scheme, scheme]
        require_claim(act, unit, adopted, holder=holder, payee=payee, area=area)
        require_days(self.id, from_, until)
        require_not_excluded(unit, adopted, holder, from_=from_, until=until)
        require_alive(unit, adopted, holder, from_)
        terms = BroughtTerms(holder, tier, area, units or 1, from_, amount)
        require_bounded(self.id, act, unit, adopted, terms)
        said = {"scheme": scheme, "holder": holder, "payee": payee, "area": area}
        self.record(
            EntitlementBroughtIn,
            act,
            **said,
            programme=adopted.programme,
            units=units or 1,
            tier=tier,
            amount=amount or 0,
            from_=from_,
            until=until,
            origin="brought-in",
        )

    @command(roles=("clerk",))
    def assess(
        self, act: Act, *, income: Income = 0, eligible: bool, facts_digest: Text = ""
    ) -> None:
        """Check the means (核对); `facts_digest` binds the facts, which stay outside."""
        self.require(*OPEN)
        self.record(
            EntitlementAssessed,
            act,
            income=income,
            eligible=eligible,
            facts_digest=facts_digest,
            state=self.state if self.state in ("granted", "suspended") else "assessed",
        )

    @command(roles=("clerk",))
    def publicise(self, act: Act, *, from_: date, to: date) -> None:
        """Post the application for the neighbours to see (公示)."""
        self.require("assessed", "publicised")
        require_eligible(self.id, self.eligible)
        if to < from_:
            raise Malformed(
                self.id, "the notice ends before it begins on {first}", "/what/to", first=from_
            )
        self.record(EntitlementPublicised, act, from_=from_, to=to)

    @command(roles=("approver",), not_by=("entitlement.apply", "entitlement.assess"))
    def grant(
        self,
        act: Act,
        unit: Unit,
        *,
        tier: Word,
        amount: Fen | None = None,
        from_: date,
        until: date | None = None,
    ) -> None:
        """Grant it (审批); the amount is said only where the scheme has no rates."""
        scheme = unit[Scheme, self.scheme]
        self.require("assessed", "publicised")
        if self.assessed_by == act.by:
            raise MakerIsChecker(self.id, "{maker} assessed it: another grants it", maker=act.by)
        require_another(self.id, act, self.applied_by, "entitlement.apply")
        require_eligible(self.id, self.eligible)
        require_notice(self.id, act, scheme, self.notice_until)
        require_days(self.id, from_, until)
        require_amount(self.id, scheme, amount)
        require_tier(unit, self.id, scheme, tier=tier, area=self.area, day=from_)
        require_not_excluded(unit, scheme, self.holder, from_=from_, until=until)
        require_alive(unit, scheme, self.holder, from_)
        self.record(
            EntitlementGranted,
            act,
            holder=self.holder,
            programme=self.programme,
            area=self.area,
            units=self.units,
            tier=tier,
            amount=amount or 0,
            from_=from_,
            until=until,
            origin="granted",
        )

    @command(roles=("clerk",), second=("approver",), second_when=gives_more)
    def adjust(
        self,
        act: Act,
        unit: Unit,
        *,
        tier: Word,
        amount: Fen | None = None,
        from_: date,
        units: Units | None = None,
    ) -> None:
        """Give other terms from a day on (调整)."""
        self.require("granted", "suspended")
        require_terms(self, act, unit, tier=tier, amount=amount, from_=from_)
        self.record(
            EntitlementAdjusted,
            act,
            tier=tier,
            amount=amount or 0,
            from_=from_,
            units=self.units if units is None else units,
        )

    @command(roles=("clerk",))
    def suspend(self, act: Act, *, reason: Text, from_: date) -> None:
        """Let its payment rest from a day on (中止)."""
        self.require("granted")
        self.count(EntitlementSuspended, act, reason=reason, from_=from_)

    @command(roles=("clerk",))
    def resume(self, act: Act, *, reason: Text, from_: date) -> None:
        """Pay it again from a day on (恢复)."""
        self.require("suspended")
        if from_ < self.suspended_from:
            raise Malformed(
                self.id,
                "it is suspended from {first}: name that day or a later one",
                "/what/from",
                first=self.suspended_from,
            )
        self.count(EntitlementResumed, act, reason=reason, from_=from_)

    @command(roles=("clerk",))
    def stop(self, act: Act, *, reason: Text, from_: date) -> None:
        """End it from a day on (停发), with its reason in writing."""
        self.require(*OPEN)
        was_granted = self.state == "granted"
        self.count(EntitlementStopped, act, reason=reason, from_=from_, was_granted=was_granted)

    @command(roles=("clerk",))
    def withdraw(
        self, act: Act, unit: Unit, *, reason: Text | None = None, of: Position | None = None
    ) -> dict[str, Any]:
        """Take back a mistaken stop or suspension (撤销停发、中止): the one `of`, or the last."""
        what = taken_back(self, act, unit, reason=reason or act.reason, of=of)
        self.count(EntitlementWithdrawn, act, **what)
        return answer_of(what["claims"]) | {"recoveries": [*what["recoveries"]]}

    def held(self) -> HeldClaim:
        """Return what others ask of it: whose it is, and the months for which it may be paid."""
        until = self.until.isoformat() if self.until else ""
        stop = month_of(self.stopped_from) if self.stopped_from else ""
        first = month_of(self.from_) if self.from_ < date.max else ""
        said = self.id, self.scheme, self.state, self.holder
        return HeldClaim(*said, *months_given(first, until[:7], stop), until)

    def count(self, kind: type[EntitlementCounted], act: Act, **what: object) -> None:
        """Record an event that counts the entitlement in or out."""
        self.record(
            kind,
            act,
            holder=self.holder,
            programme=self.programme,
            area=self.area,
            origin=self.origin,
            **what,
        )

    def require(self, *states: str) -> None:
        """Refuse an act out of its order."""
        if self.state not in states:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=states)
