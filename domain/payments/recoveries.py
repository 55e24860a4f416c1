"""Recoveries (追缴): what was paid too much is established, received back, or written off.

The debt keeps the fund, earmark and programme that the payments came from, so that money comes
back to where it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.benefits.relief_cases import ReliefCase
from domain.funds.funds import Fund
from domain.kernel import accounts
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import PaidId, Text
from domain.kernel.money import Fen, MoneyEvent, Posting, transfer
from domain.kernel.paid_out import require_no_more
from domain.kernel.refusals import MakerIsChecker, Malformed, OverRecovery
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart
from domain.payments.payments import Payment


class RecoveryPart(msgspec.Struct, frozen=True, gc=False):
    """So much of the debt belongs to this fund, earmark and programme."""

    fund: str
    earmark: str
    programme: str
    amount: Fen


Place = tuple[str, str, str]


class Recovery(Aggregate):
    """One overpayment, perhaps of several payments."""

    KIND = "recovery"
    COLLECTION = "recoveries"
    ORDER = 90

    def __init__(self, subject: str) -> None:
        """Start with nothing owed."""
        super().__init__(subject)
        self.established_by = ""
        self.established: Act | None = None
        self.owed: dict[Place, int] = {}

    @command(roles=("clerk",), opens=True)
    def establish(
        self,
        act: Act,
        unit: Unit,
        *,
        payments: tuple[PaidId, ...],
        amount: Fen,
        reason: Text,
    ) -> None:
        """Establish that so much of payments or relief was too much, taken from the first on."""
        if not payments or len(set(payments)) < len(payments):
            raise Malformed(self.id, "name each payment once, and at least one", "/what/payments")
        require_duties_apart(act, unit)
        known = [paid_out(unit, payment) for payment in payments]
        for payment in known:
            payment.require_paid()
        paid = sum(payment.paid - payment.overpaid for payment in known)
        require_no_more(self.id, amount, paid)
        self.record(
            RecoveryEstablished,
            act,
            payments=payments,
            amount=amount,
            reason=reason,
            parts=asked_back(known, act, recovery=self.id, amount=amount),
        )

    @command(roles=("treasurer",))
    def receive(self, act: Act, unit: Unit, *, amount: Fen) -> None:
        """Take in what is paid back; each fund has its part again."""
        require_duties_apart(act, unit)
        require_cause(self.id, act, self.established)
        parts = self.share(amount)
        for part in parts:
            unit[Fund, part.fund].recover(
                act,
                amount=part.amount,
                earmark=part.earmark,
                source=accounts.owed(part.fund, part.earmark, self.id),
                cause=self.id,
            )
        self.record(RecoveryReceived, act, amount=amount, parts=parts)

    @command(roles=("approver",), not_by=("recovery.establish",))
    def write_off(self, act: Act, unit: Unit, *, amount: Fen) -> None:
        """Give up a part that cannot be had; by another than who established it."""
        require_duties_apart(act, unit)
        if act.by == self.established_by:
            raise MakerIsChecker(
                self.id, "{maker} established it: another writes it off", maker=act.by
            )
        require_cause(self.id, act, self.established)
        self.record(RecoveryWrittenOff, act, amount=amount, parts=self.share(amount))

    def share(self, amount: int) -> tuple[RecoveryPart, ...]:
        """Split an amount over what is still owed, in order; never more than that."""
        owed = sum(self.owed.values())
        if amount > owed:
            raise OverRecovery(self.id, wanted=amount, owed=owed)
        taken: dict[Place, int] = {}
        left = amount
        for place, held in self.owed.items():
            taken[place] = min(left, held)
            left -= taken[place]
        return parts_of(taken)

    def take(self, parts: Iterable[RecoveryPart]) -> None:
        """Lower what is owed."""
        for part in parts:
            self.owed[part.fund, part.earmark, part.programme] -= part.amount


def paid_out(unit: Unit, subject: str) -> Payment | ReliefCase:
    """Return a payment or a relief case."""
    return unit[ReliefCase, subject] if subject.startswith("relief:") else unit[Payment, subject]


def asked_back(
    payments: Iterable[Payment | ReliefCase], act: Act, *, recovery: str, amount: int
) -> tuple[RecoveryPart, ...]:
    """Note on payments that so much of them is asked back, from the first on; return the parts."""
    taken: dict[Place, int] = {}
    left = amount
    for payment in payments:
        part = min(left, payment.paid - payment.overpaid)
        if part:
            payment.overpay(act, recovery=recovery, amount=part)
            place = (payment.fund, payment.earmark, payment.programme)
            taken[place] = taken.get(place, 0) + part
        left -= part
    return parts_of(taken)


def parts_of(taken: dict[Place, int]) -> tuple[RecoveryPart, ...]:
    """Return the parts that are not empty."""
    return tuple(RecoveryPart(*place, amount) for place, amount in taken.items() if amount)


class RecoveryEstablished(
    MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """So much is owed back."""

    TOPIC = "recovery.established"
    STATE = "established"

    payments: tuple[str, ...]
    amount: Fen
    reason: str
    parts: tuple[RecoveryPart, ...]

    def apply(self, recovery: Recovery) -> None:
        """Set what is owed, and where it belongs."""
        recovery.established_by = self.act.by
        recovery.established = self.act
        recovery.owed = {
            (part.fund, part.earmark, part.programme): part.amount for part in self.parts
        }

    def postings(self) -> tuple[Posting, ...]:
        """Take it out of what was spent."""
        return lines(
            (
                part.amount,
                accounts.spent(part.fund, part.earmark, part.programme),
                accounts.owed(part.fund, part.earmark, self.originator_id),
            )
            for part in self.parts
        )


class RecoveryReceived(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part of it was paid back; the funds' own events take the money."""

    TOPIC = "recovery.received"
    STATE = "received"
    ROW = ()

    amount: Fen
    parts: tuple[RecoveryPart, ...]

    def apply(self, recovery: Recovery) -> None:
        """Lower what is owed."""
        recovery.take(self.parts)


class RecoveryWrittenOff(
    MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A part of it was given up."""

    TOPIC = "recovery.written-off"
    STATE = "written-off"
    ROW = ()

    amount: Fen
    parts: tuple[RecoveryPart, ...]

    def apply(self, recovery: Recovery) -> None:
        """Lower what is owed."""
        recovery.take(self.parts)

    def postings(self) -> tuple[Posting, ...]:
        """Lose it."""
        return lines(
            (
                part.amount,
                accounts.owed(part.fund, part.earmark, self.originator_id),
                accounts.lost(part.fund, part.earmark, part.programme),
            )
            for part in self.parts
        )


def lines(moves: Iterable[tuple[int, str, str]]) -> tuple[Posting, ...]:
    """Return the double entry of several moves: amount, source, target."""
    return tuple(
        line
        for amount, source, target in moves
        for line in transfer(amount, source=source, target=target)
    )
