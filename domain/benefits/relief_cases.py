"""Relief (临时救助、医疗救助): one person, one decision, one payment, and what comes back of it."""

from __future__ import annotations

from domain.benefits.persons import Person, has_other_account
from domain.benefits.relief_case_events import (
    ReliefApplied,
    ReliefDecided,
    ReliefOverpaid,
    ReliefPaid,
    ReliefReissued,
    ReliefRejected,
    ReliefReturned,
    ReliefWithdrawn,
    ReliefWrittenBack,
)
from domain.funds.funds import Fund
from domain.kernel import accounts
from domain.kernel.aggregate import Act, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import AreaId, Earmark, FundId, PersonId, Purpose, Text, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen
from domain.kernel.paid_out import PaidOut
from domain.kernel.refusals import MakerIsChecker, Malformed, NotEntitled, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_another, require_duties_apart
from domain.registers.areas import require_area

# The states of a case of which nothing has gone out.
UNPAID = ("applied", "decided")


def account_was_changed(case: ReliefCase, _act: Act, unit: Unit, **_what: object) -> bool:
    """Tell whether the person has another account than at the registration."""
    return has_other_account(unit, case.person)


class ReliefCase(PaidOut):
    """One case of aid to a person, out of one fund."""

    KIND = "relief"
    COLLECTION = "relief-cases"
    ORDER = 80
    LIFE = LifeCycle(
        begins=("relief.applied",),
        ends=("relief.paid", "relief.rejected", "relief.withdrawn"),
        after=(*("relief.returned", "relief.reissued", "relief.written-back", "relief.overpaid"),),
    )
    PAID_STATES = ("paid", "reissued", "part-returned", "part-written-back")

    def __init__(self, subject: str) -> None:
        """Start not applied for."""
        super().__init__(subject)
        self.applied_by = ""
        self.person = ""
        self.purpose = ""
        self.area: str | None = None
        # What was decided, in fen.
        self.decided = 0

    @command(roles=("clerk",), opens=True)
    def apply(
        self,
        act: Act,
        unit: Unit,
        *,
        person: PersonId,
        fund: FundId,
        earmark: Earmark,
        programme: Word,
        purpose: Purpose,
        area: AreaId | None = None,
    ) -> None:
        """Apply for a person, out of a fund's earmark."""
        require_alive(unit, self.id, person)
        unit[Fund, fund].require_open(act)
        if area is not None:
            require_area(act, unit, area)
        self.record(
            ReliefApplied,
            act,
            person=person,
            fund=fund,
            earmark=earmark,
            programme=programme,
            purpose=purpose,
            area=area,
        )

    @command(roles=("approver",), not_by=("relief.apply",))
    def decide(self, act: Act, unit: Unit, *, amount: Fen, class_: Word | None = None) -> None:
        """Decide how much is given; the fund promises it."""
        fund = unit[Fund, self.fund]
        require_duties_apart(act, unit, fund)
        self.require(act, "applied")
        if act.by == self.applied_by:
            raise MakerIsChecker(
                self.id, "{maker} applied for it: another decides on it", maker=act.by
            )
        fund.promise(
            act,
            amount=amount,
            earmark=self.earmark,
            to=self.id,
            purpose=self.purpose,
            class_=class_,
            cause=self.id,
        )
        self.record(ReliefDecided, act, amount=amount, class_=class_)

    @command(roles=("treasurer",))
    def pay(self, act: Act, unit: Unit) -> None:
        """Pay what was decided."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require(act, "decided")
        self.record(
            ReliefPaid,
            act,
            person=self.person,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            area=self.area,
            amount=self.decided,
        )

    @command(roles=("approver",), not_by=("relief.apply",))
    def reject(self, act: Act, unit: Unit, *, reason: Text | None = None) -> None:
        """Refuse the application (不予批准), or take back what was decided and is not paid."""
        self.require(act, *UNPAID)
        require_another(self.id, act, self.applied_by, "relief.apply")
        why = require_reason(self.id, act, reason)
        self.free(act, unit)
        self.record(ReliefRejected, act, reason=why)

    @command(roles=("clerk",))
    def withdraw(self, act: Act, unit: Unit, *, reason: Text | None = None) -> None:
        """Take the application back before it is paid (撤回申请)."""
        self.require(act, *UNPAID)
        why = require_reason(self.id, act, reason)
        self.free(act, unit)
        self.record(ReliefWithdrawn, act, reason=why)

    def free(self, act: Act, unit: Unit) -> None:
        """Let the fund have again what it promised; nothing, where nothing was decided."""
        if self.state != "decided":
            return
        fund = unit[Fund, self.fund]
        require_duties_apart(act, unit, fund)
        said = {"earmark": self.earmark, "of": self.id, "cause": self.id}
        fund.release(act, amount=self.decided, **said)

    @command(roles=("treasurer",))
    def return_(
        self, act: Act, unit: Unit, *, reason: Text, bank_ref: Text, amount: Fen | None = None
    ) -> None:
        """Take note that the bank sent the aid, or a part of it, back (退票)."""
        require_duties_apart(act, unit)
        back = self.back(act, amount)
        left = self.paid - back
        self.record(
            ReliefReturned,
            act,
            **self.place(),
            amount=back,
            reason=reason,
            bank_ref=bank_ref,
            paid=left,
            state="part-returned" if left else "",
        )

    @command(
        roles=("treasurer",), second=("treasurer", "approver"), second_when=account_was_changed
    )
    def reissue(self, act: Act, unit: Unit) -> None:
        """Pay again what came back (补发), unless the person has died."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require_returned()
        require_cause(self.id, act, self.last)
        require_alive(unit, self.id, self.person)
        paid = self.paid + self.returned
        self.record(ReliefReissued, act, **self.place(), amount=self.returned, paid=paid)

    @command(roles=("treasurer",), not_by=("relief.reissue",))
    def write_back(self, act: Act, unit: Unit) -> None:
        """Give up paying what came back: the fund has it again."""
        require_duties_apart(act, unit)
        self.require_returned()
        require_another(self.id, act, self.reissued_by, "relief.reissue")
        require_cause(self.id, act, self.last)
        unit[Fund, self.fund].recover(
            act,
            amount=self.returned,
            earmark=self.earmark,
            source=accounts.returned(self.fund, self.earmark, self.id),
            cause=self.id,
        )
        self.record(
            ReliefWrittenBack,
            act,
            **self.place(),
            person=self.person,
            area=self.area,
            amount=self.returned,
            paid=self.paid,
            state="part-written-back" if self.paid else "",
        )

    def overpay(self, act: Act, *, recovery: str, amount: int) -> None:
        """Note that a recovery asks for a part; never for more than was paid."""
        self.require_asked(act, amount)
        self.record(ReliefOverpaid, act, recovery=recovery, amount=amount)

    def place(self) -> dict[str, str]:
        """Say out of which fund and earmark it is, and for which programme."""
        return {"fund": self.fund, "earmark": self.earmark, "programme": self.programme}

    def require(self, act: Act, *states: str) -> None:
        """Refuse an act out of its order, or dated before the one that it follows."""
        if self.state not in states:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=states)
        require_cause(self.id, act, self.last)


def require_alive(unit: Unit, case: str, person: str) -> None:
    """Refuse to help who is known to have died."""
    if unit[Person, person].died is not None:
        raise NotEntitled(case, "the death of the person is reported")


def require_reason(case: str, act: Act, reason: str | None) -> str:
    """Return why an application ends unpaid: as the command says, or its act."""
    said = reason or act.reason
    if not said:
        raise Malformed(case, "say why", "/what/reason")
    return said
