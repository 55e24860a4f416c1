"""Cash movements (资金收付): what of an event the bank must have seen, by fund."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from domain.kernel.accounts import parse
from domain.kernel.aggregate import Event
from domain.kernel.money import Posting
from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.payment_events import PaymentMade

# What a fund has and has not yet paid lies in the bank; what it was promised, too.
CASH = frozenset({"received", "available", "committed", "returned"})
# The money that a fund had before the ledger began came by no line of a statement.
OPENING = "opening"


class FundMovement(NamedTuple):
    """Fen that came into a fund's cash (out of it, if negative); `other` is the fund beyond."""

    fund: str
    amount: int
    other: str = ""


def is_paid_in_one(event: Event) -> bool:
    """Tell whether a payment goes to the bank with others: the chunk of its run stands for all."""
    if not isinstance(event, PaymentMade):
        return False
    return bool(event.kind) or not (event.completes or event.redirects)


def fund_movements(event: Event, lines: Collection[Posting]) -> list[FundMovement]:
    """Return what an event moves in and out of the cash of funds, by fund (`fund:x`)."""
    if is_paid_in_one(event):
        return []
    sums: dict[str, int] = {}
    beyond: dict[str, str] = {}
    for line in lines:
        account = parse(line.account)
        fund = f"fund:{account.fund}"
        if line.unit == "fen" and account.class_ in CASH:
            sums[fund] = sums.get(fund, 0) + line.value
        elif account.class_ == "out":
            beyond[fund] = account.detail
    return [
        FundMovement(fund, amount, beyond.get(fund, "")) for fund, amount in sums.items() if amount
    ]


def movement_in(event: Event, funds: Collection[str], run_fund: str = "") -> int:
    """Return the fen that an event moves into an account of some funds, negative if out of it.

    `run_fund` is the fund of the run whose chunk the event releases.
    """
    if isinstance(event, PayRunChunkReleased):
        return -event.amount if run_fund in funds else 0
    return sum(
        each.amount
        for each in fund_movements(event, event.postings())
        if each.fund in funds and each.other not in funds and each.other != OPENING
    )
