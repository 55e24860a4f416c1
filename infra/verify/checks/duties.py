"""The check of separate duties: who made, who checked, and what else they were at the time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar

from domain.funds.fund_events import FundOpened
from domain.kernel.reversals import Reversal
from domain.office.roles import OF_GIFTS, WATCHERS, RoleGranted, RoleWithdrawn, role_of
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

# Who does this is a maker of the subject.
MAKES = {
    "pay-run.drawn-up": "pay-run",
    "pay-run.reviewed": "pay-run",
    "entitlement.assessed": "entitlement",
    "grant.applied": "grant",
    "relief.applied": "relief",
    "recovery.established": "recovery",
    "period.soft-closed": "period",
    "period.books-reopened": "period",
    "registration.entered": "registration",
    "contract.signed": "contract",
}
# Who did so before is no maker any more.
ANEW = frozenset({"entitlement.assessed", "period.soft-closed", "period.books-reopened"})
# Who does this may be no maker of the subject; whether nothing is checked after it.
CHECKS = {
    "pay-run.reviewed": False,
    "pay-run.approved": False,
    "entitlement.granted": True,
    "grant.awarded": False,
    "relief.decided": False,
    "relief.rejected": False,
    "recovery.written-off": False,
    "period.closed": False,
    "registration.inspected": True,
    "contract.month-confirmed": False,
    "contract.evaluated": False,
}
# By these events a fund spends; who raises gifts does none of them for a fund of gifts.
SPENDS = frozenset(
    {"fund.committed", "fund.transferred", "fund.surrendered", "grant.paid", "payment.made"}
    | {"payment.reissued", "relief.paid", "relief.reissued", "contract.paid"}
    | {"goods.issued", "goods.sold"}
)


class MakerNotChecker(Fold):
    """Invariant 9, by the roles that were held when each event was recorded."""

    NAME = "maker-not-checker"
    SENTENCE = (
        "Nobody checks what they made: runs drawn up, reviewed and approved, entitlements assessed"
        " and granted, grants applied for and awarded, relief applied for and decided, recoveries"
        " established and written off, periods soft-closed and closed, couples registered and"
        " inspected, contracts signed and confirmed or evaluated; who supervises or audits writes"
        " no money, and who raises gifts spends none."
    )
    TOPICS: ClassVar[tuple[str, ...]] = (
        *MAKES,
        *CHECKS,
        "fund.opened",
        "role.granted",
        "role.withdrawn",
    )

    def __init__(self) -> None:
        """Start without makers and roles."""
        super().__init__()
        # By subject: who made it, and where.
        self.makers: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.roles: dict[str, frozenset[str]] = {}
        self.of_gifts: set[str] = set()

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Keep makers and roles; hold every check and every posting against them."""
        topic, subject = event.TOPIC, event.originator_id
        if topic in CHECKS:
            self.see_check(position, event)
        if topic in MAKES:
            if topic in ANEW:
                self.makers.pop(subject, None)
            # An assessment after the grant is checked by nobody, so it is not kept.
            if not getattr(event, "again", False):
                self.makers[subject][event.act.by] = position
        if isinstance(event, RoleGranted | RoleWithdrawn):
            self.roles[subject] = frozenset(event.roles)
        elif isinstance(event, FundOpened) and event.kind in OF_GIFTS:
            self.of_gifts.add(subject.partition(":")[2])
        if lines:
            self.see_posting(position, event, lines)

    def see_check(self, position: int, event: Event) -> None:
        """Hold a check against the makers of its subject."""
        self.found.examined += 1
        subject, by = event.originator_id, event.act.by
        made = self.makers.get(subject, {}).get(by)
        if made is not None:
            self.found.breach([made, position], subject, f"{by} made it: {event.TOPIC}")
        if CHECKS[event.TOPIC]:
            self.makers.pop(subject, None)

    def see_posting(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Hold a posting against the roles of who makes it."""
        roles = self.roles.get(role_of(event.act.by))
        if not roles:
            return
        self.found.examined += 1
        subject, by = event.originator_id, event.act.by
        if roles & WATCHERS:
            watching = " and ".join(sorted(roles & WATCHERS))
            self.found.breach([position], subject, f"{by} is {watching}, and writes money")
        elif "fundraiser" in roles and event.TOPIC in SPENDS and not isinstance(event, Reversal):
            funds = {line.account.split(":", 2)[1] for line in lines}
            for fund in sorted(funds & self.of_gifts):
                self.found.breach([position], subject, f"{by} raises gifts, and spends fund:{fund}")
