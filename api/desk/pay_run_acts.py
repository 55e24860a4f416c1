"""The buttons of a pay run's page: each sends the run's command as its form would."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.desk.command_form import CommandForm
from api.desk.command_pages import carried_out, require_role
from api.desk.form_body import fields_of
from api.desk.pay_run_page import ACTS, SIGNED
from api.desk.signed_in import signed_in
from api.http import browser_session
from api.http.language import spoken
from api.queries.parameters import wrong
from infra.config.clock import today

router = APIRouter(tags=["desk"], include_in_schema=False)


@router.post("/desk/pay-runs/{key}", summary="Act on a pay run: sign, release, settle, end it.")
async def act_on(request: Request, key: str) -> Response:
    """Carry out the act that was pressed; what is refused is shown with its form."""
    browser_session.require_own_site(request)
    typed = await fields_of(request)
    who = await run_in_threadpool(signed_in, request)
    browser_session.require_own_form(request, typed.get("csrf", ""))
    act = typed.get("act", "")
    if act not in ACTS:
        raise wrong("/act", "must be one of {words}", words=ACTS)
    command = f"pay-run.{act}"
    require_role(command, who)
    form = CommandForm(command, filled(key, act, typed), spoken(request))
    return await carried_out(request, form, who)


def filled(run: str, act: str, typed: dict[str, str]) -> dict[str, str]:
    """Fill the form of an act in with what its button says."""
    said = partial(typed.get)
    found = {
        "subject": f"pay-run:{run}",
        "on": said("on") or today().isoformat(),
        "key": said("key") or "",
        "what.reason": said("reason") or "",
        "what.bank_ref": said("bank_ref") or "",
    }
    return found | ({"what.digest": said("digest") or ""} if act in SIGNED else {})
