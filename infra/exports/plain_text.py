"""The journal in plain text accounting (纯文本记账): hledger's format and beancount's.

Signs are those of the books, amounts in CNY with two decimals, goods by their kind. Both files end
in assertions of what each account holds, so that the programs themselves check the sums to the fen.
Formats: hledger.org (journal format 1.25), beancount.github.io (language syntax, version 3).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from domain.kernel.sentences import FEN_A_YUAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
MONEY = "CNY"
# What beancount has no sign for in an account or a commodity.
NO_LETTER, NO_SYMBOL = re.compile(r"[^A-Za-z0-9-]+"), re.compile(r"[^A-Z0-9]+")
# An account of beancount stands below one of five; class by class.
ROOTS = {
    "out": "Income",
    "spent": "Expenses",
    "issued": "Expenses",
    "lost": "Expenses",
}
LONGEST_SYMBOL = 24
# No day of the books lies before it.
FIRST_DAY = date(1900, 1, 1)


def amount(value: int, unit: str) -> str:
    """Write a value: fen as yuan with two decimals, all else as it is."""
    if unit != "fen":
        return str(value)
    whole, cents = divmod(abs(value), FEN_A_YUAN)
    return f"{'-' if value < 0 else ''}{whole}.{cents:02}"


class PlainTextLedger(ABC):
    """Writes the lines of one format, event by event, and keeps what each account holds."""

    NAME: ClassVar[str]
    FILE: ClassVar[str]

    def __init__(self) -> None:
        """Start with empty accounts."""
        self.held: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.accounts: dict[str, str] = {}
        self.commodities: dict[str, str] = {}
        self.last = date.min

    def lines(self, events: Iterator[Sequence[Row]]) -> Iterator[str]:
        """Give the whole file; `events` are the postings of each event."""
        yield self.head()
        for rows in events:
            self.last = max(self.last, rows[0]["booked"])
            yield self.entry(rows)
            for row in rows:
                yield self.posting(row)
                self.held[row["account"], row["unit"]] += row["value"]
            yield "\n"
        yield from self.assertions()

    @abstractmethod
    def head(self) -> str:
        """Say what stands before all entries."""

    @abstractmethod
    def entry(self, rows: Sequence[Row]) -> str:
        """Write the first line of an event."""

    @abstractmethod
    def posting(self, row: Row) -> str:
        """Write one posting."""

    @abstractmethod
    def assertions(self) -> Iterator[str]:
        """State what each account holds in the end."""


class HledgerJournal(PlainTextLedger):
    """Accounts as they are in the books; goods as quoted commodities."""

    NAME, FILE = "hledger", "journal.hledger"

    def head(self) -> str:
        """Say that amounts have two decimals."""
        return f"decimal-mark .\ncommodity {MONEY} 1000.00\n\n"

    def entry(self, rows: Sequence[Row]) -> str:
        """Write day, voucher, topic and subject."""
        one = rows[0]
        said = f"{one['topic']} | {one['subject']}  ; position:{one['position']}, by:{one['by']}"
        return f"{one['booked']} * ({one['voucher']}) {said}\n"

    def posting(self, row: Row) -> str:
        """Write an account and its amount."""
        commodity = self.commodity(row["unit"])
        return f"    {row['account']}  {commodity} {amount(row['value'], row['unit'])}\n"

    def commodity(self, unit: str) -> str:
        """Return the commodity of a unit."""
        return self.commodities.setdefault(unit, MONEY if unit == "fen" else f'"{unit}"')

    def assertions(self) -> Iterator[str]:
        """State the balances in an entry that moves nothing."""
        if not self.held:
            return
        yield f"{self.last} * balances\n"
        for (account, unit), held in sorted(self.held.items()):
            commodity, nought = self.commodity(unit), amount(0, unit)
            yield f"    {account}  {commodity} {nought} = {commodity} {amount(held, unit)}\n"


class BeancountLedger(PlainTextLedger):
    """Accounts below beancount's five roots, in its spelling; the manifest maps them back."""

    NAME, FILE = "beancount", "ledger.beancount"

    def __init__(self) -> None:
        """Start with no account named."""
        super().__init__()
        self.taken: set[str] = set()

    def head(self) -> str:
        """Say the currency, and that not a fen may be missing."""
        return f'option "operating_currency" "{MONEY}"\noption "tolerance_multiplier" "0"\n\n'

    def entry(self, rows: Sequence[Row]) -> str:
        """Write the accounts that are new, then day, topic, subject, position and voucher."""
        one = rows[0]
        new = dict.fromkeys(row["account"] for row in rows if row["account"] not in self.accounts)
        opens = "".join(f"{FIRST_DAY} open {self.spelt(account)}\n" for account in new)
        return (
            f'{opens}{one["booked"]} * "{one["topic"]}" "{one["subject"]}"\n'
            f'  position: {one["position"]}\n  voucher: "{one["voucher"]}"\n'
        )

    def posting(self, row: Row) -> str:
        """Write an account and its amount."""
        commodity = self.commodity(row["unit"])
        return f"  {self.spelt(row['account'])}  {amount(row['value'], row['unit'])} {commodity}\n"

    def spelt(self, account: str) -> str:
        """Return an account as beancount spells it; no two are spelt alike."""
        if account not in self.accounts:
            parts = account.split(":")
            named = ":".join([ROOTS.get(parts[0], "Assets"), *map(component, parts)])
            self.accounts[account] = self.free(named)
        return self.accounts[account]

    def commodity(self, unit: str) -> str:
        """Return the commodity of a unit."""
        if unit not in self.commodities:
            symbol = NO_SYMBOL.sub("-", unit.upper())[:LONGEST_SYMBOL].strip("-")
            self.commodities[unit] = MONEY if unit == "fen" else self.free(symbol)
        return self.commodities[unit]

    def free(self, name: str) -> str:
        """Return a name, or the first of it with a number that is not taken."""
        found, number = name, 1
        while found in self.taken:
            number += 1
            found = f"{name}-{number}"
        self.taken.add(found)
        return found

    def assertions(self) -> Iterator[str]:
        """State the balances on the morning after the last day."""
        if not self.held:
            return
        day = self.last + timedelta(days=1)
        for (account, unit), held in sorted(self.held.items()):
            said = f"{amount(held, unit)} {self.commodity(unit)}"
            yield f"{day} balance {self.spelt(account)}  {said}\n"


def component(part: str) -> str:
    """Return a part of an account as beancount takes it."""
    plain = NO_LETTER.sub("-", part).strip("-") or "X"
    return plain[0].upper() + plain[1:]
