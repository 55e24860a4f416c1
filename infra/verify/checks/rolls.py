"""Whether a month was paid to more than there were, however the payments are named."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.kernel.aggregate import stored_name
from domain.kernel.months import spanned
from domain.payments.payment_events import PaymentMade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.payments.pay_run_events import PayRunDrawnUp
    from infra.verify.check import CheckContext, Findings

# Payments of a scheme and month, but for those that correct another.
PAID = f"""
    SELECT split_part(originator_id, ':', 2), split_part(originator_id, ':', 3),
           count(*), max(notification_id)
    FROM ledger.events WHERE topic = '{stored_name(PaymentMade)}' AND notification_id <= %s
      AND position('"completes"'::bytea IN state) = 0
      AND position('"redirects"'::bytea IN state) = 0
    GROUP BY 1, 2 ORDER BY 4"""


def compare_holders(
    asked: CheckContext, found: Findings, drawn_up: Iterable[PayRunDrawnUp]
) -> None:
    """Hold the payments of each scheme and month against all who stood on its runs' rolls.

    The names of payments are not asked: under another key a month has other names.
    """
    runs: defaultdict[tuple[str, str], list[PayRunDrawnUp]] = defaultdict(list)
    for run in drawn_up:
        for month in spanned(run.from_ or run.month, run.month):
            runs[run.scheme, month].append(run)
    for scheme, month, paid, last in asked.connection.execute(PAID, (asked.head,)).fetchall():
        of_month = runs.get((f"scheme:{scheme}", month), [])
        if paid <= max((run.count for run in of_month), default=0):
            continue
        holders = {
            line.holder
            for run in of_month
            for line in asked.unit.rolls.roll(run.scheme, month, run.roll_at).lines
            if not line.stopped
        }
        if paid > len(holders):
            said = f"{paid} payments for {month}, where {len(holders)} stood on its rolls"
            found.breach([last], f"scheme:{scheme}", said)
