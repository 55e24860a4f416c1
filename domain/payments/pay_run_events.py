"""What happens to a pay run: drawn up, reviewed, approved, released chunk by chunk, settled.

Before it is released it may also be rejected by who checks it, or cancelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from domain.kernel.aggregate import Event
from domain.kernel.disclosure import public
from domain.kernel.money import Fen, Measured

if TYPE_CHECKING:
    from domain.payments.pay_runs import PayRun


class HeldBack(msgspec.Struct, frozen=True, gc=False):
    """A line that was not paid, and why."""

    payment: str
    amount: Fen
    reason: str


class PayRunDrawnUp(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The run was drawn up (造册) from the roll at a position; the digest stands for the lines."""

    TOPIC = "pay-run.drawn-up"
    # Money and counts stay inside: a run's row tells them, by the rule of small counts.
    PUBLIC = public("scheme programme purpose month fund earmark class kind from")
    STATE = "drawn-up"

    scheme: str
    programme: str
    purpose: str
    month: str
    fund: str
    earmark: str
    class_: str | None = None
    roll_at: int
    count: int
    persons: Annotated[int, Measured("person")]
    total: Fen
    digest: str
    held_back: int
    # Of arrears: `arrears`, for the months `from` to `month`; `holders` are those who are paid,
    # who may be few however many months each has; `to_recover` is what is asked back.
    kind: str = ""
    from_: str = ""
    holders: int = 0
    to_recover: Annotated[int, Measured("fen")] = 0

    def apply(self, run: PayRun) -> None:
        """Set what is to be paid."""
        run.kind = self.kind
        run.from_ = self.from_ or self.month
        run.holders = self.holders
        run.state = "drawn-up"
        run.last = self.act
        run.drawer = self.act.by
        run.scheme = self.scheme
        run.programme = self.programme
        run.purpose = self.purpose
        run.month = self.month
        run.fund = self.fund
        run.earmark = self.earmark
        run.class_ = self.class_
        run.roll_at = self.roll_at
        run.total = self.total
        run.digest = self.digest


class PayRunReviewed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody else went through the lines (复核)."""

    TOPIC = "pay-run.reviewed"
    STATE = "reviewed"
    ROW = ()

    digest: str

    def apply(self, run: PayRun) -> None:
        """Set who reviewed."""
        run.state = "reviewed"
        run.last = self.act
        run.reviewer = self.act.by


class PayRunApproved(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A third person approved (审批); the fund's own event promises the total."""

    TOPIC = "pay-run.approved"
    STATE = "approved"
    ROW = ()

    digest: str

    def apply(self, run: PayRun) -> None:
        """Let it be released."""
        run.state = "approved"
        run.last = self.act


class PayRunRejected(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Who checks the lines sent them back (退回): the month can be drawn up anew."""

    TOPIC = "pay-run.rejected"
    STATE = "rejected"
    ROW = ("reason",)

    digest: str
    reason: str = ""

    def apply(self, run: PayRun) -> None:
        """End the run unpaid."""
        run.state = "rejected"


class PayRunCancelled(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The run was given up before its release (撤销); the fund's own event frees the promise."""

    TOPIC = "pay-run.cancelled"
    STATE = "cancelled"
    ROW = ("reason",)

    reason: str = ""

    def apply(self, run: PayRun) -> None:
        """End the run unpaid."""
        run.state = "cancelled"


class PayRunChunkReleased(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Lines `from_line` to before `to_line` were paid or held back, together with this event.

    `guards` are the tags of a household's members: nobody is paid in two households for a month.
    """

    TOPIC = "pay-run.chunk-released"
    STATE = "releasing"
    ROW = ()

    scheme: str
    month: str
    from_line: int
    to_line: int
    paid: int
    persons: Annotated[int, Measured("person")]
    amount: Annotated[int, Measured("fen")]
    held_back: tuple[HeldBack, ...] = ()
    guards: tuple[str, ...] = ()
    # Of arrears: `arrears`, and the recoveries that were established.
    kind: str = ""
    recoveries: tuple[str, ...] = ()
    recovered: Annotated[int, Measured("fen")] = 0

    def apply(self, run: PayRun) -> None:
        """Go on after these lines."""
        run.state = "releasing"
        run.last = self.act
        run.released_lines = self.to_line
        run.paid += self.paid
        run.persons_paid += self.persons
        run.amount_paid += self.amount
        run.held_lines += len(self.held_back)
        run.amount_held += sum(line.amount for line in self.held_back)


class PayRunReleased(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """All lines were paid or held back (放款): `amount` and `held_amount` make up the total."""

    TOPIC = "pay-run.released"
    PUBLIC = public()
    STATE = "released"
    ROW = ("paid", "paid_persons", "paid_amount", "held_lines", "held_amount")

    paid: int
    paid_persons: Annotated[int, Measured("person")]
    paid_amount: Annotated[int, Measured("fen")]
    held_lines: int = 0
    held_amount: Annotated[int, Measured("fen")] = 0
    # Of arrears: as they were drawn up.
    holders: int = 0

    def apply(self, run: PayRun) -> None:
        """Let it be settled."""
        run.state = "released"
        run.last = self.act


class PayRunSettled(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The bank's return file was taken in (回盘核销); what was held back is free again."""

    TOPIC = "pay-run.settled"
    STATE = "settled"

    bank_ref: str
    returned_lines: int = 0
    returned_amount: Annotated[int, Measured("fen")] = 0

    def apply(self, run: PayRun) -> None:
        """Close the run."""
        run.state = "settled"
