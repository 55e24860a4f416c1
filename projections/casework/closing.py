"""What stands open at the end of a period (结账检查), and what of a budget year is carried over.

Nothing is refused by it: who closes sees it first. Money stands as it is booked by the day, as
known at a position; runs and lines of the bank as they are known to stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain.payments.bank_accounts import BankAccount
from domain.payments.pay_runs import PayRun
from projections import registers
from projections.casework.account_days import account_days, below_zero, idle
from projections.casework.bank_reconciliation import read_account, reconcile
from projections.core.view import SCHEMA, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from psycopg import Connection

# In the order in which they are shown.
KINDS = ("pay-run", "returned", "unmatched-line", "ungathered", "negative-day")
# How a day stands.
STATES = ("open", "soft-closed", "closed")
OVER = frozenset({"settled", "rejected", "cancelled"})
# Stages on which money waits for somebody.
WAITING = {"returned": "returned", "ungathered": "received"}
HELD = ("available", "committed", "received", "returned", "advanced")
LEFT = f"""
    SELECT 'fund:' || a.fund, split_part(a.account, ':', 3), sum(j.value)::bigint
    FROM {SCHEMA}.journal j JOIN {SCHEMA}.journal_accounts a ON a.id = j.account
    WHERE a.class = 'available' AND a.unit = 'fen' AND j.position <= %(position)s
      AND j.booked <= %(through)s AND split_part(a.account, ':', 3) = %(year)s
    GROUP BY 1, 2 HAVING sum(j.value) > 0 ORDER BY 1, 2"""


class OpenMatter(NamedTuple):
    """What stands open: its kind, what it is about, since when, and how much money."""

    kind: str
    subject: str
    since: date
    amount: int | None
    position: int | None = None
    title: str = ""


class CarryOver(NamedTuple):
    """What is free of a budget year at its end, to be carried into the next one (结转)."""

    fund: str
    from_earmark: str
    to_earmark: str
    amount: int


def open_matters(connection: Connection[Any], position: int, through: date) -> Iterator[OpenMatter]:
    """Give what stands open through a day, by kinds, each by what it is about."""
    yield from _runs(connection, position, through)
    yield from _waiting(connection, Moment(position, through), "returned")
    yield from _lines(connection, position, through)
    yield from _waiting(connection, Moment(position, through), "ungathered")
    for days in account_days(connection, Moment(position, through), HELD):
        for span in below_zero(days):
            yield OpenMatter("negative-day", span.account, span.since, span.lowest, span.position)


def _runs(connection: Connection[Any], position: int, through: date) -> Iterator[OpenMatter]:
    """Give the runs drawn up by the day that are not settled and not ended."""
    rows = registers.rows(connection, PayRun.COLLECTION, Moment(position), where={})
    for row in rows:
        if row["state"] in OVER or str(row["opened_on"]) > through.isoformat():
            continue
        total = row.get("total")
        amount = int(total["value"]) if total else None
        day = type(through).fromisoformat(str(row["opened_on"]))
        yield OpenMatter("pay-run", str(row["id"]), day, amount, title=str(row.get("month") or ""))


def _waiting(connection: Connection[Any], moment: Moment, kind: str) -> Iterator[OpenMatter]:
    """Give what lies on a stage where it waits: come back from the bank, or not gathered."""
    if moment.as_of is None:
        return
    for days in account_days(connection, moment, (WAITING[kind],)):
        lies = idle(days, moment.as_of)
        if lies is not None and lies.unit == "fen":
            yield OpenMatter(kind, lies.account, lies.since, lies.value, lies.position)


def _lines(connection: Connection[Any], position: int, through: date) -> Iterator[OpenMatter]:
    """Give the bank's lines up to the day that nobody has matched."""
    for row in registers.rows(connection, BankAccount.COLLECTION, Moment(position), where={}):
        account = read_account(connection, str(row["id"]), position)
        found = reconcile(connection, account, day=through, position=position)
        for line in found.unmatched:
            about = f"{line.statement}#{line.number}"
            yield OpenMatter("unmatched-line", about, line.said.day, line.said.signed)


def carry_over(connection: Connection[Any], position: int, through: date) -> list[CarryOver]:
    """Return what may be carried over at the end of a year: what is free of its own earmark."""
    if (through.month, through.day) != (12, 31):
        return []
    given = {"position": position, "through": through, "year": str(through.year)}
    return [
        CarryOver(str(fund), str(earmark), str(through.year + 1), int(amount))
        for fund, earmark, amount in connection.execute(LEFT, given)
    ]
