"""What OpenAPI says of the commands: the body of each, and what its sender is answered."""

from __future__ import annotations

from typing import Any

from api.commands.parsing import SUBJECT, ActBody
from api.commands.schemas import SCHEMAS
from domain import EVENTS
from domain.kernel.ids import KEY, PLAIN, PLAIN_KINDS

JSON = "application/json"
LINES = ("application/jsonl", "application/x-ndjson")
PREFIX = "#/components/schemas/"
HEADERS = {
    "Idempotency-Key": ("The key of the request; or say it as `key` in the body.", 64),
    "If-Match": ('`"<version>"`: only if the subject has this version; or say it as `expect`.', 20),
}
RECEIPT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "key": {"type": "string"},
        "subject": {"type": "string", "pattern": SUBJECT},
        "version": {"type": "integer", "minimum": 0},
        "positions": {"type": "array", "items": {"type": "integer", "minimum": 1}},
        "recorded_at": {"type": ["string", "null"], "format": "date-time"},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "position": {"type": ["integer", "null"]},
                    "topic": {"type": "string"},
                    "subject": {"type": "string", "pattern": SUBJECT},
                    "version": {"type": "integer", "minimum": 1},
                },
                "required": ["position", "topic", "subject", "version"],
                "additionalProperties": False,
            },
        },
        "replayed": {"type": "boolean"},
    },
    "required": ["key", "subject", "version", "positions", "recorded_at", "events", "replayed"],
}
CATALOGUE: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "command": {"enum": list(SCHEMAS)},
            "roles": {"type": "array", "items": {"type": "string"}},
            "not_by": {"type": "array", "items": {"type": "string"}},
            "second": {"type": "array", "items": {"type": "string"}},
            "schema": {"type": "object"},
            "topics": {"type": "array", "items": {"type": "string"}},
            "description": {"type": ["string", "null"]},
        },
        "required": ["command", "roles", "not_by", "schema", "topics"],
    },
}


def schemas() -> dict[str, Any]:
    """Return the schemas of receipts, of acts and of every command, by their names."""
    made: dict[str, Any] = {"Receipt": receipt()}
    made |= parts_of("Act", ActBody.model_json_schema(ref_template=f"{PREFIX}{{model}}"))
    for name, by_kind in SCHEMAS.items():
        made |= parts_of(schema_name(name), command(name, list(by_kind)))
    made["Command"] = {
        "oneOf": [reference(schema_name(name)) for name in SCHEMAS],
        "discriminator": {
            "propertyName": "command",
            "mapping": {name: PREFIX + schema_name(name) for name in SCHEMAS},
        },
    }
    return made


def receipt() -> dict[str, Any]:
    """Describe a receipt; a drawing-up and a supplement say more in it."""
    topics = sorted({kind.TOPIC for kind in EVENTS.values()})
    described: dict[str, Any] = dict(RECEIPT)
    event = dict(RECEIPT["properties"]["events"]["items"])
    event["properties"] = event["properties"] | {"topic": {"enum": topics}}
    described["properties"] = RECEIPT["properties"] | {"events": {"type": "array", "items": event}}
    return described


def schema_name(command: str) -> str:
    """Name the schema of a command."""
    return f"command.{command}"


def reference(name: str) -> dict[str, str]:
    """Point to a schema of the document."""
    return {"$ref": PREFIX + name}


def parts_of(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema and those that it defines for itself, each by its name."""
    return {**schema.pop("$defs", {}), name: schema}


def command(name: str, kinds: list[str]) -> dict[str, Any]:
    """Describe one command as it is sent; a command on several kinds has one body for all."""
    schema = SCHEMAS[name][kinds[0]]
    what = schema.body.model_json_schema(ref_template=f"{PREFIX}{{model}}")
    needed = ["command", "subject", "act"]
    return {
        "type": "object",
        "title": name,
        "description": schema.command.method.__doc__,
        "$defs": what.pop("$defs", {}),
        "properties": {
            "command": {"const": name},
            "subject": {"type": "string", "pattern": "|".join(map(subject, kinds))},
            "key": {"type": "string", "minLength": 1, "maxLength": 64},
            "expect": {"type": "integer", "minimum": 0},
            "act": reference("Act"),
            "what": what,
        },
        "required": [*needed, "what"] if what.get("required") else needed,
        "additionalProperties": False,
    }


def subject(kind: str) -> str:
    """Return the grammar of a kind's ids."""
    return f"^{kind}:{PLAIN if kind in PLAIN_KINDS else KEY}$"


def body() -> dict[str, Any]:
    """Describe what is sent: a command, an array as all or nothing, or JSON Lines."""
    one = reference("Command")
    several = {"type": "array", "items": one, "minItems": 1}
    line = {"type": "string", "description": "One command a line, each with its own `key`."}
    return {
        "required": True,
        "content": {
            JSON: {"schema": {"anyOf": [one, several]}},
            **{media: {"schema": line} for media in LINES},
        },
    }


def answers() -> dict[str, Any]:
    """Describe what is answered: 201 if something was stored, 200 if not."""
    one = reference("Receipt")
    content = {
        JSON: {"schema": {"anyOf": [one, {"type": "array", "items": one}]}},
        LINES[0]: {"schema": {"type": "string"}},
    }
    links = {
        "receipt": link("receipt_v1_receipts__key__get", "key", "$response.body#/key"),
        "event": link(
            "office_events__position__v1_events__position__get", "position", FIRST_POSITION
        ),
    }
    return {
        "200": {"description": "Carried out before, or a dry run", "content": content},
        "201": {"description": "Carried out", "content": content, "links": links},
    }


FIRST_POSITION = "$response.body#/positions/0"


def link(operation: str, name: str, value: str) -> dict[str, Any]:
    """Tell where an answer leads."""
    return {"operationId": operation, "parameters": {name: value}}


def headers() -> list[dict[str, Any]]:
    """Describe the headers of a request that carries commands."""
    return [
        {
            "name": name,
            "in": "header",
            "description": says,
            "schema": {"type": "string", "minLength": 1, "maxLength": most},
        }
        for name, (says, most) in HEADERS.items()
    ]
