"""The bank's addresses: files that go out to it, and files that come in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.bank.payments_out import make_file
from api.bank.returns import BankReturn, read_bank_return, take_in
from api.bank.statements_in import SAID, StatementFile, read_file, take_statement
from api.commands.routes import answer, body_of, check_parameters
from api.http.auth import Who, only_for
from api.http.language import Language, spoken
from api.http.negotiation import MEDIA
from api.http.problems import MediaType
from api.http.state import ledger_of
from api.http.translation import told
from api.queries.formats import Total, totals_json
from projections.disclosure.clearance import OfficeReader

if TYPE_CHECKING:
    from infra.commands.command import Receipts, Sender

TREASURER = frozenset({"treasurer"})
CSV, XML = frozenset({"text/csv"}), frozenset({"application/xml", "text/xml"})
Treasurer = Annotated[OfficeReader, Depends(only_for(TREASURER))]
FILE: dict[str, Any] = {"schema": {"type": "string"}}
OBJECT: dict[str, Any] = {"content": {"application/json": {"schema": {"type": "object"}}}}
BODY = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("text/csv", "application/xml", "text/xml"), FILE),
    }
}

router = APIRouter(tags=["office"])
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The payment file of a released run",
        "content": dict.fromkeys(("text/csv", "application/xml"), FILE),
    }
}


@router.get("/v1/pay-runs/{key}/bank-file", response_model=None, responses=FILES)
def bank_file(request: Request, key: str, who: Who, _: Treasurer) -> Response:
    """Give the payment file of a released run as CSV; names and accounts are read by an event."""
    return file_of(request, key, who, is_xml=False)


@router.get("/v1/pay-runs/{key}/bank-file.xml", response_model=None, responses=FILES)
def bank_file_xml(request: Request, key: str, who: Who, _: Treasurer) -> Response:
    """Give the payment file of a released run as ISO 20022 pain.001.001.09."""
    return file_of(request, key, who, is_xml=True)


def file_of(request: Request, key: str, who: Sender, *, is_xml: bool) -> Response:
    """Answer with a file to keep; its head says how many payments it has, and their sum."""
    check_parameters(request, "lang")
    made = make_file(ledger_of(request), f"pay-run:{key}", who, is_xml=is_xml)
    totals = (Total("payments", made.payments, "line"), Total("amount", made.total, "fen"))
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Mingzhang-Totals": totals_json(totals),
        "Mingzhang-Digest": made.digest,
        "Cache-Control": "private, no-store",
    }
    media = "application/xml" if is_xml else MEDIA["csv"]
    return Response(made.content, media_type=media, headers=headers)


@router.post(
    "/v1/pay-runs/{key}/bank-return",
    response_model=None,
    openapi_extra=BODY,
    responses={
        200: {"description": "What the file would do", **OBJECT},
        201: {"description": "What the file has done", **OBJECT},
    },
)
async def bank_return(
    request: Request, key: str, who: Who, _: Treasurer, *, dry_run: bool = False
) -> Response:
    """Take the bank's return file in: CSV or pain.002; before its settlement it settles the run."""
    check_parameters(request, "dry_run", "lang")
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in CSV | XML:
        raise MediaType("send text/csv or application/xml, not {found}", found=media[:60] or "-")
    ledger, content = ledger_of(request), await body_of(request)
    run = f"pay-run:{key}"
    file = await run_in_threadpool(read_bank_return, ledger, run, content, is_xml=media in XML)
    made = await run_in_threadpool(partial(take_in, dry_run=dry_run), ledger, file, who)
    return answer(report(file, made, spoken(request)), 200 if dry_run else 201)


@router.post(
    "/v1/bank-statements",
    response_model=None,
    openapi_extra={
        "requestBody": {"required": True, "content": {"text/csv": FILE}},
        "parameters": [
            {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}
            for name in SAID
        ],
    },
    responses={
        200: {"description": "What the file would do", **OBJECT},
        201: {"description": "What the file has done", **OBJECT},
    },
)
async def bank_statement(
    request: Request, who: Who, _: Treasurer, *, dry_run: bool = False
) -> Response:
    """Take a bank statement in: CSV; the address says of which account and days, and its sums."""
    check_parameters(request, *SAID, "dry_run", "lang")
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in CSV:
        raise MediaType("send text/csv, not {found}", found=media[:60] or "-")
    ledger, content = ledger_of(request), await body_of(request)
    file = await run_in_threadpool(read_file, dict(request.query_params), content)
    take = partial(take_statement, dry_run=dry_run)
    made = await run_in_threadpool(take, ledger, file, who)
    said = {"statement": file.subject} | summary(file, made, spoken(request))
    return answer(said, 200 if dry_run else 201)


def report(file: BankReturn, made: Receipts | list[dict[str, Any]], language: Language) -> Any:
    """Say what a return file has done, or would do, and what is wrong with its lines."""
    said = {"run": file.run.id, "settles": file.settles}
    return said | summary(file, made, language)


def summary(
    file: BankReturn | StatementFile, made: Receipts | list[dict[str, Any]], language: Language
) -> dict[str, Any]:
    """Say how many lines of a file were read, and what is wrong with which."""
    refused = {problem.row for problem in file.problems}
    accepted = [row for row in file.rows if row.row not in refused]
    return {
        "sha256": file.digest,
        "read": len({row.row for row in file.rows} | refused),
        "accepted": 0 if refused else len(accepted),
        "refused": len(refused),
        "problems": [
            {
                "row": problem.row,
                "field": problem.field,
                "code": problem.code,
                "detail": told(problem.sentence, language),
            }
            for problem in file.problems
        ],
        "receipts": made,
    }
