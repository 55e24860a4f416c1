"""What OpenAPI says of the reading addresses' parameters, and where each zone's addresses begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.http.language import LANGUAGES
from api.queries.parameters import SPEECH
from api.queries.resource import Address
from projections.disclosure import Zone

PREFIXES: dict[Zone, str] = {"office": "/v1", "open": "/open/v1"}
SAYS = {
    "as_of": "The day up to which facts count: registers by `on`, money by `booked`. A time stands"
    " for its day in the jurisdiction's zone.",
    "known_at": "The position, the day (its end), or the time up to which events are known; a time"
    " without an offset (RFC 3339) is one of the jurisdiction's zone.",
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


def parameters(address: Address) -> list[dict[str, Any]]:
    """Describe what an address takes."""
    return described(address.taken(), address.filters)


def described(single: Iterable[str], filters: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Describe parameters that stand once, and filters that may be repeated."""
    repeated = {"schema": {"type": "array", "items": {"type": "string"}}}
    return [
        *(parameter(name) for name in dict.fromkeys([*SPEECH, *single])),
        *(parameter(name) | repeated for name in filters),
    ]


def parameter(name: str) -> dict[str, Any]:
    """Describe one parameter of a query."""
    says = SAYS.get(name, f"Only rows with this `{name}`; repeat it for several.")
    schema = SCHEMAS.get(name, {"type": "string"})
    return {"name": name, "in": "query", "description": says, "schema": schema}
