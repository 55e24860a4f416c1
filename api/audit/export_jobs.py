"""The addresses of exports: one is asked for, made behind the answer, and its files are fetched."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Body, Depends, Request
from starlette.responses import FileResponse, Response

from api.commands.routes import answer, check_parameters
from api.http.auth import only_for
from api.http.middleware import request_line
from api.http.problems import NotFound
from api.http.state import ledger_of
from api.http.work_behind import behind
from api.queries.formats import ready
from api.queries.parameters import checked, day_or_time, known, wrong
from api.queries.snapshot import at_time, snapshot
from infra.exports import export_process, kept_exports
from infra.exports.book_export import FORMATS
from projections.core import event_log, view
from projections.core.view import Moment
from projections.disclosure.clearance import CLOSE, OfficeReader

if TYPE_CHECKING:
    from infra.exports.kept_exports import KeptExport
    from projections.core.event_log import Reading

JOBS = "/v1/exports"
FIELDS = ("format", "as_of", "known_at")
MOST_LISTED = 100
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
)
def start(request: Request, who: Asking, wanted: Annotated[dict[str, Any], Body()]) -> Response:
    """Ask for an export of the books: `format`, and perhaps `as_of` and `known_at`."""
    check_parameters(request, "lang")
    for name in wanted:
        if name not in FIELDS:
            raise wrong(f"/{name}", "there is no such field here; there are {names}", names=FIELDS)
    form = wanted.get("format")
    if form not in FORMATS:
        raise wrong("/format", "there is no such format: there are {formats}", formats=FORMATS)
    ledger = ledger_of(request)
    with snapshot(ledger) as connection:
        moment = moment_of(connection, wanted)
    with ledger.connection() as connection:
        export = kept_exports.ask(connection, who.by, form, moment)
    behind(partial(export_process.clean, ledger), "export")
    behind(partial(export_process.begin, ledger, export), "export")
    where = f"{JOBS}/{export}"
    said = answer({"export": str(export), "state": "waiting", "job": where}, 202)
    said.headers["Location"] = where
    return said


def moment_of(connection: Reading, wanted: dict[str, Any]) -> Moment:
    """Return the moment that is asked for: without a position, where the views are."""
    as_of, known_at = (wanted.get(name) for name in FIELDS[1:])
    day = checked("as_of", str(as_of), day_or_time) if as_of is not None else None
    if known_at is None:
        return Moment(view.position(connection, *export_process.VIEWS), day)
    named: Any = checked("known_at", str(known_at), known)
    position = named if isinstance(named, int) else at_time(connection, named)
    if position > event_log.head(connection).position:
        raise wrong(
            "/known_at",
            "position {position} lies beyond the head of the log",
            position=str(position),
        )
    return Moment(position, day, is_named=True)


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
    try:
        with ledger_of(request).connection() as connection:
            found = kept_exports.find(connection, UUID(key))
    except ValueError:
        found = None
    if found is None or found.person != who.by:
        raise NotFound("there is no export {key} of yours: it is kept for a week", key=key[:40])
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
