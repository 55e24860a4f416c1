"""What happens to an entitlement, from the application to the stop."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.benefits.affected_months import AffectedClaim
from domain.benefits.entitlement_withdrawals import decision, without
from domain.kernel.aggregate import Event
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, Income

if TYPE_CHECKING:
    from domain.benefits.entitlements import Entitlement

COUNTED_AS = {"person": "person", "household": "household", "facility": "bed"}


class EntitlementApplied(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody applied; the application waits for its assessment."""

    TOPIC = "entitlement.applied"
    STATE = "applied"

    scheme: str
    programme: str
    holder: str
    area: str
    payee: str | None = None
    units: int = 1

    def apply(self, entitlement: Entitlement) -> None:
        """Set whose it is, and of which scheme."""
        entitlement.scheme = self.scheme
        entitlement.programme = self.programme
        entitlement.holder = self.holder
        entitlement.area = self.area
        entitlement.units = self.units
        entitlement.state = "applied"
        entitlement.applied_by = self.act.by


class EntitlementAssessed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The means were checked; what was granted before stays in the state it has."""

    TOPIC = "entitlement.assessed"

    income: Income
    eligible: bool
    facts_digest: str = ""
    state: str

    @property
    def again(self) -> bool:
        """Tell whether it was granted before."""
        return self.state != "assessed"

    def apply(self, entitlement: Entitlement) -> None:
        """Set who assessed, and with what result."""
        entitlement.assessed_by = self.act.by
        entitlement.eligible = self.eligible
        entitlement.state = self.state
        if not self.again:
            entitlement.notice_until = None


class EntitlementPublicised(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The application was posted for the neighbours to see (公示)."""

    TOPIC = "entitlement.publicised"
    STATE = "publicised"
    ROW = ()

    from_: date
    to: date

    def apply(self, entitlement: Entitlement) -> None:
        """Set the last day of the notice."""
        entitlement.state = "publicised"
        entitlement.notice_until = self.to


class EntitlementCounted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An event that changes how many entitlements are in payment; it says whose and of what."""

    holder: str
    programme: str
    area: str
    # How it came in: granted, or brought-in from before this ledger.
    origin: str

    def fact(self, sign: int, measure: str = "entitlements") -> Fact:
        """Count the entitlement in or out."""
        return Fact(
            measure=measure,
            value=sign,
            unit=COUNTED_AS[self.holder.partition(":")[0]],
            who=self.holder,
            programme=self.programme,
            area=self.area,
            detail=self.origin,
        )


class EntitlementTerms(
    EntitlementCounted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """What is given from a day on; an `amount` of 0 is what the scheme's rate gives."""

    tier: str
    amount: Fen = 0
    from_: date
    until: date | None = None
    units: int = 1


