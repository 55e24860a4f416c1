"""The whole surface in OpenAPI 3.1, as the routes describe it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from api.documents import openapi_commands
from api.documents.schemas import MEDIA_TYPE as SCHEMA_TYPE
from api.http import problems
from api.http.caching import edition
from api.http.negotiation import MEDIA
from domain.kernel.rules import RULES

if TYPE_CHECKING:
    from fastapi import FastAPI

PLACE = re.compile(r"\{(\w+)\}")
WENT_WRONG = "What went wrong (RFC 9457)"
DETAILS: dict[str, Any] = {
    problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
}
PROBLEM = {"description": WENT_WRONG, "content": DETAILS}
# A reader of pages is told of a mistake on a page.
PROBLEM_ON_PAGE = {
    "description": WENT_WRONG,
    "content": {**DETAILS, MEDIA["html"]: {"schema": {"type": "string"}}},
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
        schemas = {"Problem": problem_schema(), **openapi_commands.schemas()}
        document["components"] = {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        }
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                complete(path, method, operation)
        app.openapi_schema = document
    return app.openapi_schema


def complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Say of an address what the framework does not know."""
    responses = operation["responses"]
    # The framework's own mistakes are told as problems, like all others.
    responses.pop("422", None)
    responses |= OWN_ANSWERS.get(path, {})
    if path == "/v1/commands" and method == "post":
        operation["requestBody"] = openapi_commands.body()
        operation["responses"] = responses = openapi_commands.answers()
        operation.setdefault("parameters", []).extend(openapi_commands.headers())
    is_page = path.partition("/")[2].partition("/")[0] not in ("v1", "open")
    responses["default"] = PROBLEM_ON_PAGE if is_page else PROBLEM
    name_places(path, operation)
    if path.startswith("/v1/"):
        operation["security"] = [{"bearer": []}]


def answer(media: str, schema: dict[str, Any], says: str = "What was asked for") -> dict[str, Any]:
    """Describe an answer of one form."""
    return {"description": says, "content": {media: {"schema": schema}}}


WORD: dict[str, Any] = {"type": "string"}
THING: dict[str, Any] = {"type": "object"}
READINESS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "ready": {"type": "boolean"},
        "position": {"type": "integer", "minimum": 0},
        "ledger": {"type": "string", "format": "uuid"},
        "jurisdiction": WORD,
        "views": {"type": "array", "items": THING},
        "webhooks": THING,
        "relay": THING,
        "releases": {"type": "array", "items": THING},
    },
    "required": ["ready", "position", "ledger", "views"],
}
RECEIPT = openapi_commands.reference("Receipt")
OWN_ANSWERS: dict[str, dict[str, Any]] = {
    "/v1/commands": {"200": answer(MEDIA["json"], openapi_commands.CATALOGUE)},
    "/v1/receipts/{key}": {
        "200": answer(MEDIA["json"], {"anyOf": [RECEIPT, {"type": "array", "items": RECEIPT}]})
    },
    "/open/v1/schemas": {"200": answer(MEDIA["json"], {"type": "array", "items": THING})},
    "/open/v1/schemas/{topic}/{version}": {"200": answer(SCHEMA_TYPE, THING)},
    "/open/v1/schemas/public/{topic}/{version}": {"200": answer(SCHEMA_TYPE, THING)},
    "/v1/events/{position}": {"200": answer(MEDIA["json"], THING)},
    "/open/v1/events/{position}": {"200": answer(MEDIA["json"], THING)},
    "/asyncapi.json": {"200": answer(MEDIA["json"], THING)},
    "/style.css": {"200": answer("text/css", WORD)},
    "/icon.svg": {"200": answer("image/svg+xml", WORD)},
    "/metrics": {"200": answer("text/plain", WORD)},
    "/livez": {"200": answer(MEDIA["json"], THING)},
    "/readyz": {
        "200": answer(MEDIA["json"], READINESS),
        "503": answer(MEDIA["json"], READINESS, "A view is far behind or has stopped"),
    },
}


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
