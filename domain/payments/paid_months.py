"""What each holder has for a month (已付月份): a payment and what completes it, as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from domain.payments.payment_events import PaymentMade
from domain.payments.payments import Payment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.kernel.aggregate import Event


class PaidMonth(NamedTuple):
    """What was paid under one name for a month; amounts in fen.

    `payment` is the first payment's id, `run` that of the last run that paid. `kept` is what its
    holder has or is still to have, `out` what could be asked back, `given_up` what was written
    back; `persons` are those that the figures count for it, `supplements` how many payments have
    completed the first; `payments` are the ids of all of which something is out.
    """

    payment: str
    run: str
    kept: int
    out: int
    given_up: int
    persons: int
    supplements: int
    payments: tuple[str, ...] = ()

    @classmethod
    def of(cls, payments: Sequence[Payment]) -> Self:
        """Sum up a payment, which comes first, and those that complete it."""
        return cls(
            payment=payments[0].id,
            run=payments[-1].run,
            kept=sum(each.kept for each in payments),
            out=sum(each.paid - each.overpaid for each in payments),
            given_up=sum(each.written_back for each in payments),
            # A payment of which nothing stays is counted no more.
            persons=sum(each.persons for each in payments if each.written_back < each.amount),
            supplements=payments[0].supplements,
            payments=tuple(each.id for each in payments if each.paid > each.overpaid),
        )


def paid_months(events: Iterable[Event]) -> dict[str, PaidMonth]:
    """Fold the events of a scheme's payments for one month; by the tags of the first payments."""
    known: dict[str, Payment] = {}
    together: dict[str, list[Payment]] = {}
    for event in events:
        payment = known.get(event.originator_id)
        if payment is None:
            payment = known[event.originator_id] = Payment(event.originator_id)
        event.apply(payment)
        if isinstance(event, PaymentMade):
            first = event.completes or event.originator_id
            together.setdefault(first, []).append(payment)
    return {first.rpartition(":")[2]: PaidMonth.of(all_) for first, all_ in together.items()}
