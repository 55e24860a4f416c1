"""What needs two persons, judged by what the log says of it: of the check `alone`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from domain import KINDS
from domain.benefits.adjustments import gives_more
from domain.benefits.entitlement_events import EntitlementAdjusted
from domain.benefits.entitlements import Entitlement
from domain.benefits.person_events import PersonMerged
from domain.benefits.persons import has_other_account
from domain.benefits.relief_case_events import ReliefReissued
from domain.benefits.relief_cases import ReliefCase
from domain.funds.budgets import BudgetAdjusted, BudgetAdopted
from domain.funds.donation_events import DonationRefunded
from domain.funds.gift_correction_events import DonationCorrected
from domain.kernel.aggregate import Aggregate
from domain.kernel.refusals import Refused, UnknownSubject
from domain.office.periods import BooksReopened, PeriodReopened
from domain.office.proposals import ProposalConfirmed, Proposed
from domain.office.roles import BOOTSTRAP, RoleGranted
from domain.payments.payment_events import (
    FIRST,
    PaymentRedirected,
    PaymentReissued,
    PaymentSupplemented,
)
from domain.payments.payments import Payment
from projections.core import event_log
from projections.decision_views.roll_members import other_accounts

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.verify.check import LogAtHead

A = TypeVar("A", bound=Aggregate)
SINCE = "SELECT rule, since FROM ledger.rules WHERE rule IN ('two-persons', 'other-accounts')"
# Another person confirms each of these.
CONFIRMED = (
    *(DonationCorrected, DonationRefunded),
    *(PaymentRedirected, PaymentSupplemented),
    *(BooksReopened, PeriodReopened, PersonMerged),
    *(BudgetAdjusted, BudgetAdopted),
)


class LogBefore:
    """The aggregates as they were before a position."""

    def __init__(self, asked: LogAtHead, position: int) -> None:
        """Ask a log."""
        self._connection, self._position = asked.connection, position
        self._tag = asked.tag

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        """Return an aggregate that had a history."""
        kind, subject = which
        aggregate = self.find(kind, subject)
        if not aggregate.version:
            raise UnknownSubject(subject)
        return aggregate

    def find(self, kind: type[A], subject: str) -> A:
        """Return an aggregate, with a history or without one."""
        aggregate = KINDS.get(subject.partition(":")[0], kind)(subject)
        for position, event in event_log.positioned(self._connection, subject):
            if position < self._position:
                aggregate.replay(event)
        if not isinstance(aggregate, kind):
            raise UnknownSubject(subject)
        return aggregate

    def goes_elsewhere(self, payment: Payment) -> bool:
        """Tell whether another account was known of somebody whom a payment of a run is for."""
        if payment.payee or not payment.run:
            return False
        tag = (payment.completes or payment.id).rpartition(":")[2]
        holders = other_accounts(self._connection, payment.month, self._position)
        return tag in {
            self._tag(payment.scheme, holder, payment.month, FIRST) for holder in holders
        }


def needs_second(event: Event, before: LogBefore) -> bool:
    """Tell whether an event is of an act that another person confirms."""
    if isinstance(event, RoleGranted):
        return event.act.by != BOOTSTRAP
    if isinstance(event, ReliefReissued):
        case = before[ReliefCase, event.originator_id]
        return has_other_account(before, case.person)  # type: ignore[arg-type]
    if isinstance(event, PaymentReissued):
        return before.goes_elsewhere(before[Payment, event.originator_id])
    if not isinstance(event, EntitlementAdjusted):
        return isinstance(event, CONFIRMED)
    terms: dict[str, Any] = {"tier": event.tier, "from_": event.from_, "units": event.units}
    try:
        claim = before[Entitlement, event.originator_id]
        return gives_more(claim, event.act, before, amount=event.amount or None, **terms)  # type: ignore[arg-type]
    except Refused:
        # What it follows is not there: nobody can say that it gives no more.
        return True


class Agreed(NamedTuple):
    """Who proposed and who confirmed."""

    proposed_by: str
    confirmed_by: str = ""


class Agreements:
    """What two persons agreed on, as far as the log was read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._by_proposal: dict[str, Agreed] = {}

    def see(self, event: Event) -> None:
        """Note a proposal, or its confirmation."""
        proposal = event.originator_id
        if isinstance(event, Proposed):
            self._by_proposal[proposal] = Agreed(event.act.by)
        elif isinstance(event, ProposalConfirmed):
            proposed = self._by_proposal.get(proposal, Agreed(""))
            self._by_proposal[proposal] = proposed._replace(confirmed_by=event.act.by)

    def fault(self, event: Event) -> str:
        """Say what is wrong with an act that says it was confirmed; empty if nothing is."""
        act = event.act
        if act.confirmed_by == act.by:
            return f"{act.by} confirmed his own proposal"
        said = self._by_proposal.get(act.proposal)
        if said != Agreed(act.by, act.confirmed_by):
            return f"{act.proposal or 'no proposal'} was not confirmed by {act.confirmed_by}"
        return ""
