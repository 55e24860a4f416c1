"""One click signs five people in: in a demonstration, by the address that it printed alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

from api.cli.welcome import opening
from api.commands.request import trusted
from api.desk.demonstration import PATH, PEOPLE, address, key_of
from infra.commands.command import receipts_or_raise
from infra.ledger import open_ledger
from scripts.golden.office.officers import granted
from tests.api.conftest import catch_up, served
from tests.api.desk.browsers import COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Office


@pytest.fixture
def demonstration(ledger_settings: Settings) -> Iterator[Ledger]:
    """Give a ledger that began as the golden year does: by granting its officers their roles."""
    with open_ledger(ledger_settings) as ledger:
        sent = trusted(list(granted()), "golden-2007:2007:1:0")
        receipts_or_raise(ledger.executor.execute([sent])[0])
        catch_up(ledger)
        yield ledger


def test_each_of_the_five_is_signed_in_by_one_click(demonstration: Ledger) -> None:
    with served(demonstration) as client:
        said = address(demonstration, str(client.base_url).rstrip("/"))
        assert said in opening(demonstration, str(client.base_url).rstrip("/"))
        page = client.get(said).text
        assert page.count("<button") == len(PEOPLE) == 5
        for person in PEOPLE:
            assert f'value="{person}"' in page
            form = {"key": key_of(demonstration), "person": person, "next": "/desk/sessions"}
            answer = client.post(PATH, data=form)
            assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sessions")
            desk = client.get("/desk/sessions").text
            assert f"<b>{person}</b>" in desk
            assert "演示" in desk
            assert client.get("/desk").status_code == 200


def test_nobody_is_signed_in_without_the_printed_key(demonstration: Ledger) -> None:
    good = key_of(demonstration)
    with served(demonstration) as client:
        for key in ("", "x", good[:-1], good.upper(), "é", good + "0"):
            assert client.get(PATH, params={"key": key}).status_code == 403
            answer = client.post(PATH, data={"key": key, "person": PEOPLE[0]})
            assert answer.status_code == 403, key
            assert COOKIE not in client.cookies
        for person in ("", "operator:local", "owner:local", "publisher-city", "nobody"):
            answer = client.post(PATH, data={"key": good, "person": person})
            assert answer.status_code == 403, person
        form = {"key": good, "person": PEOPLE[0]}
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert client.post(PATH, data=form, headers=elsewhere).status_code == 403
        assert COOKIE not in client.cookies


def test_a_ledger_that_is_no_demonstration_refuses_its_own_right_key(
    client: httpx.Client, office: Office
) -> None:
    key = key_of(office.ledger)
    answer = client.get(PATH, params={"key": key}, headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "not-a-demonstration" in answer.text
    for person in (*PEOPLE, "treasurer-1"):
        answer = client.post(PATH, data={"key": key, "person": person})
        assert answer.status_code == 403
        assert "not-a-demonstration" in answer.text
    assert COOKIE not in client.cookies


def test_an_empty_ledger_is_no_demonstration_yet(ledger_settings: Settings) -> None:
    with open_ledger(ledger_settings) as ledger, served(ledger) as client:
        assert client.get(address(ledger, "")).status_code == 403


def test_the_two_keys_are_not_the_token_key(demonstration: Ledger) -> None:
    """What is printed tells nothing of the key that tokens are signed with."""
    assert re.fullmatch(r"[0-9a-f]{32}", key_of(demonstration))
    assert key_of(demonstration) not in demonstration.secret("token-key").hex()
