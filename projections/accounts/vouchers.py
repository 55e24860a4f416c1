"""Voucher numbers (凭证号): every event with postings has one, without gaps in its booked month.

The number is the event's place among those booked in the month, by position. What comes later comes
behind, whatever it is about, so that a number never changes, before its month is closed or after.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from projections.core.view import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

MONTHS = Table(
    "journal_months",
    'month text COLLATE "C" PRIMARY KEY, vouchers int NOT NULL',
    digest="SELECT count(*), md5(coalesce(string_agg(concat_ws('|', month, vouchers), ','"
    " ORDER BY month), '')) FROM journal_months",
    says={
        "": "How many vouchers each month has.",
        "month": "The month in the books, as 2007-03.",
        "vouchers": "The number of its last voucher.",
    },
)
FIND = "SELECT month, vouchers FROM journal_months WHERE month = ANY (%s)"
KEEP = """INSERT INTO journal_months (month, vouchers) SELECT * FROM unnest(%s::text[], %s::int[])
    ON CONFLICT (month) DO UPDATE SET vouchers = excluded.vouchers"""


def printed(table: str) -> str:
    """Write a voucher of a table as a journal prints it: 2007-03-0012, which is no day."""
    number = f"{table}.voucher::text"
    padded = f"lpad({number}, greatest(4, length({number})), '0')"
    return f"to_char({table}.booked, 'YYYY-MM-') || {padded}"


class VoucherNumbers:
    """Counts vouchers by months, page by page."""

    def __init__(self) -> None:
        """Remember no month yet."""
        self.last: Counter[str] = Counter()

    def give(self, writer: CopyWriter, posted: Sequence[Recorded]) -> list[int]:
        """Return the numbers of events with postings, in their order."""
        months = [one.event.act.booked.isoformat()[:7] for one in posted]
        touched = sorted({*months})
        unknown = [month for month in touched if month not in self.last]
        if unknown:
            self.last.update(dict.fromkeys(unknown, 0))
            self.last.update(dict(writer.settled().execute(FIND, (unknown,)).fetchall()))
        found = []
        for month in months:
            self.last[month] += 1
            found.append(self.last[month])
        if touched:
            writer.write(KEEP, (touched, [self.last[month] for month in touched]))
        return found

    def forget(self) -> None:
        """Look the months up again."""
        self.last.clear()
