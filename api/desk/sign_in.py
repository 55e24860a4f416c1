"""Signing in and out, and the list of somebody's sessions."""

from __future__ import annotations

import re
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.desk.form_body import fields_of
from api.desk.layout import UNKEPT, answer
from api.desk.return_path import own_path
from api.desk.signed_in import SignedIn, SignedInNow, signed_in
from api.http import browser_session, tokens
from api.http.auth import held
from api.http.browser_session import RolesWithdrawn
from api.http.language import spoken
from api.http.problems import Problem, describe
from api.http.state import ledger_of, state_of
from infra.commands.command import Sender
from infra.office import sessions
from infra.office.sessions import SignIn

SEE_OTHER = 303
# A browser, and the system that it runs on.
NAMES = (
    re.compile(
        r"(?:Edg|Firefox|OPR)/\d+|(?:Headless)?Chrome/\d+(?!.*(?:Edg|OPR)/)|Safari(?=/)(?!.*Edg)"
    ),
    re.compile(r"Windows|Android|iPhone|iPad|Mac OS X|HarmonyOS|Linux"),
)
router = APIRouter(tags=["desk"], include_in_schema=False)


@router.get("/desk/sign-in", summary="The page that signs somebody in.")
def sign_in_page(request: Request) -> Response:
    """Show the form for a token."""
    return form_page(request, request.query_params.get("next", ""))


def form_page(request: Request, wanted: str, problem: Problem | None = None) -> Response:
    """Show the form, perhaps with why the last token was refused."""
    told = problem and describe(problem, instance=request.url.path, language=spoken(request))
    provider = state_of(request.app).provider
    content = {
        "next": own_path(wanted),
        "problem": told,
        "provider": provider and provider.host,
    }
    return answer(request, "sign_in.html", content, None, status=problem.STATUS if problem else 200)


@router.post("/desk/sign-in", summary="Sign in by a token.")
async def sign_in(request: Request) -> Response:
    """Begin a session for whom the token names, and go on where the page said."""
    browser_session.require_own_site(request)
    fields = await fields_of(request)
    wanted = fields.get("next", "")
    try:
        return await run_in_threadpool(by_token, request, fields.get("token", "").strip(), wanted)
    except Problem as problem:
        if problem.STATUS != RolesWithdrawn.STATUS:
            raise
        return await run_in_threadpool(form_page, request, wanted, problem)


def by_token(request: Request, token: str, wanted: str) -> Response:
    """Begin a session by a token of ours."""
    claim = tokens.read(ledger_of(request).secret(tokens.TOKEN_KEY), token)
    return begin(
        request,
        SignIn(claim.by, frozenset(claim.roles), "token", ends_at=claim.expires_at),
        wanted,
    )


def begin(request: Request, who: SignIn, wanted: str) -> Response:
    """Begin a new session in the place of the one that the browser had, and go on."""
    ledger = ledger_of(request)
    if not held(ledger, Sender(who.person, who.roles)):
        raise RolesWithdrawn("the ledger grants {name} no role any more", name=who.person)
    who = who._replace(browser=request.headers.get("user-agent", ""))
    before = browser_session.find_any(request)
    with ledger.connection() as connection:
        if before is not None:
            sessions.end(connection, before)
        value = sessions.begin(connection, who)
    response = RedirectResponse(own_path(wanted), SEE_OTHER, headers=UNKEPT)
    browser_session.keep_cookie(request, response, value)
    return response


@router.post("/desk/sign-out", summary="End this browser's session.")
async def sign_out(request: Request) -> Response:
    """End the session and take the cookie back; without a session there is nothing to do."""
    fields = await fields_of(request)
    return await run_in_threadpool(end, request, fields)


def end(request: Request, fields: dict[str, str]) -> Response:
    """End the session of the browser."""
    session = browser_session.find_any(request)
    if session is not None:
        browser_session.require_own_form(request, fields.get("csrf", ""))
        with ledger_of(request).connection() as connection:
            sessions.end(connection, session)
    response = RedirectResponse("/desk/sign-in", SEE_OTHER, headers=UNKEPT)
    browser_session.drop_cookie(request, response)
    return response


@router.get("/desk/sessions", summary="Where one is signed in.")
def sessions_page(request: Request, who: SignedInNow) -> Response:
    """List the sessions of who is signed in."""
    with ledger_of(request).connection() as connection:
        found = sessions.of_person(connection, who.by)
    named = [(each, browser_name(each.browser)) for each in found]
    return answer(request, "sessions.html", {"sessions": named}, who)


def browser_name(said: str) -> str:
    """Say which browser on which system it is, as far as it says so; else what it says."""
    found = [match[0].replace("/", " ") for kind in NAMES if (match := kind.search(said))]
    return " · ".join(found) or said


@router.post("/desk/sessions", summary="End one of the own sessions.")
async def end_session(request: Request) -> Response:
    """End the session that the form names."""
    fields = await fields_of(request)
    return await run_in_threadpool(end_one, request, fields)


def end_one(request: Request, fields: dict[str, str]) -> Response:
    """End one of the own sessions; one that there is not has ended already."""
    who: SignedIn = signed_in(request)
    browser_session.require_own_form(request, fields.get("csrf", ""))
    try:
        identifier = UUID(fields.get("session", ""))
    except ValueError:
        return RedirectResponse("/desk/sessions", SEE_OTHER, headers=UNKEPT)
    with ledger_of(request).connection() as connection:
        sessions.end_one_of(connection, who.by, identifier)
    return RedirectResponse("/desk/sessions", SEE_OTHER, headers=UNKEPT)
