"""What OpenAPI says of the reading addresses' answers, in each format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.http.negotiation import MEDIA, Form
from api.queries.resource import FORMS, Address
from projections.disclosure import Zone

WORD: dict[str, Any] = {"type": "string"}
MOMENT: dict[str, Any] = {
    "as_of": {"type": ["string", "null"], "format": "date"},
    "known_at": {
        "type": "object",
        "properties": {
            "position": {"type": "integer", "minimum": 0},
            "time": {"type": ["string", "null"], "format": "date-time"},
        },
        "required": ["position", "time"],
        "additionalProperties": False,
    },
}
# In public, of answers about money to persons.
PERSONS: dict[str, Any] = {
    "persons_known_at": {
        "type": "object",
        "description": "Up to which position, and before which day, money to persons is told.",
        "properties": {
            "position": {"type": "integer", "minimum": 0},
            "before": {"type": "string", "format": "date"},
        },
        "required": ["position", "before"],
        "additionalProperties": False,
    }
}
TOTAL: dict[str, Any] = {
    "type": "object",
    "properties": {"field": WORD, "value": {"type": "integer"}, "unit": WORD},
    "required": ["field", "value", "unit"],
}
PAGE: dict[str, Any] = {
    "type": "object",
    "properties": {
        **MOMENT,
        **PERSONS,
        "rows": {"type": "array", "items": {"type": "object"}},
        "totals": {"type": "array", "items": TOTAL},
        "next": {"type": ["string", "null"]},
    },
    "required": ["rows", "totals", "next", *MOMENT],
}
WHOLE: dict[str, Any] = {
    "type": "object",
    "properties": {**MOMENT, **PERSONS},
    "required": [*MOMENT],
}
HEADERS: dict[str, Any] = {
    "Mingzhang-Position": {
        "description": "The position that the answer is pinned to.",
        "schema": {"type": "integer", "minimum": 0},
    }
}
# The address of one event in each zone, to which the rows of a list lead.
EVENT: dict[Zone, str] = {
    "office": "office_events__position__v1_events__position__get",
    "open": "open_events__position__open_v1_events__position__get",
}
SHAPES = {"list": PAGE, "whole": WHOLE}


def answers(address: Address, zone: Zone, forms: Sequence[Form] = FORMS) -> dict[str, Any]:
    """Describe what an address of a zone answers where it can."""
    shape = SHAPES["list" if address.listed else "whole"]
    content = {MEDIA[form]: {"schema": shape if form == "json" else WORD} for form in forms}
    first = {"position": "$response.body#/rows/0/position"}
    links = {"event": {"operationId": EVENT[zone], "parameters": first}} if address.listed else {}
    told = {"description": address.summary, "content": content, "headers": HEADERS}
    return {
        "200": told | ({"links": links} if links else {}),
        "304": {"description": "What was given before (`If-None-Match`) has not changed."},
    }
