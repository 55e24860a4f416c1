"""The schemas of the commands' bodies, made from the signatures of the aggregates' methods.

Each keyword-only parameter of a command is a field of its body: the pydantic model, the catalogue,
OpenAPI and the command line all come from here.
"""

from __future__ import annotations

import inspect
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
    create_model,
)

from api.commands.values import (
    MOST_NAMES,
    day,
    listed,
    measured,
    quantity,
    quantity_or_ratio,
    ratio,
    sealed,
)
from domain import AGGREGATES
from domain.kernel.aggregate import Aggregate, CommandSpec, commands_of
from domain.kernel.ids import SHOWN, Bounded, Grammar, Sealing
from domain.kernel.money import MOST, Measured, Quantity, Ratio
from infra.commands.command import CommandType

# A number without a unit: a year, a round, a position. The views keep it in four bytes.
MOST_COUNT = 2**31 - 1


def _schema(unit: str | None, least: int = 1) -> dict[str, object]:
    of_unit: dict[str, object] = {"const": unit} if unit else {"type": "string"}
    number: dict[str, object] = {"type": "integer", "minimum": least, "maximum": MOST}
    quantity_: dict[str, object] = {
        "type": "object",
        "properties": {"value": number, "unit": of_unit},
        "required": ["value", "unit"],
        "additionalProperties": False,
    }
    return quantity_ if unit in (None, "fen") else {"anyOf": [quantity_, number]}


RATIO_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"value": {"type": "string"}, "unit": {"const": "percent"}},
    "required": ["value", "unit"],
}
DAY_SCHEMA = {"type": "string", "format": "date"}
Day = Annotated[date, PlainValidator(day), WithJsonSchema(DAY_SCHEMA)]
Said = Annotated[str, StringConstraints(strict=True, max_length=500, pattern=f"^(?:{SHOWN})?$")]
PLAIN_TYPES: dict[Any, Any] = {
    str: Said,
    date: Day,
    int: Annotated[StrictInt, Field(ge=0, le=MOST_COUNT)],
    bool: StrictBool,
    Quantity: Annotated[Quantity, PlainValidator(quantity), WithJsonSchema(_schema(None))],
    Ratio: Annotated[Ratio, PlainValidator(ratio), WithJsonSchema(RATIO_SCHEMA)],
}


def body_type(hint: Any) -> Any:
    """Turn a parameter's type into the type that checks its JSON."""
    if get_origin(hint) is Annotated:
        return _annotated(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return _union(get_args(hint))
    if get_origin(hint) in (tuple, dict):
        return _several(hint)
    if get_origin(hint) is Literal:
        return hint
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in PLAIN_TYPES:
        return _struct(hint)
    return PLAIN_TYPES[hint]


def _several(hint: Any) -> Any:
    """Read an array, or an object whose names are free within a grammar; both bounded."""
    inner = [body_type(part) for part in get_args(hint) if part is not ...]
    if get_origin(hint) is tuple:
        return Annotated[_tuple_of(inner[0]), BeforeValidator(listed)]
    return Annotated[dict.__class_getitem__(tuple(inner)), Field(max_length=MOST_NAMES)]


def _tuple_of(kind: Any) -> Any:
    return tuple.__class_getitem__((kind, ...))


def _annotated(hint: Any) -> Any:
    base, mark = get_args(hint)[:2]
    if isinstance(mark, Measured):
        return Annotated[
            base,
            PlainValidator(measured(mark.unit, mark.least)),
            WithJsonSchema(_schema(mark.unit, mark.least)),
        ]
    if isinstance(mark, Grammar):
        return Annotated[
            str,
            StringConstraints(strict=True, pattern=mark.pattern, max_length=mark.longest),
        ]
    if isinstance(mark, Bounded):
        return Annotated[StrictInt, Field(ge=mark.least, le=mark.most)]
    if isinstance(mark, Sealing):
        reader = PlainValidator(sealed(mark.names, mark.pattern))
        return Annotated[dict, reader, WithJsonSchema(_sealed_schema(mark))]
    raise TypeError(f"no reading for {hint}")


def _sealed_schema(mark: Sealing) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "maxLength": 500}
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if mark.pattern is not None:
        text["pattern"] = mark.pattern
        schema["required"] = list(mark.names)
    return schema | {"properties": dict.fromkeys(mark.names, text)}


