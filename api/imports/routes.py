"""The addresses of imports: templates out, tables in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.commands.routes import answer, check_parameters
from api.http.auth import OfficeReading, Who
from api.http.language import Language, spoken
from api.http.middleware import request_line
from api.http.negotiation import MEDIA
from api.http.problems import MediaType, NotFound, TooLarge, Unreadable
from api.http.state import ledger_of
from api.http.wrong_parts import WrongPart
from api.imports.import_kinds import KINDS, ImportKind
from api.imports.import_run import ImportResult, ImportRun, told_problems
from api.imports.import_templates import template_of
from domain.kernel.refusals import RoleMissing
from infra.sheets.sheet_reader import MOST_FILE, SheetForm, read_sheet
from infra.sheets.unreadable_sheet import UnreadableSheet

if TYPE_CHECKING:
    from infra.commands.command import Sender
    from infra.ledger import Ledger
    from projections.disclosure.clearance import OfficeReader

FORMS: dict[str, SheetForm] = {MEDIA["xlsx"]: "xlsx", "text/csv": "csv"}
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
OBJECT: dict[str, Any] = {"content": {"application/json": {"schema": {"type": "object"}}}}
BODY = {"requestBody": {"required": True, "content": dict.fromkeys(FORMS, FILE)}}

router = APIRouter(tags=["office"])


@router.get(
    "/v1/imports/{key}/template",
    response_model=None,
    responses={200: {"description": "The template", "content": {MEDIA["xlsx"]: FILE}}},
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
    responses={200: {"description": "What became of each row", **OBJECT}},
)
async def take_table(
    request: Request, kind: str, who: Who, reader: OfficeReading, *, dry_run: bool = False
) -> Response:
    """Carry out a table, XLSX or CSV, row by row; each row has its effect once."""
    check_parameters(request, "dry_run", "lang")
    wanted = kind_of(kind)
    require_role(wanted, reader)
    form = form_of(request.headers.get("content-type", ""))
    content = await file_of(request)
    made = await run_in_threadpool(
        imported, ledger_of(request), wanted, (content, form), who, dry_run=dry_run
    )
    return answer(report(made, spoken(request)), 200)


def kind_of(name: str) -> ImportKind:
    """Return a kind by its name."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("there is no such kind of table: there are {kinds}", kinds=[*KINDS])
    return kind


def require_role(kind: ImportKind, reader: OfficeReader) -> None:
    """Refuse who may send none of the kind's commands; each row is held to the rules besides."""
    if not reader.roles & kind.roles:
        raise RoleMissing(reader.by, "this is open to the roles {roles}", roles=sorted(kind.roles))


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


def imported(
    ledger: Ledger, kind: ImportKind, file: tuple[bytes, SheetForm], who: Sender, *, dry_run: bool
) -> ImportResult:
    """Read a file and carry out its rows."""
    try:
        sheet = read_sheet(*file)
    except UnreadableSheet as wrong:
        raise Unreadable(WrongPart("/file", wrong.sentence)) from None
    with sheet:
        return ImportRun(ledger, kind, who, dry_run=dry_run).run(sheet)


def report(made: ImportResult, language: Language) -> dict[str, Any]:
    """Say what became of a table."""
    return {
        "read": made.read,
        "accepted": made.accepted,
        "refused": made.refused,
        "totals": [
            {"field": name, "value": value, "unit": "fen"} for name, value in made.totals.items()
        ],
        "problems": [*told_problems(made.problems, language)],
        "receipts": made.receipts,
    }
