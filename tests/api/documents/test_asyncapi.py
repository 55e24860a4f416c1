"""The AsyncAPI document: the official parser takes it, and what is sent is as it says."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from api.documents import asyncapi
from api.documents.schemas import published
from infra.kafka.messages import message
from projections.disclosure import OUTSIDE, Zone
from projections.disclosure.cloud_event import URN, record
from scripts.example_events import ORIGIN
from tests import node
from tests.api.feed.test_routes import whole
from tests.infra.kafka.test_messages import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

HERE = "http://example.test"
ERROR = 0
CHANNELS = {f"{zone}-{place}" for zone in OUTSIDE.values() for place in ("feed", "pages", "topic")}


@pytest.fixture(scope="module")
def document(web: Client) -> dict[str, Any]:
    """Give the document as it is served."""
    return dict(web.get("/asyncapi.json").json())


def checked(document: dict[str, Any], web: Client) -> dict[str, Any]:
    """Let the official parser check a document."""
    address = str(web.base_url.join("/asyncapi.json"))
    said = node.ran("check-asyncapi.cjs", address, given=json.dumps(document))
    return dict(json.loads(said))


def test_the_official_parser_takes_it_with_every_schema(
    document: dict[str, Any], web: Client
) -> None:
    said = checked(document, web)
    # It has nothing to say but that there is a 3.1.0, which fewer tools read.
    assert [each["code"] for each in said["found"]] == ["asyncapi-latest-version"]
    assert set(said["channels"]) == CHANNELS
    assert said["messages"] > 2 * len(published())


def test_the_official_parser_refuses_a_message_that_is_not_there(
    document: dict[str, Any], web: Client
) -> None:
    place = {"$ref": "#/components/messages/none"}
    feed = document["channels"]["public-feed"] | {"messages": {"none": place}}
    said = checked(document | {"channels": {"public-feed": feed}}, web)
    assert ERROR in {each["severity"] for each in said["found"]}


def test_the_official_parser_refuses_a_schema_that_is_not_there(
    document: dict[str, Any], web: Client
) -> None:
    text = json.dumps(document).replace("schemas/fund.opened.v1", "schemas/fund.none.v1")
    said = checked(json.loads(text), web)
    assert ERROR in {each["severity"] for each in said["found"]}


@pytest.mark.parametrize("name", ["asyncapi", "openapi"])
def test_the_documents_are_whole_by_themselves(name: str, web: Client) -> None:
    document = web.get(f"/{name}.json").json()
    found = [*references(document)]
    assert found
    for each in found:
        assert each.startswith("#/")
        place = document
        for step in each[2:].split("/"):
            place = place[step]
    held = document["components"]["schemas"]
    assert name == "openapi" or set(published()) == {
        each["$id"].removeprefix(URN).replace(":", "/") for each in held.values() if "$id" in each
    }


def references(part: Any) -> Iterator[str]:
    """List what a document refers to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


@pytest.mark.parametrize("zone", OUTSIDE)
def test_every_record_of_the_feed_is_as_it_says(
    zone: Zone, document: dict[str, Any], web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    path = document["channels"][f"{OUTSIDE[zone]}-feed"]["address"]
    told = whole(web, path, as_("subscriber"))
    check = checker(document)
    for each in told:
        check(f"{OUTSIDE[zone]}-feed.{name_of(each)}/payload").validate(each)
    page = web.get(path, headers=as_("subscriber")).json()
    check(f"{OUTSIDE[zone]}-page/payload").validate(page)
    assert len(told) > 50


@pytest.mark.parametrize("zone", OUTSIDE)
def test_every_message_of_a_topic_is_as_it_says(zone: Zone, document: dict[str, Any]) -> None:
    check = checker(document)
    seen = set()
    for line in lines():
        made = message(line, ORIGIN, zone)
        place = f"{OUTSIDE[zone]}-topic.{name_of(record(line, ORIGIN, zone))}"
        seen.add(place)
        check(f"{place}/headers").validate({n: value.decode() for n, value in made.headers})
        check(f"{place}/payload").validate(json.loads(made.value))
        assert made.topic == document["channels"][f"{OUTSIDE[zone]}-topic"]["address"]
    described = {name for name in document["components"]["messages"]
                 if name.startswith(f"{OUTSIDE[zone]}-topic.")}  # fmt: skip
    assert seen == described


def test_a_header_that_is_not_sent_is_not_as_it_says(document: dict[str, Any]) -> None:
    (line, *_) = lines()
    headers = {n: value.decode() for n, value in message(line, ORIGIN, "office").headers}
    place = f"full-topic.{line.topic}/headers"
    del headers["ce_sequence"]
    assert not checker(document)(place).is_valid(headers)


def test_another_ledger_has_topics_of_its_own() -> None:
    described = asyncapi.document("310000")
    addresses = {name: each["address"] for name, each in described["channels"].items()}
    assert addresses["full-topic"] == "310000.events.v1"
    assert addresses["public-topic"] == "310000.public.v1"
    assert "440300" not in json.dumps(described)


def test_who_has_it_is_not_sent_it_again(web: Client) -> None:
    first = web.get("/asyncapi.json")
    assert first.headers["access-control-allow-origin"] == "*"
    again = web.get("/asyncapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "/asyncapi.json" in web.get("/", headers={"Accept": "text/html"}).text


def name_of(record: dict[str, Any]) -> str:
    """Name the kind of a record: where the public sees nothing, that of the commitment."""
    bound = record["dataschema"].endswith(":commitment:1")
    return "commitment.v1" if bound else str(record["type"])


def checker(document: dict[str, Any]) -> Callable[[str], Any]:
    """Give what checks a value against a place in the document's messages."""
    resource = DRAFT202012.create_resource(document)
    registry: Any = Registry().with_resource(f"{HERE}/asyncapi.json", resource)

    @cache
    def check(place: str) -> Any:
        pointer = f"{HERE}/asyncapi.json#/components/messages/{place}"
        return Draft202012Validator({"$ref": pointer}, registry=registry)

    return check
