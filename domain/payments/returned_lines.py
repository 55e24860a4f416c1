"""Lines of the bank's return file (回盘明细), and how a run takes them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.kernel.aggregate import Act
from domain.kernel.ids import PaymentId, Text
from domain.kernel.money import Fen
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit
from domain.payments.payments import Payment


class ReturnedLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the bank's return file: the payment, why it came back, and how much if a part.

    `day` and `bank_ref` are the line's own, where the file says them.
    """

    payment: PaymentId
    reason: Text
    amount: Fen | None = None
    day: date | None = None
    bank_ref: Text | None = None


def take_back(
    run: str, act: Act, unit: Unit, *, bank_ref: str, returned: Sequence[ReturnedLine]
) -> int:
    """Return each line of the bank's file; they must be payments of the run. Gives the fen."""
    amount = 0
    for place, line in enumerate(returned):
        payment = unit[Payment, line.payment]
        if payment.run != run:
            raise WrongState(run, "other-run", payment=payment.id, run=payment.run)
        amount += payment.come_back(
            dated(run, act, unit, line=line, place=place),
            reason=line.reason,
            bank_ref=line.bank_ref or bank_ref,
            amount=line.amount,
        )
    return amount


def dated(run: str, act: Act, unit: Unit, *, line: ReturnedLine, place: int) -> Act:
    """Return the act of a line: on its own day, which is booked unless its period is closed."""
    if line.day is None:
        return act
    if line.day > act.on:
        pointer = f"/what/returned/{place}/day"
        raise Malformed(run, "a line lies on the day of the act or before it", pointer)
    closed = unit.periods.closed_through()
    is_open = act.booked == act.on and (closed is None or line.day > closed)
    return msgspec.structs.replace(act, on=line.day, booked=line.day if is_open else act.booked)
