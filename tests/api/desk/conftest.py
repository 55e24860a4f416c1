"""The small year's desk: clients that are signed in, and pages of a real Chromium that are.

def test_the_work_list_is_shown(signed_in, at_desk): ...
    client = at_desk("treasurer")            # httpx, with the session's cookie
    page = signed_in(browser, "treasurer")   # a Playwright page, on /desk
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from scripts.scenarios.http_server import http_server
from tests.api.desk.browsers import ARGUMENTS, CHROMIUM, sign_in, token_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from scripts.scenarios.office import Office

HOUR = timedelta(hours=1)


@pytest.fixture(scope="session")
def desk_url(office: Office) -> Iterator[str]:
    """Give the address of the small year's server."""
    with http_server(office.ledger) as url:
        yield url


@pytest.fixture
def client(desk_url: str) -> Iterator[httpx.Client]:
    """Give a browser without a session that follows nothing by itself."""
    with httpx.Client(base_url=desk_url, timeout=30) as client:
        yield client


@pytest.fixture
def at_desk(desk_url: str, office: Office) -> Iterator[Callable[..., httpx.Client]]:
    """Give clients that are signed in, each with a session of its own."""
    with ExitStack() as stack:

        def made(role: str, by: str = "") -> httpx.Client:
            client = stack.enter_context(httpx.Client(base_url=desk_url, timeout=30))
            answer = sign_in(client, token_of(office.ledger, role, HOUR, by=by))
            assert answer.status_code == 303, answer.text
            return client

        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it takes a second

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def signed_in(desk_url: str, office: Office) -> Iterator[Callable[..., Page]]:
    """Sign a role in in a browser's context of its own, by the form, and give its page."""
    with ExitStack() as stack:

        def made(browser: Browser, role: str, *, by: str = "", language: str = "zh") -> Page:
            locale = "zh-CN" if language == "zh" else "en-GB"
            context = browser.new_context(base_url=desk_url, locale=locale)
            stack.callback(context.close)
            page = context.new_page()
            page.goto("/desk/sign-in")
            page.fill("#token", token_of(office.ledger, role, HOUR, by=by))
            page.click("form.fields button")
            page.wait_for_url("**/desk")
            return page

        yield made
