"""The auditor's page shows the rows of the addresses beside it, starts checks and gives binders."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from playwright.sync_api import Browser, Page

    from scripts.scenarios.office import Office

PATIENCE = 120.0
SAMPLE = {"population": "payments", "method": "mus", "size": "2", "seed": "7"}


def rows_of(page: str, section: str) -> int:
    """Count the rows of the table of a section."""
    table = page.partition(f'aria-labelledby="{section}"')[2].partition("</table>")[0]
    return table.partition("<tbody>")[2].count("<tr>")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_the_exceptions_of_the_address_beside_it(
    language: str, at_desk: Callable[..., httpx.Client]
) -> None:
    client = at_desk("auditor")
    page = client.get("/desk/audit", params={"look": "1", "lang": language}).text
    beside = client.get("/v1/exceptions").json()["rows"]
    assert rows_of(page, "exceptions") == len(beside) > 0
    assert ("例外" if language == "zh" else "Exceptions") in page
    kind = beside[0]["kind"]
    one = client.get("/desk/audit", params={"look": "1", "kind": kind}).text
    assert rows_of(one, "exceptions") == len([row for row in beside if row["kind"] == kind])
    assert f"/v1/exceptions.xlsx?kind={kind}" in one
    assert client.get("/desk/audit", params={"look": "1", "kind": "none"}).status_code == 422


def test_nothing_is_looked_for_before_it_is_asked(at_desk: Callable[..., httpx.Client]) -> None:
    client = at_desk("auditor")
    page = client.get("/desk/audit").text
    assert rows_of(page, "exceptions") == 0
    assert 'href="/desk/audit"' in client.get("/desk").text


def test_a_sample_is_drawn_and_its_binder_comes_by_the_session(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("auditor")
    page = client.get("/desk/audit", params=SAMPLE).text
    assert rows_of(page, "samples") == 2
    found = re.search(r'href="(/v1/samples/[^"]+/binder.zip)"', page)
    assert found
    binder = zipfile.ZipFile(io.BytesIO(client.get(found[1]).content))
    assert "index.json" in binder.namelist()


def test_a_run_of_the_checks_is_started_by_a_button_and_its_results_are_shown(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("auditor")
    # What is answered is up to where the views are; a run reads up to the end of the log.
    catch_up(office.ledger)
    page = client.get("/desk/audit").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    assert client.post("/desk/audit/checks", data={"csrf": "x"}).status_code == 403
    answer = client.post("/desk/audit/checks", data={"csrf": token[1]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/audit#checks")
    until = time.monotonic() + PATIENCE
    while client.get("/v1/checks/runs").json()["rows"][0]["state"] == "waiting":
        assert time.monotonic() < until
        time.sleep(0.3)
    beside = client.get("/v1/checks").json()["rows"]
    assert rows_of(client.get("/desk/audit").text, "checks") == len(beside) > 30


def test_only_who_sees_persons_opens_it_and_a_clerk_starts_no_run(
    at_desk: Callable[..., httpx.Client],
) -> None:
    fundraiser, clerk = at_desk("fundraiser"), at_desk("clerk")
    assert fundraiser.get("/desk/audit").status_code == 403
    page = clerk.get("/desk/audit").text
    assert "/desk/audit/checks" not in page
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    assert clerk.post("/desk/audit/checks", data={"csrf": token[1]}).status_code == 403


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_no_wider_than_its_window(
    width: int, browser: Browser, signed_in: Callable[..., Page]
) -> None:
    page = signed_in(browser, "auditor")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/desk/audit?look=1&population=payments&method=mus&size=2&seed=7")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.select_option("#f-kind", "weekend")
    page.get_by_role("button", name="查看").click()
    assert "kind=weekend" in page.url
