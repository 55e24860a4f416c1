"""Saving a batch: appended by the recorder, and what the database refuses told in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from domain.kernel.refusals import PeriodClosed
from infra.commands.retry import Conflict, SoftClosed

if TYPE_CHECKING:
    from infra.eventlog.batch import Appended, Batch
    from infra.eventlog.recorder import LedgerRecorder


def save(recorder: LedgerRecorder, connection: psycopg.Connection, batch: Batch) -> Appended:
    """Append a batch; raise what the database refuses as an exception of this package."""
    try:
        return recorder.append(batch, connection)
    except psycopg.Error as error:
        raise refusal_of(error) from None


def refusal_of(error: psycopg.Error) -> Exception:
    """Return what `ledger.append()` refused with as an exception of this package."""
    match error.sqlstate:
        case "23505":
            return Conflict(error.diag.message_detail)
        case "MZ001":
            return PeriodClosed.reported(str(error.diag.message_primary))
        case "MZ002":
            return SoftClosed()
        case "MZ004":
            return Conflict(error.diag.message_primary)
    return error
