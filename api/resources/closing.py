"""The closing assistant (结账检查): what stands open through a day, and what is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from api.http.problems import NotFound
from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns, quantity
from api.queries.resource import Address, Query, ShortList
from api.resources.registers import Collection, collection
from domain.office.periods import Period
from infra.config.clock import today
from projections import figures
from projections.casework import closing
from projections.disclosure.clearance import CLOSE

MATTERS = columns("id kind subject title since days amount position", quantities="amount")
VIEWS = ("registers", "journal", "bank")


def through_of(query: Query) -> date:
    """Return the day that is to be closed through: the one asked for, or the last month's end.

    Raise `Unreadable` for a day that is not over, `NotFound` for a year of which nothing is told.
    """
    asked = query.single.get("through")
    through: date = asked or today().replace(day=1) - timedelta(days=1)
    if through >= today():
        raise parameters.wrong("/through", "{day} is not over: name a day that is", day=through)
    there = figures.years(query.connection, query.moment._replace(as_of=None))
    if asked and there and str(through.year) not in there:
        raise NotFound(
            "nothing is known of {period}; there are the years {years}",
            period=str(through.year),
            years=", ".join(there),
        )
    return through


class ClosingList(ShortList):
    """What stands open, each with what it is about."""

    @cached_property
    def through(self) -> date:
        """Return the day to close through."""
        return through_of(self.query)

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return MATTERS

    def listed(self) -> Sequence[Row]:
        """Return what stands open, by kinds."""
        wanted = self.query.where.get("kind", closing.KINDS)
        position = self.query.moment.position
        found = closing.open_matters(self.query.connection, position, self.through)
        return [self.row_of(each) for each in found if each.kind in wanted]

    def row_of(self, matter: closing.OpenMatter) -> Row:
        """Say what stands open; days count through the day that is closed."""
        amount = matter.amount
        return {
            "id": f"{matter.kind}:{matter.subject}:{matter.position or matter.since}",
            "kind": matter.kind,
            "subject": matter.subject,
            "title": matter.title or None,
            "since": matter.since.isoformat(),
            "days": (self.through - matter.since).days,
            "amount": quantity(amount),
            "position": matter.position,
        }

    def totals(self) -> Sequence[Total]:
        """Return how many stand open of each kind."""
        kinds = [str(row["kind"]) for row in self.found]
        wanted = self.query.where.get("kind", closing.KINDS)
        return tuple(Total(kind, kinds.count(kind), "line") for kind in wanted)

    def extra(self) -> Mapping[str, Any]:
        """Return the day, and what is proposed to be carried over."""
        found = closing.carry_over(self.query.connection, self.query.moment.position, self.through)
        proposed = [{**each._asdict(), "amount": quantity(each.amount)} for each in found]
        return {"through": self.through.isoformat(), "carry_over": proposed}


class PeriodList(Collection):
    """The periods; to who may see persons, with what stands open before the next closing."""

    def extra(self) -> Mapping[str, Any]:
        """Return what the closing assistant says."""
        if self.query.zone == "open" or self.query.is_guarded:
            return {}
        assistant = ClosingList(replace(self.query, where={}, after=None, limit=None))
        return {"closing": {**assistant.extra(), "open": list(assistant.found)}}


CLOSING = Address(
    path="/closing",
    summary="What stands open through a day that is to be closed, and what may be carried over.",
    resource=ClosingList,
    views=VIEWS,
    single={"through": parameters.day},
    filters={"kind": parameters.one_of(*closing.KINDS)},
    roles=CLOSE,
)
PERIODS = replace(
    collection(Period),
    resource=partial(PeriodList, kind=Period),
    views=VIEWS,
)
