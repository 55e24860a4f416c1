"""Writes the schemas of all events, and an example of each event that has none yet.

`python -m scripts.schemas` proves, before it writes, that no event of yesterday would be misread:
it refuses to replace a schema by one that an old event may not satisfy, and names what differs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.documents.schemas import FOLDER, file_of
from domain import EVENTS
from projections.disclosure.schemas import Schema, all_schemas
from scripts.example_events import examples

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "golden" / "events"
WHAT_TO_DO = """\
An event in the log may break. Give a new field a default, leave an old one as it is; a changed
meaning is a new topic, a changed shape a new VERSION. Only what was never recorded anywhere may be
taken back: delete its schema (and its example in tests/golden/events), then run this again."""


def main() -> int:
    """Write what is new; refuse what would break."""
    wanted = {file_of(each): each.schema for each in all_schemas()}
    broken = [
        f"{name}: {fault}"
        for name, schema in wanted.items()
        for fault in faults(kept(name), schema)
    ]
    if broken:
        print(*broken, WHAT_TO_DO, sep="\n", file=sys.stderr)
        return 1
    for name, schema in wanted.items():
        write(FOLDER / name, schema)
    for stored in sorted(EVENTS):
        place = EXAMPLES / f"{stored}.json"
        if not place.exists():
            write(place, examples(stored))
    print(f"{len(wanted)} schemas, {len(EVENTS)} events with their examples")
    return 0


def kept(name: str) -> Schema:
    """Return a schema as it was written before; what is new allowed anything."""
    place = FOLDER / name
    return dict(json.loads(place.read_text(encoding="utf-8"))) if place.exists() else {}


def write(place: Path, content: object) -> None:
    """Write an object legibly."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    place.write_text(f"{text}\n", encoding="utf-8")


def faults(old: Schema, new: Schema, at: str = "") -> Iterator[str]:
    """Find what an old event may hold, or lack, that the new schema no longer allows."""
    if not old:
        return
    properties = new.get("properties", {})
    for name, was in old.get("properties", {}).items():
        if name in properties:
            yield from faults(was, properties[name], f"{at}/{name}")
        else:
            yield f"{at}/{name} is gone"
    known = old.get("required", ())
    for name in new.get("required", ()):
        if name not in known:
            yield f"{at}/{name} must be there now, and old events may lack it"
    for within in ("items", "additionalProperties"):
        if isinstance(old.get(within), dict):
            yield from faults(old[within], new.get(within) or {"type": None}, f"{at}/{within}")
    yield from narrowed(old, new, at)


def narrowed(old: Schema, new: Schema, at: str) -> Iterator[str]:
    """Find where the new schema allows fewer kinds of values, or means another default."""
    gone = [option for option in options(old) if not allowed(option, options(new))]
    if gone:
        yield f"{at or '/'} was {gone}, and now is only {options(new)}"
    if "default" in old and old["default"] != new.get("default"):
        yield f"{at} meant {old['default']!r} where it was left out, now {new.get('default')!r}"


def options(schema: Schema) -> list[Any]:
    """List the kinds of values that a schema allows, without what is inside of objects."""
    if "anyOf" in schema:
        return [option for each in schema["anyOf"] for option in options(each)]
    words = ("type", "format", "const", "enum", "maxItems")
    inside = {name: options(each) for name, each in schema.get("properties", {}).items()}
    unit = {"unit": inside["unit"]} if "unit" in inside else {}
    return [{word: schema[word] for word in words if word in schema} | unit]


def allowed(option: dict[str, Any], among: list[dict[str, Any]]) -> bool:
    """Tell whether one of the kinds of values takes all of this kind."""
    return any(each.items() <= option.items() for each in among)


if __name__ == "__main__":
    sys.exit(main())
