"""What an event was recorded as is read for ever, and is what its schema says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from api.documents.schemas import FOLDER, file_of
from domain import EVENTS, decode
from projections.disclosure.cloud_event import URN, record
from projections.disclosure.schemas import all_schemas
from scripts.example_events import ORIGIN, line_of
from scripts.schemas import EXAMPLES, faults
from tests.domain.any_event import any_of
from tests.projections.stored_events import a_line

if TYPE_CHECKING:
    from projections.disclosure import Zone
    from projections.disclosure.cloud_event import Record

RUN = "run `python -m scripts.schemas`, and commit what it writes"
GOLDEN = sorted(EXAMPLES.glob("*.json"))
ZONES: tuple[Zone, Zone] = ("office", "open")


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_an_event_of_yesterday_is_read_and_shown_as_it_was(file: Path) -> None:
    assert file.stem in EVENTS, f"{file.stem} can no longer be read, but stands in the log"
    for fullness, kept in json.loads(file.read_text(encoding="utf-8")).items():
        state = msgspec.json.encode(kept["state"])
        event = decode(file.stem, state)
        assert msgspec.json.encode(event) == state, f"{file.stem} would be stored otherwise"
        line = line_of(file.stem, state)
        for zone in ZONES:
            shown = record(line, ORIGIN, zone)
            assert shown == kept["records"][zone], f"{file.stem} ({fullness}, {zone}) has changed"
            validate(shown)


def test_every_event_has_an_example() -> None:
    assert {file.stem for file in GOLDEN} == EVENTS.keys(), RUN


def test_the_schemas_are_those_of_the_events() -> None:
    made = {file_of(each): each.schema for each in all_schemas()}
    kept = {file.name: json.loads(file.read_bytes()) for file in FOLDER.glob("*.json")}
    changed = [name for name in made if kept.get(name) != made[name]]
    assert changed == [], RUN
    assert kept.keys() - made.keys() == set(), "these events can no longer be read"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_a_schema_is_one(file: Path) -> None:
    Draft202012Validator.check_schema(json.loads(file.read_bytes()))


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
@settings(max_examples=15, deadline=None)
@given(chance=st.data())
def test_every_record_is_what_its_schema_says(kind: Any, chance: st.DataObject) -> None:
    line = a_line(chance.draw(any_of(kind)))
    for zone in ZONES:
        validate(record(line, ORIGIN, zone))


def test_a_change_that_an_old_event_does_not_bear_is_named() -> None:
    text, number = {"type": "string"}, {"type": "integer"}
    words = {"to": text, "amount": number | {"default": 0}}
    old = {"properties": words, "required": ["to"]}

    def changed(required: tuple[str, ...] = ("to",), **properties: Any) -> list[str]:
        new = {"properties": words | properties, "required": [*required]}
        return list(faults(old, new, "/what"))

    assert changed(purpose=text) == []
    assert changed(to={"anyOf": [number, text]}) == []
    assert list(faults(old, {"properties": {"to": text}}, "/what")) == ["/what/amount is gone"]
    assert "/what/amount must be there now" in changed(("to", "amount"))[0]
    assert "/what/to was" in changed(to=number)[0]
    assert "/what/amount meant 0" in changed(amount=number | {"default": 1})[0]
    of_fen = {"properties": {"unit": {"const": "fen"}}}
    of_hours = {"properties": {"unit": {"const": "hour"}}}
    assert list(faults(of_fen, of_hours))
    assert list(faults({"anyOf": [of_fen, text]}, of_fen))


def validate(shown: Record) -> None:
    """Hold a record to the schema that it names; a word that the schema does not name is wrong."""
    validator(shown["dataschema"]).validate(shown["data"])


@cache
def validator(urn: str) -> Draft202012Validator:
    """Read a schema, and let nothing stand beside what it names."""
    name = urn.removeprefix(URN).replace(":", ".")
    schema = closed(json.loads((FOLDER / f"{name}.json").read_bytes()))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def closed(schema: Any) -> Any:
    """Forbid in every object of a schema what it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(each) for name, each in schema.items()}
    return made | {"additionalProperties": False} if "properties" in schema else made
