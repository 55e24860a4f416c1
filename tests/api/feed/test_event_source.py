"""An EventSource that nobody here wrote, npm's, hears the live feed to the byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests import node

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from scripts.scenarios.office import Office


@pytest.mark.parametrize("path", ["/v1/events", "/open/v1/events"])
def test_it_hears_what_the_lines_hold_and_ends_where_it_was_to(
    path: str, office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    until = office.positions()[-1]
    said = listened(web, f"{path}?until={until}", as_("subscriber"))

    lines = web.get(path, params={"until": until}, headers=as_("subscriber") | LINES).text
    expected = [
        f"{told['sequence']} {told['type'].rpartition('.v')[0]} {line}"
        for line in lines.splitlines()
        for told in [json.loads(line)]
    ]
    assert said == expected
    assert len(said) == until


def test_a_refusal_ends_it(office: Office, web: Client) -> None:
    assert office.positions()
    with pytest.raises(RuntimeError, match="401"):
        listened(web, "/v1/events", {})


LINES = {"Accept": "application/jsonl"}


def listened(web: Client, path: str, headers: dict[str, str]) -> list[str]:
    """Let it listen until the server says that there is no more."""
    topics = sorted({schema["topic"] for schema in web.get("/open/v1/schemas").json()})
    given = json.dumps({"topics": topics, "headers": headers})
    return node.ran("listen.cjs", str(web.base_url.join(path)), given=given).splitlines()
