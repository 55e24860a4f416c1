"""The desk's addresses, and what a problem looks like there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.desk import (
    audit_page,
    command_pages,
    demonstration,
    form_drafts,
    import_pages,
    openid_sign_in,
    pay_run_acts,
    people_pages,
    register_pages,
    sign_in,
)
from api.desk.arrears_page import ARREARS_PAGE
from api.desk.bank_page import BANK_PAGE
from api.desk.desk_page import DeskPage, route
from api.desk.layout import UNKEPT, answer, file
from api.desk.pay_run_page import PAY_RUN_PAGE
from api.desk.periods_page import PERIODS_PAGE
from api.desk.proposal_pages import LIST_PAGE, ONE_PAGE
from api.desk.return_path import HOME, sign_in_path
from api.desk.signed_in import SignedInNow, who_asked
from api.desk.table_pages import BUDGET_PAGE, PIVOT_PAGE
from api.desk.what_if_page import WHAT_IF_PAGE
from api.desk.work import WORK_PAGE
from api.http.browser_session import SignInNeeded
from api.http.middleware import is_of_desk
from api.http.problems import NotFound
from api.pages import routes as public

PAGES: tuple[DeskPage, ...] = (
    WORK_PAGE,
    LIST_PAGE,
    ONE_PAGE,
    PAY_RUN_PAGE,
    BANK_PAGE,
    audit_page.AUDIT_PAGE,
    PERIODS_PAGE,
    PIVOT_PAGE,
    BUDGET_PAGE,
    ARREARS_PAGE,
    WHAT_IF_PAGE,
    *register_pages.PAGES,
)
FILES = {"desk.css": "text/css", "desk.js": "text/javascript"}
FOR_LONG = {"Cache-Control": "public, max-age=86400"}
SEE_OTHER = 303

router = APIRouter(tags=["desk"], include_in_schema=False)
router.include_router(sign_in.router)
router.include_router(audit_page.router)
router.include_router(openid_sign_in.router)
router.include_router(demonstration.router)
router.include_router(command_pages.router)
router.include_router(form_drafts.router)
router.include_router(import_pages.router)
router.include_router(pay_run_acts.router)
router.include_router(people_pages.router)
for each in PAGES:
    router.add_api_route(
        each.path,
        route(each),
        methods=["GET"],
        name=f"desk{each.path}",
        summary=each.summary,
        response_model=None,
        response_class=Response,
    )


@router.get("/desk/registers", summary="The registers that the reader may open.")
def registers_page(request: Request, who: SignedInNow) -> Response:
    """List the registers."""
    names = [name for name, roles in register_pages.ROLES.items() if roles & who.roles]
    return answer(request, "registers.html", {"names": names, "section": "registers"}, who)


@router.get("/desk/files/{name}", summary="The style sheet and the script of the desk.")
def desk_file(name: str) -> Response:
    """Give a file of the desk."""
    if name not in FILES:
        raise NotFound
    return Response(file(name), media_type=FILES[name], headers=FOR_LONG)


def problem(request: Request, details: Mapping[str, Any]) -> Response:
    """Show a problem: on the desk in its frame, and where nobody is signed in by the sign-in."""
    if not is_of_desk(request.url.path):
        return public.problem(request, details)
    if details["code"] == SignInNeeded.CODE:
        wanted = request.url.path if request.method == "GET" else HOME
        query = request.url.query if request.method == "GET" else ""
        return RedirectResponse(
            sign_in_path(f"{wanted}?{query}" if query else wanted), SEE_OTHER, headers=UNKEPT
        )
    status = int(details["status"])
    content = {"problem": details}
    return answer(request, "desk_problem.html", content, who_asked(request), status=status)
