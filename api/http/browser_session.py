"""The session of a browser: the cookie that names it, and who is signed in by it.

A session lets its browser read; it writes through the pages of the desk alone, whose forms carry a
token of their session.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from api.http.problems import Problem
from api.http.state import ledger_of
from infra.office import sessions

if TYPE_CHECKING:
    from infra.office.sessions import BrowserSession

COOKIE = "mingzhang-session"
# What a request says of where it comes from (Fetch Metadata); `none`: an address typed by a person.
OWN_SITES = frozenset({"same-origin", "none"})


class SignInNeeded(Problem):
    """Nobody is signed in in this browser, or no longer."""

    CODE, STATUS, ZH, EN = "sign-in-needed", 401, "请先登录", "Sign in first"
    SAYS = "nobody is signed in here: a session rests 30 minutes and lasts 12 hours at most"


class RolesWithdrawn(Problem):
    """Who is signed in holds no role any more."""

    CODE, STATUS, ZH, EN = "roles-withdrawn", 401, "角色已收回", "The roles were withdrawn"


class FormNotOurs(Problem):
    """A form that did not come from a page of this session."""

    CODE, STATUS, ZH, EN = "form-not-ours", 403, "表单无效", "The form is not of this session"
    SAYS = "this form was not made for your session: open its page anew and send it from there"


def value_of(request: Request) -> str:
    """Return the value of the session's cookie; empty without one."""
    return request.cookies.get(COOKIE, "")


def may_read(request: Request) -> bool:
    """Tell whether the cookie counts at an address under /v1: reading, from our own pages."""
    site = request.headers.get("sec-fetch-site", "none")
    return bool(value_of(request)) and request.method == "GET" and site in OWN_SITES


def find(request: Request) -> BrowserSession | None:
    """Return the session that the request's cookie names, if it counts still."""
    session = find_any(request)
    return session if session is not None and session.is_open else None


def find_any(request: Request) -> BrowserSession | None:
    """Return the session that the request's cookie names, also one whose time is over."""
    value = value_of(request)
    if not value:
        return None
    with ledger_of(request).connection() as connection:
        return sessions.find(connection, value)


def require_roles(request: Request, session: BrowserSession, roles: frozenset[str]) -> None:
    """End the session of somebody who holds no role any more: `RolesWithdrawn`."""
    if not roles:
        with ledger_of(request).connection() as connection:
            sessions.end(connection, session)
        raise RolesWithdrawn("the ledger grants {name} no role any more", name=session.person)


def keep_cookie(request: Request, response: Response, value: str) -> None:
    """Give the browser the value of its session."""
    response.set_cookie(
        COOKIE,
        value,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def drop_cookie(request: Request, response: Response) -> None:
    """Take the value back."""
    response.delete_cookie(
        COOKIE, path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )


def form_token(value: str) -> str:
    """Return the token that the forms of a session carry: nobody knows it without the cookie."""
    return hmac.digest(value.encode(), b"mingzhang form", "sha256").hex()


def require_own_form(request: Request, token: str) -> None:
    """Refuse a form that was not made for this session (cross-site request forgery)."""
    require_own_site(request)
    if not hmac.compare_digest(form_token(value_of(request)).encode(), token.encode()):
        raise FormNotOurs


def require_own_site(request: Request) -> None:
    """Refuse what the pages of another site send: by Fetch Metadata, else by the Origin header."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_own = site in OWN_SITES
    else:
        is_own = origin is None or origin.partition("://")[2] == request.headers.get("host", "")
    if not is_own:
        raise FormNotOurs
