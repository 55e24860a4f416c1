"""A list keeps its moment: what was known at a position is shown again, byte for byte."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from infra.ledger import open_ledger
from scripts.scenarios.stories import FUND, payments_of, receive
from tests.api.conftest import catch_up, code_of, served
from tests.api.small_year import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Office


def test_a_cursor_goes_on_where_the_page_ended_and_nothing_shifts(
    settings: Settings,
) -> None:
    with open_ledger(settings) as ledger:
        teller = told(ledger)
        catch_up(ledger)
        with served(ledger) as web:
            first = web.get("/open/v1/balances?limit=4")
            said = first.json()
            # A position that is named tells of persons by closed months alone.
            whole = web.get("/open/v1/balances?limit=1000").json()["rows"]
            receive(teller, FUND, 77)
            catch_up(ledger)
            link = re.fullmatch(r'<(.+)>; rel="next"', first.headers["link"])
            assert link
            pages = [said]
            while pages[-1]["next"]:
                following = pages[-1]["next"]
                pages.append(
                    web.get("/open/v1/balances", params={"limit": 4, "after": following}).json()
                )
            assert web.get(link[1]).json() == pages[1]
            assert {page["known_at"]["position"] for page in pages} == {
                said["known_at"]["position"]
            }
            assert all(page["totals"] == said["totals"] for page in pages)
            assert [row for page in pages for row in page["rows"]] == whole


def test_a_cursor_belongs_to_its_question(web: Client) -> None:
    following = web.get("/open/v1/balances?limit=2").json()["next"]
    for path, query in (
        ("/open/v1/balances", {"after": following, "fund": FUND}),
        ("/open/v1/funds", {"after": following}),
        ("/open/v1/balances", {"after": following[:-2] + "xx"}),
        ("/open/v1/balances", {"after": "1"}),
    ):
        assert code_of(web.get(path, params=query)) == (422, "malformed")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("x=1", "/x"), ("limit=0", "/limit"), ("limit=1001", "/limit"), ("limit=a", "/limit"),
        ("limit=1&limit=2", "/limit"), ("as_of=2007-02-30", "/as_of"), ("as_of=07", "/as_of"),
        ("known_at=0", "/known_at"), ("known_at=-1", "/known_at"), ("known_at=1.5", "/known_at"),
        ("known_at=999999", "/known_at"), ("known_at=2007", "/known_at"),
        ("known_at=2999-01-01T00:00:00Z", "/known_at"), ("lang=fr", "/lang"),
        ("min_position=x", "/min_position"), ("known_at=9" + "9" * 30, "/known_at"),
        ("title=a%00b", "/title"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_meant_is_refused(query: str, pointer: str, web: Client) -> None:
    answer = web.get(f"/open/v1/funds?{query}")
    assert code_of(answer) == (422, "malformed")
    if query != "known_at=2007":
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_what_was_known_is_shown_again_byte_for_byte(office: Office, web: Client) -> None:
    at = web.get("/open/v1/funds").json()["known_at"]["position"]
    paths = ("funds", "balances", "pay-runs.csv", "figures?period=2007", "balances.xlsx",
             "funds/x/statement", "grants.jsonl")  # fmt: skip
    asked = [f"/open/v1/{p}{'&' if '?' in p else '?'}known_at={at}" for p in paths]
    before = [web.get(path) for path in asked]
    for answer in before:
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    receive(office, FUND, 123)
    catch_up(office.ledger)
    assert web.get("/open/v1/funds").json()["known_at"]["position"] > at
    for path, answer in zip(asked, before, strict=True):
        again = web.get(path)
        assert again.content == answer.content, path
        assert again.headers["etag"] == answer.headers["etag"]


def test_a_reader_that_has_the_bytes_is_told_so(web: Client) -> None:
    first = web.get("/open/v1/funds")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = web.get("/open/v1/funds", headers={"If-None-Match": f'W/"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = web.get("/open/v1/funds.csv", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert first.headers["cache-control"] == "public, no-cache"


def test_an_instant_stands_for_the_last_position_at_it(office: Office, web: Client) -> None:
    rows = office.rows(
        "SELECT notification_id, recorded_at::text FROM ledger.events"
        " WHERE topic = 'grant.applied.v1'"
    )
    position, moment = rows[0]
    # A plus in a query stands for a space: readers forget to escape it, and are understood.
    text = str(moment).replace(" ", "T")
    text = text if ":" in text[-3:] else f"{text}:00"
    known = web.get(f"/open/v1/projects?known_at={text}").json()["known_at"]
    assert known["position"] == position
    early = web.get("/open/v1/projects?known_at=2001-01-01T00:00:00Z").json()
    assert early["known_at"] == {"position": 0, "time": None}
    assert early["rows"] == []


def test_as_of_and_known_at_are_two_questions(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    payment = payments_of(office)[0]
    made, returned = (
        office.rows(
            "SELECT notification_id FROM ledger.events WHERE originator_id = %(id)s"
            " AND topic = %(topic)s",
            id=payment,
            topic=topic,
        )[0][0]
        for topic in ("payment.made.v1", "payment.returned.v1")
    )
    key, headers = payment.partition(":")[2], as_("auditor")
    assert web.get(f"/v1/payments/{key}?known_at={made}", headers=headers).json()["state"] == "made"
    then = web.get(f"/v1/payments/{key}?known_at={returned}", headers=headers).json()
    assert then["state"] == "returned"
    before = web.get(f"/v1/payments/{key}?as_of=2007-03-01", headers=headers)
    assert code_of(before) == (404, "unknown-subject")


def test_in_public_nothing_of_a_release_is_seen_from_inside_of_it(
    office: Office, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    positions = [
        row[0]
        for row in office.rows(
            "SELECT notification_id FROM ledger.events WHERE topic = 'payment.made.v1'"
            " ORDER BY notification_id"
        )
    ]
    for inside in (positions[0], positions[3], positions[-1]):
        seen = web.get(f"/open/v1/balances?known_at={inside}").json()
        assert seen["known_at"]["position"] == inside
        assert not [row for row in seen["rows"] if row["account"].startswith("spent:x:")]
        office_sees = web.get(f"/v1/balances?known_at={inside}", headers=as_("auditor")).json()
        assert office_sees["known_at"]["position"] == inside


def test_a_reader_may_wait_for_a_position_but_not_for_long(office: Office, web: Client) -> None:
    head = catch_up(office.ledger)
    assert web.get(f"/open/v1/funds?min_position={head}").status_code == 200
    began = time.monotonic()
    answer = web.get(f"/open/v1/funds?min_position={head + 1}")
    assert code_of(answer) == (503, "view-behind")
    assert answer.headers["retry-after"]
    assert 1.5 < time.monotonic() - began < 6


def test_what_views_have_not_reached_is_waited_for(
    ledger: Ledger, office: Office, web: Client
) -> None:
    receipt = receive(office, FUND, 55)
    position = receipt["positions"][0]
    behind = web.get(f"/open/v1/funds?known_at={position}")
    assert code_of(behind) == (503, "view-behind")
    catch_up(ledger)
    assert web.get(f"/open/v1/funds?known_at={position}").status_code == 200
