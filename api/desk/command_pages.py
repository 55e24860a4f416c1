"""The pages of commands: their list, a form for each, and the receipt of what was carried out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.commands.schemas import SCHEMAS
from api.desk import form_drafts, undo
from api.desk.command_form import CommandForm, roles_of
from api.desk.form_body import fields_of
from api.desk.layout import UNKEPT, answer
from api.desk.signed_in import SignedIn, SignedInNow, signed_in
from api.http import browser_session
from api.http.browser_session import FormNotOurs
from api.http.language import spoken
from api.http.problems import NotFound, Problem, of_the_store
from api.http.state import ledger_of, state_of
from domain.kernel.refusals import KeyReused, Refused, RoleMissing
from infra.commands import receipts
from infra.commands.command import Undecided, receipts_or_raise
from infra.office import drafts

SEE_OTHER, FORBIDDEN, REFUSED, OURS = 303, 403, 422, 500
PATH = "/desk/commands"
# What an address does not fill in: its own words.
NOT_GIVEN = frozenset({"key", "draft", "lang", "csrf"})
router = APIRouter(tags=["desk"], include_in_schema=False)


@router.get(PATH, summary="The commands that the reader may send.")
def commands_page(request: Request, who: SignedInNow) -> Response:
    """List the commands by what they act on."""
    groups: dict[str, list[str]] = {}
    for name, by_kind in SCHEMAS.items():
        if roles_of(name) & who.roles:
            kind = name.partition(".")[0] if len(by_kind) > 1 else next(iter(by_kind))
            groups.setdefault(kind, []).append(name)
    with ledger_of(request).connection() as connection:
        kept = drafts.of_person(connection, who.by)
    content = {"groups": groups, "drafts": kept, "section": "commands"}
    return answer(request, "commands.html", content, who)


@router.get(f"{PATH}/{{command}}", summary="The form of a command, perhaps filled in.")
def form_page(request: Request, command: str, who: SignedInNow) -> Response:
    """Show a form; what the address says of its fields is filled in."""
    require_role(command, who)
    given = {name: text for name, text in request.query_params.items() if name not in NOT_GIVEN}
    if key := request.query_params.get("draft"):
        given |= form_drafts.read(request, command, who, key)
    return show(request, CommandForm(command, given, spoken(request)), who)


def require_role(command: str, who: SignedIn) -> None:
    """Refuse who may not send the command, and say who may."""
    wanted = roles_of(command)
    if not wanted & who.roles:
        raise RoleMissing(who.by, "this is open to the roles {roles}", roles=sorted(wanted))


def show(request: Request, form: CommandForm, who: SignedIn, *, status: int = 200) -> Response:
    """Answer with a form."""
    content = {"form": form, "section": "commands"}
    return answer(request, "command.html", content, who, status=status)


@router.post(f"{PATH}/{{command}}", summary="Send a command by its form.")
async def send(request: Request, command: str) -> Response:
    """Carry the command out and show its receipt; else the form, with all that was typed."""
    browser_session.require_own_site(request)
    typed = await fields_of(request)
    roles_of(command)
    form = CommandForm(command, typed, spoken(request))
    if gone := await run_in_threadpool(form_drafts.signing_in_again, request, form):
        return gone
    who = await run_in_threadpool(signed_in, request)
    require_role(command, who)
    try:
        browser_session.require_own_form(request, typed.get("csrf", ""))
    except FormNotOurs as problem:
        form.refused(problem, request.url.path)
        return await run_in_threadpool(show, request, form, who, status=FORBIDDEN)
    if "more" in typed:
        return await run_in_threadpool(show, request, form, who)
    if "save" in typed:
        await run_in_threadpool(form_drafts.keep, request, form, who.by)
        return RedirectResponse(PATH, SEE_OTHER, headers=UNKEPT)
    return await carried_out(request, form, who)


async def carried_out(request: Request, form: CommandForm, who: SignedIn) -> Response:
    """Send what a form says."""
    try:
        sent = form.request(who.sender)
        outcome = await state_of(request.app).ledger.executor.execute_async(sent)
        if isinstance(outcome, Undecided):
            # Sent again under the same key it finds out whether it was carried out.
            raise of_the_store(outcome.cause)
        receipts_or_raise(outcome)
    except (Refused, Problem) as problem:
        if isinstance(problem, KeyReused):
            # The same form, changed after it was carried out, is another act.
            form.typed = {name: text for name, text in form.typed.items() if name != "key"}
        form.refused(problem, request.url.path)
        status = problem.STATUS if problem.STATUS >= OURS else REFUSED
        return await run_in_threadpool(show, request, form, who, status=status)
    await run_in_threadpool(form_drafts.drop, request, who, sent.key)
    return RedirectResponse(f"/desk/receipts/{quote(sent.key)}", SEE_OTHER, headers=UNKEPT)


@router.get("/desk/receipts/{key:path}", summary="What was carried out under a key.")
def receipt_page(request: Request, key: str, who: SignedInNow) -> Response:
    """Show a receipt to who may see it."""
    made = receipts_of(request, key, who)
    undoings = [each for receipt in made for each in undo.of_receipt(receipt, who.roles)]
    content = {"receipts": made, "undoings": undoings, "key": key}
    return answer(request, "receipt.html", content, who)


def receipts_of(request: Request, key: str, who: SignedIn) -> list[Mapping[str, Any]]:
    """Return the receipts of a key, if the reader may see them."""
    with ledger_of(request).connection() as connection:
        stored = receipts.find(connection, [key]).get(key)
        made: list[Mapping[str, Any]] = [*stored.receipts(replayed=False)] if stored else []
        if stored is None or not all(receipts.seen_by(connection, who.reader, made)):
            raise NotFound("no command was carried out under the key {key}", key=key[:64])
    return made
