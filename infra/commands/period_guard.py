"""The days that a unit of work books on, against the periods that are closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import PeriodClosed, SecondPersonNeeded
from domain.office.periods import BooksReopened, Period, PeriodReopened, PeriodSoftClosed
from infra.eventlog.batch import Guard
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Collection

    import psycopg

    from domain.kernel.aggregate import Event


class SoftClosing(NamedTuple):
    """The soft-closed days: through which, and who closed them last, or opened closed ones."""

    through: date
    by: str


NOTHING_CLOSED = SoftClosing(date.min, "")


def require_open(events: Collection[Event], closing: SoftClosing = NOTHING_CLOSED) -> None:
    """Refuse events booked in days that these have closed; soft-closed days ask for a reason."""
    guard = Guard()
    if closing is NOTHING_CLOSED and not any(isinstance(event, Guard.CLOSING) for event in events):
        return
    for event in events:
        inside = isinstance(event, MoneyEvent) and event.act.booked <= closing.through
        if inside:
            require_second_person(event, closing)
        guard.see(event, may_enter_soft=inside)


def soft_closing(connection: psycopg.Connection) -> SoftClosing:
    """Return what all periods together have soft-closed."""
    closed: dict[str, SoftClosing] = {}
    # All events of periods: few.
    for event in event_log.of_prefix(connection, Period.KIND):
        if isinstance(event, PeriodSoftClosed):
            closed[event.originator_id] = SoftClosing(event.through, event.act.by)
        elif isinstance(event, BooksReopened):
            closed[event.originator_id] = SoftClosing(event.soft_through, event.act.by)
        elif isinstance(event, PeriodReopened):
            closed.pop(event.originator_id, None)
    return max(closed.values(), default=NOTHING_CLOSED)


def require_second_person(event: Event, closing: SoftClosing) -> None:
    """Refuse to book into a soft-closed period without a reason, or by who closed it."""
    if not event.act.reason:
        raise PeriodClosed(
            event.originator_id,
            "booked on {booked}, soft-closed through {through}: give act.reason, or book later",
            booked=event.act.booked,
            through=closing.through,
        )
    if event.act.by == closing.by:
        raise SecondPersonNeeded(
            event.originator_id,
            "booked on {booked}, soft-closed through {through} by {closer}: another books it",
            booked=event.act.booked,
            through=closing.through,
            closer=closing.by,
        )
