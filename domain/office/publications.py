"""Publications (公布): the figures of a period, pinned as they were known when they were told.

What is pinned is what the public could see at the last position before the publication's own event;
the event says of what period. What becomes known later changes no publication: it is told beside.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.ids import PeriodName, Text
from domain.kernel.months import first_day, moved
from domain.kernel.refusals import AlreadyExists, NotYet


class Publication(Aggregate):
    """The public figures of one year or month, as they were told on a day."""

    KIND = "publication"
    COLLECTION = "publications"
    ORDER, PUBLIC_ORDER = 360, 200

    def __init__(self, subject: str) -> None:
        """Start unpublished."""
        super().__init__(subject)
        self.is_published = False

    @command(roles=("publisher",), opens=None)
    def publish(self, act: Act, *, period: PeriodName, title: Text) -> None:
        """Pin every public figure of a period that is over, or ends with the day of the act."""
        if self.is_published:
            raise AlreadyExists(self.id)
        last = last_day(period)
        if last > act.on:
            raise NotYet(
                self.id,
                "{through} is not over on {day}: publish it later",
                through=last,
                day=act.on,
            )
        self.record(PublicationPublished, act, period=period, title=title)


class PublicationPublished(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The figures of a period were told as they were known."""

    TOPIC = "publication.published"
    PUBLIC = public("period title")
    STATE = "published"

    period: str
    title: str

    def apply(self, publication: Publication) -> None:
        """Keep that it was told: it is told once."""
        publication.is_published = True


def last_day(period: str) -> date:
    """Return the last day of a year (2007) or of a month (2007-03)."""
    month = period if "-" in period else f"{period}-12"
    return first_day(moved(month, 1)) - timedelta(days=1)
