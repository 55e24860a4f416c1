"""Signing in by an OpenID Connect provider that nobody here wrote, in a browser's steps."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.app import build
from api.http.state import state_of
from infra.office.openid_provider import Client, OpenIdProvider
from scripts.scenarios.http_server import http_server
from tests import node
from tests.api.desk.browsers import COOKIE, send_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from scripts.scenarios.office import Office

SECRET = "known-to-two"
TRY = "mingzhang-sign-in"
FORM = re.compile(r'<form[^>]* action="([^"]+)"')
STEPS = 12
TITLES = {"zh": "身份提供方暂不可用", "en": "The provider is unavailable"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Start the provider."""
    with node.running("oidc-provider.cjs", SECRET) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def desk(office: Office, issuer: str) -> Iterator[str]:
    """Serve the small year's desk, which knows the provider."""
    app = app_with(office, Client(issuer, "mingzhang", SECRET))
    with http_server(office.ledger, app) as url:
        yield url


def app_with(office: Office, client: Client) -> FastAPI:
    """Build an app whose settings name a provider."""
    app = build(office.ledger)
    app.state.held = replace(state_of(app), provider=OpenIdProvider(client))
    return app


@pytest.fixture
def browser(desk: str) -> Iterator[httpx.Client]:
    """Give a browser that follows nothing by itself."""
    with httpx.Client(base_url=desk, timeout=30) as client:
        yield client


def signs_in(browser: httpx.Client, name: str, wanted: str = "") -> httpx.Response:
    """Go to the provider, type a name, consent; return what the desk answers to the return."""
    answer = browser.get("/desk/sign-in/openid", params={"next": wanted})
    for _ in range(STEPS):
        if answer.status_code == 200:
            action = FORM.search(answer.text)
            assert action, answer.text
            prompt = "login" if 'name="login"' in answer.text else "consent"
            fields = {"prompt": prompt, "login": name, "password": "any"}
            answer = browser.post(unescape(action[1]), data=fields)
            continue
        place = httpx.URL(str(answer.request.url)).join(answer.headers["location"])
        if place.path == "/desk/sign-in/return":
            return browser.get(str(place))
        answer = browser.get(str(place))
    raise AssertionError("the provider never sent the browser back")


def test_who_is_known_to_the_provider_and_holds_a_role_is_signed_in(
    browser: httpx.Client, office: Office
) -> None:
    assert "127.0.0.1" in browser.get("/desk/sign-in").text
    answer = signs_in(browser, "treasurer-1", "/desk/sessions")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sessions")
    page = browser.get("/desk")
    assert "treasurer-1" in page.text
    assert ("provider",) in office.rows(
        "SELECT way FROM office.sessions WHERE person = 'treasurer-1' AND roles IS NULL"
    )
    assert browser.get("/v1/work").status_code == 200
    assert send_form(browser, "/desk/sign-out").headers["location"] == "/desk/sign-in"
    assert browser.get("/v1/work").status_code == 401


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stranger-9", "角色"),
        ("operator:local", "operator:local"),
        ("owner:local", "owner:local"),
        ("张三", "张三"),
        ("a" * 200, "aaa"),
    ],
)
def test_whom_the_ledger_does_not_know_is_not_let_in(
    name: str, said: str, browser: httpx.Client
) -> None:
    answer = signs_in(browser, name)
    assert answer.status_code == 401
    assert said in answer.text
    assert 'id="token"' in answer.text
    assert COOKIE not in browser.cookies


def test_a_try_counts_once_and_in_its_own_browser(browser: httpx.Client, desk: str) -> None:
    returned = signs_in(browser, "clerk-1").request.url
    again = browser.get(str(returned))
    assert (again.status_code, TRY in browser.cookies) == (401, False)
    with httpx.Client(base_url=desk, timeout=30) as other:
        assert other.get(str(returned)).status_code == 401
        other.get("/desk/sign-in/openid")
        # Its own try, and the answer to somebody else's: nobody is signed in under a foreign name.
        assert other.get(str(returned)).status_code == 401
        assert COOKIE not in other.cookies


def test_the_browser_is_sent_with_pkce_and_back_to_pages_of_the_desk(
    browser: httpx.Client,
) -> None:
    answer = browser.get("/desk/sign-in/openid?next=//evil.example")
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["redirect_uri"] == [
        f"{browser.base_url}/desk/sign-in/return".replace("//desk", "/desk")
    ]
    kept = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/desk/sign-in/return"} <= set(kept.split("; "))
    assert signs_in(browser, "clerk-1", "//evil.example").headers["location"] == "/desk"


@pytest.mark.parametrize(
    "query",
    [
        "", "code=x", "state=x", "code=x&state=x", "error=access_denied", "error=%3Cscript%3E",
        "code=x&code=y&state=x", "state=" + "x" * 5000, "iss=https://evil.example&code=x&state=x",
    ],
)  # fmt: skip
def test_what_no_provider_sent_signs_nobody_in(query: str, browser: httpx.Client) -> None:
    browser.get("/desk/sign-in/openid")
    answer = browser.get(f"/desk/sign-in/return?{query}")
    assert answer.status_code == 401
    assert "<script>" not in answer.text
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("value", ["", "x", "e30", "bnVsbA", "W10", "x" * 4000])
def test_a_spoilt_try_signs_nobody_in(value: str, browser: httpx.Client) -> None:
    browser.cookies.set(TRY, value, path="/desk/sign-in/return")
    assert browser.get("/desk/sign-in/return?code=x&state=x").status_code == 401


def test_while_the_provider_is_away_tokens_still_sign_in(office: Office) -> None:
    away = Client("http://127.0.0.1:9", "mingzhang", SECRET)
    with (
        http_server(office.ledger, app_with(office, away)) as url,
        httpx.Client(base_url=url, timeout=30) as browser,
    ):
        for language, title in TITLES.items():
            answer = browser.get("/desk/sign-in/openid", params={"lang": language})
            assert answer.status_code == 503
            assert title in answer.text
            assert 'id="token"' in answer.text


def test_without_a_provider_there_is_no_such_address(client: httpx.Client) -> None:
    assert client.get("/desk/sign-in/openid").status_code == 404
    assert client.get("/desk/sign-in/return").status_code == 404
    assert "openid" not in client.get("/desk/sign-in").text
