"""The contract of the commands, made from the signatures of the aggregates' methods.

Each keyword-only parameter of a command is a field of its body: the pydantic model, the catalogue,
OpenAPI and the command line all come from here.
"""

from __future__ import annotations

import inspect
import re
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

from domain import AGGREGATES
from domain.ids import UNPRINTED, Grammar, Sealing
from domain.kernel import Aggregate, CommandSpec, commands_of
from domain.money import MOST, UNITS, Measured, Quantity, Ratio

LONGEST_LIST = 10_000
MOST_NAMES = 100
LONGEST_ROUNDING = 20
ITEM = re.compile(r"item:[a-z0-9][a-z0-9.-]{0,60}")
PERCENT = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SEALED_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
SEALED_TEXT = re.compile(f"[^{UNPRINTED}]{{0,500}}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def quantity(value: object, least: int = 1) -> Quantity:
    """Read `{"value": n, "unit": u}`: a whole number above 0, in one of the contract's units."""
    if not isinstance(value, dict) or set(value) != {"value", "unit"}:
        raise ValueError('a quantity is {"value": whole number, "unit": unit} and nothing else')
    number, unit = value["value"], value["unit"]
    if type(number) is not int:
        raise ValueError("value must be a JSON integer: no decimals, no text")
    if not least <= number <= MOST:
        raise ValueError(f"value must be from {least} to {MOST}")
    if not isinstance(unit, str) or not (unit in UNITS or ITEM.fullmatch(unit)):
        raise ValueError(f"unit must be one of {', '.join(sorted(UNITS))}, item:<kind>")
    return Quantity(number, unit)


def ratio(value: object) -> Ratio:
    """Read `{"value": "27.2", "unit": "percent"}`, perhaps with what it was made of."""
    allowed = {"value", "unit", "numerator", "denominator", "rounding"}
    if not isinstance(value, dict) or not {"value", "unit"} <= set(value) <= allowed:
        raise ValueError('a ratio is {"value": "27.2", "unit": "percent"}')
    if not isinstance(value["value"], str) or not PERCENT.fullmatch(value["value"]):
        raise ValueError("the value of a ratio is a decimal number as text")
    parts = {k: quantity(value[k]) for k in ("numerator", "denominator") if k in value}
    rounding = value.get("rounding", "")
    if (
        value["unit"] != "percent"
        or not isinstance(rounding, str)
        or len(rounding) > LONGEST_ROUNDING
    ):
        raise ValueError("the unit of a ratio is percent")
    return Ratio(value["value"], "percent", rounding=rounding, **parts)


def quantity_or_ratio(value: object) -> Quantity | Ratio:
    """Read either."""
    is_ratio = isinstance(value, dict) and value.get("unit") == "percent"
    return ratio(value) if is_ratio else quantity(value)


def measured(unit: str, least: int = 1) -> Callable[[object], int]:
    """Read a quantity that must be in one unit; Python sees the bare number."""

    def read(value: object) -> int:
        found = quantity(value, least)
        if found.unit != unit:
            raise ValueError(f"the unit must be {unit}, not {found.unit}")
        return found.value

    return read


def day(value: object) -> date:
    """Read a calendar day, YYYY-MM-DD."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value}") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(f"a day lies between {FIRST_DAY} and {LAST_DAY}")
    return found


def listed(value: object) -> tuple[object, ...]:
    """Read a JSON array, bounded."""
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise ValueError(f"must be an array of at most {LONGEST_LIST}")
    return tuple(value)


def sealed(value: object) -> dict[str, str]:
    """Read what goes to the vault: a few short texts."""
    if not isinstance(value, dict) or len(value) > MOST_NAMES:
        raise ValueError(f"must be an object of at most {MOST_NAMES} texts")
    for name, text in value.items():
        if not SEALED_NAME.fullmatch(name):
            raise ValueError("a name in it has 1 to 32 of a-z, 0-9 and _")
        if not isinstance(text, str) or not SEALED_TEXT.fullmatch(text):
            raise ValueError(f"{name} must be a text of at most 500 characters, none unprinted")
    return value


def _schema(unit: str | None, least: int = 1) -> dict[str, object]:
    of_unit: dict[str, object] = {"const": unit} if unit else {"type": "string"}
    number = {"type": "integer", "minimum": least, "maximum": MOST}
    return {
        "type": "object",
        "properties": {"value": number, "unit": of_unit},
        "required": ["value", "unit"],
        "additionalProperties": False,
    }


RATIO_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"value": {"type": "string"}, "unit": {"const": "percent"}},
    "required": ["value", "unit"],
}
DAY_SCHEMA = {"type": "string", "format": "date"}
Day = Annotated[date, PlainValidator(day), WithJsonSchema(DAY_SCHEMA)]
Said = Annotated[str, StringConstraints(strict=True, max_length=500, pattern=f"^[^{UNPRINTED}]*$")]
PLAIN_TYPES: dict[Any, Any] = {
    str: Said,
    date: Day,
    int: Annotated[StrictInt, Field(ge=0, le=MOST)],
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
    if isinstance(mark, Sealing):
        return Annotated[dict[str, str], PlainValidator(sealed), WithJsonSchema({"type": "object"})]
    raise TypeError(f"no reading for {hint}")


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


CLOSED = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Contract:
    """One command: its name, who may send it, its body, and the method that decides."""

    name: str
    kind: type[Aggregate]
    spec: CommandSpec
    method: Callable[..., Any]
    body: type[BaseModel]
    fields: tuple[str, ...]
    with_books: bool
    seals: bool


def _model(title: str, says: str | None, fields: dict[str, Any]) -> type[BaseModel]:
    """Make a body's model; a field may be called as the contract calls it (`register`)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Field name .* shadows an attribute in parent")
        return create_model(title, __config__=CLOSED, __doc__=says, **fields)


def _contract(kind: type[Aggregate], spec: CommandSpec, method: Callable[..., Any]) -> Contract:
    hints = get_type_hints(method, include_extras=True)
    fields: dict[str, Any] = {}
    books = False
    for parameter in inspect.signature(method).parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[parameter.name] = (
                body_type(hints[parameter.name]),
                _field(parameter.name, default),
            )
        books = books or parameter.name == "books"
    name = "event.reverse" if spec.name == "reverse" else f"{kind.KIND}.{spec.name}"
    title = f"{kind.__name__}{method.__name__.title().replace('_', '')}"
    return Contract(
        name=name,
        kind=kind,
        spec=spec,
        method=method,
        body=_model(title, method.__doc__, fields),
        fields=tuple(fields),
        with_books=books,
        seals="sealed" in fields,
    )


def _all() -> dict[str, dict[str, Contract]]:
    found: dict[str, dict[str, Contract]] = {}
    for kind in AGGREGATES:
        for spec, method in commands_of(kind):
            contract = _contract(kind, spec, method)
            found.setdefault(contract.name, {})[kind.KIND] = contract
    return found


# By command name, then by the kind of its subject: only event.reverse has several.
CONTRACTS = _all()
