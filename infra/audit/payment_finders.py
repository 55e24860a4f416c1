"""Exceptions of money to persons: it came back and lies there, or it was paid late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from domain.benefits.relief_case_events import ReliefPaid, ReliefReturned
from domain.payments.pay_run_events import PayRunDrawnUp, PayRunReleased
from domain.payments.payment_events import PaymentReturned
from infra.audit.exception_row import ExceptionRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.kernel.money import Posting
    from infra.audit.exception_row import AuditContext


class Begun(NamedTuple):
    """Since when something waits, of how much money, and by which events."""

    since: date
    amount: int
    events: tuple[int, ...]


class ReturnedIdle:
    """Money that the bank sent back, and that nobody has paid again or written back."""

    TOPICS: ClassVar[tuple[str, ...]] = (
        "payment.returned",
        "payment.reissued",
        "payment.written-back",
        "relief.returned",
        "relief.reissued",
        "relief.written-back",
    )

    def __init__(self) -> None:
        """Start with nothing returned."""
        self.waiting: dict[str, Begun] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Take down what came back, until something is done with it."""
        subject = event.originator_id
        before = self.waiting.pop(subject, Begun(event.act.booked, 0, ()))
        if isinstance(event, PaymentReturned | ReliefReturned):
            events = (*before.events, position)
            self.waiting[subject] = before._replace(
                amount=before.amount + event.amount, events=events
            )

    def rows(self, asked: AuditContext) -> Iterator[ExceptionRow]:
        """List what has lain too long."""
        for subject, begun in self.waiting.items():
            days = (asked.day - begun.since).days
            if days >= asked.limits["returned-idle"]:
                yield ExceptionRow(
                    "returned-idle", subject, begun.events, amount=begun.amount, days=days
                )


class PaidLate:
    """Runs released, and relief paid, more days than the rule gives after they were due.

    A run is due on the first day of its month, relief on the day of its decision. What is not paid
    yet counts to the day that is asked about.
    """

    TOPICS: ClassVar[tuple[str, ...]] = (
        "pay-run.drawn-up",
        "pay-run.released",
        "pay-run.rejected",
        "pay-run.cancelled",
        "relief.decided",
        "relief.paid",
        "relief.rejected",
        "relief.withdrawn",
    )

    def __init__(self) -> None:
        """Start with nothing due."""
        self.due: dict[str, Begun] = {}
        self.paid: list[tuple[str, Begun, int]] = []

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Hold what is paid against the day on which it was due."""
        subject = event.originator_id
        if isinstance(event, PayRunDrawnUp):
            if event.kind:
                # What arrears pay was due before: the kind `underpaid` has it until then.
                return
            first = date.fromisoformat(f"{event.month}-01")
            self.due[subject] = Begun(first, event.total, (position,))
        elif event.TOPIC == "relief.decided":
            self.due[subject] = Begun(event.act.on, event.amount, (position,))
        else:
            begun = self.due.pop(subject, None)
            if begun and isinstance(event, PayRunReleased | ReliefPaid):
                days = (event.act.on - begun.since).days
                paid = begun._replace(events=(*begun.events, position))
                self.paid.append((subject, paid, days))

    def rows(self, asked: AuditContext) -> Iterator[ExceptionRow]:
        """List what was paid late, then what is late and not paid yet."""
        waiting = [
            (subject, begun, (asked.day - begun.since).days) for subject, begun in self.due.items()
        ]
        for subject, begun, days in [*self.paid, *waiting]:
            if days >= asked.limits["paid-late"]:
                detail = "" if len(begun.events) > 1 else "not paid yet"
                yield ExceptionRow(
                    "paid-late", subject, begun.events, detail, amount=begun.amount, days=days
                )
