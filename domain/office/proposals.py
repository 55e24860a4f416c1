"""Proposals (提议): what needs two persons is proposed by one and confirmed by another.

A command that names roles in `second` is decided when it is proposed, so that a refusal comes at
once, and decided anew when it is confirmed. Nothing but the proposal stands between the two.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Digest, Text
from domain.kernel.money import Fen
from domain.kernel.refusals import (
    BeforeItsCause,
    DigestMismatch,
    RoleMissing,
    SecondPersonNeeded,
    WrongState,
)

# A proposal may be confirmed on the day on which it takes effect and for so many days after it.
DAYS = 30
# Every role that writes may be a second person's; which one a command wants, its `second` says.
CONFIRMERS = ("clerk", "reviewer", "approver", "treasurer", "fundraiser", "registrar", "operator")


class Proposed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """One person has proposed a command on a subject; `stated` is the command as it was sent.

    `digest` is the SHA-256 of `stated` (JSON with sorted names); `amount` what it moves or gives.
    """

    STATE = "proposed"
    ROW = (
        *("kind", "command", "subject", "amount", "proposer", "digest", "second", "lapses"),
        "stated",
    )
    KIND_OF_SUBJECT = "proposal"

    kind: str
    command: str
    subject: str
    amount: Fen | None = None
    proposer: str
    digest: str
    second: tuple[str, ...]
    lapses: date
    stated: msgspec.Raw

    def apply(self, proposal: Proposal) -> None:
        """Open it."""
        proposal.state = "proposed"
        proposal.kind = self.kind
        proposal.proposer = self.proposer
        proposal.digest = self.digest
        proposal.second = self.second
        proposal.since = self.act.on
        proposal.lapses = self.lapses
        proposal.stated = bytes(self.stated)


class Proposal(Aggregate):
    """What one person wants done, until another one confirms it, or somebody rejects it."""

    KIND = "proposal"
    COLLECTION = "proposals"
    ORDER = 320

    def __init__(self, subject: str) -> None:
        """Start not proposed."""
        super().__init__(subject)
        self.state = ""
        self.kind = ""
        self.proposer = ""
        self.digest = ""
        self.second: tuple[str, ...] = ()
        self.since = date.min
        self.lapses = date.min
        self.stated = b""

    def propose(
        self, act: Act, *, of: str, subject: str, stated: bytes, digest: str,
        second: tuple[str, ...], amount: int | None,
    ) -> None:  # fmt: skip
        """Take down a command that another person is to confirm."""
        kind = subject.partition(":")[0]
        self.record(
            PROPOSED[kind],
            act,
            kind=kind,
            command=of,
            subject=subject,
            amount=amount,
            proposer=act.by,
            digest=digest,
            second=second,
            lapses=act.on + timedelta(days=DAYS),
            stated=msgspec.Raw(stated),
        )

    @command(roles=CONFIRMERS)
    def confirm(self, act: Act, *, digest: Digest | None = None) -> None:
        """Carry out what another person proposed; `digest` names what that is, to be sure."""
        self.require_open(act)
        if act.by == self.proposer:
            raise SecondPersonNeeded(
                self.id,
                "{maker} proposed it: another person confirms it, in one of the roles {roles}",
                maker=act.by,
                roles=self.second,
            )
        if digest is not None and digest != self.digest:
            raise DigestMismatch(self.id, "what was proposed has the digest {digest}",
                                 digest=self.digest)  # fmt: skip
        self.record(ProposalConfirmed, act, confirmed_by=act.by)

    @command(roles=CONFIRMERS)
    def reject(self, act: Act, *, reason: Text) -> None:
        """End it: by its proposer, who takes it back, or by who might confirm it."""
        self.require_open(act)
        self.record(ProposalRejected, act, rejected_by=act.by, reason=reason)

    def require_open(self, act: Act) -> None:
        """Refuse an act on what is decided, or has lapsed, or was not proposed by then."""
        if self.state != "proposed":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("proposed",))
        if act.on < self.since:
            raise BeforeItsCause(self.id, since=self.since)
        if act.on > self.lapses:
            raise WrongState(self.id, "has-lapsed", last=self.lapses)

    def require_second(self, roles: frozenset[str]) -> None:
        """Refuse who holds none of the roles that may confirm."""
        if not roles & set(self.second):
            raise RoleMissing(self.id, "it needs one of the roles {roles}", roles=self.second)


class ProposalConfirmed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Another person has confirmed it: what it proposed was carried out with this event."""

    TOPIC = "proposal.confirmed"
    STATE = "confirmed"

    confirmed_by: str

    def apply(self, proposal: Proposal) -> None:
        """Close it."""
        proposal.state = "confirmed"


class ProposalRejected(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """It was taken back by its proposer, or rejected by who might have confirmed it."""

    TOPIC = "proposal.rejected"
    STATE = "rejected"

    rejected_by: str
    reason: str

    def apply(self, proposal: Proposal) -> None:
        """Close it."""
        proposal.state = "rejected"


class BudgetProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A budget, or its adjustment, is proposed."""

    TOPIC = "budget.proposed"


class DonationProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A refund or a correction of a gift is proposed."""

    TOPIC = "donation.proposed"


class EntitlementProposed(
    Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """Higher terms of an entitlement are proposed."""

    TOPIC = "entitlement.proposed"


class PaymentProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money beyond a pay run is proposed, or money to another account."""

    TOPIC = "payment.proposed"


class PeriodProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An act on a closed period is proposed."""

    TOPIC = "period.proposed"


class PersonProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An act on a person's registration is proposed."""

    TOPIC = "person.proposed"


class ReliefProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Relief to another account is proposed."""

    TOPIC = "relief.proposed"


class RoleProposed(Proposed, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A role for somebody is proposed."""

    TOPIC = "role.proposed"


# The event of each kind of subject that a command with a second person acts on.
PROPOSED: dict[str, type[Proposed]] = {
    each.TOPIC.partition(".")[0]: each
    for each in (
        BudgetProposed,
        DonationProposed,
        EntitlementProposed,
        PaymentProposed,
        PeriodProposed,
        PersonProposed,
        ReliefProposed,
        RoleProposed,
    )
}
