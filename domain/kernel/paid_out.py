"""Money that was paid out (已付款项), and what of it came back, was given up or is asked for."""

from __future__ import annotations

from typing import ClassVar

from domain.kernel.aggregate import Act, Aggregate
from domain.kernel.chronology import require_cause
from domain.kernel.refusals import OverRecovery, WrongState


class PaidOut(Aggregate):
    """A payment or a relief case: what was paid is out, at the bank's returns, or given up."""

    # The states in which something of it is out.
    PAID_STATES: ClassVar[tuple[str, ...]]
    RETURNED_STATES: ClassVar[tuple[str, ...]] = ("returned", "part-returned")

    def __init__(self, subject: str) -> None:
        """Start not paid."""
        super().__init__(subject)
        self.state = ""
        # The acts that paid it, and that moved its money last.
        self.made: Act | None = None
        self.last: Act | None = None
        self.fund = ""
        self.earmark = ""
        self.programme = ""
        self.reissued_by = ""
        # What was paid; of it, in fen: asked back as too much, lying at the bank's returns, given
        # up.
        self.amount = 0
        self.overpaid = 0
        self.returned = 0
        self.written_back = 0

    @property
    def paid(self) -> int:
        """Return the fen that went out and did not come back."""
        return self.amount - self.returned - self.written_back

    @property
    def kept(self) -> int:
        """Return the fen that its holder has, or is still to have, of it."""
        return self.amount - self.written_back - self.overpaid

    def back(self, act: Act, amount: int | None) -> int:
        """Return the fen that come back now (None: all that are out); refuse what cannot."""
        self.require_paid()
        require_cause(self.id, act, self.last)
        if self.overpaid and (amount is None or amount > self.paid - self.overpaid):
            raise WrongState(self.id, "being-recovered", overpaid=self.overpaid)
        back = self.paid if amount is None else amount
        require_no_more(self.id, back, self.paid)
        return back

    def require_asked(self, act: Act, amount: int) -> None:
        """Refuse a recovery that asks for more than is out and not asked for yet."""
        self.require_paid()
        require_cause(self.id, act, self.made)
        require_no_more(self.id, amount, self.paid - self.overpaid)

    def require_paid(self) -> None:
        """Refuse to take from what is not out."""
        if not self.paid:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=self.PAID_STATES)

    def require_returned(self) -> None:
        """Refuse to deal with what has not come back."""
        if not self.returned:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=self.RETURNED_STATES)


def require_no_more(subject: str, wanted: int, paid: int) -> None:
    """Refuse to take more than is out."""
    if wanted > paid:
        raise OverRecovery(
            subject,
            "{wanted} is more than the {paid} that was paid and neither came back nor is recovered",
            wanted=wanted,
            paid=paid,
        )
