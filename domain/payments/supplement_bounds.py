"""How much a payment may be supplemented: up to what the scheme's rule gives for its month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import OverEntitled
from domain.payments.payment_events import FIRST

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit
    from domain.payments.payments import Payment


def require_within_rule(payment: Payment, act: Act, unit: Unit, amount: int) -> None:
    """Refuse more than the rule gives for the month, unless a document says why (act.evidence).

    What is paid is the payment and its supplements, less what was written back or is recovered.
    """
    if act.evidence:
        return
    paid = payment.kept + sum(each.kept for each in payment.supplemented(unit))
    due = due_for(payment, unit)
    if amount + paid > due:
        raise OverEntitled(payment.id, wanted=amount, due=due, month=payment.month, paid=paid)


def due_for(payment: Payment, unit: Unit) -> int:
    """Return the fen that the scheme's roll of the month has, as known now, for the holder."""
    lines = unit.rolls.roll(payment.scheme, payment.month).lines
    holders = [line.holder for line in lines]
    tags = unit.payments.tags(payment.scheme, holders, payment.month, FIRST)
    tag = payment.id.rpartition(":")[2]
    return sum(line.amount for name, line in zip(tags, lines, strict=True) if name == tag)
