"""Stored events made by hand, for the tests of records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import msgspec

from domain.kernel.aggregate import Act, Event
from domain.kernel.reversals import Reversal
from projections.core.event_log import StoredEvent
from projections.disclosure.public_record import public_data

DAY = date(2007, 3, 1)
AN_ACT = Act(by="treasurer-1", on=DAY, booked=DAY, key="k-1", authority="号", reason="由")
NOON = datetime(2007, 3, 1, 12, 0, 0, 120, tzinfo=UTC)
SALT = bytes(range(32))
E = TypeVar("E", bound=Event)


def made(kind: type[E], *, subject: str = "fund:x", act: Act = AN_ACT, **what: Any) -> E:
    """Return an event, the first of its subject."""
    return kind(originator_id=subject, originator_version=1, act=act, **what)


def mirror(kind: type[E], event: Event) -> E:
    """Return the reversal of an event."""
    assert issubclass(kind, Reversal)
    return made(
        kind,
        subject=event.originator_id,
        of=7,
        original_topic=f"{event.TOPIC}.v{event.VERSION}",
        original=msgspec.Raw(msgspec.json.encode(event)),
    )


def a_line(event: Event, position: int = 8) -> StoredEvent:
    """Return an event as the store holds it."""
    return StoredEvent(
        position,
        NOON,
        f"{event.TOPIC}.v{event.VERSION}",
        event.originator_id,
        event.originator_version,
        msgspec.json.encode(event),
        SALT,
    )


def seen_of(event: Event) -> Any:
    """Return what the public sees of an event beside its commitment, as JSON tells it."""
    return msgspec.json.decode(msgspec.json.encode(public_data(event)))
