"""What parameters may say: days that the books hold, so often, so many globs, once or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.conftest import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

ONCE = ("dry_run=true&dry_run=false", "dry_run=false&dry_run=true", "lang=en&lang=en")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["from", "to", "as_of"])
def test_a_day_lies_from_1900_to_2199(
    name: str, day: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    answer = web.get(f"/v1/journal?{name}={day}", headers=as_("auditor"))
    assert code_of(answer) == (422, "malformed")
    assert answer.json()["errors"][0]["pointer"] == f"/{name}"


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_can_be_asked(
    day: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    for name in ("from", "to", "as_of"):
        assert web.get(f"/v1/journal?{name}={day}", headers=as_("auditor")).status_code == 200
    for period in (day[:4], day[:7], f"..{day}"):
        assert web.get(f"/open/v1/figures?period={period}").status_code in {200, 404}


@pytest.mark.parametrize("period", ["1899", "2200", "0000", "0001-01", "..9999-12-31"])
def test_a_period_lies_there_too(period: str, web: Client) -> None:
    assert code_of(web.get(f"/open/v1/figures?period={period}")) == (422, "malformed")


def test_instants_lie_there_too(web: Client) -> None:
    for instant in ("0001-01-01T00:00+14:00", "1899-12-31T23:59:59Z", "9999-12-31T23:59-14:00"):
        answer = web.get("/open/v1/funds", params={"known_at": instant})
        assert code_of(answer) == (422, "malformed")


def test_a_filter_stands_at_most_a_hundred_times_and_sixteen_globs(web: Client) -> None:
    for query, status in (
        ("account=available:x:general" + "&account=available:x:general" * 99, 200),
        ("account=available:x:general" + "&account=available:x:general" * 100, 422),
        ("account=available:*" + "&account=available:*" * 15, 200),
        ("account=available:*" + "&account=available:*" * 16, 422),
    ):
        assert web.get(f"/open/v1/balances?{query}").status_code == status
    assert web.get("/open/v1/events?topic=fund.*" + "&topic=fund.*" * 16).status_code == 422


@pytest.mark.parametrize("query", ONCE)
def test_what_stands_once_is_not_given_twice(
    query: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor") | {"Idempotency-Key": "twice"}
    answer = web.post(f"/v1/commands?{query}", json={}, headers=headers)
    assert code_of(answer) == (422, "malformed")
    assert answer.json()["errors"][0]["pointer"] == f"/{query.partition('=')[0]}"
    assert code_of(web.get("/v1/receipts/twice", headers=headers)) == (404, "not-found")


@pytest.mark.parametrize("path", ["/open/v1/funds/", "/funds/", "/livez/", "/v1/commands/"])
def test_a_slash_too_many_never_redirects(path: str, web: Client) -> None:
    for method in ("GET", "POST", "HEAD"):
        answer = web.request(method, path, headers={"Host": "evil.example"})
        assert answer.status_code in {401, 404, 405}
        assert "location" not in answer.headers
