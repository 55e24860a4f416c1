"""`/v1/exceptions`: what an auditor should look at in the log, by the rules in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from infra.audit import act_finders, payment_finders
from infra.audit.arrears_finders import underpaid
from infra.audit.check_finders import (
    FOLDS,
    MOST,
    after_stop,
    breaches,
    idle_money,
    negative_days,
    twice,
)
from infra.audit.exception_row import KINDS, told
from infra.verify.topic_reader import read_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from infra.audit.exception_row import AuditContext, ExceptionKind, ExceptionRow
    from infra.verify.check import Findings
    from infra.verify.topic_reader import ActReader

FINDERS: Mapping[ExceptionKind, Callable[[], Any]] = {
    "returned-idle": payment_finders.ReturnedIdle,
    "paid-late": payment_finders.PaidLate,
    "round-trip": act_finders.RoundTrip,
    "split-below-threshold": act_finders.SplitBelowThreshold,
    "weekend": act_finders.Weekend,
    "no-evidence": act_finders.NoEvidence,
    "duplicate-document": act_finders.DuplicateDocument,
}
CHECKS: Mapping[ExceptionKind, Callable[[AuditContext], Findings]] = {
    "paid-after-stop": after_stop,
    "paid-twice": twice,
}
QUERIES: Mapping[ExceptionKind, Callable[[AuditContext], Iterator[ExceptionRow]]] = {
    "idle-money": idle_money,
    "negative-day": negative_days,
    "underpaid": underpaid,
}


def exceptions(
    asked: AuditContext, kinds: Collection[str] = (), min_days: int | None = None
) -> list[dict[str, Any]]:
    """Return the exceptions of some kinds, or of all, in the order of the kinds, then of events.

    `min_days` stands in place of each rule's days, and leaves out what has fewer or counts none.
    """
    if min_days is not None:
        days = ("idle-money", "returned-idle", "paid-late")
        asked.limits = {**asked.limits, **dict.fromkeys(days, min_days)}
    wanted = [kind for kind in KINDS if not kinds or kind in kinds]
    folds = {kind: FOLDS[kind]() for kind in wanted if kind in FOLDS}
    for fold in folds.values():
        fold.found.most = MOST
        fold.begin(asked.log)
    finders = {kind: FINDERS[kind]() for kind in wanted if kind in FINDERS}
    readers = cast("list[ActReader]", [*folds.values(), *finders.values()])
    if readers:
        read_topics(asked.log, readers, asked.moment.as_of)
    found: list[dict[str, Any]] = []
    for kind in wanted:
        rows = rows_of(asked, kind, folds, finders)
        ordered = sorted(rows, key=lambda row: (row.events, row.subject))
        found += [told(row) for row in ordered if lasts(row, min_days)]
    return found


def rows_of(
    asked: AuditContext,
    kind: ExceptionKind,
    folds: Mapping[ExceptionKind, Any],
    finders: Mapping[ExceptionKind, Any],
) -> Iterator[ExceptionRow]:
    """Return the rows of one kind."""
    if kind in folds:
        folds[kind].end()
        return breaches(asked, kind, folds[kind].found)
    if kind in CHECKS:
        return breaches(asked, kind, CHECKS[kind](asked))
    if kind in QUERIES:
        return QUERIES[kind](asked)
    rows: Iterator[ExceptionRow] = finders[kind].rows(asked)
    return rows


def lasts(row: ExceptionRow, min_days: int | None) -> bool:
    """Tell whether an exception counts as many days as were asked for."""
    return min_days is None or (row.days is not None and row.days >= min_days)
