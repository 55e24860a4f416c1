"""The check that nobody moves money, or a right to money, alone."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from domain.benefits.entitlement_events import EntitlementAdjusted, EntitlementGranted
from domain.benefits.relief_case_events import ReliefReissued
from domain.kernel.reversals import Reversal
from domain.office.periods import BooksClosed, BooksReopened
from domain.office.proposals import PROPOSED, ProposalConfirmed
from domain.office.roles import CONFLICTS, RoleGranted
from domain.payments.payment_events import PaymentReissued, PaymentSupplemented
from infra.verify.check import Fold, LogAtHead
from infra.verify.checks.second_persons import (
    CONFIRMED,
    SINCE,
    Agreements,
    LogBefore,
    needs_second,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

# Who did the one may not do the other on the same subject; of several, the last counts.
FIRST_ACTS = frozenset(
    {
        "pay-run.drawn-up",
        "entitlement.applied",
        "payment.reissued",
        "relief.reissued",
        "period.soft-closed",
        "period.books-reopened",
    }
)
SECOND_ACTS = frozenset(
    {
        "pay-run.chunk-released",
        "pay-run.released",
        "entitlement.granted",
        "payment.written-back",
        "relief.written-back",
        "period.reopened",
    }
)


# Whether another person confirms these hangs on what is said.
JUDGED = (EntitlementAdjusted, PaymentReissued, ReliefReissued, RoleGranted)


class NobodyAlone(Fold):
    """What needs two persons was done by two, and nobody holds duties that exclude each other."""

    NAME = "alone"
    SENTENCE = (
        "Nobody moves money, or a right to money, alone: who draws up a run does not release it,"
        " who applies does not grant, who pays again does not write back, who closes does not open"
        " again, who made a movement of money does not reverse it; a refund, a supplement outside"
        " a run of arrears, another payee, a raised claim, a merged person, a budget, a role and"
        " books opened again are proposed by one person and confirmed by another; nobody grants"
        " himself a role, and nobody is given two roles that exclude each other."
    )
    TOPICS: ClassVar[tuple[str, ...]] = (
        *FIRST_ACTS,
        *SECOND_ACTS,
        *(kind.TOPIC for kind in CONFIRMED),
        *(kind.TOPIC for kind in PROPOSED.values()),
        BooksClosed.TOPIC,
        EntitlementAdjusted.TOPIC,
        ProposalConfirmed.TOPIC,
        RoleGranted.TOPIC,
    )

    def __init__(self) -> None:
        """Start without acts."""
        super().__init__()
        # By subject: where the first act stands, and whose it is.
        self.first: dict[str, tuple[int, str]] = {}
        # By period: who closed it last, and where.
        self.closed: dict[str, tuple[int, str]] = {}
        self.agreements = Agreements()
        # Runs of arrears: three persons sign what these complete.
        self.arrears: set[str] = set()
        # What its act does not say to be confirmed.
        self.unconfirmed: list[tuple[int, Event]] = []

    def begin(self, asked: LogAtHead) -> None:
        """Ask the log as it was before an event."""
        self.asked = asked

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Hold second acts against first ones."""
        topic, subject, by = event.TOPIC, event.originator_id, event.act.by
        if topic in SECOND_ACTS:
            self.hold(position, event, self.first.get(subject))
        if isinstance(event, BooksReopened):
            self.hold(position, event, self.closed.get(subject))
        if topic in FIRST_ACTS:
            self.first[subject] = position, by
            if getattr(event, "kind", ""):
                self.arrears.add(subject)
        elif isinstance(event, BooksClosed):
            self.closed[subject] = position, by
        elif isinstance(event, EntitlementGranted):
            self.first.pop(subject, None)
        elif isinstance(event, RoleGranted):
            self.see_role(position, event)
        elif isinstance(event, Reversal) and lines:
            self.hold(position, event, (event.of, event.event().act.by))
        self.agreements.see(event)
        self.see_second(position, event)

    def see_second(self, position: int, event: Event) -> None:
        """Hold a confirmed act against its proposal; note one that is not confirmed."""
        if event.act.confirmed_by:
            self.found.examined += 1
            if fault := self.agreements.fault(event):
                self.found.breach([position], event.originator_id, fault)
        elif isinstance(event, PaymentSupplemented) and event.run in self.arrears:
            self.found.examined += 1
        elif isinstance(event, (*JUDGED, *CONFIRMED)):
            self.unconfirmed.append((position, event))

    def end(self) -> None:
        """Look for what needed a second person, from the position on from which it was a rule."""
        since: dict[str, int] = dict(self.asked.connection.execute(SINCE).fetchall())
        for position, event in self.unconfirmed:
            self.found.examined += 1
            if not needs_second(event, LogBefore(self.asked, position)):
                continue
            subject, detail = event.originator_id, f"{event.act.by} alone: {event.TOPIC}"
            rule = "other-accounts" if isinstance(event, PaymentReissued) else "two-persons"
            if position >= since.get(rule, 1):
                self.found.breach([position], subject, detail)
            else:
                self.found.note(
                    "allowed_then",
                    {"positions": [position], "subject": subject, "detail": detail},
                )

    def hold(self, position: int, event: Event, first: tuple[int, str] | None) -> None:
        """Take down a second act by the person of the first."""
        self.found.examined += 1
        if first is not None and first[1] == event.act.by:
            self.found.breach(
                [first[0], position], event.originator_id, f"{first[1]} alone: {event.TOPIC}"
            )

    def see_role(self, position: int, event: RoleGranted) -> None:
        """Look for a role that somebody gave to himself, and for duties that exclude each other."""
        self.found.examined += 1
        if event.act.by == event.who:
            detail = f"{event.who} grants himself {event.role}"
            self.found.breach([position], event.originator_id, detail)
        for pair in combinations(event.roles, 2):
            if event.role in pair and frozenset(pair) in CONFLICTS:
                detail = f"{event.who} is {' and '.join(pair)}"
                self.found.breach([position], event.originator_id, detail)
