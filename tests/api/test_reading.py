"""What the reading doors promise: zones, roles, moments, pages, caching."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from api.public_sources import FIELDS
from tests.api.conftest import catch_up, served
from tests.api.small_year import told
from tests.journeys import FUND, RUN, payments_of, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from api.wiring import Wiring
    from infra.settings import Settings
    from tests.journeys import Office

Headers = "Callable[[str], dict[str, str]]"
PERSON = re.compile(r"person:[a-z]")


def code_of(answer: Any) -> tuple[int, str]:
    """Return the status and the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_list_echoes_its_moment_and_its_position(web: Client) -> None:
    answer = web.get("/open/v1/funds")
    said = answer.json()
    assert set(said) == {"rows", "totals", "as_of", "known_at", "next"}
    assert said["as_of"] is None
    assert answer.headers["mingzhang-position"] == str(said["known_at"]["position"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", said["known_at"]["time"])
    fund = next(row for row in said["rows"] if row["id"] == FUND)
    assert list(fund)[:5] == ["id", "state", "version", "position", "opened_on"]
    assert fund["purposes"] == ["aid-poor", "community"]


def test_one_subject_is_read_by_its_key(web: Client, as_: Callable[[str], dict[str, str]]) -> None:
    row = web.get("/v1/pay-runs/aid:2007-03", headers=as_("auditor")).json()
    assert row["id"] == RUN
    assert row["total"] == {"value": 6000, "unit": "fen"}
    assert row["known_at"]["position"]
    assert code_of(web.get("/open/v1/funds/none")) == (404, "unknown-subject")
    assert code_of(web.get("/open/v1/funds/%00")) == (422, "malformed")


def test_the_office_asks_who_comes_and_in_which_role(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert code_of(web.get("/v1/funds")) == (401, "token-missing")
    assert code_of(web.get("/v1/funds", headers={"Authorization": "Bearer x.y.z"})) == (
        401,
        "token-invalid",
    )
    assert code_of(web.get("/v1/funds", headers=as_("subscriber"))) == (403, "role-missing")
    assert web.get("/v1/funds", headers=as_("registrar")).status_code == 200
    # A token carries a role that the ledger never granted to its name.
    assert code_of(web.get("/v1/funds", headers=as_("publisher"))) == (403, "role-missing")


@pytest.mark.parametrize(
    "path",
    ["households", "entitlements", "payments", "relief-cases", "recoveries",
     "pay-runs/aid:2007-03/lines", "payments/x"],
)  # fmt: skip
def test_persons_and_lines_are_for_few_and_never_public(
    path: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert code_of(web.get(f"/v1/{path}", headers=as_("registrar"))) == (403, "role-missing")
    assert web.get(f"/v1/{path}", headers=as_("auditor")).status_code in {200, 404}
    assert code_of(web.get(f"/open/v1/{path}")) == (404, "not-found")


def test_the_public_zone_shows_allowed_fields_only(web: Client) -> None:
    for name, fields in FIELDS.items():
        answer = web.get(f"/open/v1/{name}")
        assert answer.status_code == 200, name
        assert not PERSON.search(answer.text), name
        for row in answer.json()["rows"]:
            base = {"id", "state", "version", "position", "opened_on", "area"}
            assert set(row) <= {*base, *fields}


def test_a_donor_is_named_only_if_it_is_a_body_that_wants_to_be(web: Client) -> None:
    rows = web.get("/open/v1/donations").json()["rows"]
    assert {row["id"]: row["donor"] for row in rows} == {
        "donation:d-1": "organisation:acme",
        "donation:d-2": "匿名",
        "donation:d-3": "匿名",
    }


def test_a_run_of_few_persons_does_not_tell_how_many(
    settings: Settings, as_: Callable[[str], dict[str, str]]
) -> None:
    from api.wiring import wired  # noqa: PLC0415
    from tests.journeys import a_fund, a_scheme, approved, entitled, staffed  # noqa: PLC0415
    from tests.journeys import Office as Teller  # noqa: PLC0415

    with wired(settings) as wiring:
        teller = staffed(Teller(wiring))
        a_fund(teller, holding=100_000)
        a_scheme(teller, rate=1000)
        entitled(teller, 3)
        approved(teller)
        catch_up(wiring)
        with served(wiring) as web:
            said = web.get("/open/v1/pay-runs").json()
            assert said["rows"][0]["persons"] == {
                "value": None,
                "unit": "person",
                "suppressed": True,
            }
            assert said["totals"] == [{"field": "total", "value": 3000, "unit": "fen"}]
            assert code_of(web.get("/open/v1/pay-runs?persons=3")) == (422, "malformed")


def test_payers_of_aid_to_persons_are_merged_in_public(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    whole = web.get("/v1/balances?limit=1000", headers=as_("auditor")).json()
    part = web.get("/open/v1/balances?limit=1000").json()
    inside = {row["account"] for row in whole["rows"]}
    outside = {row["account"] for row in part["rows"]}
    assert "committed:gifts:general:relief:case-1" in inside
    assert "owed:x:general:recovery:r-1" in inside
    assert not {a for a in outside if "case-1" in a or "r-1" in a}
    assert "committed:gifts:general:relief:hospice" in outside
    assert part["totals"] == whole["totals"]
    assert not web.get("/open/v1/balances?account=*:*:*:relief:case-1").json()["rows"]


def test_a_cursor_goes_on_where_the_page_ended_and_nothing_shifts(
    settings: Settings,
) -> None:
    from api.wiring import wired  # noqa: PLC0415

    with wired(settings) as wiring:
        teller = told(wiring)
        catch_up(wiring)
        with served(wiring) as web:
            first = web.get("/open/v1/balances?limit=4")
            said = first.json()
            receive(teller, FUND, 77)
            catch_up(wiring)
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
            at = said["known_at"]["position"]
            whole = web.get(f"/open/v1/balances?limit=1000&known_at={at}").json()["rows"]
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
def test_a_parameter_that_cannot_be_meant_is_refused(
    query: str, pointer: str, web: Client
) -> None:
    answer = web.get(f"/open/v1/funds?{query}")
    assert code_of(answer) == (422, "malformed")
    if query != "known_at=2007":
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_filters_are_field_names_and_repeat_as_or(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor")
    both = web.get("/v1/donations?id=donation:d-1&id=donation:d-2", headers=headers).json()
    assert [row["id"] for row in both["rows"]] == ["donation:d-1", "donation:d-2"]
    assert {"field": "amount", "value": 15000, "unit": "fen"} in both["totals"]
    assert not web.get("/v1/donations?id=none&fund=fund:gifts", headers=headers).json()["rows"]
    lines = web.get("/v1/journal?account=spent:*&topic=payment.made", headers=headers).json()
    assert {row["account"] for row in lines["rows"]} == {"spent:x:general:aid"}


def test_what_was_known_is_shown_again_byte_for_byte(office: Office, web: Client) -> None:
    at = web.get("/open/v1/funds").json()["known_at"]["position"]
    paths = ("funds", "balances", "pay-runs.csv", "figures?period=2007", "balances.xlsx",
             "funds/x/statement", "grants.jsonl")  # fmt: skip
    asked = [f"/open/v1/{p}{'&' if '?' in p else '?'}known_at={at}" for p in paths]
    before = [web.get(path) for path in asked]
    for answer in before:
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    receive(office, FUND, 123)
    catch_up(office.wiring)
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


def test_in_public_a_position_inside_a_release_is_seen_from_before_it(
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
        assert seen["known_at"]["position"] == positions[0] - 1
        assert not [row for row in seen["rows"] if row["account"].startswith("spent:x:")]
        office_sees = web.get(f"/v1/balances?known_at={inside}", headers=as_("auditor")).json()
        assert office_sees["known_at"]["position"] == inside


def test_a_reader_may_wait_for_a_position_but_not_for_long(office: Office, web: Client) -> None:
    head = catch_up(office.wiring)
    assert web.get(f"/open/v1/funds?min_position={head}").status_code == 200
    began = time.monotonic()
    answer = web.get(f"/open/v1/funds?min_position={head + 1}")
    assert code_of(answer) == (503, "view-behind")
    assert answer.headers["retry-after"]
    assert 1.5 < time.monotonic() - began < 6


def test_what_views_have_not_reached_is_waited_for(wiring: Wiring, office: Office, web: Client) -> None:
    receipt = receive(office, FUND, 55)
    position = receipt["positions"][0]
    behind = web.get(f"/open/v1/funds?known_at={position}")
    assert code_of(behind) == (503, "view-behind")
    catch_up(wiring)
    assert web.get(f"/open/v1/funds?known_at={position}").status_code == 200


def test_the_journal_opens_with_what_was_and_closes_with_what_is(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    query = "account=available:x:*&from=2007-01-01&to=2007-12-31"
    said = web.get(f"/v1/journal?{query}", headers=as_("auditor")).json()
    opening, closing, moved = (said[part][0]["value"] for part in ("opening", "closing", "totals"))
    assert opening >= 1_000_000
    assert closing == opening + moved
    assert sum(row["value"] for row in said["rows"]) == moved
    first = said["rows"][0]
    assert list(first) == [
        "position", "line", "booked", "on", "recorded_at", "voucher", "account", "value", "unit",
        "subject", "topic", "programme", "area", "class", "by",
    ]  # fmt: skip


def test_a_statement_says_where_money_came_from_and_went_and_holds(web: Client) -> None:
    said = web.get("/open/v1/funds/x/statement?from=2007-01-01&to=2007-12-31").json()
    assert said["holds"] is True
    assert said["unit"] == "fen"
    assert said["opening"]["available"] >= 1_000_000
    assert {each["programme"]: each["value"] for each in said["out"]} == {"aid": 4700}
    assert said["closing"]["returned"] == 1000
    assert said["closing"]["owed"] == 300
    assert code_of(web.get("/open/v1/funds/x/statement?from=2008-01-01&to=2007-01-01")) == (
        422,
        "malformed",
    )


def test_figures_are_made_of_their_events(web: Client, as_: Callable[[str], dict[str, str]]) -> None:
    for zone, headers in (("/v1", as_("auditor")), ("/open/v1", {})):
        listed = web.get(f"{zone}/figures?period=2007", headers=headers).json()["rows"]
        assert len(listed) >= 21
        for figure in listed:
            path = f"{zone}/figures/{figure['id']}"
            single = web.get(f"{path}?period=2007", headers=headers).json()
            assert single["value"] == figure["value"]
            assert single["known_at"]["position"]
            for term in figure["terms"]:
                query = f"period=2007&term={term['role']}&limit=1000"
                events = web.get(f"{path}/events?{query}", headers=headers).json()["rows"]
                if term["value"] is not None and zone == "/v1":
                    assert sum(e["contributes"]["value"] for e in events) == term["value"]
                assert not PERSON.search(str(events)) or zone == "/v1"
    assert code_of(web.get("/open/v1/figures/none")) == (404, "not-found")
    assert code_of(web.get("/open/v1/figures/dibao.spend?period=20")) == (422, "malformed")
    assert code_of(web.get("/open/v1/figures/dibao.spend/events?term=x")) == (422, "malformed")


def test_the_events_of_a_subject_are_its_own(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    inside = web.get("/v1/grants/g-1/events", headers=as_("auditor")).json()["rows"]
    assert [row["type"] for row in inside] == [
        "grant.applied.v1",
        "grant.awarded.v1",
        "grant.paid.v1",
    ]
    assert inside[0]["data"]["by"] == "clerk-1"
    outside = web.get("/open/v1/grants/g-1/events").json()["rows"]
    assert [row["sequence"] for row in outside] == [row["sequence"] for row in inside]
    assert "by" not in outside[0]["data"]
    assert code_of(web.get("/open/v1/grants/none/events")) == (404, "unknown-subject")


def test_a_head_request_is_answered_without_a_body(web: Client) -> None:
    answer = web.head("/open/v1/funds")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]
