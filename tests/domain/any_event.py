"""Any event at all: made from the types of its fields, for rules that hold of every event."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from domain import EVENTS
from domain.funds.fund_events import FundRecovered
from domain.kernel.money import Measured
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event

WORDS = st.sampled_from(["fund:x", "fund:y", "general", "joy", "grant:1", "2007-03"])
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
AMOUNTS = st.integers(1, 10**12)
# What was proposed: JSON as it was sent.
STATED = st.builds(msgspec.Raw, st.sampled_from([b"{}", b'{"command":"payment.supplement"}']))
# Where a field holds a word of one kind, or an account of the event's own fund.
BY_NAME = {
    "holder": st.sampled_from(["person:p-1", "household:h-1", "facility:f-1"]),
    "source": st.just("advanced:x:general:grant:1"),
}
REVERSIBLE = sorted(
    (kind for kind in EVENTS.values() if hasattr(kind, "undo")), key=lambda kind: kind.TOPIC
)


@cache
def any_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Return events of a class; a reversal mirrors an event that may be mirrored."""
    if issubclass(kind, Reversal):
        return st.sampled_from(REVERSIBLE).flatmap(any_of).flatmap(lambda e: mirror_of(kind, e))
    return struct_of(kind).map(of_own_fund)


def of_own_fund(event: Event) -> Event:
    """Let a fund that takes money back from an account be the account's own fund."""
    if isinstance(event, FundRecovered):
        return msgspec.structs.replace(event, originator_id="fund:x")
    return event


def mirror_of(kind: type[Reversal], event: Event) -> st.SearchStrategy[Event]:
    """Return reversals of an event."""
    return st.builds(
        kind,
        originator_id=st.just(event.originator_id),
        originator_version=AMOUNTS,
        act=st.just(event.act),
        of=AMOUNTS,
        original_topic=st.just(f"{event.TOPIC}.v{event.VERSION}"),
        original=st.just(msgspec.Raw(msgspec.json.encode(event))),
    )


@cache
def struct_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return structs of a class."""
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{f.name: field_of(f) for f in fields})


def field_of(field: msgspec.structs.FieldInfo) -> st.SearchStrategy[Any]:
    """Return values of a field."""
    return BY_NAME[field.name] if field.name in BY_NAME else value_of(field.type)


def value_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        marked = any(isinstance(mark, Measured) for mark in arguments[1:])
        return AMOUNTS if marked else value_of(arguments[0])
    if origin in {tuple, dict}:
        return several_of(origin, arguments)
    if arguments:
        return st.one_of([value_of(option) for option in arguments])
    if kind is type(None):
        return st.none()
    if issubclass(kind, msgspec.Struct):
        return struct_of(kind)
    return {str: WORDS, date: DAYS, bool: st.booleans(), int: AMOUNTS, msgspec.Raw: STATED}[kind]


def several_of(origin: Any, arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Return lists, or values under names."""
    each = value_of(arguments[0])
    if origin is dict:
        return st.dictionaries(each, value_of(arguments[1]), max_size=3)
    return st.lists(each, max_size=3).map(tuple)
