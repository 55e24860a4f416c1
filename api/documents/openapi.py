"""What OpenAPI says of the reading addresses: their parameters, read off the table of sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from api.http import problems
from api.http.caching import edition
from api.http.language import LANGUAGES
from api.queries import parameters as query_parameters
from domain.kernel.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI

    from api.queries.resource import Source

PLACE = re.compile(r"\{(\w+)\}")
SAYS = {
    "as_of": "The day up to which facts count: registers by `on`, money by `booked`.",
    "known_at": "The position, or the instant (RFC 3339), up to which events are known.",
    "min_position": "Wait up to 2 s until the view has reached this position.",
    "lang": "The language of titles.",
    "limit": "How many rows a JSON page holds; the other forms hold all rows.",
    "after": "Where to go on: the cursor of the page before, or in the feed a position.",
    "until": "The last position that is wanted.",
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "as_of": {"type": "string", "format": "date"},
    "known_at": {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]},
    "min_position": {"type": "integer", "minimum": 1},
    "lang": {"enum": list(LANGUAGES)},
    "limit": {"type": "integer", "minimum": 1},
    "until": {"type": "integer", "minimum": 1},
}
PROBLEM = {
    "description": "What went wrong (RFC 9457)",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
QUANTITY = {
    "type": "object",
    "properties": {"value": {"type": "integer"}, "unit": {"type": "string"}},
    "required": ["value", "unit"],
}


def parameters(source: Source) -> list[dict[str, Any]]:
    """Describe what an address takes."""
    single = [
        *query_parameters.TIMES,
        *source.single,
        *(query_parameters.PAGING if source.listed else ()),
    ]
    return described(single, source.filters)


def described(single: Iterable[str], filters: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Describe parameters that stand once, and filters that may be repeated."""
    repeated = {"schema": {"type": "array", "items": {"type": "string"}}}
    return [
        *(parameter(name) for name in dict.fromkeys([*query_parameters.SPEECH, *single])),
        *(parameter(name) | repeated for name in filters),
    ]


def parameter(name: str) -> dict[str, Any]:
    """Describe one parameter of a query."""
    says = SAYS.get(name, f"Only rows with this `{name}`; repeat it for several.")
    schema = SCHEMAS.get(name, {"type": "string"})
    return {"name": name, "in": "query", "description": says, "schema": schema}


def openapi(app: FastAPI) -> dict[str, Any]:
    """Describe the whole surface in OpenAPI 3.1."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Mingzhang 明账",
            version=edition(),
            openapi_version="3.1.0",
            summary="The open books of a city's social services.",
            routes=app.routes,
        )
        components = document.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = problem_schema()
        components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
        for path, operations in document["paths"].items():
            for operation in operations.values():
                operation["responses"]["default"] = PROBLEM
                name_places(path, operation)
                if path.startswith("/v1/"):
                    operation["security"] = [{"bearer": []}]
        app.openapi_schema = document
    return app.openapi_schema


def name_places(path: str, operation: dict[str, Any]) -> None:
    """Describe the places in an address that are not described yet."""
    parameters = operation.setdefault("parameters", [])
    known = {each["name"] for each in parameters}
    for name in PLACE.findall(path):
        if name not in known:
            place = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            parameters.append(place)


def problem_schema() -> dict[str, Any]:
    """Describe problem details, with every code there is."""
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "instance")}
    place = {"pointer": {"type": "string"}, "detail": {"type": "string"}}
    return {
        "type": "object",
        "properties": texts
        | {
            "code": {"enum": sorted(problems.kinds())},
            "rule": {"enum": sorted(RULES)},
            "status": {"type": "integer"},
            "numbers": {"type": "object", "additionalProperties": QUANTITY},
            "errors": {"type": "array", "items": {"type": "object", "properties": place}},
        },
        "required": ["type", "code", "title", "status", "detail", "instance"],
    }
