"""Pay runs as their checkers look at them: drawn again, with what became of them, and the last one.

A run is drawn from its roll as at its drawing-up; that it is the same is told by its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from cachetools import LRUCache

from domain import decode
from domain.benefits.merged_persons import paid_under_any
from domain.benefits.rolls import Roll, draw_roll
from domain.kernel.months import spanned
from domain.payments import arrears_runs
from domain.payments.arrears_lines import draw_arrears
from domain.payments.pay_run_events import (
    PayRunCancelled,
    PayRunChunkReleased,
    PayRunDrawnUp,
    PayRunRejected,
)
from domain.payments.pay_run_lines import draw
from domain.payments.payment_events import FIRST
from projections.core import event_log
from projections.core.view import SCHEMA
from projections.decision_views import held_claims, merged_persons, payments, roll_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from domain.benefits.roll_inputs import RollInputs
    from domain.payments.paid_months import PaidMonth
    from domain.payments.pay_run_lines import Drawn

    # Given a scheme, holders and the other parts: the last parts of their payments' ids.
    Tags = Callable[[str, Iterable[str], tuple[str, ...]], list[str]]

# Of runs that were drawn again: about half a KB each.
MOST_LINES = 50_000
EVENTS = f"""SELECT topic, state FROM {event_log.rows_of_subjects("%s::text[]")} e
    WHERE notification_id <= %s ORDER BY originator_version"""
RUNS_BEFORE = f"""SELECT month, run FROM {SCHEMA}.roll_runs
    WHERE scheme = %s AND month < %s AND position < %s AND kind = ''
    ORDER BY month DESC, position"""


@dataclass(frozen=True)
class StoredRoll:
    """What a run is drawn from, as the views have it."""

    connection: Connection[Any]
    tags_of: Tags
    # Of money, what is booked up to a day; None: all.
    as_of: date | None = None

    @property
    def rolls(self) -> Self:
        """Who is entitled to what."""
        return self

    @property
    def payments(self) -> Self:
        """How payments are named, and which months are paid."""
        return self

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines of a scheme's roll for a benefit month, at a position."""
        if at is None:
            raise TypeError("a roll that is looked at has a position")
        return Roll(at, draw_roll(self.inputs(scheme, month, at), month))

    def inputs(self, scheme: str, month: str, at: int) -> RollInputs:
        """Return what the roll is drawn from."""
        return roll_queries.inputs(self.connection, scheme, month, at)

    def holders(self, scheme: str, at: int | None = None) -> Mapping[str, str]:
        """Return of all whom a scheme's roll may have had so far, by id, the id in use."""
        return held_claims.holders(self.connection, scheme, at or 0)

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders."""
        return self.tags_of(scheme, holders, parts)

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month, at a position."""
        paid = payments.paid(self.connection, run, scheme, month, at=at or 0)
        same = merged_persons.same(self.connection, at or 0) if paid else {}
        return paid_under_any(paid, same, lambda ids: self.tags(scheme, ids, month, FIRST))

    def paid_months(
        self, scheme: str, month: str, at: int | None = None
    ) -> Mapping[str, PaidMonth]:
        """Return by tag what was paid for a month and stands, at a position."""
        return payments.standing(self.connection, scheme, month, at=at or 0, as_of=self.as_of)


class PayRunHistory(NamedTuple):
    """What a run was drawn up as, and what became of it up to a position.

    `held` gives the payments that the release left out, with why; `released` tells how many lines
    it has gone through, and `over` whether the run was rejected or cancelled.
    """

    drawn_up: PayRunDrawnUp
    held: Mapping[str, str]
    released: int
    over: str


def history(connection: Connection[Any], run: str, position: int) -> PayRunHistory:
    """Read a run; raise `LookupError` if it was not drawn up by then."""
    drawn_up: PayRunDrawnUp | None = None
    held: dict[str, str] = {}
    released, over = 0, ""
    for topic, state in connection.execute(EVENTS, ([run], position), binary=True):
        event = decode(topic, state)
        if isinstance(event, PayRunDrawnUp):
            drawn_up = event
        elif isinstance(event, PayRunChunkReleased):
            held |= {line.payment: line.reason for line in event.held_back}
            released = event.to_line
        elif isinstance(event, PayRunRejected | PayRunCancelled):
            over = event.STATE or ""
    if drawn_up is None:
        raise LookupError(f"{run} was not drawn up at {position}")
    return PayRunHistory(drawn_up, held, released, over)


def drawn_again(connection: Connection[Any], run: PayRunDrawnUp, tags: Tags) -> Drawn:
    """Draw a run again from the roll at its position."""
    source = StoredRoll(connection, tags)
    if run.kind == arrears_runs.KIND:
        months = list(spanned(run.from_, run.month))
        return draw_arrears(source, run.scheme, months, run.roll_at).as_drawn()
    return draw(source, run=run.originator_id, scheme=run.scheme, month=run.month, at=run.roll_at)


class Drawings:
    """Runs that were drawn again, kept under what stands for all of their content.

    A drawing is a function of the log up to a position, and its digest tells its lines: it never
    gets old. A page of a run's lines finds what the page before it has drawn.
    """

    def __init__(self, most_lines: int = MOST_LINES) -> None:
        """Start empty, and keep no more lines than these; 0 keeps nothing."""
        self._kept: LRUCache[tuple[str, int, str], Drawn] = LRUCache(
            most_lines, getsizeof=lambda drawn: 1 + len(drawn.lines) + len(drawn.held)
        )
        self._guard = Lock()

    def of(self, connection: Connection[Any], run: PayRunDrawnUp, tags: Tags) -> Drawn:
        """Return a run's drawing; one of another digest than the run's is not kept."""
        name = run.originator_id, run.roll_at, run.digest
        with self._guard:
            found: Drawn | None = self._kept.get(name)
        if found is None:
            found = drawn_again(connection, run, tags)
            with self._guard:
                if found.digest == run.digest and self._kept.getsizeof(found) <= self._kept.maxsize:
                    self._kept[name] = found
        return found

    def __len__(self) -> int:
        """Return how many runs are kept."""
        return len(self._kept)


def last_runs(
    connection: Connection[Any], run: PayRunDrawnUp, position: int
) -> Sequence[PayRunHistory]:
    """Return the runs of the scheme's last month before this one that stand at a position.

    Arrears are beside no other run.
    """
    if run.kind:
        return ()
    asked = (run.scheme, run.month, run.roll_at + 1)
    found = connection.execute(RUNS_BEFORE, asked).fetchall()
    for _, runs in groupby(found, key=itemgetter(0)):
        told = [history(connection, name, position) for _, name in runs]
        standing = [each for each in told if not each.over]
        if standing:
            return standing
    return ()
