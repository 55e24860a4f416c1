"""Breaches of what the bank says, planted into a good store (see planted_breaches.py)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.payments.bank_accounts import BankAccountOpened, BankAccountTied
from domain.payments.bank_statements import (
    BankStatementMatched,
    BankStatementRecorded,
    KeptLine,
)
from scripts.scenarios.stories import FUND
from tests.infra.verify.spoilt_store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNT = "bank-account:spoilt"
MARCH, APRIL = "bank-statement:spoilt:2007-03", "bank-statement:spoilt:2007-04"


def stated(store: Store, subject: str = MARCH, *, month: int = 3, opening: int = 0, off: int = 0,
           amount: int = 5) -> int:  # fmt: skip
    """Keep a statement of one line; `off` is what it does not add up by."""
    said: dict[str, Any] = {
        "account": ACCOUNT,
        "from_": date(2007, month, 1),
        "to": date(2007, month + 1, 1) - timedelta(1),
        "opening": opening,
        "closing": opening + amount + off,
        "lines": (KeptLine(date(2007, month, 2), "in", amount),),
    }
    return store.append(store.made(BankStatementRecorded, subject, **said))


def opened(store: Store, account: str = ACCOUNT) -> int:
    """Open an account of the story's fund."""
    said: dict[str, Any] = {"title": "专户", "bank": "某银行", "last4": "0001", "funds": (FUND,)}
    store.append(store.made(BankAccountOpened, account, **said))
    return store.append(store.made(BankAccountTied, account, fund=FUND))


def matched(store: Store, *positions: int, subject: str = MARCH, line: int = 1) -> int:
    """Match a line."""
    return store.append(store.made(BankStatementMatched, subject, line=line, positions=positions))


def fund_in_two_accounts(store: Store) -> Sequence[int]:
    return [opened(store), opened(store, "bank-account:other")][1:]


def statement_that_does_not_add_up(store: Store) -> Sequence[int]:
    return [stated(store, off=1)]


def statement_that_does_not_join(store: Store) -> Sequence[int]:
    return [stated(store), stated(store, APRIL, month=4, opening=6)]


def two_statements_of_one_day(store: Store) -> Sequence[int]:
    return [stated(store), stated(store, APRIL, opening=5)]


def line_matched_with_another_amount(store: Store) -> Sequence[int]:
    opened(store)
    received = store.position("fund.received")
    return [stated(store, amount=1), matched(store, received)]


def event_matched_twice(store: Store) -> Sequence[int]:
    opened(store)
    received = store.position("fund.received")
    amount: Any = store.event(received)
    stated(store, amount=amount.amount)
    stated(store, APRIL, month=4, opening=amount.amount, amount=amount.amount)
    return [matched(store, received), matched(store, received, subject=APRIL)]


def line_that_is_not_there(store: Store) -> Sequence[int]:
    stated(store)
    return [matched(store, 1, line=2)]


PLANTS = [
    ("bank-matched", fund_in_two_accounts),
    ("bank-matched", statement_that_does_not_add_up),
    ("bank-matched", statement_that_does_not_join),
    ("bank-matched", two_statements_of_one_day),
    ("bank-matched", line_matched_with_another_amount),
    ("bank-matched", event_matched_twice),
    ("bank-matched", line_that_is_not_there),
]
