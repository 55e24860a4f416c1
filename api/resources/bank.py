"""The bank's addresses to read: how the books agree with what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource
from api.resources.audit import ExceptionList
from domain.kernel.refusals import UnknownSubject
from domain.payments.bank_accounts import BankAccount
from domain.payments.bank_statements import BankStatementRecorded
from infra.audit.exceptions import exceptions
from infra.config.clock import today
from projections import registers
from projections.casework.bank_reconciliation import (
    BankLine,
    BookEntry,
    Reconciliation,
    read_account,
    reconcile,
)
from projections.core import event_log
from projections.disclosure.clearance import CLOSE

OPEN_ITEMS = columns(
    "part statement line position day amount direction subject topic reference suggestions",
    quantities="amount",
)


AGEING = columns("days payments amount", quantities="amount")
# From so many days to so many; 0: without end.
AGES = ((0, 7), (8, 30), (31, 90), (91, 365), (366, 0))


class ReconciliationAnswer(Resource):
    """An account's books beside its bank on a day."""

    def __init__(self, query: Query, *, by_statement: bool = False) -> None:
        """Ask of the account that is named, or of the one whose statement is."""
        super().__init__(query)
        self.by_statement = by_statement

    @cached_property
    def asked(self) -> Reconciliation:
        """Return the reconciliation; `UnknownSubject` where there is no such account."""
        query, position = self.query, self.query.moment.position
        day = query.single.get("day") or query.moment.as_of
        name = self.account_name()
        if self.by_statement:
            stated = self.statement()
            name, day = stated.account, stated.to
        elif not name:
            raise parameters.wrong("/account", "no bank account has been opened")
        account = read_account(query.connection, name, position)
        if not account.version:
            raise UnknownSubject(name)
        return reconcile(query.connection, account, day=day or last_day(account), position=position)

    def account_name(self) -> str:
        """Return the account that is asked for, or the first; empty if there is none."""
        first = str(self.accounts[0]["id"]) if self.accounts else ""
        return str(self.query.single.get("account") or first)

    @cached_property
    def accounts(self) -> Sequence[Row]:
        """Return all accounts."""
        query = self.query
        return list(registers.rows(query.connection, "bank-accounts", query.moment, where={}))

    def statement(self) -> BankStatementRecorded:
        """Return the statement that the address names."""
        subject, position = f"bank-statement:{self.query.key}", self.query.moment.position
        for at, event in event_log.positioned(self.query.connection, subject):
            if isinstance(event, BankStatementRecorded) and at <= position:
                return event
        raise UnknownSubject(subject)

    def whole(self) -> Row | None:
        """Return both balances, what is in transit, what is not matched, and what is left."""
        asked = self.asked
        return {
            "account": asked.account.id,
            "day": asked.day,
            "book": fen(asked.book),
            "bank": fen(asked.bank),
            "stated_through": asked.stated.last if asked.stated else None,
            "in_transit": [entry_row(each) for each in asked.in_transit],
            "unmatched": [line_row(asked, line) for line in asked.unmatched],
            "difference": fen(asked.difference),
            "unexplained": fen(asked.unexplained),
            "gaps": [{"from": first, "to": last} for first, last in asked.gaps()],
        }

    def columns(self) -> Sequence[Column]:
        """Return what an open item says."""
        return OPEN_ITEMS

    def rows(self) -> Iterable[Row]:
        """Return the open items of both sides."""
        asked = self.asked
        empty = dict.fromkeys(("statement", "line", "position", "subject", "topic", "suggestions"))
        for entry in asked.in_transit:
            yield {**empty, "part": "in-transit", **entry_row(entry)}
        for line in asked.unmatched:
            yield {**empty, "part": "unmatched", **line_row(asked, line)}


class ReturnedAgeing(ExceptionList):
    """Money that came back from the bank and was neither paid again nor given back, by its days."""

    KEY = "days"

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return AGEING

    def listed(self) -> Sequence[Row]:
        """Return a row for each span of days, also where nothing lies."""
        found = exceptions(self.asked, ("returned-idle",), 0)
        rows = []
        for first, last in AGES:
            mine = [
                row for row in found if first <= row["days"] and (not last or row["days"] <= last)
            ]
            amount = sum(row["amount"]["value"] for row in mine)
            days = f"{first}-{last}" if last else f"{first}+"
            rows.append({"days": days, "payments": len(mine), "amount": fen(amount)})
        return rows

    def totals(self) -> Sequence[Total]:
        """Return how many payments lie there, and their sum."""
        amount = sum(row["amount"]["value"] for row in self.found)
        payments = sum(row["payments"] for row in self.found)
        return (Total("payments", payments, "line"), Total("amount", amount, "fen"))

    def extra(self) -> Mapping[str, Any]:
        """Return the day to which days count."""
        return {"day": self.asked.day}


def fen(value: int) -> Row:
    """Write a sum, which may be below zero."""
    return {"value": value, "unit": "fen"}


def direction(amount: int) -> str:
    """Tell which way money went."""
    return "in" if amount > 0 else "out"


def entry_row(entry: BookEntry) -> Row:
    """Write what one side has and the other has not."""
    return {
        "position": entry.position,
        "day": entry.booked,
        "amount": fen(abs(entry.amount)),
        "direction": direction(entry.amount),
        "subject": entry.subject,
        "topic": entry.topic,
        "reference": entry.reference,
    }


def line_row(asked: Reconciliation, line: BankLine) -> Mapping[str, Any]:
    """Write a line that nobody has matched."""
    return {
        "statement": line.statement,
        "line": line.number,
        "day": line.said.day,
        "amount": fen(line.said.amount),
        "direction": line.said.direction,
        "reference": line.said.reference,
        "suggestions": [
            {"positions": list(each.positions), "why": list(each.why)}
            for each in asked.suggestions(line)
        ],
    }


def last_day(account: BankAccount) -> Any:
    """Return the last day that a statement tells of, or today."""
    return max((span.last for span in account.stated), default=today())


RECONCILIATION = Address(
    path="/reconciliation",
    summary="The books of an account's funds beside what the bank says, on a day.",
    resource=ReconciliationAnswer,
    views=("bank", "registers"),
    listed=False,
    single={"account": parameters.text, "day": parameters.day},
    roles=CLOSE,
)
BANK: tuple[Address, ...] = (
    RECONCILIATION,
    Address(
        path="/returned-ageing",
        summary="Money that came back from the bank and lies there, by spans of days.",
        resource=ReturnedAgeing,
        roles=CLOSE,
    ),
    Address(
        path="/bank-statements/{key}/reconciliation",
        summary="The same on the last day of a statement.",
        resource=partial(ReconciliationAnswer, by_statement=True),
        views=("bank",),
        listed=False,
        roles=CLOSE,
    ),
)
