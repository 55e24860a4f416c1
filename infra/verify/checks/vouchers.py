"""The check of voucher numbers: without gaps in each month, in the order of the log."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from infra.verify.check import Fold, LogAtHead
from projections.core import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

# What a month's events have beside what they should have, in the order of their positions.
WRONG = """
    SELECT month, position, first, last, place FROM (
        SELECT to_char(min(booked), 'YYYY-MM') AS month, position, min(voucher) AS first,
               max(voucher) AS last, row_number() OVER (
                   PARTITION BY date_trunc('month', min(booked)) ORDER BY position) AS place
        FROM views.journal WHERE position <= %s GROUP BY position
    ) given WHERE first <> place OR last <> place ORDER BY position"""
COUNTED = """SELECT to_char(booked, 'YYYY-MM'), count(DISTINCT position), max(voucher)
    FROM views.journal WHERE position <= %s GROUP BY 1"""


class Vouchers(Fold):
    """Every event with postings has one number of its month."""

    NAME = "vouchers"
    SENTENCE = (
        "Every event with postings has one voucher number; in each month of the books the numbers"
        " are 1, 2, 3 ... in the order of the log, without a gap."
    )

    def __init__(self) -> None:
        """Count nothing yet."""
        super().__init__()
        self.months: Counter[str] = Counter()

    def begin(self, asked: LogAtHead) -> None:
        """Keep the store, and how far the journal is."""
        self.asked = asked
        self.reached = view.position(asked.connection, "journal")

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Count an event with postings in its month."""
        if lines and position <= self.reached:
            self.months[event.act.booked.isoformat()[:7]] += 1

    def end(self) -> None:
        """Hold the journal's numbers against their order, and against the log."""
        asked, reached = self.asked, self.reached
        self.found.examined = sum(self.months.values())
        for month, position, first, last, place in asked.rows("vouchers", WRONG, (reached,)):
            given = str(first) if first == last else f"{first} and {last}"
            self.found.breach([position], month, f"voucher {given}, where {place} is next")
        known = {month: (many, last) for month, many, last in
                 asked.rows("voucher_months", COUNTED, (reached,))}  # fmt: skip
        for month in sorted(self.months.keys() | known.keys()):
            many = self.months[month]
            if known.get(month, (0, 0)) != (many, many):
                count, last = known.get(month, (0, 0))
                detail = f"{many} events with postings; the journal has {count}, the last is {last}"
                self.found.breach([], month, detail)
