"""Orders of any command, drawn from the published schemas; some are spoilt."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from api.commands.schemas import SCHEMAS
from scripts.scenarios.office import DAY, EVE

Schema = dict[str, Any]

# Few, so that one order often names what another has made.
KEYS = ("x", "y", "x:2007-03", "2007-03")
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["fund:x", "person:x", DAY, "general", "aid-poor", "fen", "a:b"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "amount", "on", "x"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
PLAIN = {"boolean": st.booleans(), "null": st.none()}
SPOILT_ONE_IN_EIGHT = st.sampled_from([False] * 7 + [True])


def fitting(schema: Schema, known: Schema) -> st.SearchStrategy[Any]:
    """Draw what a schema allows, roughly: enough to get past the reading most times."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return st.one_of([fitting(one, known) for one in schema["anyOf"]])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind == "object":
        return _objects(schema, known)
    if kind == "array":
        return st.lists(fitting(schema.get("items", {}), known), max_size=3)
    if kind == "integer":
        least, most = schema.get("minimum", 0), schema.get("maximum", 2**31)
        return st.integers(least, most) | st.integers(least, min(most, least + 100))
    return _texts(schema) if kind == "string" else PLAIN.get(str(kind), ANY_JSON)


def _objects(schema: Schema, known: Schema) -> st.SearchStrategy[dict[str, Any]]:
    names = {name: fitting(one, known) for name, one in schema.get("properties", {}).items()}
    must = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: drawn for name, drawn in names.items() if name in must},
        optional={name: drawn for name, drawn in names.items() if name not in must},
    )


def _texts(schema: Schema) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.sampled_from([EVE, DAY, "2007-12-31"])
    pattern = str(schema.get("pattern", "")).removeprefix("^(?:").removesuffix(")$")
    if not pattern:
        return st.sampled_from(["fen", "person", "x"])
    kinds, of_kinds, _ = pattern.partition(":[a-z0-9]")
    if of_kinds and "[" not in kinds:
        found = kinds.strip("(?:)").split("|")
        return st.sampled_from([f"{kind}:{key}" for kind in found for key in KEYS])
    if of_kinds:
        return st.sampled_from(["fund:x", "grant:x", "person:x", "household:x"])
    if pattern.startswith("[a-z0-9]["):
        return st.sampled_from(["general", "x", "a", "dibao"])
    return st.from_regex(pattern, fullmatch=True).map(lambda text: text[:90])


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an order of any command."""
    name = draw(st.sampled_from(sorted(SCHEMAS)))
    kind = draw(st.sampled_from(sorted(SCHEMAS[name])))
    schema = SCHEMAS[name][kind].body.model_json_schema()
    what = draw(fitting(schema, schema.get("$defs", {})))
    if draw(SPOILT_ONE_IN_EIGHT):
        what[draw(st.sampled_from([*what, "x"]))] = draw(ANY_JSON)
    optional = {"booked": st.just(DAY), "reason": st.just("因")}
    return {
        "command": name,
        "subject": f"{kind}:{draw(st.sampled_from(KEYS))}",
        "act": draw(st.fixed_dictionaries({"on": st.sampled_from([EVE, DAY])}, optional=optional)),
        "what": what,
    }
