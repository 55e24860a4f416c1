"""Signing in at the desk: whom it lets in, for how long, and what a stranger gets."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.desk.return_path import own_path
from tests.api.desk.browsers import COOKIE, csrf, send_form, sign_in, token_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.scenarios.office import Office

HOUR = timedelta(hours=1)


def test_a_token_signs_in_and_the_cookie_is_the_browsers_alone(
    client: httpx.Client, office: Office
) -> None:
    answer = sign_in(client, token_of(office.ledger, "treasurer", HOUR))
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # the test's server speaks http
    value = client.cookies[COOKIE]
    kept = office.rows("SELECT hash::bytea FROM office.sessions")
    assert (sha256(value.encode()).digest(),) in kept
    assert not any(value.encode() in bytes(row[0]) for row in kept)
    page = client.get("/desk")
    assert page.status_code == 200
    assert "treasurer-1" in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/desk", "/desk/sessions", "/desk?kind=pay-run-to-review"])
def test_without_a_session_a_page_leads_to_the_sign_in(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/sign-in?next=/desk")
    assert client.get("/v1/work").status_code == 401


def test_after_signing_in_the_reader_goes_on_where_it_was_going(
    client: httpx.Client, office: Office
) -> None:
    page = client.get("/desk?kind=pay-run-to-review", follow_redirects=True)
    assert 'value="/desk?kind=pay-run-to-review"' in page.text
    answer = sign_in(
        client, token_of(office.ledger, "reviewer", HOUR), next="/desk?kind=pay-run-to-review"
    )
    assert answer.headers["location"] == "/desk?kind=pay-run-to-review"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "https://evil.example/desk", "\\\\evil", "/\\evil", "/desk\\..\\x",
        "/desk/../..", "/desk/./x", "/desk/%2e%2e/x", "/desk//evil", "/deskevil", "/funds", "desk",
        "/desk?x\r\nSet-Cookie: a=b", "/desk#@evil", "javascript:alert(1)", "/desk/x\x00", "",
        "/desk/" + "x" * 3000, "/desk\u2028", " /desk", "/desk?\\", "http:/desk", "/desk@evil",
    ],
)  # fmt: skip
def test_signing_in_leads_to_pages_of_the_desk_and_nowhere_else(
    wanted: str, client: httpx.Client, office: Office
) -> None:
    assert own_path(wanted) == "/desk"
    answer = sign_in(client, token_of(office.ledger, "treasurer", HOUR), next=wanted)
    assert answer.headers["location"] == "/desk"


def test_a_foreign_an_expired_and_no_token_are_refused_with_the_form(
    client: httpx.Client, office: Office
) -> None:
    good = token_of(office.ledger, "treasurer", HOUR)
    for token in ("", "x", good[:-2], token_of(office.ledger, "treasurer", timedelta(hours=-1))):
        answer = sign_in(client, token, next="/desk/sessions")
        assert answer.status_code == 401
        assert 'id="token"' in answer.text
        assert 'aria-describedby="token-hint problem"' in answer.text
        assert 'value="/desk/sessions"' in answer.text
        assert COOKIE not in client.cookies
        if len(token) > 9:
            assert token not in answer.text


def test_whom_the_ledger_grants_nothing_is_not_let_in(client: httpx.Client, office: Office) -> None:
    answer = sign_in(client, token_of(office.ledger, "treasurer", HOUR, by="nobody-9"))
    assert answer.status_code == 401
    assert "roles-withdrawn" not in client.cookies


def test_a_session_has_a_new_value_at_every_sign_in(client: httpx.Client, office: Office) -> None:
    """One that somebody planted before is worth nothing, and the one before has ended."""
    client.cookies.set(COOKIE, "planted", path="/")
    sign_in(client, token_of(office.ledger, "treasurer", HOUR))
    first = client.cookies.get(COOKIE, domain=client.base_url.host) or client.cookies[COOKIE]
    assert first != "planted"
    sign_in(client, token_of(office.ledger, "treasurer", HOUR))
    with httpx.Client(base_url=client.base_url, cookies={COOKIE: first}) as old:
        assert old.get("/desk").status_code == 303
    with httpx.Client(base_url=client.base_url, cookies={COOKIE: "planted"}) as planted:
        assert planted.get("/desk").status_code == 303


def test_signing_out_ends_the_session_wherever_its_value_is(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("treasurer")
    value = client.cookies[COOKIE]
    answer = send_form(client, "/desk/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    assert COOKIE not in client.cookies
    with httpx.Client(base_url=client.base_url, cookies={COOKIE: value}) as stolen:
        assert stolen.get("/desk").status_code == 303
        assert stolen.get("/v1/work").status_code == 401


@pytest.mark.parametrize(
    "change", ["seen_at = now() - interval '31 minutes'", "ends_at = now() - interval '1 second'"]
)
def test_a_session_ends_after_a_rest_and_at_the_latest(
    change: str, at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    assert client.get("/v1/work").status_code == 200
    value = sha256(client.cookies[COOKIE].encode()).digest()
    with office.ledger.connection() as connection:
        connection.execute(f"UPDATE office.sessions SET {change} WHERE hash = %s", (value,))
    assert client.get("/desk").status_code == 303
    assert client.get("/v1/work").status_code == 401


def test_a_session_lasts_no_longer_than_its_token_and_never_beyond_12_hours(
    client: httpx.Client, office: Office
) -> None:
    for ttl, least, most in ((timedelta(minutes=5), 4, 5), (timedelta(days=9), 719, 720)):
        sign_in(client, token_of(office.ledger, "treasurer", ttl))
        value = sha256(client.cookies[COOKIE].encode()).digest()
        ends = "SELECT round(extract(epoch FROM ends_at - begun_at) / 60)::int FROM office.sessions"
        [(minutes,)] = office.rows(f"{ends} WHERE hash = %(value)s", value=value)
        assert least <= minutes <= most


def test_a_use_is_noted_so_that_who_works_stays_signed_in(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    value = sha256(client.cookies[COOKIE].encode()).digest()
    back = "UPDATE office.sessions SET seen_at = now() - interval '29 minutes' WHERE hash = %s"
    for _ in range(2):
        with office.ledger.connection() as connection:
            connection.execute(back, (value,))
        assert client.get("/desk").status_code == 200


def test_withdrawn_roles_count_at_once(client: httpx.Client, office: Office) -> None:
    role: dict[str, Any] = {"who": "temp-1", "role": "treasurer"}
    office.send("role.grant", "role:temp-1", by="operator:local", on="2006-01-01", **role)
    sign_in(client, token_of(office.ledger, "treasurer", HOUR, by="temp-1"))
    assert client.get("/v1/work").status_code == 200
    value = client.cookies[COOKIE]
    office.send("role.withdraw", "role:temp-1", by="operator:local", on="2006-01-02", **role)
    answer = client.get("/desk")
    assert answer.status_code == 401
    assert "roles-withdrawn" in answer.text
    # The session itself has ended.
    with httpx.Client(base_url=client.base_url, cookies={COOKIE: value}) as again:
        assert again.get("/desk").status_code == 303
        assert again.get("/v1/work").status_code == 401


def test_sessions_are_listed_and_ended_by_their_owner_alone(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    here, there, other = at_desk("treasurer"), at_desk("treasurer"), at_desk("clerk")

    def of(client: httpx.Client) -> str:
        value = sha256(client.cookies[COOKIE].encode()).digest()
        asked = "SELECT id::text FROM office.sessions WHERE hash = %(value)s"
        return str(office.rows(asked, value=value)[0][0])

    page = here.get("/desk/sessions").text
    assert of(here) in page
    assert of(there) in page
    assert of(other) not in page
    assert send_form(here, "/desk/sessions", session=of(other)).status_code == 303
    assert other.get("/desk").status_code == 200
    assert send_form(here, "/desk/sessions", session=of(there)).status_code == 303
    assert there.get("/desk").status_code == 303
    assert send_form(here, "/desk/sessions", session="no-uuid").status_code == 303


def test_a_form_without_its_sessions_token_is_refused(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client, other = at_desk("treasurer"), at_desk("clerk")
    for path in ("/desk/sign-out", "/desk/sessions"):
        for token in ("", "0" * 64, csrf(other), csrf(client)[:-1], "é"):
            answer = client.post(path, data={"csrf": token, "session": "x"})
            assert answer.status_code == 403, (path, token)
            assert "form-not-ours" in answer.text
    assert client.get("/desk").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_forms_of_another_site_are_refused(
    headers: dict[str, str], at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    token = csrf(client)
    assert client.post("/desk/sign-out", data={"csrf": token}, headers=headers).status_code == 403
    signing = {"token": token_of(office.ledger, "clerk", HOUR)}
    assert client.post("/desk/sign-in", data=signing, headers=headers).status_code == 403


def test_a_session_reads_the_addresses_and_never_writes_there(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("treasurer")
    assert client.get("/v1/funds").status_code == 200
    assert client.get("/v1/work.csv").status_code == 200
    assert client.get("/v1/commands").status_code == 200
    order = {"command": "fund.open", "subject": "fund:x", "key": "k", "act": {"on": "2007-01-01"}}
    for path in ("/v1/commands", "/v1/commands?dry_run=true"):
        assert client.post(path, json=order).status_code == 401
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.get("/v1/funds", headers=elsewhere).status_code == 401
    wrong = {"Authorization": "Bearer x"}
    assert client.get("/v1/funds", headers=wrong).status_code == 401


def test_a_session_carries_no_more_than_its_token(client: httpx.Client, office: Office) -> None:
    """Of several roles that somebody holds the token names one."""
    for role in ("registrar", "publisher"):
        office.send("role.grant", "role:two-roles", by="operator:local", on="2006-01-01",
                    who="two-roles", role=role)  # fmt: skip
    sign_in(client, token_of(office.ledger, "publisher", HOUR, by="two-roles"))
    page = client.get("/desk").text
    assert "发布人" in page
    assert "登记人" not in page


def test_only_a_form_is_read(client: httpx.Client) -> None:
    assert client.post("/desk/sign-in", json={"token": "x"}).status_code == 415
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/desk/sign-in", content=b"token=%ff", headers=form).status_code == 422
    assert client.post("/desk/sign-in", content=b"a=1&" * 6000, headers=form).status_code == 422
    assert client.post("/desk/sign-in", data={"token": "x" * 2**21}).status_code == 413


@pytest.mark.parametrize(("language", "said"), [("zh", "登录"), ("en", "Sign in")])
def test_the_language_that_was_chosen_is_kept(
    language: str, said: str, client: httpx.Client
) -> None:
    other = "en" if language == "zh" else "zh"
    assert f"<h1>{said}</h1>" in client.get(f"/desk/sign-in?lang={language}").text
    later = client.get("/desk/sign-in", headers={"Accept-Language": other})
    assert f"<h1>{said}</h1>" in later.text
    assert later.headers["content-language"] == language


def test_a_page_of_the_desk_runs_no_script_but_ours(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("treasurer")
    for path in ("/desk", "/desk/sessions", "/desk/sign-in", "/desk/nowhere"):
        answer = client.get(path)
        [policy] = [v for k, v in answer.headers.multi_items() if k == "content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert answer.text.count("<script") == answer.text.count("<script src=")
    assert client.get("/desk/nowhere").status_code == 404
    assert client.get("/desk/files/desk.js").status_code == 200
    assert client.get("/desk/files/passwd").status_code == 404
