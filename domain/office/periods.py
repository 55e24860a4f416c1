"""Accounting periods (会计期间): soft-closed by one treasurer, closed by another, for good.

The store's door guards what they close; here stands only who may close what, and when.
"""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.refusals import AlreadyExists, NotYet, SecondPersonNeeded, WrongState


class Period(Aggregate):
    """The books up to a day: open, soft-closed (初结), closed (结账)."""

    KIND = "period"
    COLLECTION = "periods"
    ORDER, PUBLIC_ORDER = 300, 190

    def __init__(self, subject: str) -> None:
        """Start open."""
        super().__init__(subject)
        self.soft_through = date.min
        self.soft_by = ""
        self.closed_through = date.min

    @command(roles=("treasurer",), opens=None)
    def soft_close(self, act: Act, *, through: date) -> None:
        """Close the books up to a day, so that only a reason and a second person enter them."""
        self.require_over(act, through)
        if through <= self.closed_through:
            raise WrongState(self.id, "already-closed", through=self.closed_through)
        if through == self.soft_through:
            raise AlreadyExists(
                self.id, "it is soft-closed through {through} already", through=through
            )
        self.record(PeriodSoftClosed, act, through=through)

    @command(roles=("treasurer",), opens=None, not_by=("period.soft-close",))
    def close(self, act: Act, *, through: date) -> None:
        """Close the books up to a day, for good; another treasurer has soft-closed them before."""
        self.require_over(act, through)
        if through <= self.closed_through:
            raise AlreadyExists(
                self.id, "it is closed through {through} already", through=self.closed_through
            )
        if through > self.soft_through:
            raise SecondPersonNeeded(
                self.id,
                "nobody has soft-closed it through {through}: another treasurer does so first",
                through=through,
            )
        if act.by == self.soft_by:
            raise SecondPersonNeeded(
                self.id, "{maker} has soft-closed it: another closes it", maker=act.by
            )
        self.record(BooksClosed, act, through=through)

    @command(roles=("treasurer",), not_by=("period.soft-close",))
    def reopen(self, act: Act, *, through: date | None = None) -> None:
        """Open again what is only soft-closed; by another than who soft-closed it."""
        if self.soft_through <= self.closed_through:
            raise WrongState(self.id, "not-soft-closed")
        if through is not None and through != self.soft_through:
            raise WrongState(self.id, "soft-closed-through", through=self.soft_through)
        if act.by == self.soft_by:
            raise SecondPersonNeeded(
                self.id, "{maker} has soft-closed it: another opens it again", maker=act.by
            )
        self.record(PeriodReopened, act, through=self.soft_through)

    def require_over(self, act: Act, through: date) -> None:
        """Refuse to close a day that is not over."""
        if through >= act.on:
            raise NotYet(
                self.id,
                "{through} is not over on {day}: close it later",
                through=through,
                day=act.on,
            )


class PeriodSoftClosed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The books up to a day take a posting only with a reason and a second person."""

    TOPIC = "period.soft-closed"
    PUBLIC = public("through")
    STATE = "soft-closed"

    through: date

    def apply(self, period: Period) -> None:
        """Remember the day, and who closed."""
        period.soft_through = self.through
        period.soft_by = self.act.by


class BooksClosed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The books up to a day take no posting."""

    TOPIC = "period.closed"
    PUBLIC = public("through")
    STATE = "closed"

    through: date

    def apply(self, period: Period) -> None:
        """Remember the day; what was soft-closed beyond it stays so."""
        period.closed_through = self.through


class PeriodReopened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What was soft-closed up to a day is open again."""

    TOPIC = "period.reopened"
    PUBLIC = public("through")
    STATE = "open"

    through: date

    def apply(self, period: Period) -> None:
        """Take the soft close back."""
        period.soft_through = period.closed_through
        period.soft_by = ""
