"""The check that nobody moves money, or a right to money, alone."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from domain.benefits.entitlement_events import EntitlementGranted
from domain.kernel.reversals import Reversal
from domain.office.periods import BooksClosed, BooksReopened
from domain.office.roles import CONFLICTS, RoleGranted
from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.payment_events import PaymentSupplemented
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

# Who did the one may not do the other on the same subject; of several, the last counts.
FIRST_ACTS = frozenset(
    {
        "pay-run.drawn-up",
        "entitlement.applied",
        "donation.received",
        "payment.reissued",
        "period.soft-closed",
        "period.books-reopened",
    }
)
SECOND_ACTS = frozenset(
    {
        "pay-run.chunk-released",
        "pay-run.released",
        "entitlement.granted",
        "donation.refunded",
        "payment.written-back",
        "period.reopened",
    }
)


class NobodyAlone(Fold):
    """What needs two persons was done by two, and nobody holds duties that exclude each other."""

    NAME = "alone"
    SENTENCE = (
        "Nobody moves money, or a right to money, alone: who draws up a run does not release it,"
        " who applies does not grant, who receives a gift does not refund it, who pays again does"
        " not write back, who releases does not supplement, who closes does not open again,"
        " who made a movement of money does not reverse it; nobody grants himself a role, and"
        " nobody is given two roles that exclude each other."
    )
    TOPICS: ClassVar[tuple[str, ...]] = (
        *FIRST_ACTS,
        *SECOND_ACTS,
        PaymentSupplemented.TOPIC,
        BooksClosed.TOPIC,
        RoleGranted.TOPIC,
    )

    def __init__(self) -> None:
        """Start without acts."""
        super().__init__()
        # By subject: where the first act stands, and whose it is.
        self.first: dict[str, tuple[int, str]] = {}
        # By period: who closed it last, and where.
        self.closed: dict[str, tuple[int, str]] = {}
        # By run: who released it, and where.
        self.released: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Hold second acts against first ones."""
        topic, subject, by = event.TOPIC, event.originator_id, event.act.by
        if topic in SECOND_ACTS:
            self.hold(position, event, self.first.get(subject))
        if isinstance(event, BooksReopened):
            self.hold(position, event, self.closed.get(subject))
        if topic in FIRST_ACTS:
            self.first[subject] = position, by
        elif isinstance(event, BooksClosed):
            self.closed[subject] = position, by
        elif isinstance(event, EntitlementGranted):
            self.first.pop(subject, None)
        elif isinstance(event, PayRunChunkReleased):
            self.released[subject].setdefault(by, position)
        elif isinstance(event, PaymentSupplemented):
            at = self.released[event.run].get(by)
            self.hold(position, event, None if at is None else (at, by))
        elif isinstance(event, RoleGranted):
            self.see_role(position, event)
        elif isinstance(event, Reversal) and lines:
            self.hold(position, event, (event.of, event.event().act.by))

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
