"""The public words of an event: what was said, under the names of the contract.

It runs on every event that a view folds, so each class of event has a plan, made once.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import fields

from domain.kernel.aggregate import Event
from domain.kernel.money import Measured
from domain.kernel.reversals import Reversal

Say: TypeAlias = Callable[[Any], object]
ENVELOPE = frozenset({"originator_id", "originator_version", "act"})


class FieldPlan(NamedTuple):
    """One field: where it stands in the struct, its public name, and how it is said."""

    field: str
    name: str
    say: Say | None
    default: object


def what(event: Event) -> msgspec.Struct:
    """Return an event's own fields; what is None, or was left at its default, is left out."""
    return spoken(event, shape(type(event)))


def row(event: Event) -> dict[str, object]:
    """Return what the event enters in its subject's row of the register, its state included.

    An event whose field `state` says something says another state than its class.
    """
    entered = said(event, row_plan(type(event)))
    if event.STATE is not None:
        entered.setdefault("state", event.STATE)
    return entered | event.row_instead()


class Shape(NamedTuple):
    """How the parts of a class are said as a struct: `others` are not said as they stand."""

    read: Callable[[Any], tuple[object, ...]]
    others: tuple[tuple[int, Say], ...]
    make: type[msgspec.Struct]


def spoken(struct: object, shape: Shape) -> msgspec.Struct:
    """Say the parts of a struct as `said` does, for who writes them to JSON: sooner made."""
    values = [*shape.read(struct)]
    for nth, say in shape.others:
        values[nth] = say(values[nth])
    return shape.make(*values)


@cache
def shape(kind: type[Event]) -> Shape:
    """Plan how the words of a class of events are said as a struct."""
    return shape_of(kind, plan(kind))


def shape_of(kind: type[msgspec.Struct], parts: Iterable[FieldPlan]) -> Shape:
    """Plan how parts of a class are said as a struct: by name, as who sorts them likes best."""
    ordered = sorted(parts, key=lambda part: part.name)
    optional = {field.name for field in fields(kind) if type(None) in get_args(field.type)}
    members = [member(part, is_optional=part.field in optional) for part in ordered]
    make = msgspec.defstruct(
        f"{kind.__name__}Words",
        [(part.field, Any, nothing) for part, (_, nothing) in zip(ordered, members, strict=True)],
        omit_defaults=True,
        gc=False,
        rename={part.field: part.name for part in ordered},
    )
    others = tuple((nth, say) for nth, (say, _) in enumerate(members) if say is not None)
    return Shape(reader([part.field for part in ordered]), others, make)


def member(part: FieldPlan, *, is_optional: bool) -> tuple[Say | None, str | None]:
    """Return how a part is said in a struct (None: as it stands), and what is left out of it."""
    _, _, say, default = part
    if say is None and (default is NODEFAULT or default is None):
        return None, None
    # A struct tells what it leaves out by identity: there is one empty text, and one None.
    if say is None and default == "" and not is_optional:
        return None, ""
    if default is NODEFAULT and not is_optional:
        return say, None
    return unless_nothing(say, default), None


def unless_nothing(say: Say | None, default: object) -> Say:
    """Say a value, or None where it would be left out."""

    def told(value: object) -> object:
        if value is None or value == default:
            return None
        return value if say is None else say(value)

    return told


def reader(names: Sequence[str]) -> Callable[[Any], tuple[object, ...]]:
    """Return what reads attributes of these names as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda struct: tuple(getattr(struct, name) for name in names)


def said(struct: object, parts: tuple[FieldPlan, ...]) -> dict[str, object]:
    """Say the parts of a struct."""
    return {
        name: value if say is None else say(value)
        for field, name, say, default in parts
        if (value := getattr(struct, field)) is not None and value != default
    }


@cache
def plan(kind: type[msgspec.Struct]) -> tuple[FieldPlan, ...]:
    """Plan how the structs of a class are said."""
    if issubclass(kind, Reversal):
        left_out = ENVELOPE | {"original"}
    else:
        left_out = ENVELOPE if issubclass(kind, Event) else frozenset()
    return tuple(
        FieldPlan(field.name, field.name.rstrip("_"), saying(field.type), default_of(field))
        for field in fields(kind)
        if field.name not in left_out
    )


@cache
def row_plan(kind: type[Event]) -> tuple[FieldPlan, ...]:
    """Plan the part of an event that enters the register."""
    if kind.ROW is None:
        return plan(kind)
    # `field=name` enters a field under a name of the row's own.
    names = {field: name for field, _, name in (each.partition("=") for each in kind.ROW)}
    return tuple(
        part._replace(name=names[part.field] or part.name)
        for part in plan(kind)
        if part.field in names
    )


def default_of(field: msgspec.structs.FieldInfo) -> object:
    """Return the default of a field; one that nothing equals where there is none."""
    if field.default is NODEFAULT and field.default_factory is not NODEFAULT:
        return field.default_factory()
    return field.default


def saying(kind: Any) -> Say | None:
    """Return how a value of a type is said; None if it is said as it is."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Measured)]
        return measured(marks[0].unit) if marks else saying(arguments[0])
    if origin in {Union, types.UnionType}:
        return one_of([option for option in arguments if option is not type(None)])
    if origin in {tuple, dict}:
        each = saying(arguments[1] if origin is dict else arguments[0])
        return by_name(each) if origin is dict else listed(each)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return nested
    if kind is date:
        return date.isoformat
    return msgspec.json.decode if kind is msgspec.Raw else None


def measured(unit: str) -> Say:
    """Say a whole number as a quantity."""
    return lambda value: {"value": value, "unit": unit}


def nested(struct: msgspec.Struct) -> dict[str, object]:
    """Say a struct within an event."""
    return said(struct, plan(type(struct)))


def listed(say: Say | None) -> Say:
    """Say each of several values."""
    if say is None:
        return list
    return lambda values: [say(value) for value in values]


def by_name(say: Say | None) -> Say:
    """Say each value under its name."""
    if say is None:
        return dict
    return lambda values: {name: say(value) for name, value in values.items()}


def one_of(options: list[Any]) -> Say | None:
    """Say a value of one of several types; texts and numbers are said as they are."""
    if len(options) == 1:
        return saying(options[0])
    by_type: dict[type, Say] = {}
    for option in options:
        say = saying(option)
        if say is not None:
            by_type[get_origin(option) or option] = say
    if not by_type:
        return None

    def spoken(value: object) -> object:
        say = by_type.get(type(value))
        return value if say is None else say(value)

    return spoken
