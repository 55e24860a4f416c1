"""The check of closed periods: what was booked, and what was closed by then."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from domain.office.periods import BooksClosed, BooksReopened, PeriodReopened, PeriodSoftClosed
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
        " soft-closed period has a reason, and is by another person than who soft-closed it; closed"
        " books are opened again for a reason, as far as they were closed."
    )
    TOPICS = ("period.soft-closed", "period.closed", "period.reopened", "period.books-reopened")

    def __init__(self) -> None:
        """Start with all periods open."""
        super().__init__()
        # Through which days, for each period, those that were opened again left out.
        self.closings: defaultdict[str, list[date]] = defaultdict(list)
        self.closed = date.min
        # Through which day, and by whom, for each period that is soft-closed.
        self.soft: dict[str, tuple[date, str]] = {}
        self.last_soft = (date.min, "")

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Close and open periods; hold every posting against them."""
        if isinstance(event, PeriodSoftClosed):
            self.soft[event.originator_id] = event.through, event.act.by
        elif isinstance(event, BooksReopened):
            self.soft[event.originator_id] = event.soft_through, event.act.by
            self.see_reopened(position, event)
        elif isinstance(event, PeriodReopened):
            self.soft.pop(event.originator_id, None)
        elif isinstance(event, BooksClosed):
            self.closings[event.originator_id].append(event.through)
        elif lines:
            self.see_booked(position, event)
            return
        self.closed = max(chain.from_iterable(self.closings.values()), default=date.min)
        self.last_soft = max(self.soft.values(), default=(date.min, ""))

    def see_reopened(self, position: int, event: BooksReopened) -> None:
        """Take the last closing back; it is the one that is named, and there is a reason."""
        self.found.examined += 1
        closings = self.closings[event.originator_id]
        if not closings or closings.pop() != event.through or not event.reason:
            detail = f"opened again through {event.through} without a closing, or without a reason"
            self.found.breach([position], event.originator_id, detail)

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
