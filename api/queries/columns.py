"""The columns of a collection, read off the events of its aggregate."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from api.queries.formats import Column
from domain import EVENTS
from domain.kernel.aggregate import Aggregate, Event, subject_kind
from domain.kernel.event_fields import row_plan
from domain.kernel.money import Measured, Quantity, Ratio, Stated
from domain.kernel.reversals import Reversible
from domain.office.publications import Publication
from domain.registers.statements import Statement

# What every row of every collection says first, before what was said in its commands.
ENVELOPE = ("id", "state", "version", "position", "opened_on", "area")
# What a row says that no event says, but follows from what was said.
FOLLOWING: dict[type[Aggregate], str] = {Statement: "replaced_by", Publication: "pinned_at"}


def columns_of(kind: type[Aggregate]) -> tuple[Column, ...]:
    """Return the columns of an aggregate's collection, in the order its events say them."""
    found = {name: Column(name) for name in ENVELOPE}
    for event in events_of(kind):
        types_by_field = {field.name: field.type for field in msgspec.structs.fields(event)}
        for part in row_plan(event):
            seen = found.get(part.name, Column(part.name))
            here = column(part.name, types_by_field[part.field])
            found[part.name] = Column(
                part.name,
                quantity=seen.quantity or here.quantity,
                ratio=seen.ratio or here.ratio,
            )
    if issubclass(kind, Reversible):
        found["reversed_by"] = Column("reversed_by")
    if name := FOLLOWING.get(kind):
        found[name] = Column(name)
    return tuple(found.values())


def events_of(kind: type[Aggregate]) -> Iterator[type[Event]]:
    """List the events of an aggregate."""
    return (event for event in EVENTS.values() if subject_kind(event) == kind.KIND)


def column(name: str, type_: Any) -> Column:
    """Tell whether a field is a quantity, and whether it may be a ratio instead."""
    inside = set(parts_of(type_))
    either = bool(inside & {Ratio, Stated})
    return Column(name, quantity=either or bool(inside & {Measured, Quantity}), ratio=either)


def parts_of(type_: Any) -> Iterator[type]:
    """List what a type is made of, but not what a list holds: that is nested."""
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Annotated:
        yield from (Measured for mark in arguments[1:] if isinstance(mark, Measured))
        yield from parts_of(arguments[0])
    elif origin in {Union, types.UnionType}:
        for argument in arguments:
            yield from parts_of(argument)
    elif isinstance(type_, type):
        yield type_
