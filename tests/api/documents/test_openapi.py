"""OpenAPI holds the body of every command, and what every address answers is as it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api.commands.catalogue import catalogue
from api.commands.parsing import read_command
from api.documents.openapi_commands import PREFIX, schema_name
from api.http.problems import Unreadable
from scripts.scenarios.office import TREASURER, an_order
from scripts.scenarios.stories import FUND
from tests.api.commands.any_command import fitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client, Response

    Document = dict[str, Any]

# What stands in an address where its place is, by the beginning of the address.
KEYS = {"figures": "dibao.spend", "funds": "x", "pay-runs": "aid:2007-03", "years": "2007"}
PLACES = {"name": "manifest.json", "position": "1", "topic": "fund.committed", "version": "1"}
ENTRIES = {entry["command"]: entry for entry in catalogue()}
BY_ITSELF = "urn:document"


@pytest.fixture(scope="module")
def document(web: Client) -> Document:
    found: Document = web.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def says(document: Document) -> Callable[[dict[str, Any]], Draft202012Validator]:
    """Give what judges by a schema of the document."""
    resource: Resource[Any] = DRAFT202012.create_resource(document)
    known: Registry[Any] = Registry().with_resource(BY_ITSELF, resource)

    def judge(schema: dict[str, Any]) -> Draft202012Validator:
        rooted = {"$id": BY_ITSELF, **document, **schema}
        return Draft202012Validator(rooted, registry=known)

    return judge


def test_it_is_valid_and_holds_each_command(document: Document) -> None:
    validate(document)
    operations = [each for path in document["paths"].values() for each in path.values()]
    named = {each["operationId"] for each in operations}
    answered = [answer for each in operations for answer in each["responses"].values()]
    links = [link for answer in answered for link in answer.get("links", {}).values()]
    assert links
    assert {link["operationId"] for link in links} <= named
    schemas = document["components"]["schemas"]
    one = {each["$ref"] for each in schemas["Command"]["oneOf"]}
    assert one == {PREFIX + schema_name(command) for command in ENTRIES}
    for command, entry in ENTRIES.items():
        described = schemas[schema_name(command)]["properties"]
        assert described["command"] == {"const": command}
        fields = entry["schema"].get("properties", {})
        assert described["what"].get("properties", {}).keys() == fields.keys()


@pytest.mark.parametrize("command", ENTRIES)
def test_what_fits_a_commands_schema_is_told_apart_from_what_does_not(
    command: str, document: Document, says: Callable[..., Draft202012Validator]
) -> None:
    """What is read fits; what fits is read, but for rules that JSON Schema cannot write."""
    judge = says({"$ref": PREFIX + schema_name(command)})
    known = document["components"]["schemas"]
    described = known[schema_name(command)]
    kind = re.match(r"\^([a-z-]+):", described["properties"]["subject"]["pattern"])
    assert kind is not None

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(fitting(described["properties"]["what"], known), st.booleans())
    def reads(what: Any, spoilt: bool) -> None:  # noqa: FBT001
        order = an_order(command, f"{kind[1]}:x", on="2007-03-01") | {"what": what}
        if spoilt:
            order["what"] = {**what, "nothing": 1}
            assert not judge.is_valid(order)
        try:
            read_command(order)
        except Unreadable:
            return
        assert judge.is_valid(order), list(judge.iter_errors(order))

    reads()


def places(path: str) -> str:
    """Fill the places of an address."""
    first = path.removeprefix("/open").removeprefix("/v1").split("/")[1]
    filled = {**PLACES, "key": "1" if path.startswith("/events") else KEYS.get(first, "none")}
    return re.sub(r"\{(\w+)\}", lambda place: filled[place[1]], path)


def judged(
    answer: Response, operation: Document, says: Callable[..., Draft202012Validator]
) -> list[str]:
    """Return in what an answer is not as its address says."""
    status, media = str(answer.status_code), answer.headers.get("content-type", "")
    if answer.status_code >= 500 and status not in operation["responses"]:
        return [f"{answer.url} answers {status}"]
    described = operation["responses"].get(status) or operation["responses"]["default"]
    content = described.get("content", {})
    found = next((s for m, s in content.items() if m.split(";")[0] == media.split(";")[0]), None)
    if found is None:
        return [f"{answer.url} answers {status} as {media}, not as one of {list(content)}"]
    if "json" not in media or "jsonl" in media:
        return []
    errors = says(found["schema"]).iter_errors(answer.json())
    return [f"{answer.url} answers {status}: {error.message[:200]}" for error in errors]


@pytest.mark.parametrize("role", ["auditor", "subscriber", "clerk", None])
def test_every_address_answers_as_it_says(
    role: str | None,
    web: Client,
    as_: Callable[[str], dict[str, str]],
    document: Document,
    says: Callable[..., Draft202012Validator],
) -> None:
    """In each form, whole and with a parameter that there is not, and for whoever may not read."""
    headers = as_(role) if role else {}
    broken: list[str] = []
    asked = 0
    for path, operations in document["paths"].items():
        if "get" not in operations:
            continue
        address, operation = places(path), operations["get"]
        medias = list(operation["responses"]["200"]["content"])
        for accept in [*(m for m in medias if m != "text/event-stream"), "text/html", "*/*"]:
            for query in ({}, {"nothing": "1"}):
                answer = web.get(address, params=query, headers=headers | {"Accept": accept})
                broken += judged(answer, operation, says)
                asked += 1
    assert broken == []
    assert asked > 5 * len(document["paths"])


def test_a_command_is_answered_as_the_document_says(
    web: Client,
    as_: Callable[[str], dict[str, str]],
    document: Document,
    says: Callable[..., Draft202012Validator],
) -> None:
    operation = document["paths"]["/v1/commands"]["post"]
    given: dict[str, Any] = {
        "amount": {"value": 1, "unit": "fen"},
        "earmark": "general",
        "purpose": "aid-poor",
    }
    order = an_order("fund.commit", FUND, on="2007-03-01", to="contract:described", **given)
    for key, body in (("d-1", order), ("d-1", order), ("d-2", [order]), ("d-3", {**order, "x": 1})):
        for dry_run in ("true", "false"):
            answer = web.post(
                "/v1/commands",
                params={"dry_run": dry_run},
                json=body,
                headers=as_(TREASURER.removesuffix("-1")) | {"Idempotency-Key": key},
            )
            assert judged(answer, operation, says) == []
