"""Contracts (政府购买服务合同): posts or services bought, confirmed month by month, then paid.

Who signed does not confirm what was delivered, and who confirmed a month does not pay it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.funds.funds import Fund
from domain.grants.contract_events import (
    ContractEnded,
    ContractEvaluated,
    ContractMonthConfirmed,
    ContractPaid,
    ContractReversed,
    ContractSigned,
)
from domain.grants.projects import Project
from domain.kernel.aggregate import Act, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.ids import Earmark, FundId, Month, OrganisationId, ProjectId, Purpose, Text, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen, Measured, Quantity
from domain.kernel.months import month_of
from domain.kernel.payees import require_body
from domain.kernel.refusals import (
    AlreadyExists,
    CommitmentExceeded,
    MakerIsChecker,
    Malformed,
    PaidTwice,
    WrongState,
)
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart


class Contract(Reversible):
    """One contract with one body, out of one earmark of one fund."""

    KIND = "contract"
    COLLECTION = "contracts"
    ORDER, PUBLIC_ORDER = 190, 80
    LIFE = LifeCycle(
        begins=("contract.signed",),
        ends=("contract.ended",),
        after=("contract.evaluated",),
        dated=True,
    )
    REVERSAL = ContractReversed

    def __init__(self, subject: str) -> None:
        """Start not signed."""
        super().__init__(subject)
        self.signed: ContractSigned | None = None
        self.ended = False
        self.committed = 0
        # Who confirmed each month, and which months are paid.
        self.confirmed: dict[str, str] = {}
        self.paid: set[str] = set()

    @command(roles=("approver",), opens=True)
    def sign(
        self,
        act: Act,
        unit: Unit,
        *,
        body: OrganisationId,
        project: ProjectId | None = None,
        programme: Word,
        fund: FundId,
        earmark: Earmark,
        amount: Fen,
        posts: Annotated[int, Measured("post")] | None = None,
        from_: date,
        until: date,
        purpose: Purpose | None = None,
        class_: Word | None = None,
    ) -> None:
        """Sign a contract; the fund promises its amount.

        Its purpose is the project's, or else the first that the fund is for.
        """
        if until < from_:
            raise Malformed(
                self.id, "it ends before it begins on {first}", "/what/until", first=from_
            )
        payer = unit[Fund, fund]
        require_body(act, unit, self.id, body)
        require_duties_apart(act, unit, payer)
        its_purpose = purpose or (unit[Project, project].purpose if project else None)
        its_purpose = its_purpose or next(iter(payer.purposes), "")
        payer.promise(
            act,
            amount=amount,
            earmark=earmark,
            to=self.id,
            purpose=its_purpose,
            class_=class_,
            cause=self.id,
        )
        said = {"body": body, "project": project, "programme": programme, "purpose": its_purpose}
        money = {"fund": fund, "earmark": earmark, "amount": amount, "posts": posts}
        self.record(ContractSigned, act, **said, **money, class_=class_, from_=from_, until=until)

    @command(roles=("reviewer",), not_by=("contract.sign",))
    def confirm_month(
        self, act: Act, *, month: Month, units: int, outcomes: dict[Word, Quantity] | None = None
    ) -> None:
        """Confirm what was delivered in a month, and what came of it."""
        signed = self.going()
        self.require_other(act, signed)
        if not month_of(signed.from_) <= month <= month_of(signed.until):
            raise WrongState(
                self.id, "outside-its-term", day=month, first=signed.from_, last=signed.until
            )
        if month_of(act.on) < month:
            raise WrongState(self.id, "not-yet-due", month=month, day=act.on)
        if month in self.confirmed:
            raise AlreadyExists(self.id, "{month} is confirmed already", month=month)
        self.record(
            ContractMonthConfirmed,
            act,
            month=month,
            units=units,
            outcomes=outcomes or {},
            programme=signed.programme,
        )

    @command(roles=("treasurer",), not_by=("contract.confirm-month",))
    def pay(self, act: Act, unit: Unit, *, month: Month, amount: Fen) -> None:
        """Pay for a month that was confirmed, once."""
        signed = self.going()
        require_body(act, unit, self.id, signed.body)
        require_duties_apart(act, unit, unit[Fund, signed.fund])
        if month not in self.confirmed:
            raise WrongState(self.id, "not-confirmed", month=month)
        if month in self.paid:
            raise PaidTwice(self.id, "{month} is paid already", month=month)
        if act.by == self.confirmed[month]:
            raise MakerIsChecker(
                self.id, "{maker} confirmed {month}: another pays it", maker=act.by, month=month
            )
        if amount > self.committed:
            raise CommitmentExceeded(
                self.id,
                "{wanted} is wanted for {month}, {committed} is committed",
                month=month,
                wanted=amount,
                committed=self.committed,
            )
        self.record(
            ContractPaid,
            act,
            month=month,
            amount=amount,
            fund=signed.fund,
            earmark=signed.earmark,
            programme=signed.programme,
        )

    @command(roles=("reviewer",), not_by=("contract.sign",))
    def evaluate(self, act: Act, *, grade: Text | None = None) -> None:
        """Evaluate how it was carried out (评估), also after its end."""
        signed = self.signed
        if signed is not None:
            self.require_other(act, signed)
        self.record(ContractEvaluated, act, grade=grade)

    @command(roles=("approver",))
    def end(self, act: Act, unit: Unit) -> None:
        """End it; what was promised and not paid is free again."""
        signed = self.going()
        require_not_before(self.id, act, signed.act.on)
        fund = unit[Fund, signed.fund]
        require_duties_apart(act, unit)
        if self.committed:
            rest, earmark = self.committed, signed.earmark
            fund.require_open(act)
            fund.release(act, amount=rest, earmark=earmark, of=self.id, cause=self.id)
        self.record(ContractEnded, act, released=self.committed)

    def going(self) -> ContractSigned:
        """Return what was signed; refuse a contract that has ended."""
        if self.signed is None or self.ended:
            raise WrongState(self.id, "has-ended", state="ended")
        return self.signed

    def require_other(self, act: Act, signed: ContractSigned) -> None:
        """Refuse who signed, and a day before it was signed."""
        if act.by == signed.act.by:
            raise MakerIsChecker(self.id, "{maker} signed it: another does this", maker=act.by)
        require_not_before(self.id, act, signed.act.on)

    def check_reversal(self, event: Event) -> None:
        """Refuse to mirror the confirmation of a month that is paid, or anything after the end."""
        self.going()
        if isinstance(event, ContractMonthConfirmed) and event.month in self.paid:
            raise WrongState(self.id, "already-paid", month=event.month)
