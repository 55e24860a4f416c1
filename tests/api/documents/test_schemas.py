"""What the feed sends is what its published schemas say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from domain import EVENTS
from tests.api.conftest import code_of
from tests.api.feed.test_routes import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

ADDRESS = "/open/v1/schemas"
PREFIX = "urn:mingzhang:schema:"


def test_every_topic_is_listed_with_its_schemas(web: Client) -> None:
    listed = web.get(ADDRESS).json()
    assert all(set(each) == {"topic", "version", "zone", "url"} for each in listed)
    topics = {f"{each['topic']}.v{each['version']}" for each in listed if each["zone"] == "full"}
    assert topics == EVENTS.keys()
    assert {"commitment", "fund.committed"} <= {
        each["topic"] for each in listed if each["zone"] == "public"
    }
    for each in listed:
        schema = web.get(each["url"])
        assert schema.headers["content-type"] == "application/schema+json"
        urn = schema.json()["$id"]
        assert each["url"] == f"{ADDRESS}/{urn.removeprefix(PREFIX).replace(':', '/')}"


@pytest.mark.parametrize("path", ["/v1/events", "/open/v1/events"])
def test_every_event_of_the_feed_is_what_its_schema_says(
    path: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    known: dict[str, Any] = {}
    for event in whole(web, path, as_("subscriber")):
        urn = event["dataschema"]
        if urn not in known:
            address = urn.removeprefix(PREFIX).replace(":", "/")
            known[urn] = Draft202012Validator(web.get(f"{ADDRESS}/{address}").json())
        known[urn].validate(event["data"])
    assert len(known) > 10


def test_a_schema_that_one_has_is_not_sent_again(web: Client) -> None:
    first = web.get(f"{ADDRESS}/fund.committed/1")
    assert first.headers["access-control-allow-origin"] == "*"
    again = web.get(first.url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["none/1", "fund.committed/2", "public/none/1", "../app/1"])
def test_there_is_no_other_schema(path: str, web: Client) -> None:
    assert code_of(web.get(f"{ADDRESS}/{path}"))[0] == 404
