"""The part of `totals-agree` on registers: what a list of them totals is what its events say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.benefits.relief_case_events import (
    ReliefDecided,
    ReliefPaid,
    ReliefRejected,
    ReliefWithdrawn,
)
from domain.grants.contract_events import ContractSigned
from domain.grants.grant_events import GrantApplied
from domain.kernel.reversals import Reversal
from domain.payments.payment_events import PaymentMade
from domain.payments.recoveries import RecoveryEstablished
from projections import registers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.kernel.aggregate import Event
    from infra.verify.check import CheckContext, Findings
    from projections.core.view import Moment

# Each states once what its subject is about; the gifts of a keeper are told by what they count.
STATED: Mapping[type[Event], str] = {
    GrantApplied: "grants",
    ContractSigned: "contracts",
    PaymentMade: "payments",
    RecoveryEstablished: "recoveries",
}
GIFTS = ("donations", "donated")
RELIEF = "relief-cases"
AMOUNT = ("amount", "fen")


class RegisterSums(Counter[str]):
    """What the log says each register's amounts sum to, in fen."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self._relief: dict[str, int] = {}

    def add(self, event: Event) -> None:
        """Add what an event says of its subject, or takes back."""
        told = event.event() if isinstance(event, Reversal) else event
        if stated := STATED.get(type(told)):
            amount = int(getattr(told, "amount", 0))
            self[stated] += amount if told is event else -amount
        if isinstance(event, ReliefDecided | ReliefPaid):
            self[RELIEF] += event.amount - self._relief.get(event.originator_id, 0)
            self._relief[event.originator_id] = event.amount
        elif isinstance(event, ReliefRejected | ReliefWithdrawn):
            self[RELIEF] -= self._relief.pop(event.originator_id, 0)
        collection, measure = GIFTS
        for fact in event.facts():
            if fact.measure == measure and fact.unit == "fen":
                self[collection] += fact.value


def compare_registers(
    asked: CheckContext, found: Findings, sums: RegisterSums, moment: Moment
) -> None:
    """Hold the total of each register's amounts against the log, and tell it."""
    for collection in sorted({*STATED.values(), GIFTS[0], RELIEF}):
        found.examined += 1
        rows = registers.totals(asked.connection, collection, moment, where={})
        shown = sum(int(row["value"]) for row in rows if (row["field"], row["unit"]) == AMOUNT)
        found.note("registers", {"register": collection, "amount": shown})
        if shown != sums[collection]:
            said = f"{shown} fen in the register, the log {sums[collection]}"
            found.breach([], collection, said)
