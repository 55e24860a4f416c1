"""The auditor's page: exceptions with filters, what `verify` found, samples and their binders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.audit.check_runs import CHECKERS
from api.desk.desk_page import DeskPage
from api.desk.form_body import fields_of
from api.desk.shown_value import page_of
from api.desk.signed_in import only_for, signed_in
from api.desk.table_pages import twins
from api.http import browser_session
from api.http.state import ledger_of
from api.http.work_behind import behind
from api.pages.rendering import PageResource
from api.queries import parameters
from api.queries.formats import Row
from api.resources.audit import AUDIT, BUILT, ExceptionList
from infra.audit.exception_row import KINDS
from infra.audit.samples import METHODS, POPULATIONS, DrawnSample, SampleTerms, draw_sample
from infra.verify import check_process, kept_results

if TYPE_CHECKING:
    from api.queries.respond import ListPage

SEE_OTHER = 303
PATH = "/desk/audit"
MOST_RUNS = 5
# What of the page's question is about the exceptions.
OF_A_LIST = ("min_days", "as_of")
# What the page shows of a sample before one is asked for.
FIRST = {"population": POPULATIONS[0], "method": METHODS[0], "size": 25, "seed": 1}
LIST = next(each for each in AUDIT if each.path == "/exceptions")
SAMPLES = next(each for each in AUDIT if each.path == "/samples")

router = APIRouter(tags=["desk"], include_in_schema=False)


class ShownSample(NamedTuple):
    """A sample as the page shows it."""

    terms: SampleTerms
    drawn: DrawnSample

    @property
    def binder(self) -> str:
        """Return where the binder is."""
        return f"/v1/samples/{self.terms.id}/binder.zip"


class AuditShown(ExceptionList, PageResource):
    """The exceptions, if they are asked for; beside them the checks and a sample."""

    def listed(self) -> Sequence[Row]:
        """Return the exceptions that are asked for: all of them take a while."""
        return super().listed() if self.query.single.get("look") else []

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the three parts of the page."""
        query = self.query
        single = query.single
        of_a_list = {name: single[name] for name in OF_A_LIST if name in single}
        return {
            "kinds": KINDS,
            "kind": query.where.get("kind", ("",))[0],
            "min_days": single.get("min_days", ""),
            "as_of": single.get("as_of") or "",
            "looked": bool(single.get("look")),
            "day": self.asked.day,
            "rows": page.rows,
            "found": {total.field: total.value for total in page.totals if total.value},
            "checks": kept_results.newest(query.connection, query.moment.position, BUILT),
            "runs": kept_results.latest(query.connection, MOST_RUNS),
            "may_check": bool(query.reader.roles & CHECKERS),
            "populations": POPULATIONS,
            "methods": METHODS,
            "sample_asked": {**FIRST, **single},
            "sample": self.sample(),
            "page_of": page_of,
            "twins": twins(AUDIT_PAGE, of_a_list, query.where),
        }

    def sample(self) -> ShownSample | None:
        """Draw the sample that is asked for; None if none is."""
        given = self.query.single
        if not {"population", "method", "size", "seed"} <= given.keys():
            return None
        terms = SampleTerms(
            given["population"], given["method"], given["size"], given["seed"],
            self.query.moment, given.get("from"), given.get("to"),
        )  # fmt: skip
        return ShownSample(terms, draw_sample(self.query.connection, terms))


@router.post(f"{PATH}/checks", summary="Start a run of verify.")
async def start_checks(request: Request) -> Response:
    """Start a run of all checks; each reads all."""
    browser_session.require_own_site(request)
    typed = await fields_of(request)
    who = await run_in_threadpool(signed_in, request)
    browser_session.require_own_form(request, typed.get("csrf", ""))
    only_for(CHECKERS)(who)
    ledger = ledger_of(request)

    def ask() -> None:
        with ledger.connection() as connection:
            run = kept_results.ask(connection, who.by, None, full=False)
        behind(partial(check_process.begin, ledger, run), "checks")

    await run_in_threadpool(ask)
    return RedirectResponse(f"{PATH}#checks", SEE_OTHER)


AUDIT_PAGE = DeskPage(
    path=PATH,
    summary=LIST.summary,
    resource=AuditShown,
    views=LIST.views,
    single={
        **LIST.single,
        **SAMPLES.single,
        "look": parameters.one_of("1"),
    },
    filters=LIST.filters,
    roles=LIST.roles,
    template="audit.html",
    section="audit",
    beside=f"/v1{LIST.path}",
)
