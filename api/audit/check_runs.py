"""The addresses that start a run of `verify` and tell how far one is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.commands.routes import answer, check_parameters
from api.http.auth import only_for
from api.http.problems import NotFound
from api.http.state import ledger_of
from api.http.work_behind import behind
from api.queries.formats import ready
from api.queries.parameters import wrong
from api.resources.audit import BUILT, run_row
from infra.verify import check_process, kept_results
from projections.disclosure.clearance import CLOSE, OfficeReader

if TYPE_CHECKING:
    from infra.verify.kept_results import CheckRun

# Who may let the whole store be read.
CHECKERS = frozenset({"auditor", "supervisor", "treasurer", "operator"})
RUNS = "/v1/checks/runs"
OBJECT: dict[str, Any] = {"content": {"application/json": {"schema": {"type": "object"}}}}

router = APIRouter()
Names = Annotated[list[str] | None, Query()]


@router.post(
    "/v1/checks",
    response_model=None,
    status_code=202,
    responses={202: {"description": "The run, carried out behind the answer", **OBJECT}},
)
def start(
    request: Request,
    who: Annotated[OfficeReader, Depends(only_for(CHECKERS))],
    check: Names = None,
    *,
    full: bool = False,
) -> Response:
    """Start a run of verify; each reads all, whether `full` is said or not."""
    named = named_checks(request, check)
    ledger = ledger_of(request)
    with ledger.connection() as connection:
        run = kept_results.ask(connection, who.by, named, full=full)
    behind(partial(check_process.begin, ledger, run), "checks")
    where = f"{RUNS}/{run}"
    said = answer({"run": str(run), "state": "waiting", "job": where}, 202)
    said.headers["Location"] = where
    return said


@router.get(
    "/v1/checks/runs/{key}",
    response_model=None,
    responses={200: {"description": "How far it is, and what its checks answered", **OBJECT}},
)
def run(
    request: Request, key: str, _: Annotated[OfficeReader, Depends(only_for(CLOSE))]
) -> Response:
    """Tell how far a run is, and what its checks have answered so far."""
    check_parameters(request, "lang")
    ledger = ledger_of(request)
    found = run_of(request, key)
    with ledger.connection() as connection:
        rows = [each.told() for each in kept_results.of_run(connection, found.id, BUILT)]
    return answer({**ready(run_row(found)), "rows": [ready(row) for row in rows]}, 200)


def run_of(request: Request, key: str) -> CheckRun:
    """Return a run by its id."""
    none = NotFound("there is no run {key} of verify", key=key[:40])
    try:
        named = UUID(key)
    except ValueError:
        raise none from None
    with ledger_of(request).connection() as connection:
        found = kept_results.find(connection, named)
    if found is None:
        raise none
    return found


def named_checks(request: Request, given: list[str] | None) -> list[str] | None:
    """Return the checks that are named; refuse a parameter or a check that there is not."""
    names = ("check", "full", "lang")
    for name in request.query_params:
        if name not in names:
            raise wrong(
                f"/{name}", "there is no such parameter here; there are {names}", names=names
            )
    for each in given or ():
        if each not in BUILT:
            raise wrong("/check", "there is no such check: there are {checks}", checks=BUILT)
    return given
