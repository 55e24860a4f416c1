"""Examples of stored events: one that says everything, one that says no more than it must.

They are made once from the types of the fields, then kept for ever as they are (tests/golden).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import NODEFAULT

from domain import EVENTS
from domain.kernel.aggregate import Act, Event, Evidence, subject_kind
from domain.kernel.reversals import Reversal
from projections.core.event_log import StoredEvent
from projections.disclosure.cloud_event import Origin, record

ORIGIN = Origin("440300", "00000000-0000-4000-8000-000000000000")
DAY = date(2007, 3, 1)
NOON = datetime(2007, 3, 1, 12, 0, 0, 120, tzinfo=UTC)
SALT = bytes(range(32))
POSITION = 8
ACTS = {
    "fullest": Act(
        by="treasurer-1",
        on=DAY,
        booked=date(2007, 3, 2),
        key="k-1",
        authority="深民〔2007〕12号",
        reason="按批文",
        evidence=(Evidence("批文.pdf", "0" * 64),),
    ),
    "barest": Act(by="treasurer-1", on=DAY, booked=DAY),
}
# Where a word must be of one kind for the event's own double entry.
WORDS = {
    "earmark": "general",
    "from_earmark": "general",
    "to_earmark": "2008",
    "month": "2007-03",
    "to_fund": "fund:y",
    "from_fund": "fund:y",
    "programme": "dibao",
    "to": "grant:g-1",
    "of": "grant:g-1",
    "cause": "grant:g-1",
    "source": "advanced:x:general:grant:g-1",
    "holder": "person:p-1",
    "body": "organisation:b",
    "keeper": "organisation:k",
    "run": "pay-run:dibao:2007-03",
}
THINGS = frozenset(
    {"area", "campaign", "facility", "fund", "grant", "household", "organisation", "payment"}
    | {"person", "project", "scheme"}
)


def examples(stored: str) -> dict[str, Any]:
    """Return both examples of a stored name, each with its records in both zones."""
    return {name: example(EVENTS[stored], name) for name in ACTS}


def example(kind: type[Event], fullness: str) -> dict[str, Any]:
    """Return an event as it is stored, and its records."""
    state = msgspec.json.encode(event_of(kind, fullness))
    line = line_of(f"{kind.TOPIC}.v{kind.VERSION}", state)
    records = {zone: record(line, ORIGIN, zone) for zone in ("office", "open")}
    return {"state": json.loads(state), "records": records}


def line_of(stored: str, state: bytes) -> StoredEvent:
    """Return an event as the store holds it."""
    event = EVENTS[stored]
    subject = f"{subject_kind(event)}:x"
    return StoredEvent(POSITION, NOON, stored, subject, 1, state, SALT)


def event_of(kind: type[Event], fullness: str) -> Event:
    """Make an event; a reversal mirrors the first of its kind's events that may be mirrored."""
    head = kind.TOPIC.partition(".")[0]
    stem: dict[str, Any] = {
        "originator_id": f"{subject_kind(kind)}:x",
        "originator_version": 1,
        "act": ACTS[fullness],
    }
    if not issubclass(kind, Reversal):
        return kind(**stem | fields_of(kind, fullness, leaving=frozenset(stem)))
    stored, original = next(
        (name, event_of(each, fullness))
        for name, each in sorted(EVENTS.items())
        if each.TOPIC.startswith(f"{head}.") and hasattr(each, "undo")
    )
    return kind(
        **stem, of=7, original_topic=stored, original=msgspec.Raw(msgspec.json.encode(original))
    )


def fields_of(
    kind: type[msgspec.Struct], fullness: str, *, leaving: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Make the fields of a struct: all of them, or only those that have no default."""
    return {
        field.name: value_of(field.name, field.type, fullness)
        for field in msgspec.structs.fields(kind)
        if field.name not in leaving and (fullness == "fullest" or must(field))
    }


def must(field: msgspec.structs.FieldInfo) -> bool:
    """Tell whether a field must be said."""
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


def value_of(name: str, kind: Any, fullness: str) -> Any:
    """Make a value of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return value_of(name, arguments[0], fullness)
    if origin is tuple:
        return (value_of(name, arguments[0], fullness),)
    if origin is dict:
        return {"rescued": value_of(name, arguments[1], fullness)}
    if arguments:
        said = fullness == "fullest" or type(None) not in arguments
        return value_of(name, arguments[0], fullness) if said else None
    if issubclass(kind, msgspec.Struct):
        return kind(**fields_of(kind, fullness))
    raw = msgspec.Raw(b'{"command":"x"}')
    return {str: word_of(name), date: DAY, bool: True, int: 12_345, msgspec.Raw: raw}[kind]


def word_of(name: str) -> str:
    """Make a text, after the name of its field."""
    return f"{name}:x" if name in THINGS else WORDS.get(name, f"{name.rstrip('_')}-1")
