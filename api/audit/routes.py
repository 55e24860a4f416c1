"""The auditor's addresses that are no resources: binders, runs of checks, exports."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request

from api.audit import check_runs, export_jobs
from api.audit.evidence_binder import binder
from api.commands.routes import check_parameters
from api.http.auth import only_for
from api.http.problems import NotFound
from api.http.state import ledger_of
from api.queries.downloads import Download, admit
from api.queries.snapshot import snapshot
from infra.audit.evidence_chain import ChainReader
from infra.audit.samples import draw_sample, terms_of
from projections.core import event_log
from projections.disclosure.clearance import CLOSE, OfficeReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.audit.samples import DrawnSample, SampleTerms

Auditing = Annotated[OfficeReader, Depends(only_for(CLOSE))]
ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The binder: index.json, and of each pick its chain as JSON and PDF",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(tags=["office"])
router.include_router(check_runs.router)
router.include_router(export_jobs.router)


@router.get("/v1/samples/{key}/binder.zip", response_model=None, responses=ZIP)
def sample_binder(request: Request, key: str, _: Auditing) -> Download:
    """Give the chain of evidence of each pick of a sample, in one ZIP."""
    check_parameters(request, "lang")
    terms = terms_of(key)
    kept = ExitStack()
    with ExitStack() as opened:
        admit(opened)
        connection = opened.enter_context(snapshot(ledger_of(request)))
        if terms is None or terms.moment.position > event_log.head(connection).position:
            raise NotFound("there is no sample {key}", key=key)
        kept = opened.pop_all()
    ledger = ledger_of(request)
    reader = ChainReader(
        connection,
        terms.moment.position,
        partial(ledger.vault.tags, connection),
        ledger.drawings,
    )
    headers = {
        "Content-Disposition": f'attachment; filename="sample-{terms.seed}.zip"',
        "Cache-Control": "private, no-store",
    }
    return Download(drawn(terms, reader), kept, headers=headers, media="application/zip")


def drawn(terms: SampleTerms, reader: ChainReader) -> Iterator[bytes]:
    """Draw the sample again, then give its binder."""
    sample: DrawnSample = draw_sample(reader.connection, terms)
    yield from binder(terms, sample, reader)
