"""The check that contracts are paid for months that somebody confirmed, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.grants.contract_events import ContractMonthConfirmed, ContractPaid
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting


class PaidWhenConfirmed(Fold):
    """Months of each contract: confirmed, then paid."""

    NAME = "paid-when-confirmed"
    SENTENCE = (
        "A contract is paid for a month that stands confirmed, once, and by another person than"
        " who confirmed it."
    )
    POSTINGS = False
    TOPICS = ("contract.month-confirmed", "contract.paid", "contract.reversed")

    def __init__(self) -> None:
        """Start with nothing confirmed."""
        super().__init__()
        # Where each month was confirmed and by whom, and which months are paid.
        self.confirmed: dict[tuple[str, str], tuple[int, str]] = {}
        self.paid: dict[tuple[str, str], int] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Enter a confirmation; hold a payment against it."""
        self.found.examined += 1
        original = event.event() if isinstance(event, Reversal) else event
        if not isinstance(original, ContractMonthConfirmed | ContractPaid):
            return
        month = original.originator_id, original.month
        if isinstance(event, Reversal):
            undone = self.paid if isinstance(original, ContractPaid) else self.confirmed
            undone.pop(month, None)
        elif isinstance(original, ContractMonthConfirmed):
            self.confirmed[month] = position, original.act.by
        else:
            self.hold(position, original)

    def hold(self, position: int, event: ContractPaid) -> None:
        """Hold a payment against the month's confirmation and its earlier payment."""
        month = event.originator_id, event.month
        at, by = self.confirmed.get(month, (0, ""))
        if not at:
            self.found.breach([position], event.originator_id, f"{event.month} is not confirmed")
        elif by == event.act.by:
            self.found.breach([at, position], event.originator_id, f"{by} confirmed {event.month}")
        if month in self.paid:
            said = f"{event.month} is paid twice"
            self.found.breach([self.paid[month], position], event.originator_id, said)
        self.paid[month] = position