def _union(options: tuple[Any, ...]) -> Any:
    rest = tuple(o for o in options if o is not types.NoneType)
    if set(rest) == {Quantity, Ratio}:
        either = {"anyOf": [_schema(None), RATIO_SCHEMA]}
        inner: Any = Annotated[Any, PlainValidator(quantity_or_ratio), WithJsonSchema(either)]
    else:
        inner = body_type(rest[0])
        for option in rest[1:]:
            inner = inner | body_type(option)
    return inner | None if len(rest) < len(options) else inner


@cache
def _struct(kind: type[msgspec.Struct]) -> Any:
    """Read a nested struct (a share, a rate) through a model of its own."""
    hints = get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {}
    for f in msgspec.structs.fields(kind):
        default = ... if f.required else f.default
        fields[f.name] = (body_type(hints[f.name]), _field(f.name, default))
    model = create_model(kind.__name__, __config__=CLOSED, **fields)

    def build(found: BaseModel) -> msgspec.Struct:
        return kind(**{name: getattr(found, name) for name in fields})

    return Annotated[model, AfterValidator(build)]


def _field(name: str, default: Any) -> Any:
    return Field(default, alias=name.rstrip("_")) if name.endswith("_") else default


def _say_defaults(schema: dict[str, Any]) -> None:
    """Write what is left out as it could be sent: a quantity, not a bare number; no empty text."""
    for described in schema.get("properties", {}).values():
        unit = described.get("properties", {}).get("unit", {}).get("const")
        if unit and isinstance(described.get("default"), int):
            described["default"] = {"value": described["default"], "unit": unit}
        if described.get("default") == "":
            del described["default"]


CLOSED = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_say_defaults)


@dataclass(frozen=True)
class CommandSchema:
    """A command, and the model of its body."""

    command: CommandType
    body: type[BaseModel]


def _model(title: str, says: str | None, fields: dict[str, Any]) -> type[BaseModel]:
    """Make a body's model; a field may be called as the contract calls it (`register`)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Field name .* shadows an attribute in parent")
        return create_model(title, __config__=CLOSED, __doc__=says, **fields)


def _schema_of(
    kind: type[Aggregate], spec: CommandSpec, method: Callable[..., Any]
) -> CommandSchema:
    """Read a command's signature."""
    hints = get_type_hints(method, include_extras=True)
    parameters = inspect.signature(method).parameters
    fields: dict[str, Any] = {}
    for parameter in parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[parameter.name] = (
                body_type(hints[parameter.name]),
                _field(parameter.name, default),
            )
    if spec.second and (spec.streams or "sealed" in fields):
        raise TypeError(f"{kind.KIND}.{spec.name}: a proposal holds no secrets and no chunks")
    command = CommandType(
        name="event.reverse" if spec.name == "reverse" else f"{kind.KIND}.{spec.name}",
        kind=kind,
        spec=spec,
        method=method,
        fields=tuple(fields),
        takes_unit="unit" in parameters,
        seals="sealed" in fields,
    )
    title = f"{kind.__name__}{method.__name__.title().replace('_', '')}"
    return CommandSchema(command, _model(title, method.__doc__, fields))


def _all() -> dict[str, dict[str, CommandSchema]]:
    found: dict[str, dict[str, CommandSchema]] = {}
    for kind in AGGREGATES:
        for spec, method in commands_of(kind):
            schema = _schema_of(kind, spec, method)
            found.setdefault(schema.command.name, {})[kind.KIND] = schema
    return found


# By command name, then by the kind of its subject: only event.reverse has several.
SCHEMAS = _all()