class EntitlementGranted(
    EntitlementTerms, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """It was granted (审批)."""

    TOPIC = "entitlement.granted"
    STATE = "granted"

    def apply(self, entitlement: Entitlement) -> None:
        """Set it granted."""
        entitlement.state = "granted"
        entitlement.origin = self.origin
        entitlement.tier = self.tier
        entitlement.amount = self.amount
        entitlement.from_ = self.from_
        entitlement.until = self.until

    def facts(self) -> tuple[Fact, ...]:
        """Count it in, and as newly taken in."""
        return (self.fact(1), self.fact(1, "entitlement-first"))


class EntitlementBroughtIn(
    EntitlementTerms, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """It was granted before this ledger began."""

    TOPIC = "entitlement.brought-in"
    STATE = "granted"

    scheme: str
    payee: str | None = None

    def apply(self, entitlement: Entitlement) -> None:
        """Set whose it is, and that it is granted."""
        entitlement.scheme = self.scheme
        entitlement.programme = self.programme
        entitlement.holder = self.holder
        entitlement.area = self.area
        entitlement.units = self.units
        entitlement.tier = self.tier
        entitlement.amount = self.amount
        entitlement.from_ = self.from_
        entitlement.until = self.until
        entitlement.origin = self.origin
        entitlement.eligible = True
        entitlement.state = "granted"

    def facts(self) -> tuple[Fact, ...]:
        """Count it in."""
        return (self.fact(1),)


class EntitlementAdjusted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Other terms from a day on; an `amount` of 0 is what the scheme's rate gives."""

    TOPIC = "entitlement.adjusted"
    ROW = ("tier", "amount", "units")

    tier: str
    amount: Fen = 0
    from_: date
    units: int = 1

    def apply(self, entitlement: Entitlement) -> None:
        """Set the tier and units of the day on."""
        entitlement.tier = self.tier
        entitlement.amount = self.amount
        entitlement.units = self.units


class EntitlementSuspended(
    EntitlementCounted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """Its payment rests from a day on (中止)."""

    TOPIC = "entitlement.suspended"
    STATE = "suspended"
    ROW = ("reason", "from_=counts_from")

    reason: str
    from_: date

    def apply(self, entitlement: Entitlement) -> None:
        """Set it suspended."""
        entitlement.decisions.append(decision(self, entitlement.state))
        entitlement.state = "suspended"
        entitlement.suspended_from = self.from_

    def facts(self) -> tuple[Fact, ...]:
        """Count it out: a suspended entitlement is not granted."""
        return (self.fact(-1),)


class EntitlementResumed(
    EntitlementCounted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """It is paid again from a day on (恢复)."""

    TOPIC = "entitlement.resumed"
    STATE = "granted"
    ROW = ("reason", "from_=counts_from")

    reason: str
    from_: date

    def apply(self, entitlement: Entitlement) -> None:
        """Set it granted again."""
        entitlement.decisions.append(decision(self, entitlement.state))
        entitlement.state = "granted"

    def facts(self) -> tuple[Fact, ...]:
        """Count it in again."""
        return (self.fact(1),)


class EntitlementStopped(
    EntitlementCounted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """It ended (停发), from a day on; `was_granted` if it was in payment and not suspended."""

    TOPIC = "entitlement.stopped"
    STATE = "stopped"
    ROW = ("reason", "from_=counts_from")

    reason: str
    from_: date
    was_granted: bool = True

    def apply(self, entitlement: Entitlement) -> None:
        """Set it stopped."""
        entitlement.decisions.append(decision(self, entitlement.state))
        entitlement.state = "stopped"
        entitlement.stopped_from = self.from_

    def facts(self) -> tuple[Fact, ...]:
        """Count it out if it was in."""
        return (self.fact(-1),) if self.was_granted else ()


class EntitlementWithdrawn(
    EntitlementCounted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A stop or a suspension was a mistake (撤销停发): the claim stands as if it had not been.

    `withdrawn` is the kind of the event that is taken back, `version` its number in this stream,
    `said_on` the day on which it was decided and `from_` the one from which it counted; `state` is
    what the claim has then, and `counts_from` since when. `returns` tells whether it is granted by
    this, which it was not just before. `claims` and `recoveries` are what had followed: the months
    paid or not, and what is asked back of them.
    """

    TOPIC = "entitlement.withdrawn"
    ROW = ("reason", "state", "counts_from", "version=withdraws")
    CLEARS = ("counts_from",)

    reason: str
    withdrawn: str
    version: int
    said_on: date
    from_: date
    state: str
    counts_from: date | None = None
    returns: bool
    claims: tuple[AffectedClaim, ...] = ()
    recoveries: tuple[str, ...] = ()

    def back_to(self) -> date:
        """Return the day of what it takes back."""
        return self.said_on

    def apply(self, entitlement: Entitlement) -> None:
        """Take the decision back."""
        left, _ = without(entitlement.decisions, self.version)
        entitlement.decisions, entitlement.state = left, self.state
        rests = [each.from_ for each in left if each.kind == "suspended"]
        entitlement.suspended_from = rests[-1] if rests else date.max
        if self.withdrawn == "stopped":
            entitlement.stopped_from = None

    def facts(self) -> tuple[Fact, ...]:
        """Count it in again; also where the count stays, so that readers see that it was moved."""
        return (self.fact(int(self.returns)),)
