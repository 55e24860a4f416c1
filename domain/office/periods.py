"""Accounting periods (会计期间): soft-closed by one treasurer, closed by another.

ledger.append() guards what they close; here stands only who may close what, and when. Closed books
are opened again with a reason, which is public, and only as far as soft-closed ones, until they are
closed again; who opened them does not book into them.
"""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.refusals import (
    AlreadyExists,
    Malformed,
    NotYet,
    SecondPersonNeeded,
    WrongState,
)
from domain.kernel.unit import Unit


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
        # The closings that stand: through which day, and by whom.
        self.closings: list[tuple[date, str]] = []
        # The last day that was closed, opened again, and not closed since.
        self.reopened = date.min

    @property
    def closed_through(self) -> date:
        """Return the last closed day."""
        return self.closings[-1][0] if self.closings else date.min

    def reopenable(self) -> tuple[date, str] | None:
        """Return through which day is what may be opened again, and who closed it: another opens.

        None: nothing stands to be opened. What is only soft-closed is opened before what is closed.
        """
        if self.soft_through > self.closed_through and self.reopened == date.min:
            return self.soft_through, self.soft_by
        return self.closings[-1] if self.closings else None

    @command(roles=("treasurer",), opens=None)
    def soft_close(self, act: Act, *, through: date) -> None:
        """Close the books up to a day, so that only a reason and a second person enter them."""
        self.require_over(act, through)
        if through <= self.closed_through:
            raise WrongState(self.id, "already-closed", through=self.closed_through)
        if through <= self.soft_through:
            raise AlreadyExists(
                self.id, "it is soft-closed through {through} already", through=self.soft_through
            )
        self.record(PeriodSoftClosed, act, through=through)

    @command(roles=("treasurer",), opens=None, not_by=("period.soft-close",))
    def close(self, act: Act, *, through: date) -> None:
        """Close the books up to a day; another treasurer has soft-closed them before."""
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

    @command(
        roles=("treasurer",),
        not_by=("period.soft-close", "period.close"),
        second=("treasurer",),
    )
    def reopen(self, act: Act, unit: Unit, *, through: date | None = None) -> None:
        """Open again what is soft-closed; what is closed is soft-closed then, for act.reason.

        It is proposed by another than who closed it, and whole: `through` is the last closed day.
        What was closed once is opened no further.
        """
        found = self.reopenable()
        if found is None and self.reopened > date.min:
            raise WrongState(self.id, "opened-again", through=self.reopened)
        if found is None:
            raise WrongState(self.id, "not-soft-closed")
        if found[0] > self.closed_through:
            self.open_softly_closed(act, through)
        else:
            self.open_closed(act, unit, through)

    def open_softly_closed(self, act: Act, through: date | None) -> None:
        """Open what is only soft-closed."""
        if through is not None and through != self.soft_through:
            raise WrongState(self.id, "soft-closed-through", through=self.soft_through)
        if act.by == self.soft_by:
            raise SecondPersonNeeded(
                self.id, "{maker} has soft-closed it: another opens it again", maker=act.by
            )
        self.record(PeriodReopened, act, through=self.soft_through)

    def open_closed(self, act: Act, unit: Unit, through: date | None) -> None:
        """Let closed books be soft-closed."""
        last, closer = self.closings[-1]
        if through != last:
            raise WrongState(self.id, "closed-through", through=last)
        elsewhere = unit.periods.closed_through()
        if elsewhere is not None and elsewhere > last:
            raise WrongState(self.id, "closed-by-another", through=elsewhere)
        if act.by == closer:
            raise SecondPersonNeeded(
                self.id, "{maker} has closed it: another opens it again", maker=act.by
            )
        if not act.reason:
            raise Malformed(self.id, "say why closed books are opened again", "/act/reason")
        soft = max(last, self.soft_through)
        self.record(BooksReopened, act, through=last, soft_through=soft, reason=act.reason)

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
        period.closings.append((self.through, self.act.by))
        if self.through >= period.reopened:
            period.reopened = date.min


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


class BooksReopened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Books that were closed up to a day are soft-closed again, by who opened them.

    `soft_through` is the last soft-closed day from then on.
    """

    TOPIC = "period.books-reopened"
    PUBLIC = public("through reason")
    STATE = "soft-closed"

    through: date
    soft_through: date
    reason: str

    def apply(self, period: Period) -> None:
        """Take the last closing back."""
        period.closings.pop()
        period.reopened = max(self.through, period.reopened)
        period.soft_through = self.soft_through
        period.soft_by = self.act.by
