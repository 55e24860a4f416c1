"""The addresses of imports: templates out, tables in."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from api.commands.routes import answer, check_parameters
from api.http.auth import OfficeReading, Who
from api.http.language import Language, spoken
from api.http.middleware import request_line
from api.http.negotiation import MEDIA
from api.http.problems import MediaType, NotFound, TooLarge
from api.http.state import ledger_of
from api.imports.import_jobs import TableFile, begin, copy_of, result_of, table_of, take_in
from api.imports.import_kinds import KINDS, ImportKind
from api.imports.import_run import ImportResult, report
from api.imports.import_templates import template_of
from domain.kernel.refusals import RoleMissing
from infra.sheets.sheet_reader import MOST_FILE, SheetForm

FORMS: dict[str, SheetForm] = {MEDIA["xlsx"]: "xlsx", "text/csv": "csv"}
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
OBJECT: dict[str, Any] = {"content": {"application/json": {"schema": {"type": "object"}}}}
BODY = {"requestBody": {"required": True, "content": dict.fromkeys(FORMS, FILE)}}

JOBS = "/v1/imports/jobs"
XLSX = {MEDIA["xlsx"]: FILE}

router = APIRouter(tags=["office"])


@router.get(
    "/v1/imports/{key}/template",
    response_model=None,
    responses={200: {"description": "The template", "content": XLSX}},
)
def template(request: Request, key: str, _: OfficeReading) -> Response:
    """Give the template of a kind (`.xlsx`): a sheet to fill in, and one that explains it."""
    check_parameters(request, "lang")
    if request_line(request.scope).suffix != "xlsx":
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{key}.xlsx"'}
    return Response(template_of(kind_of(key)), 200, headers, MEDIA["xlsx"])


@router.post(
    "/v1/imports/{kind}",
    response_model=None,
    openapi_extra=BODY,
    responses={
        200: {"description": "What became of each row", **OBJECT},
        202: {"description": "A long table, carried out behind the answer", **OBJECT},
    },
)
async def take_table(
    request: Request, kind: str, who: Who, reader: OfficeReading, *, dry_run: bool = False
) -> Response:
    """Carry out a table, XLSX or CSV, row by row; each row has its effect once."""
    check_parameters(request, "dry_run", "lang")
    wanted = kind_of(kind)
    require_role(wanted, reader.by, reader.roles)
    form = form_of(request.headers.get("content-type", ""))
    file = TableFile(await file_of(request), form)
    ledger = ledger_of(request)
    taken = await run_in_threadpool(take_in, ledger, wanted, file, who, dry_run=dry_run)
    made = await run_in_threadpool(result_of, ledger, taken)
    if made is None:
        where = {"Location": f"{JOBS}/{taken}"}
        said = {"import": str(taken), "job": where["Location"]}
        return Response(msgspec.json.encode(said), 202, where, "application/json")
    return answer(report_of(str(taken), made, spoken(request)), 200)


@router.get(
    "/v1/imports/jobs/{key}",
    response_model=None,
    responses={200: {"description": "How far it is, or what became of each row", **OBJECT}},
)
def job(request: Request, key: str, reader: OfficeReading) -> Response:
    """Tell how far an import of one's own is, and what became of it."""
    check_parameters(request, "lang")
    ledger = ledger_of(request)
    table = table_of(ledger, key, reader.by)
    said: dict[str, Any] = {"state": table.state, "rows": table.rows, "done": table.rows_done}
    said |= {"kind": table.kind, "dry_run": table.dry_run}
    if (made := result_of(ledger, table.id)) is not None:
        return answer({**said, **report_of(key, made, spoken(request))}, 200)
    begin(ledger, table.id)
    return answer({"import": key, "read": table.rows_done, **said}, 200)


@router.get(
    "/v1/imports/jobs/{key}/annotated",
    response_model=None,
    responses={200: {"description": "The table, its refusals beside", "content": XLSX}},
)
def annotated_copy(request: Request, key: str, reader: OfficeReading) -> Response:
    """Give the copy of one's own table (`.xlsx`): what was refused, and why, beside each row."""
    check_parameters(request, "lang")
    ledger = ledger_of(request)
    table = table_of(ledger, key, reader.by)
    made = result_of(ledger, table.id)
    if made is None or request_line(request.scope).suffix != "xlsx":
        raise NotFound("there is no import {key} of yours: it is kept for a week", key=key[:40])
    pieces = copy_of(ledger, table, made, spoken(request))
    headers = {"Content-Disposition": f'attachment; filename="{table.kind}-annotated.xlsx"'}
    return StreamingResponse(pieces, 200, headers, MEDIA["xlsx"])


def kind_of(name: str) -> ImportKind:
    """Return a kind by its name."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("there is no such kind of table: there are {kinds}", kinds=[*KINDS])
    return kind


def require_role(kind: ImportKind, who: str, roles: frozenset[str]) -> None:
    """Refuse who may send none of the kind's commands; each row is held to the rules besides."""
    if not roles & kind.roles:
        raise RoleMissing(who, "this is open to the roles {roles}", roles=sorted(kind.roles))


def form_of(media: str) -> SheetForm:
    """Return the form of a file by its media type."""
    found = FORMS.get(media.partition(";")[0].strip().lower())
    if found is None:
        raise MediaType("send an .xlsx file or text/csv, not {found}", found=media[:60] or "-")
    return found


async def file_of(request: Request) -> bytes:
    """Read a whole file, but no more than is allowed."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_FILE:
            raise TooLarge(
                "a file has at most {most} MiB: send it in parts", most=str(MOST_FILE // 2**20)
            )
        parts.append(part)
    return b"".join(parts)


def report_of(identifier: str, made: ImportResult, language: Language) -> dict[str, Any]:
    """Say what became of a table, and where its annotated copy is."""
    said = {"import": identifier, "annotated": f"{JOBS}/{identifier}/annotated.xlsx"}
    return said | report(made, language)
