"""Every register of the office has its pages, with the rows of the address beside them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from api.desk import register_pages
from api.desk.register_pages import PAGES, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

READING = ("clerk", "treasurer", "auditor", "fundraiser")


def rows_of(page: str) -> int:
    """Count the rows of a page's table."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return body.count("<tr>")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_list_shows_the_rows_of_the_address_beside_it(
    language: str, at_desk: Callable[..., httpx.Client]
) -> None:
    for role in READING:
        client = at_desk(role)
        index = client.get("/desk/registers").text
        for name, roles in ROLES.items():
            page = client.get(f"/desk/{name}", params={"lang": language})
            beside = client.get(f"/v1/{name}")
            assert page.status_code == beside.status_code == (200 if role in roles else 403), name
            assert (f'href="/desk/{name}"' in index) is (role in roles)
            if page.status_code == 200:
                assert rows_of(page.text) == len(beside.json()["rows"]), (role, name)
                heads = re.findall(r'<th scope="col"[^>]*>([^<]+)', page.text)
                if language == "zh":
                    assert not [h for h in heads if re.fullmatch(r"[a-z]+_[a-z_]+", h)], heads


def test_every_subject_has_a_page_with_its_history(at_desk: Callable[..., httpx.Client]) -> None:
    client, seen = at_desk("auditor"), 0
    for kind in register_pages.LISTED:
        rows = client.get(f"/v1/{kind.COLLECTION}", params={"limit": "2"}).json()["rows"]
        for row in rows:
            key = str(row["id"]).partition(":")[2]
            page = client.get(f"/desk/{kind.COLLECTION}/{key}")
            assert page.status_code == 200, row["id"]
            assert str(row["id"]) in page.text
            seen += 1
    assert seen > 12
    assert client.get("/desk/funds/nowhere").status_code == 404


def test_empty_fields_of_a_filter_ask_for_nothing(at_desk: Callable[..., httpx.Client]) -> None:
    client = at_desk("auditor")
    answer = client.get("/desk/funds", params={"state": "", "area": "", "kind": "charity"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/funds?kind=charity")
    filtered = client.get("/desk/funds", params={"kind": "charity"})
    wanted = client.get("/v1/funds", params={"kind": "charity"}).json()["rows"]
    assert rows_of(filtered.text) == len(wanted) > 0
    assert rows_of(client.get("/desk/funds").text) > len(wanted)
    for form in ("xlsx", "csv", "json"):
        [link] = re.findall(rf'href="(/v1/funds\.{form}\?[^"]+)"', filtered.text)
        assert client.get(unescape(link)).status_code == 200
    assert client.get("/desk/funds", params={"nonsense": "x"}).status_code == 422


def test_a_page_offers_what_the_reader_may_do_and_nothing_else(
    at_desk: Callable[..., httpx.Client],
) -> None:
    path = "/desk/funds/gifts"
    assert "/desk/commands/fund.commit?subject=fund:gifts" in at_desk("treasurer").get(path).text
    assert "/desk/commands/fund.commit" not in at_desk("auditor").get(path).text
    assert "/desk/commands/fund.open" not in at_desk("treasurer").get(path).text
    assert "/v1/funds/gifts/statement.xlsx" in at_desk("auditor").get(path).text


def test_the_journal_and_the_balances_write_money_in_yuan(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("auditor")
    for name in ("journal", "balances"):
        rows = client.get(f"/v1/{name}").json()["rows"]
        page = client.get(f"/desk/{name}").text
        values = [row["value"] for row in rows if row.get("unit") == "fen"]
        assert values
        for value in values:
            assert f"{abs(value) / 100:,.2f} 元" in page, name
    assert "济困" in client.get("/desk/funds/gifts").text


def test_a_following_page_goes_on(at_desk: Callable[..., httpx.Client]) -> None:
    client = at_desk("auditor")
    first = client.get("/desk/journal", params={"limit": "5"}).text
    [following] = re.findall(r'href="([^"]+)" rel="next"', first)
    second = client.get(unescape(following))
    assert second.status_code == 200
    assert rows_of(second.text) == 5
    assert {page.path for page in PAGES} >= {"/desk/journal", "/desk/balances", "/desk/funds/{key}"}
