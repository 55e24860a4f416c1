"""What each account had, took and gave (科目余额及发生额): by month, added up from postings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class AccountMonth(NamedTuple):
    """A month of an account: what it held before, its debits (in), credits (out), what it holds.

    Signs are those of the books: what comes into an account is above zero.
    """

    account: str
    unit: str
    month: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """Return what it holds at the end."""
        return self.opening + self.debit - self.credit


class AccountTurnover:
    """Adds postings up by account, unit and booked month."""

    def __init__(self) -> None:
        """Start with empty accounts."""
        self.moved: defaultdict[tuple[str, str], defaultdict[str, list[int]]] = defaultdict(
            lambda: defaultdict(lambda: [0, 0])
        )

    def add(self, row: dict[str, Any]) -> None:
        """Add a posting."""
        of_month = self.moved[row["account"], row["unit"]][f"{row['booked']:%Y-%m}"]
        value = row["value"]
        of_month[value < 0] += abs(value)

    def months(self) -> Iterator[AccountMonth]:
        """Give the months of each account in which something moved, in order."""
        for (account, unit), by_month in sorted(self.moved.items()):
            opening = 0
            for month, (debit, credit) in sorted(by_month.items()):
                found = AccountMonth(account, unit, month, opening, debit, credit)
                yield found
                opening = found.closing

    def years(self, year: str) -> Iterator[AccountMonth]:
        """Give each account for a year: what it held before, and what moved in it."""
        for (account, unit), by_month in sorted(self.moved.items()):
            before = sum(d - c for month, (d, c) in by_month.items() if month < year)
            inside = [moved for month, moved in by_month.items() if month[:4] == year]
            debit, credit = (sum(each[side] for each in inside) for side in (0, 1))
            if before or debit or credit:
                yield AccountMonth(account, unit, year, before, debit, credit)
