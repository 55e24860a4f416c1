"""The work list (待办): what waits for the reader, at /v1/work and on the desk's first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.desk.desk_page import DeskPage
from api.desk.work_kinds import KINDS, all_rows
from api.pages.rendering import PageResource
from api.queries import parameters
from api.queries.formats import Column, Row, columns
from api.queries.resource import Address, ShortList
from api.queries.respond import ListPage
from infra.config.clock import today
from projections.disclosure.clearance import READERS

WORK_COLUMNS = columns("id kind subject title amount since days link", quantities="amount")


class WorkList(ShortList, PageResource):
    """What waits for the reader: only what this person may do, the oldest first in each kind."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return WORK_COLUMNS

    def listed(self) -> Sequence[Row]:
        """Return the rows, each with an id of its own."""
        day = self.query.moment.as_of or today()
        kinds = self.query.where.get("kind", ())
        rows = [row for row in all_rows(self.query) if not kinds or row["kind"] in kinds]
        order = {kind.name: number for number, kind in enumerate(KINDS)}
        rows.sort(key=lambda row: (order[row["kind"]], str(row["since"])))
        return [
            {"id": f"{row['kind']}/{row['subject']}", **row, "days": days_since(row["since"], day)}
            for row in rows
        ]

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the rows."""
        return {"rows": page.rows}


def days_since(since: date | str, day: date) -> int:
    """Count the days from one to another."""
    begun = since if isinstance(since, date) else date.fromisoformat(since)
    return max(0, (day - begun).days)


FILTERS = {"kind": parameters.one_of(*(kind.name for kind in KINDS))}
VIEWS = ("registers", "payments", "roll")
SUMMARY = "What waits for the reader: only what this person may do, and did not make."
WORK = Address(
    path="/work", summary=SUMMARY, resource=WorkList, views=VIEWS, filters=FILTERS, roles=READERS
)
WORK_PAGE = DeskPage(
    path="/desk",
    summary=SUMMARY,
    resource=WorkList,
    views=VIEWS,
    filters=FILTERS,
    roles=READERS,
    template="work.html",
    section="work",
    beside="/v1/work",
)
