"""Tables in the browser: a file is tried, then carried out; its refusals are told by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from api.desk.layout import UNKEPT, answer
from api.desk.signed_in import SignedInNow, signed_in
from api.http import browser_session
from api.http.language import spoken
from api.http.problems import Problem, TooLarge, detail_of
from api.http.state import ledger_of
from api.imports.import_jobs import (
    TableFile,
    begin,
    file_of_table,
    result_of,
    table_of,
    take_in,
)
from api.imports.import_kinds import KINDS
from api.imports.import_run import told_problems
from api.imports.routes import kind_of, require_role
from infra.office import imports
from infra.sheets.sheet_reader import MOST_FILE

if TYPE_CHECKING:
    from api.desk.signed_in import SignedIn
    from infra.sheets.sheet_reader import SheetForm

PATH = "/desk/import"
SEE_OTHER, REFUSED = 303, 422
MOST_SHOWN, MOST_LISTED = 200, 20
router = APIRouter(tags=["desk"], include_in_schema=False)


@router.get(PATH, summary="Tables: their templates, and those that were sent.")
def imports_page(request: Request, who: SignedInNow) -> Response:
    """Show the form that sends a table, the templates, and one's own of the last week."""
    return show(request, who)


@router.post(PATH, summary="Try a table that a browser sends.")
async def send_table(request: Request) -> Response:
    """Try a table: nothing is written before it was looked at."""
    browser_session.require_own_site(request)
    if int(request.headers.get("content-length") or MOST_FILE + 1) > MOST_FILE:
        raise TooLarge(
            "a file has at most {most} MiB: send it in parts", most=str(MOST_FILE // 2**20)
        )
    who = await run_in_threadpool(signed_in, request)
    async with request.form(max_files=1, max_fields=10) as typed:
        browser_session.require_own_form(request, str(typed.get("csrf", "")))
        kind = kind_of(str(typed.get("kind", "")))
        file = typed.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
        name = str(file.filename) if isinstance(file, UploadFile) else ""
    require_role(kind, who.by, who.roles)
    form: SheetForm = "csv" if name.lower().endswith(".csv") else "xlsx"
    ledger, table = ledger_of(request), TableFile(content, form)
    try:
        made = await run_in_threadpool(take_in, ledger, kind, table, who.sender, dry_run=True)
    except Problem as problem:
        told = detail_of(problem, spoken(request))
        return await run_in_threadpool(show, request, who, kind.name, told)
    return RedirectResponse(f"{PATH}/{made}", SEE_OTHER, headers=UNKEPT)


@router.get(f"{PATH}/{{key}}", summary="What became of a table's rows.")
def import_page(request: Request, key: str, who: SignedInNow) -> Response:
    """Show how far a table is, or what became of it."""
    ledger = ledger_of(request)
    table = table_of(ledger, key, who.by)
    made = result_of(ledger, table.id)
    if made is None:
        begin(ledger, table.id)
    problems = [] if made is None else [*told_problems(made.problems, spoken(request))]
    content: dict[str, Any] = {
        "table": table,
        "made": made,
        "problems": problems[:MOST_SHOWN],
        "more": max(0, len(problems) - MOST_SHOWN),
        "section": "import",
    }
    return answer(request, "import.html", content, who)


@router.post(f"{PATH}/{{key}}", summary="Carry a table out that was tried.")
async def go(request: Request, key: str) -> Response:
    """Carry out for good what was tried."""
    browser_session.require_own_site(request)
    who = await run_in_threadpool(signed_in, request)
    async with request.form(max_files=0, max_fields=10) as typed:
        browser_session.require_own_form(request, str(typed.get("csrf", "")))
    ledger = ledger_of(request)
    table = await run_in_threadpool(table_of, ledger, key, who.by)
    require_role(KINDS[table.kind], who.by, who.roles)
    content = await run_in_threadpool(file_of_table, ledger, table.id)
    file = TableFile(content, cast("SheetForm", table.form))
    made = await run_in_threadpool(
        take_in, ledger, KINDS[table.kind], file, who.sender, dry_run=False
    )
    return RedirectResponse(f"{PATH}/{made}", SEE_OTHER, headers=UNKEPT)


def show(request: Request, who: SignedIn, kind: str = "", told: str = "") -> Response:
    """Answer with the form, perhaps with what was wrong with the file."""
    with ledger_of(request).connection() as connection:
        sent = imports.of_person(connection, who.by, MOST_LISTED)
    content = {
        "kinds": [each.name for each in KINDS.values() if each.roles & who.roles],
        "chosen": kind,
        "told": told,
        "sent": sent,
        "section": "import",
    }
    return answer(request, "imports.html", content, who, status=REFUSED if told else 200)
