"""The desk's pages of people: found by a form, in no address; a file with names by a purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from api.desk.layout import local_time
from tests.api.conftest import catch_up
from tests.api.desk.browsers import csrf, send_form, sign_in, token_of
from tests.api.people.conftest import HOME, KNOWN, NAME, PeopleDesk, a_number

HOUR = timedelta(hours=1)
# As a browser says it of its own hand and of our pages.
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def clerk(desk: PeopleDesk) -> Iterator[httpx.Client]:
    """Give a clerk's browser."""
    with httpx.Client(base_url=desk.web.base_url, timeout=60) as client:
        token = token_of(desk.office.ledger, "clerk", HOUR)
        assert sign_in(client, token).status_code == 303
        yield client


@pytest.mark.parametrize(("language", "word"), [("zh", "查到的人"), ("en", "People found")])
def test_the_form_finds_and_leads_to_the_file(
    clerk: httpx.Client, desk: PeopleDesk, language: str, word: str
) -> None:
    empty = clerk.get("/desk/people", params={"lang": language})
    assert empty.status_code == 200
    assert word not in empty.text
    before = len(desk.reads())
    found = send_form(clerk, "/desk/people", q=NAME, purpose="service")
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    assert word in found.text
    assert len(desk.reads()) == before + 1
    [link] = re.findall(r'href="(/desk/people/person[^"]+)"', found.text)
    file = clerk.get(link.replace("&amp;", "&"), headers=OWN)
    assert file.status_code == 200
    assert NAME in file.text
    assert "2007-03" in file.text
    # In the jurisdiction's zone, as every instant on the desk.
    [(looked_at,)] = desk.office.rows(
        "SELECT max(recorded_at) FROM ledger.events WHERE topic = 'vault.read.v1'"
    )
    catch_up(desk.office.ledger)
    assert local_time(looked_at) in clerk.get(file.url.path).text
    assert len(desk.reads()) == before + 2


def test_the_address_finds_too_but_for_another_site(clerk: httpx.Client, desk: PeopleDesk) -> None:
    asked = {"q": a_number(1), "purpose": "audit", "lang": "zh"}
    before = len(desk.reads())
    assert NAME in clerk.get("/desk/people", params=asked, headers=OWN).text
    assert len(desk.reads()) == before + 1
    # What no browser says is not taken for granted.
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}):
        led = clerk.get("/desk/people", params=asked, headers=foreign)
        assert led.status_code == 200
        assert NAME not in led.text
        file = clerk.get("/desk/people/known", params={"purpose": "audit"}, headers=foreign)
        assert file.status_code == 200
        assert NAME not in file.text
    assert len(desk.reads()) == before + 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"q": "甲\x07", "purpose": "service"}, "q"), ({"q": NAME, "purpose": "x"}, "purpose")],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    clerk: httpx.Client, desk: PeopleDesk, fields: dict[str, str], wrong: str
) -> None:
    before = len(desk.reads())
    answer = send_form(clerk, "/desk/people", **fields)
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.text, wrong
    assert len(desk.reads()) == before


def test_a_look_needs_the_session_its_token_and_a_role(
    clerk: httpx.Client, desk: PeopleDesk
) -> None:
    before = len(desk.reads())
    fields = {"q": NAME, "purpose": "service"}
    assert clerk.post("/desk/people", data=fields).status_code == 403
    with httpx.Client(base_url=desk.web.base_url, timeout=60) as nobody:
        for path in ("/desk/people", "/desk/people/known"):
            answer = nobody.get(path, params=fields)
            assert (answer.status_code, NAME in answer.text) == (303, False)
        token = token_of(desk.office.ledger, "fundraiser", HOUR)
        assert sign_in(nobody, token).status_code == 303
        assert nobody.get("/desk/people", params=fields).status_code == 403
        answer = nobody.post("/desk/people", data=fields | {"csrf": csrf(nobody)})
        assert answer.status_code == 403
        assert NAME not in answer.text
    assert len(desk.reads()) == before


def test_a_file_without_a_purpose_shows_no_name_and_offers_to(clerk: httpx.Client) -> None:
    page = clerk.get(f"/desk/people/{HOME}", params={"lang": "en"})
    assert page.status_code == 200
    assert NAME not in page.text
    assert KNOWN in page.text
    assert 'name="purpose"' in page.text
    assert clerk.get("/desk/people/nobody").status_code == 404
    run = clerk.get("/desk/pay-runs/aid:2007-03", params={"view": "all"})
    assert f'href="/desk/people/{HOME}"' in run.text
