"""The addresses of a year's package: `/v1/periods/<year>/package.xlsx` and `.pdf`."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.commands.routes import check_parameters
from api.http.auth import only_for
from api.http.language import spoken
from api.http.middleware import request_line
from api.http.negotiation import MEDIA
from api.http.problems import NotFound
from api.http.state import ledger_of
from api.queries.downloads import admit
from api.queries.parameters import wrong
from api.queries.snapshot import snapshot
from api.year_end.year_end_package import pdf, workbook
from infra.config.clock import today
from projections import figures
from projections.casework.year_end import year_books
from projections.core import event_log, view
from projections.core.view import Moment
from projections.disclosure.clearance import CLOSE, OfficeReader

if TYPE_CHECKING:
    from projections.casework.year_end import YearBooks
    from projections.core.event_log import Reading

Closing = Annotated[OfficeReader, Depends(only_for(CLOSE))]
VIEWS = ("journal", "balances", "facts", "registers")
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
PDF = "application/pdf"

router = APIRouter(tags=["office"])


@router.get(
    "/v1/periods/{key}/package",
    response_model=None,
    responses={200: {"description": "The workbook", "content": {MEDIA["xlsx"]: BINARY}}},
)
def package_workbook(request: Request, key: str, _: Closing) -> Response:
    """Give the package of a year as a workbook (`.xlsx`): three tables, and what it is of."""
    check_parameters(request, "lang")
    if request_line(request.scope).suffix != "xlsx":
        raise NotFound
    with ExitStack() as kept:
        admit(kept)
        with snapshot(ledger_of(request)) as connection:
            books = books_of(connection, key)
            at = event_log.place(connection, books.position).time or LONG_AGO
        return sent(workbook(books, at, spoken(request)), MEDIA["xlsx"], f"{key}.xlsx")


@router.get(
    "/v1/periods/{key}/package.pdf",
    response_model=None,
    responses={200: {"description": "The package on A4", "content": {PDF: BINARY}}},
)
def package_pdf(request: Request, key: str, _: Closing) -> Response:
    """Give the package of a year as PDF."""
    check_parameters(request, "lang")
    with ExitStack() as kept:
        admit(kept)
        with snapshot(ledger_of(request)) as connection:
            books = books_of(connection, key)
        return sent(pdf(books, spoken(request)), PDF, f"{key}.pdf")


def books_of(connection: Reading, key: str) -> YearBooks:
    """Read the books of the year that an address names.

    Raise `Unreadable` for a year that is none or is not over, `NotFound` where nothing is told.
    """
    if not (len(key) == len("2007") and key.isascii() and key.isdigit() and key >= "1900"):
        raise wrong("/key", "name a year: 2007")
    last = date(int(key), 12, 31)
    if last >= today():
        raise wrong("/key", "{day} is not over: name a day that is", day=last)
    position = view.position(connection, *VIEWS)
    there = figures.years(connection, Moment(position))
    if key not in there:
        raise NotFound(
            "nothing is known of {period}; there are the years {years}",
            period=key,
            years=", ".join(there) or "—",
        )
    return year_books(connection, position, int(key))


def sent(content: bytes, media: str, name: str) -> Response:
    """Answer with a file that nobody keeps."""
    headers = {
        "Content-Disposition": f'attachment; filename="year-end-{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, 200, headers, media)
