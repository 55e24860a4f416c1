"""The fields of a command's form, made from the schema of its body: no form is written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias, get_args

from api.commands.schemas import SCHEMAS
from domain.kernel.ids import Grammar, Month
from domain.kernel.money import UNITS

Schema: TypeAlias = Mapping[str, Any]
MONTH_PATTERN = next(m.pattern for m in get_args(Month) if isinstance(m, Grammar))
# A quantity's own units, in which a person types it; money is typed in 元.
TYPED_UNITS = tuple(sorted(UNITS))
PERCENT = "percent"
PLAIN: dict[str, tuple[str, dict[str, Any]]] = {
    "object": ("pairs", {}),
    "boolean": ("flag", {"choices": ("true", "false")}),
    "integer": ("number", {}),
}
LONG_TEXT = frozenset({"reason", "consent", "authority", "as_stated_in"})


@dataclass(frozen=True)
class FormField:
    """One field: its name in the form (`what.amount`), its last word, and how it is typed.

    `control` is one of text, long, day, month, yuan, number, flag, choice, several, lines, rows,
    group, quantity, pairs. `parts` are those of a group, of each row, or of a line of numbers.
    """

    name: str
    word: str
    control: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    longest: int = 500
    parts: tuple[FormField, ...] = ()

    def below(self, place: str) -> tuple[FormField, ...]:
        """Return the parts of one row, or of the group, under a name."""
        return tuple(replace(part, name=f"{place}.{part.word}") for part in self.parts)


@cache
def fields_of(command: str) -> tuple[FormField, ...]:
    """Return the fields of a command's body."""
    schema = next(iter(SCHEMAS[command].values())).body.model_json_schema()
    return tuple(below("what", schema, schema))


def below(place: str, schema: Schema, root: Schema) -> Iterator[FormField]:
    """Give the fields of an object's properties."""
    required = schema.get("required", ())
    for word, described in schema.get("properties", {}).items():
        yield field_of(place, word, described, root, required=word in required)


def field_of(
    place: str, word: str, described: Schema, root: Schema, *, required: bool
) -> FormField:
    """Return the field of a property."""
    schema, name = plain(described, root), f"{place}.{word}"
    default = described.get("default")
    control, more = control_of(name, word, schema, root)
    if control == "quantity" and len(described.get("anyOf", ())) > 1 and is_ratio(described):
        more = {"choices": (*TYPED_UNITS, PERCENT)}
    typed = "" if default is None or isinstance(default, (dict, list)) else str(default)
    return FormField(name, word, control, required, default=typed, **more)


def plain(schema: Schema, root: Schema) -> Schema:
    """Follow a reference; of several forms take the one that says most, never null."""
    if "$ref" in schema:
        return plain(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        options = [plain(each, root) for each in schema["anyOf"]]
        options = [each for each in options if each.get("type") != "null"]
        quantities = [each for each in options if is_quantity(each)]
        lists = [each for each in options if each.get("type") == "array"]
        return quantities[0] if quantities else lists[0] if lists else options[0]
    return schema


def is_quantity(schema: Schema) -> bool:
    """Tell whether a schema is that of a number with its unit."""
    properties: Schema = schema.get("properties", {})
    return {"value", "unit"} <= properties.keys()


def is_ratio(described: Schema) -> bool:
    """Tell whether a share of a hundred may be typed too."""
    units = [each.get("properties", {}).get("unit", {}) for each in described["anyOf"]]
    return {"const": PERCENT} in units


def control_of(name: str, word: str, schema: Schema, root: Schema) -> tuple[str, dict[str, Any]]:
    """Return how a value of a schema is typed, and what its control needs."""
    if is_quantity(schema):
        return measured(schema["properties"]["unit"].get("const", ""))
    if "enum" in schema:
        return "choice", {"choices": tuple(map(str, schema["enum"]))}
    if schema.get("type") == "array":
        return listed(name, plain(schema["items"], root), root)
    if "properties" in schema:
        return "group", {"parts": tuple(below(name, schema, root))}
    return PLAIN.get(schema["type"]) or text_of(word, schema)


def measured(unit: str) -> tuple[str, dict[str, Any]]:
    """Return how a number with a unit is typed, perhaps with the unit it must have."""
    if unit == "fen":
        return "yuan", {"unit": unit}
    return ("number", {"unit": unit}) if unit else ("quantity", {"choices": TYPED_UNITS})


def listed(name: str, item: Schema, root: Schema) -> tuple[str, dict[str, Any]]:
    """Return how a list is typed: words ticked, a line each, or a row each."""
    if "enum" in item:
        return "several", {"choices": tuple(map(str, item["enum"]))}
    if item.get("type") == "object":
        return "rows", {"parts": tuple(below(name, item, root))}
    if item.get("type") == "integer":
        return "lines", {"parts": (FormField(name, name.rpartition(".")[2], "number"),)}
    return "lines", {}


def text_of(word: str, schema: Schema) -> tuple[str, dict[str, Any]]:
    """Return how a text is typed."""
    if schema.get("format") == "date":
        return "day", {}
    if schema.get("pattern") == MONTH_PATTERN:
        return "month", {}
    longest = int(schema.get("maxLength", 500))
    return ("long" if word in LONG_TEXT else "text"), {"longest": longest}


EVIDENCE = FormField(
    "evidence", "evidence", "rows",
    parts=(
        FormField("name", "name", "text", required=True),
        FormField("sha256", "sha256", "text", required=True, longest=64),
    ),
)  # fmt: skip
ON = FormField("on", "on", "day", required=True)
ACT = (
    FormField("authority", "authority", "long"),
    FormField("reason", "reason", "long"),
    FormField("booked", "booked", "day"),
    EVIDENCE,
    FormField("expect", "expect", "number"),
)


def every_field() -> Iterator[FormField]:
    """Give every field of every form, and their parts."""
    waiting = [ON, *ACT, *(field for command in SCHEMAS for field in fields_of(command))]
    for field in waiting:
        yield field
        waiting += field.parts
