"""The check of bodies that have ended: nothing was promised or paid to them from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.bodies.organisation_events import OrganisationEnded
from domain.grants.contract_events import ContractPaid, ContractSigned
from domain.grants.grant_events import GrantApplied, GrantAwarded, GrantPaid
from domain.kernel.months import month_of
from domain.payments.payment_events import PaymentMade
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting


class BodyEnd(NamedTuple):
    """When a body ended, and where that was recorded."""

    position: int
    day: date


class EndedBodies(Fold):
    """Bodies that were deregistered or revoked, and what they were promised or paid later."""

    NAME = "ended-bodies"
    SENTENCE = (
        "No grant was awarded or paid, and no contract signed or paid, to a body that was"
        " deregistered or revoked by the day of that act, and no payment made to it for a later"
        " month, if its end stood in the ledger before."
    )
    POSTINGS = False
    TOPICS = (
        *("organisation.deregistered", "organisation.revoked"),
        *("grant.applied", "grant.awarded", "grant.paid"),
        *("contract.signed", "contract.paid", "payment.made"),
    )

    def __init__(self) -> None:
        """Start with bodies that all stand."""
        super().__init__()
        self.ends: dict[str, BodyEnd] = {}
        # By grant and contract.
        self.bodies: dict[str, str] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Keep who ended, and hold what is promised and paid against it."""
        subject, on = event.originator_id, event.act.on
        match event:
            case OrganisationEnded():
                self.ends[subject] = BodyEnd(position, on)
            case GrantApplied() | ContractSigned():
                self.bodies[subject] = event.body
        match event:
            case GrantAwarded() | GrantPaid() | ContractSigned() | ContractPaid():
                end = self.end_of(self.bodies.get(subject, ""))
                if end is not None and on >= end.day:
                    self.tell(position, event, end)
            case PaymentMade():
                end = self.end_of(event.payee)
                if end is not None and event.month > month_of(end.day):
                    self.tell(position, event, end)

    def end_of(self, body: str) -> BodyEnd | None:
        """Return when a body ended; count what is looked at."""
        if body:
            self.found.examined += 1
        return self.ends.get(body)

    def tell(self, position: int, event: Event, end: BodyEnd) -> None:
        """Take down what a body got that had ended."""
        detail = f"{event.TOPIC} on {event.act.on}, its body ended on {end.day}"
        self.found.breach([end.position, position], event.originator_id, detail)
