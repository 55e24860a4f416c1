"""What is appended together: events, their receipts, and what is sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from domain.kernel.aggregate import stored_name
from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import PeriodClosed
from domain.office.periods import BooksClosed, PeriodSoftClosed
from infra.eventlog.mapper import ENCODER, OPENING, after_id

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.vault import Sealed

# Above this, COPY into the session's temporary table beats array parameters.
MANY = 200
# The same fact as an event's, as the first one of another subject.
Alike: TypeAlias = "tuple[Event, str]"


class Stored(NamedTuple):
    """An event as the table holds it, before it has a position."""

    subject: str
    version: int
    topic: str
    state: bytes


class Kept(NamedTuple):
    """A receipt to be written with its events: `start` counts from the batch's first event."""

    key: str
    hash: bytes
    start: int
    answer: bytes


@dataclass
class Guard:
    """What was closed by events of a batch that have been seen: the rest of it keeps to that.

    What the ledger has closed before is the database's to guard: see ledger.append().
    """

    # Without one of these among the events there is nothing to keep to.
    CLOSING: ClassVar = (BooksClosed, PeriodSoftClosed)

    closes: date | None = None
    soft_closes: date | None = None

    def see(self, event: Event, *, may_enter_soft: bool) -> None:
        """Take an event's day, or the days that it closes, into account."""
        if isinstance(event, MoneyEvent):
            self._require_open(event, event.act.booked, may_enter_soft=may_enter_soft)
        elif isinstance(event, BooksClosed):
            self.closes = max(event.through, self.closes or event.through)
        elif isinstance(event, PeriodSoftClosed):
            self.soft_closes = max(event.through, self.soft_closes or event.through)

    def _require_open(self, event: Event, booked: date, *, may_enter_soft: bool) -> None:
        if self.closes is not None and booked <= self.closes:
            raise PeriodClosed(event.originator_id, state="closed", through=self.closes)
        if self.soft_closes is not None and booked <= self.soft_closes and not may_enter_soft:
            raise PeriodClosed(event.originator_id, state="soft-closed", through=self.soft_closes)


@dataclass
class Batch:
    """What is appended together: facts that are alike but for their subjects, then `events`."""

    events: Sequence[Stored]
    # Streams that were only read, with the versions that were seen: they must not have moved on.
    read: Mapping[str, int] = field(default_factory=dict)
    receipts: Sequence[Kept] = ()
    sealed: Sequence[Sealed] = ()
    alike: Sequence[Alike] = ()
    # What is paid was decided by the stops up to this position: none may have come since.
    stops_known_to: int | None = None
    # All of them as COPY reads them, if they are many.
    packed: bytes = b""
    # Waits until it may be appended; it is sent to the database meanwhile.
    turn: Callable[[], object] | None = None

    @property
    def many(self) -> bool:
        """Tell whether it goes in by COPY; what closes periods never does."""
        length = len(self.alike) + len(self.events)
        return length > MANY and not any(e.topic.startswith("period.") for e in self.events)


class Appended(NamedTuple):
    """Where a batch stands: the position of its first event, and the moment it was taken."""

    first_position: int
    recorded_at: datetime


def stored(event: Event) -> Stored:
    """Encode an event for the table."""
    return Stored(
        event.originator_id,
        event.originator_version,
        stored_name(type(event)),
        ENCODER.encode(event),
    )


def stored_alike(alike: Alike) -> Stored:
    """Encode the same fact as the event of another subject."""
    event, subject = alike
    state = OPENING + subject.encode() + after_id(event)
    return Stored(subject, event.originator_version, stored_name(type(event)), state)
