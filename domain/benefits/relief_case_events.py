"""What happens to a relief case: applied for, decided, paid; or refused, or given up.

What was paid may come back from the bank, whole or in part, and be paid again or given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, Measured, MoneyEvent, Posting, transfer

if TYPE_CHECKING:
    from domain.benefits.relief_cases import ReliefCase


class ReliefApplied(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody needs aid."""

    TOPIC = "relief.applied"
    STATE = "applied"

    person: str
    fund: str
    earmark: str
    programme: str
    purpose: str
    area: str | None = None

    def apply(self, case: ReliefCase) -> None:
        """Set who, and out of which fund."""
        case.state = "applied"
        case.applied_by = self.act.by
        case.last = self.act
        case.person = self.person
        case.fund = self.fund
        case.earmark = self.earmark
        case.programme = self.programme
        case.purpose = self.purpose
        case.area = self.area


class ReliefDecided(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """So much is given; the fund's own event promises it."""

    TOPIC = "relief.decided"
    STATE = "decided"

    amount: Fen
    class_: str | None = None

    def apply(self, case: ReliefCase) -> None:
        """Set how much."""
        case.state = "decided"
        case.last = self.act
        case.decided = self.amount


class ReliefRejected(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The application was refused (不予批准); what was decided by then is promised no more."""

    TOPIC = "relief.rejected"
    STATE = "rejected"
    CLEARS = ("amount",)

    reason: str

    def apply(self, case: ReliefCase) -> None:
        """Close the case."""
        case.state = "rejected"


class ReliefWithdrawn(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The application was taken back before it was paid (撤回申请)."""

    TOPIC = "relief.withdrawn"
    STATE = "withdrawn"
    CLEARS = ("amount",)

    reason: str

    def apply(self, case: ReliefCase) -> None:
        """Close the case."""
        case.state = "withdrawn"


class ReliefPaid(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The aid was paid."""

    TOPIC = "relief.paid"
    STATE = "paid"

    person: str
    fund: str
    earmark: str
    programme: str
    area: str | None = None
    amount: Fen

    def apply(self, case: ReliefCase) -> None:
        """Note that it is out."""
        case.state = "paid"
        case.amount = self.amount
        case.made = case.last = self.act

    def postings(self) -> tuple[Posting, ...]:
        """Spend what was promised."""
        return transfer(
            self.amount,
            source=accounts.committed(self.fund, self.earmark, self.originator_id),
            target=accounts.spent(self.fund, self.earmark, self.programme),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Count the case, and whom it helped."""
        return (case_helped(self, 1),)


class ReliefMoved(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The aid, or a part of it, moved between the person and the bank's returns.

    `paid` is what the person has after it.
    """

    ROW: ClassVar[tuple[str, ...] | None] = ("paid",)

    fund: str
    earmark: str
    programme: str
    amount: Fen
    paid: Annotated[int, Measured("fen")]

    def spent(self) -> str:
        """Name the account of what has gone out."""
        return accounts.spent(self.fund, self.earmark, self.programme)

    def returned(self) -> str:
        """Name the account of what came back."""
        return accounts.returned(self.fund, self.earmark, self.originator_id)


class ReliefReturned(ReliefMoved, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The bank sent the aid, or a part of it, back (退票)."""

    TOPIC = "relief.returned"
    STATE = "returned"
    ROW = ("reason", "bank_ref", "paid", "state")

    reason: str
    bank_ref: str
    # Said where a part stays paid.
    state: str = ""

    def apply(self, case: ReliefCase) -> None:
        """Note what lies at the bank's returns."""
        case.state = self.state or self.STATE
        case.returned += self.amount
        case.last = self.act

    def postings(self) -> tuple[Posting, ...]:
        """Take it out of what was spent."""
        return transfer(self.amount, source=self.spent(), target=self.returned())


class ReliefReissued(ReliefMoved, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What came back was paid again (补发)."""

    TOPIC = "relief.reissued"
    STATE = "reissued"

    def apply(self, case: ReliefCase) -> None:
        """Note that it has gone out again."""
        case.state = "reissued"
        case.returned -= self.amount
        case.reissued_by = self.act.by
        case.last = self.act

    def postings(self) -> tuple[Posting, ...]:
        """Spend it again."""
        return transfer(self.amount, source=self.returned(), target=self.spent())


class ReliefWrittenBack(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What came back was given up; the fund's own event takes the money."""

    TOPIC = "relief.written-back"
    STATE = "written-back"
    ROW = ("paid", "state")

    person: str
    fund: str
    earmark: str
    programme: str
    area: str | None = None
    amount: Fen
    paid: Annotated[int, Measured("fen")]
    # Said where a part stays paid.
    state: str = ""

    def apply(self, case: ReliefCase) -> None:
        """Note that it was never received."""
        case.state = self.state or self.STATE
        case.returned -= self.amount
        case.written_back += self.amount
        case.last = self.act

    def facts(self) -> tuple[Fact, ...]:
        """Uncount the case, if nothing stays paid."""
        return () if self.paid else (case_helped(self, -1),)


class ReliefOverpaid(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part of it was found to be too much; a recovery asks for it."""

    TOPIC = "relief.overpaid"
    ROW = ()

    recovery: str
    amount: Fen

    def apply(self, case: ReliefCase) -> None:
        """Keep how much is asked for, so that it is not asked for twice."""
        case.overpaid += self.amount


def case_helped(event: ReliefPaid | ReliefWrittenBack, sign: int) -> Fact:
    """Count a case, and whom it helped, in or out."""
    return Fact(
        measure="relief-cases",
        value=sign,
        unit="person-time",
        who=event.person,
        programme=event.programme,
        fund=event.fund,
        area=event.area or "",
    )
