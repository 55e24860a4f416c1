"""The check of closed periods: what was booked, and what was closed by then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.office.periods import BooksClosed, PeriodReopened, PeriodSoftClosed
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting


class ClosedPeriods(Fold):
    """Invariant 8."""

    NAME = "closed-periods"
    SENTENCE = (
        "No event has a posting booked in a period that was closed before it; one booked in a"
        " soft-closed period has a reason, and is by another person than who soft-closed it."
    )
    TOPICS = ("period.soft-closed", "period.closed", "period.reopened")

    def __init__(self) -> None:
        """Start with all periods open."""
        super().__init__()
        self.closed = date.min
        # Through which day, and by whom, for each period that is soft-closed.
        self.soft: dict[str, tuple[date, str]] = {}
        self.last_soft = (date.min, "")

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Close and open periods; hold every posting against them."""
        if isinstance(event, PeriodSoftClosed):
            self.soft[event.originator_id] = event.through, event.act.by
        elif isinstance(event, PeriodReopened):
            self.soft.pop(event.originator_id, None)
        elif isinstance(event, BooksClosed):
            self.closed = max(self.closed, event.through)
        elif lines:
            self.see_booked(position, event)
            return
        self.last_soft = max(self.soft.values(), default=(date.min, ""))

    def see_booked(self, position: int, event: Event) -> None:
        """Look at the day that an event is booked on."""
        self.found.examined += 1
        act = event.act
        through, by = self.last_soft
        if act.booked <= self.closed:
            self.found.breach(
                [position],
                event.originator_id,
                f"booked {act.booked}, closed through {self.closed}",
            )
        elif act.booked <= through and (not act.reason or act.by == by):
            why = f"by {by} too" if act.reason else "without a reason"
            self.found.breach(
                [position],
                event.originator_id,
                f"booked {act.booked}, soft-closed through {through}, {why}",
            )
