"""The addresses of exports: one is asked for, made behind the answer, and its files are fetched."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from api.commands.parsing import parse_json
from api.commands.routes import answer, body_of, check_parameters
from api.http.auth import only_for
from api.http.middleware import request_line
from api.http.problems import NotFound, StoreUnavailable
from api.http.state import ledger_of
from api.http.work_behind import behind
from api.queries.formats import ready
from api.queries.parameters import wrong
from api.queries.snapshot import moment_of, snapshot
from infra.exports import export_process, kept_exports
from infra.exports.book_export import FORMATS
from projections.disclosure.clearance import CLOSE, OfficeReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.exports.kept_exports import KeptExport
    from infra.ledger import Ledger

JOBS = "/v1/exports"
FIELDS = ("format", "as_of", "known_at")
MOST_LISTED = 100
# Each is a process of its own, which reads the whole ledger.
MOST_WAITING = 4
OBJECT: dict[str, Any] = {"content": {"application/json": {"schema": {"type": "object"}}}}
FILE: dict[str, Any] = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}
Asking = Annotated[OfficeReader, Depends(only_for(CLOSE))]

router = APIRouter()


@router.post(
    JOBS,
    response_model=None,
    status_code=202,
    responses={202: {"description": "The export, made behind the answer", **OBJECT}},
    openapi_extra={"requestBody": {"required": True, **OBJECT}},
)
async def start(request: Request, who: Asking) -> Response:
    """Ask for an export of the books: `format`, and perhaps `as_of` and `known_at`."""
    check_parameters(request, "lang")
    wanted = read_body(await body_of(request))
    export = await run_in_threadpool(asked_for, ledger_of(request), who.by, wanted)
    where = f"{JOBS}/{export}"
    said = answer({"export": str(export), "state": "waiting", "job": where}, 202)
    said.headers["Location"] = where
    return said


def read_body(body: bytes) -> Mapping[str, Any]:
    """Read what is asked for."""
    wanted = parse_json(body)
    if not isinstance(wanted, dict):
        raise wrong("", "must be an object of {names} and nothing else", names=FIELDS)
    for name in wanted:
        if name not in FIELDS:
            raise wrong(f"/{name}", "there is no such field here; there are {names}", names=FIELDS)
    if wanted.get("format") not in FORMATS:
        raise wrong("/format", "there is no such format: there are {formats}", formats=FORMATS)
    return wanted


def asked_for(ledger: Ledger, person: str, wanted: Mapping[str, Any]) -> UUID:
    """Begin an export, or return the same that waits; refuse one more than a few."""
    as_of, known_at = (
        None if wanted.get(name) is None else str(wanted[name]) for name in FIELDS[1:]
    )
    with snapshot(ledger) as connection:
        moment = moment_of(connection, as_of, known_at, export_process.VIEWS)
    with ledger.connection() as connection, kept_exports.one_by_one(connection):
        export = kept_exports.same(connection, person, wanted["format"], moment)
        if export is not None:
            return export
        if len(kept_exports.waiting(connection)) >= MOST_WAITING:
            raise StoreUnavailable("too many exports are under way: ask again in a few minutes")
        export = kept_exports.ask(connection, person, wanted["format"], moment)
    behind(partial(export_process.clean, ledger), "export")
    behind(partial(export_process.begin, ledger, export), "export")
    return export


@router.get(
    JOBS,
    response_model=None,
    responses={200: {"description": "One's own exports, the newest first", **OBJECT}},
)
def exports(request: Request, who: Asking) -> Response:
    """List one's own exports of the last week."""
    check_parameters(request, "lang")
    with ledger_of(request).connection() as connection:
        found = kept_exports.of_person(connection, who.by, MOST_LISTED)
    return answer({"rows": [row_of(each) for each in found]}, 200)


@router.get(
    f"{JOBS}/{{key}}",
    response_model=None,
    responses={200: {"description": "How far it is, or what was written", **OBJECT}},
)
def export(request: Request, key: str, who: Asking) -> Response:
    """Tell how far an export of one's own is, and which files it has, each with its digest."""
    check_parameters(request, "lang")
    return answer(row_of(export_of(request, key, who)), 200)


@router.get(
    f"{JOBS}/{{key}}/files/{{name}}",
    response_model=None,
    responses={200: {"description": "The file", **FILE}},
)
def export_file(request: Request, key: str, name: str, who: Asking) -> Response:
    """Give a file of an export of one's own, or its manifest.json."""
    check_parameters(request, "lang")
    found = export_of(request, key, who)
    # What is the form of an answer elsewhere belongs to the name here.
    suffix = request_line(request.scope).suffix
    name = f"{name}.{suffix}" if suffix else name
    path = None
    if found.state == "done":
        path = export_process.file_of(ledger_of(request), found, name)
    if path is None:
        raise NotFound("the export {key} has no file {name}", key=key[:40], name=name[:80])
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(path, filename=name, headers=headers)


def export_of(request: Request, key: str, who: OfficeReader) -> KeptExport:
    """Return somebody's own export."""
    none = NotFound("there is no export {key} of yours: it is kept for a week", key=key[:40])
    try:
        named = UUID(key)
    except ValueError:
        raise none from None
    with ledger_of(request).connection() as connection:
        found = kept_exports.find(connection, named)
    if found is None or found.person != who.by:
        raise none
    return found


def row_of(found: KeptExport) -> dict[str, Any]:
    """Say of an export what was asked for, how far it is, and where its files are."""
    said: dict[str, Any] = {
        "export": str(found.id),
        "state": found.state,
        "format": found.format,
        "as_of": found.as_of,
        "known_at": {"position": found.position},
        "asked_at": found.asked_at,
    }
    if found.manifest is not None:
        where = f"{JOBS}/{found.id}/files"
        said["files"] = [each | {"url": f"{where}/{each['path']}"} for each in found.files()]
        said["manifest"] = msgspec.json.decode(found.manifest)
        said["known_at"] = said["manifest"]["known_at"]
    return dict(ready(said))
