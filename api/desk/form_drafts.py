"""Drafts of forms: kept on demand, and where a session ended before its form was sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.commands.request import GOOD_KEY
from api.desk.command_form import CommandForm
from api.desk.form_body import fields_of
from api.desk.layout import UNKEPT
from api.desk.return_path import sign_in_path
from api.desk.signed_in import SignedIn, signed_in
from api.http import browser_session
from api.http.browser_session import SignInNeeded
from api.http.state import ledger_of
from infra.office import drafts
from infra.office.drafts import DraftedForm

SEE_OTHER = 303
# What a form says of itself is not kept: its session's token, and which button was pressed.
UNSAID = frozenset({"csrf", "key", "save", "more"})
router = APIRouter(tags=["desk"], include_in_schema=False)


def keep(request: Request, form: CommandForm, person: str) -> str:
    """Keep a form for somebody, and return the address that opens it again."""
    key = form.key
    typed = {name: text for name, text in form.typed.items() if name not in UNSAID}
    ledger = ledger_of(request)
    with ledger.connection() as connection:
        if GOOD_KEY.fullmatch(key):
            drafts.keep(connection, ledger.vault, DraftedForm(person, form.command, key, typed))
    return f"/desk/commands/{form.command}?draft={quote(key, safe='')}"


def signing_in_again(request: Request, form: CommandForm) -> Response | None:
    """Keep the form of a session that has ended, and lead to the sign-in; None of an open one.

    Only a form that was made for that session is kept: nobody else fills in somebody's drafts.
    """
    session = browser_session.find_any(request)
    if session is not None and session.is_open:
        return None
    if session is None:
        raise SignInNeeded
    browser_session.require_own_form(request, form.typed.get("csrf", ""))
    address = keep(request, form, session.person)
    return RedirectResponse(sign_in_path(address), SEE_OTHER, headers=UNKEPT)


def read(request: Request, command: str, who: SignedIn, key: str) -> Mapping[str, str]:
    """Return what was typed in a draft, with its key; nothing where it is gone."""
    ledger = ledger_of(request)
    with ledger.connection() as connection:
        typed = drafts.read(connection, ledger.vault, who.by, command, key)
    return {} if typed is None else {**typed, "key": key}


def drop(request: Request, who: SignedIn, key: str) -> None:
    """Let the draft of a form go that was sent."""
    with ledger_of(request).connection() as connection:
        drafts.drop(connection, who.by, key)


@router.post("/desk/drafts", summary="Let one of the own drafts go.")
async def drop_draft(request: Request) -> Response:
    """Drop the draft that the form names; one that there is not is gone already."""
    fields = await fields_of(request)
    return await run_in_threadpool(dropped, request, fields)


def dropped(request: Request, fields: dict[str, str]) -> Response:
    """Drop it."""
    who = signed_in(request)
    browser_session.require_own_form(request, fields.get("csrf", ""))
    drop(request, who, fields.get("draft", ""))
    return RedirectResponse("/desk/commands", SEE_OTHER, headers=UNKEPT)
