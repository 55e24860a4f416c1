"""The rules of payments that look beyond one: at the roll of its month as it is known now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import PaidAfterStop
from domain.payments.payment_events import FIRST

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit
    from domain.payments.payments import Payment


def require_still_due(payment: Payment, unit: Unit) -> None:
    """Refuse to pay for a month that a stop or a death has taken away."""
    tag = (payment.completes or payment.id).rpartition(":")[2]
    for holder, why in unit.rolls.stops_since(payment.scheme, payment.month).items():
        if unit.payments.tag(payment.scheme, holder, payment.month, FIRST) == tag:
            raise PaidAfterStop(
                payment.id, "the holder is {state} for {month}", state=why, month=payment.month
            )


def account_was_changed(payment: Payment, _act: Act, unit: Unit, **_what: object) -> bool:
    """Tell whether another account is known of whom a payment is for than at the registration.

    A payee has its own account.
    """
    if payment.payee or not payment.run:
        return False
    holders = unit.rolls.other_accounts(payment.month)
    tag = (payment.completes or payment.id).rpartition(":")[2]
    return tag in unit.payments.tags(payment.scheme, holders, payment.month, FIRST)


def require_all_alive(payment: Payment, unit: Unit) -> None:
    """Refuse to pay a household again for a member whose death is now known.

    It is written back, and what is due to those who are left is a supplement.
    """
    if not payment.households:
        return
    tag = payment.id.rpartition(":")[2]
    for household, left in unit.rolls.bereaved(payment.scheme, payment.month).items():
        if (
            left < payment.persons
            and unit.payments.tag(payment.scheme, household, payment.month, FIRST) == tag
        ):
            raise PaidAfterStop(
                payment.id,
                "persons paid for: {persons}, left for {month}: {left};"
                " write it back, and supplement what is due",
                persons=str(payment.persons),
                left=str(left),
                month=payment.month,
            )
