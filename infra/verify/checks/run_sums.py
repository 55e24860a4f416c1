"""The part of `totals-agree` on pay runs: their numbers are their payments as they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.payments.payment_events import (
    PaymentMade,
    PaymentReissued,
    PaymentReturned,
    PaymentWrittenBack,
)
from projections import registers
from projections.accounts import run_sums
from projections.accounts.run_sums import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.kernel.aggregate import Event
    from infra.verify.check import CheckContext, Findings
    from projections.core.view import Moment

# By run and what happened, in fen.
RunSums = Counter[tuple[str, str]]
MOVES: Mapping[type[Event], str] = {
    PaymentMade: "paid",
    PaymentReturned: "returned",
    PaymentReissued: "reissued",
    PaymentWrittenBack: "written_back",
}


def add_to_run(runs: RunSums, event: Event) -> None:
    """Add what an event of a payment does to the sums of its run."""
    if isinstance(event, PaymentMade | PaymentReturned | PaymentReissued | PaymentWrittenBack):
        runs[event.run, MOVES[type(event)]] += event.amount


def compare_runs(asked: CheckContext, found: Findings, runs: RunSums, moment: Moment) -> None:
    """Hold the sums of each run against those of its payments' own events, and tell them."""
    rows = registers.rows(asked.connection, "pay-runs", moment, where={})
    for row in run_sums.run_sums(asked.connection, moment, rows):
        found.examined += 1
        run = str(row["id"])
        told = {name: runs[run, name] for name in NAMES}
        shown = {name: row[name] for name in NAMES}
        found.note("runs", {"run": run, "drawn": row["drawn"], **shown, "out": row["out"]})
        if told != shown:
            found.breach([], run, f"the run says {shown}, its payments {told}")
