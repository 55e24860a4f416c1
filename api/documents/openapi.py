"""The whole surface in OpenAPI 3.1, as the routes describe it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from api.http import problems
from api.http.caching import edition
from domain.kernel.rules import RULES

if TYPE_CHECKING:
    from fastapi import FastAPI

PLACE = re.compile(r"\{(\w+)\}")
PROBLEM = {
    "description": "What went wrong (RFC 9457)",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
QUANTITY = {
    "type": "object",
    "properties": {"value": {"type": "integer"}, "unit": {"type": "string"}},
    "required": ["value", "unit"],
}


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
