"""Arrears in the browser: who is due what for past months, why, and the run that pays it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.desk.command_form import roles_of
from api.desk.desk_page import DeskPage
from api.desk.shown_value import page_of
from api.pages.rendering import PageResource, with_query
from api.queries.formats import Row, Total
from api.resources.arrears import ARREARS, Arrears
from projections import registers

if TYPE_CHECKING:
    from api.queries.resource import Query
    from api.queries.respond import ListPage

DRAW_UP = "pay-run.draw-up"


class OfChosenScheme(Arrears, PageResource):
    """A question about a scheme; a choice of schemes where none is named."""

    @property
    def is_asked(self) -> bool:
        """Tell whether a scheme is named."""
        return self.query.single.get("scheme") is not None

    def listed(self) -> Sequence[Row]:
        """Return the rows, if it is asked."""
        return super().listed() if self.is_asked else ()

    def totals(self) -> Sequence[Total]:
        """Return the sums of the rows."""
        return super().totals() if self.is_asked else ()

    def extra(self) -> Mapping[str, Any]:
        """Return what is said beside the rows."""
        return super().extra() if self.is_asked else {}


class ArrearsShown(OfChosenScheme):
    """The arrears of a scheme."""

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the choice, the sums, the list, and the run that would pay it."""
        sums = {total.field: total.value for total in page.totals}
        asked = dict(page.extra) if self.is_asked else {}
        may = bool(self.query.reader.roles & roles_of(DRAW_UP))
        return {
            "schemes": schemes_paid_by_runs(self.query),
            "asked": asked,
            "rows": page.rows,
            "sums": sums,
            "page_of": page_of,
            "draw_up": draw_up_link(asked) if may and page.rows else "",
        }


def schemes_paid_by_runs(query: Query) -> list[Row]:
    """Return the schemes that runs pay, for a choice."""
    rows = registers.rows(query.connection, "schemes", query.moment, where={})
    return [
        {"id": row["id"], "title": row.get("title") or row["id"]}
        for row in rows
        if row.get("pays") != "in-kind" and (row.get("follows") or row.get("per") != "case")
    ]


def draw_up_link(asked: Mapping[str, Any]) -> str:
    """Return the form that draws the run up, filled in."""
    if not asked.get("from"):
        return ""
    key = f"{str(asked['scheme']).partition(':')[2]}:{asked['to']}-arrears"
    given = {
        "subject": f"pay-run:{key}",
        "what.scheme": str(asked["scheme"]),
        "what.kind": "arrears",
        "what.from": str(asked["from"]),
        "what.to": str(asked["to"]),
    }
    return with_query(f"/desk/commands/{DRAW_UP}", given)


ARREARS_PAGE = DeskPage(
    path="/desk/arrears",
    summary=ARREARS.summary,
    resource=ArrearsShown,
    views=ARREARS.views,
    single=ARREARS.single,
    roles=ARREARS.roles,
    template="arrears.html",
    section="arrears",
    beside="/v1/arrears",
)
