"""A wrong payee (错付更正): what one was paid in error is asked back, and the other is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.benefits.schemes import Scheme
from domain.funds.funds import Fund
from domain.kernel.refusals import (
    Malformed,
    NotEntitled,
    PaidAfterStop,
    PaidTwice,
    UnknownSubject,
    WrongState,
)
from domain.payments.payment_events import FIRST, PaymentMade, PaymentRedirected
from domain.payments.payments import Payment, payment_prefix
from domain.payments.recoveries import Recovery, RecoveryEstablished, RecoveryPart

if TYPE_CHECKING:
    from domain.benefits.rolls import RollLine
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit


class RightPayee(NamedTuple):
    """Who should have been paid, the payment's tag, and the line of the roll, if there is one."""

    holder: str
    tag: str
    line: RollLine | None


def redirect(
    wrong: Payment, act: Act, unit: Unit, *, to: str, amount: int | None, reason: str
) -> dict[str, str]:
    """Establish a recovery for one payment, and pay another holder as much, at once."""
    moved = wrong.paid - wrong.overpaid if amount is None else amount
    wrong.require_asked(act, moved or 1)
    payee = right_payee(wrong, act, unit, to, moved)
    made = payment_prefix(wrong.scheme, wrong.month) + payee.tag
    debt = f"recovery:{wrong.id.partition(':')[2]}:r{wrong.redirects + 1}"
    wrong.overpay(act, recovery=debt, amount=moved)
    unit.find(Recovery, debt).record(
        RecoveryEstablished,
        act,
        payments=(wrong.id,),
        amount=moved,
        reason=reason,
        parts=(RecoveryPart(wrong.fund, wrong.earmark, wrong.programme, moved),),
    )
    unit[Fund, wrong.fund].promise(
        act,
        amount=moved,
        earmark=wrong.earmark,
        to=wrong.run,
        purpose=unit[Scheme, wrong.scheme].purpose,
        cause=made,
    )
    what = {"payment": made, "recovery": debt}
    wrong.record(PaymentRedirected, act, run=wrong.run, amount=moved, reason=reason, **what)
    pay(unit.find(Payment, made), act, wrong, payee, moved)
    return what


def pay(other: Payment, act: Act, wrong: Payment, payee: RightPayee, amount: int) -> None:
    """Pay the right one; it counts no person again, as the month's persons are counted."""
    line = payee.line
    other.record(
        PaymentMade,
        act,
        run=wrong.run,
        scheme=wrong.scheme,
        programme=wrong.programme,
        fund=wrong.fund,
        earmark=wrong.earmark,
        area=line.area if line else wrong.area,
        tier=line.tier if line else wrong.tier,
        month=wrong.month,
        persons=0,
        households=0,
        amount=amount,
        rate_from=line.rate_from if line else wrong.rate_from,
        payee=line.payee if line else "",
        redirects=wrong.id,
    )


def right_payee(wrong: Payment, act: Act, unit: Unit, to: str, amount: int) -> RightPayee:
    """Return who should have been paid; refuse who cannot be, or is paid for the month already."""
    kind = unit[Scheme, wrong.scheme].holder_kind()
    if to.partition(":")[0] != kind:
        raise WrongState(wrong.id, "wrong-holder", kind=kind, holder=to)
    if not unit.exists(to):
        raise UnknownSubject(to)
    tag = unit.payments.tag(wrong.scheme, to, wrong.month, FIRST)
    if tag == (wrong.completes or wrong.id).rpartition(":")[2]:
        raise Malformed(
            wrong.id, "{holder} was paid: name who should have been", "/what/to", holder=to
        )
    require_unpaid(wrong, unit, to, tag)
    line = line_of(wrong, unit, to)
    if not act.reason and (line is None or line.amount < amount):
        raise NotEntitled(
            wrong.id,
            "{holder} has no claim to so much for {month}: say in act.reason why it is paid",
            holder=to,
            month=wrong.month,
        )
    return RightPayee(to, tag, line)


def require_unpaid(wrong: Payment, unit: Unit, to: str, tag: str) -> None:
    """Refuse who is paid for the month, alone or in a household, or is kept from it by a stop."""
    if tag in unit.payments.paid("", wrong.scheme, wrong.month):
        raise PaidTwice(
            wrong.id,
            "{holder} is paid for {month} already: supplement that payment",
            holder=to,
            month=wrong.month,
        )
    if state := unit.rolls.stops_since(wrong.scheme, wrong.month).get(to):
        raise PaidAfterStop(
            wrong.id, "the holder is {state} for {month}", state=state, month=wrong.month
        )


def line_of(wrong: Payment, unit: Unit, holder: str) -> RollLine | None:
    """Return what the roll of the month, as known now, has for a holder."""
    lines = unit.rolls.roll(wrong.scheme, wrong.month).lines
    return next((each for each in lines if each.holder == holder and not each.stopped), None)
