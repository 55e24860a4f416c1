"""The desk's page of periods: what stands open, what is carried over, and who may close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from api.desk.command_form import new_key, roles_of
from api.desk.desk_page import DeskPage
from api.desk.form_values import in_form
from api.desk.shown_value import page_of
from api.pages.rendering import PageResource
from api.queries import parameters
from api.queries.formats import Row
from api.resources.closing import CLOSING, PERIODS, ClosingList, PeriodList, through_of
from domain.office.periods import Period
from infra.config.clock import today
from projections.casework.closing import KINDS
from projections.core import event_log

if TYPE_CHECKING:
    from api.queries.resource import Query
    from api.queries.respond import ListPage

# Rows of one kind that the page shows; all are in the files beside it.
MOST_SHOWN = 50


class PeriodsShown(PeriodList, PageResource):
    """All periods, and the closing through one day."""

    def __init__(self, query: Query) -> None:
        """Ask of periods."""
        super().__init__(query, kind=Period)

    @cached_property
    def through(self) -> date:
        """Return the day to close through."""
        return through_of(self.query)

    @cached_property
    def period(self) -> Period:
        """Return the period of that day's year as it stands."""
        found = Period(f"period:{self.through.year}")
        position = self.query.moment.position
        for at, event in event_log.positioned(self.query.connection, found.id):
            if at <= position:
                found.replay(event)
        return found

    def extra(self) -> Mapping[str, Any]:
        """Return nothing: the page asks by its own day."""
        return {}

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the periods, what stands open, and the acts that the reader may do."""
        common = {
            "rows": page.rows,
            "through": self.through.isoformat(),
            "period": self.period.id,
            "today": today().isoformat(),
            "new_key": new_key,
            "page_of": page_of,
            "typed": in_form,
            "acts": self.acts(),
            "state": state_on(self.period, self.through),
            "reopens": last_day((self.period.reopenable() or (date.min,))[0]),
            "soft_by": self.period.soft_by,
            "last_closed": last_day(self.period.closed_through),
            "last_soft": last_day(self.period.soft_through),
        }
        if self.query.is_guarded:
            return common | {"kinds": None, "carry_over": ()}
        assistant = ClosingList(self.query)
        return common | {
            "kinds": by_kind(assistant.found),
            "carry_over": assistant.extra()["carry_over"],
            "most": MOST_SHOWN,
        }

    def acts(self) -> Sequence[str]:
        """Return the acts on the day that stand to reason, and that the reader's roles may send.

        Who soft-closed does not close; who closed does not open again.
        """
        reader = self.query.reader
        found = acts_on(self.period, self.through, reader.by)
        return [act for act in found if roles_of(act) & reader.roles]


def state_on(period: Period, through: date) -> str:
    """Tell how a day stands: open, soft-closed or closed."""
    if through <= period.closed_through:
        return "closed"
    return "soft-closed" if through <= period.soft_through else "open"


def acts_on(period: Period, through: date, by: str) -> list[str]:
    """Return what somebody may do on a day; what is opened again ends where the period says."""
    state, found = state_on(period, through), period.reopenable()
    if state == "open":
        return ["period.soft-close"]
    acts = ["period.close"] if state == "soft-closed" and by != period.soft_by else []
    return [*acts, "period.reopen"] if found and by != found[1] else acts


def by_kind(rows: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """Sort what stands open by its kind; every kind is there."""
    return {kind: [row for row in rows if row["kind"] == kind] for kind in KINDS}


def last_day(day: date) -> str:
    """Write a last day; empty where there is none."""
    return "" if day == date.min else day.isoformat()


PERIODS_PAGE = DeskPage(
    path="/desk/periods",
    summary=PERIODS.summary,
    resource=PeriodsShown,
    views=PERIODS.views,
    single={"through": parameters.day},
    roles=PERIODS.roles,
    template="periods.html",
    section="periods",
    beside=f"/v1{CLOSING.path}",
)
