"""The bank's page: both balances, what lies between them, and lines confirmed by a person."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from scripts.scenarios.office import TREASURER
from scripts.scenarios.stories import RUN
from tests.api.bank.test_reconciliation import RECEIVED, march, receive, reconciled
from tests.api.bank.test_statements import with_account
from tests.api.conftest import catch_up
from tests.api.desk.browsers import sign_in, token_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.bank.conftest import BankDesk

FORM = re.compile(
    r'<form method="post" action="(/desk/commands/[^"]+)"[^>]*>(.*?)</form>', re.DOTALL
)
FIELDS = re.compile(r'name="([^"]+)" value="([^"]*)"')


@contextmanager
def signed_in(desk: BankDesk, role: str = "treasurer") -> Iterator[httpx.Client]:
    """Sign somebody in."""
    token = token_of(desk.office.ledger, role, timedelta(hours=1))
    with httpx.Client(base_url=desk.client.base_url, timeout=30) as client:
        assert sign_in(client, token).status_code == 303
        yield client


def page(desk: BankDesk, client: httpx.Client, **asked: str) -> str:
    """Read the page."""
    catch_up(desk.office.ledger)
    answer = client.get("/desk/bank", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.text


def press(desk: BankDesk, client: httpx.Client, command: str, nth: int = 0) -> httpx.Response:
    """Press a button of the page."""
    found = [form for form in FORM.findall(page(desk, client)) if form[0].endswith(command)]
    address, form = found[nth]
    return client.post(address, data=dict(FIELDS.findall(form)))


def test_a_line_is_confirmed_by_one_click_and_taken_back_by_another(desk: BankDesk) -> None:
    with_account(desk)
    receive(desk)
    march(desk, RECEIVED, "2007-03-20,,60.00,,,10040.00\n", closing="10040")
    with signed_in(desk) as client:
        assert "10,040.00" in page(desk, client)
        for _ in range(2):
            assert press(desk, client, "bank-statement.match").status_code == 303
        assert "账实相符" in page(desk, client)
        assert "all matched" in page(desk, client, lang="en")
        assert reconciled(desk)["difference"]["value"] == 0
        assert press(desk, client, "bank-statement.unmatch").status_code == 303
        assert len(reconciled(desk)["unmatched"]) == 1
        assert "账实相符" not in page(desk, client, lang="zh")


def test_what_is_in_transit_and_which_days_are_missing_is_shown(desk: BankDesk) -> None:
    with_account(desk)
    march(desk, "2007-03-20,,60.00,,,9940.00\n", closing="9940")
    one = {"value": 1, "unit": "fen"}
    said: dict[str, Any] = {"account": "bank-account:cash", "opening": one, "closing": one}
    said |= {"from_": "2007-05-01", "to": "2007-05-31", "lines": []}
    desk.office.send(
        "bank-statement.record",
        "bank-statement:cash:2007-05",
        by=TREASURER,
        on="2007-06-01",
        **said,
    )
    with signed_in(desk) as client:
        text = page(desk, client)
    assert "2007-04-01 — 2007-04-30" in text
    assert RUN in text


def test_who_only_looks_has_no_buttons_and_others_have_no_page(desk: BankDesk) -> None:
    with signed_in(desk) as client:
        assert "/desk/commands/bank-account.open" in page(desk, client)
    with_account(desk)
    march(desk, "2007-03-20,,60.00,,,9940.00\n", closing="9940")
    with signed_in(desk, "reviewer") as client:
        assert FORM.findall(page(desk, client)) == []
        assert client.get("/desk/bank", params={"account": "bank-account:no"}).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_one_language(desk: BankDesk, language: str) -> None:
    with_account(desk)
    march(desk, "2007-03-20,,60.00,,,9940.00\n", closing="9940")
    with signed_in(desk) as client:
        body = page(desk, client, lang=language).partition("<main")[2].partition("</main>")[0]
    told = re.sub(r"<[^>]*>", "", body).replace("资金专户", "").replace("元", "")
    chinese = re.findall(r"[\u4e00-\u9fff]+", told)
    assert bool(chinese) == (language == "zh"), chinese
