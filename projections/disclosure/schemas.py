"""What may stand in the `data` of an event's record, as JSON Schema 2020-12, for both zones.

It is made from the events themselves, in the shapes of `domain.kernel.event_fields`. A schema
allows more than it names, as later events of a topic may say more; what an old event said stays
valid for ever.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT

from domain import EVENTS
from domain.funds.donation_events import DonationPledged, DonationReceived
from domain.kernel.aggregate import Event, Evidence
from domain.kernel.event_fields import plan
from domain.kernel.money import Measured, MoneyEvent
from projections.disclosure import Zone
from projections.disclosure.allow_list import OPEN, PARTLY_SHOWN
from projections.disclosure.cloud_event import COMMITMENT, urn_of
from projections.disclosure.small_counts import OF_PEOPLE

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
POSITION: Schema = {"type": "integer", "minimum": 1}
BOUND: Schema = {"type": "string", "contentEncoding": "base64", "minLength": 44, "maxLength": 44}
PLAIN: dict[Any, Schema] = {
    str: TEXT,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: DAY,
    msgspec.Raw: {"type": "object"},
}


class Named(NamedTuple):
    """A schema with what it is called by: its topic and version, and the zone that uses it."""

    topic: str
    version: int
    zone: Zone
    schema: Schema


def all_schemas() -> Iterator[Named]:
    """Make the schemas of every topic and version, in the order of their names."""
    for stored, kind in sorted(EVENTS.items()):
        yield Named(kind.TOPIC, kind.VERSION, "office", office_schema(stored))
        if kind.TOPIC in OPEN:
            yield Named(kind.TOPIC, kind.VERSION, "open", open_schema(stored))
    yield Named("commitment", 1, "open", only_commitment())


def office_schema(stored: str) -> Schema:
    """Say what the office's record of a stored name holds."""
    kind = EVENTS[stored]
    said = {
        "version": POSITION,
        "on": DAY,
        "by": TEXT,
        "authority": TEXT,
        "reason": TEXT,
        "evidence": array(struct(Evidence)),
        "key": TEXT,
        "what": struct(kind),
        "postings": postings(kind),
        "reverses": reverses(kind),
    }
    of_two = {"confirmed_by": TEXT, "proposal": TEXT}
    return headed(urn_of(stored), kind, dated(kind, said | of_two, [*said]))


def open_schema(stored: str) -> Schema:
    """Say what the public record of a stored name holds; any of its words may be held back."""
    kind = EVENTS[stored]
    seen = OPEN[kind.TOPIC]
    words = struct(kind)["properties"]
    what = {name: perhaps_hidden(name, words[name]) for name in seen.fields if name in words}
    if issubclass(kind, DonationPledged | DonationReceived):
        what["donor"] = TEXT
    said = {"commitment": BOUND, "on": DAY, "what": thing(what), "reverses": reverses(kind)}
    said["postings"] = postings(kind)
    if kind.TOPIC.partition(".")[0] not in PARTLY_SHOWN:
        said["version"] = POSITION
    required = [name for name in said if name != "postings"]
    if seen.reasons:
        said |= {"authority": TEXT, "reason": TEXT}
    return headed(urn_of(stored, "public:"), kind, dated(kind, said, required))


def only_commitment() -> Schema:
    """Say what the public record of an event holds that shows nothing else."""
    says = "An event of which the public sees nothing but what binds it."
    head = {"$schema": DIALECT, "$id": COMMITMENT, "title": "commitment", "description": says}
    return head | thing({"commitment": BOUND}, ["commitment"]) | {"additionalProperties": False}


def headed(urn: str, kind: type[Event], schema: Schema) -> Schema:
    """Put its name and its sentence on a schema."""
    head = {"$schema": DIALECT, "$id": urn, "title": kind.TOPIC}
    if kind.__doc__:
        head["description"] = " ".join(inspect.cleandoc(kind.__doc__).split())
    return head | schema


def dated(kind: type[Event], said: Schema, required: list[str]) -> Schema:
    """Add the day in the books: always said of money, else where it differs."""
    counts = ["booked"] if issubclass(kind, MoneyEvent) else []
    return thing(said | {"booked": DAY}, required + counts)


def reverses(kind: type[Event]) -> Schema:
    """Say which position an event may reverse."""
    return POSITION if "original" in kind.__struct_fields__ else {"type": "null"}


def postings(kind: type[Event]) -> Schema:
    """Say what the double entry of an event looks like; without money there is none."""
    line = {"account": TEXT, "value": PLAIN[int], "unit": TEXT}
    lines = array(thing(line, [*line]))
    return lines if issubclass(kind, MoneyEvent) else lines | {"maxItems": 0}


def perhaps_hidden(name: str, schema: Schema) -> Schema:
    """Say a word as the public sees it: so few people are not told."""
    if name in OF_PEOPLE and "additionalProperties" in schema:
        return schema | {
            "additionalProperties": perhaps_hidden(name, schema["additionalProperties"])
        }
    if name not in OF_PEOPLE or "unit" not in schema.get("properties", ()):
        return schema
    few = {"value": {"type": "null"}, "unit": TEXT, "suppressed": {"const": True}}
    return {"anyOf": [schema, thing(few, [*few])]}


def thing(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    """Say an object."""
    made: Schema = {"type": "object", "properties": dict(sorted(properties.items()))}
    return made | ({"required": sorted(required)} if required else {})


def array(each: Schema) -> Schema:
    """Say a list."""
    return {"type": "array", "items": each}


def struct(kind: type[msgspec.Struct]) -> Schema:
    """Say a struct by its plan; what has a default, or may be None, may be left out."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    properties: dict[str, Schema] = {}
    required = []
    for part in plan(kind):
        field = fields[part.field]
        schema = of_type(field.type)
        if part.default is not NODEFAULT and part.default is not None:
            said = part.default if part.say is None else part.say(part.default)
            schema = schema | {"default": said}
        properties[part.name] = schema
        if part.default is NODEFAULT and type(None) not in get_args(field.type):
            required.append(part.name)
    return thing(properties, required)


def of_type(kind: Any) -> Schema:
    """Say a value of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        units = [mark.unit for mark in arguments[1:] if isinstance(mark, Measured)]
        return quantity(units[0]) if units else of_type(arguments[0])
    if origin in {Union, types.UnionType}:
        options = [of_type(option) for option in arguments if option is not type(None)]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if origin in SEVERAL:
        return SEVERAL[origin](*arguments)
    if issubclass(kind, msgspec.Struct):
        return struct(kind)
    return PLAIN[kind]


def quantity(unit: str) -> Schema:
    """Say a whole number of a unit."""
    return thing({"value": {"type": "integer"}, "unit": {"const": unit}}, ["value", "unit"])


def by_name(_name: Any, value: Any) -> Schema:
    """Say values under names."""
    return {"type": "object", "additionalProperties": of_type(value)}


SEVERAL: dict[Any, Callable[..., Schema]] = {
    Literal: lambda *words: {"enum": list(words)},
    tuple: lambda each, _rest: array(of_type(each)),
    dict: by_name,
}
