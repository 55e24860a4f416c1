"""Payments (发放): one line of a run, paid once; returned, paid again, written back, completed.

A payment is `payment:<scheme>:<benefit month>:<tag>`; the tag is a keyed hash of the holder, so
that nobody can link two months of one person.
"""

from __future__ import annotations

from domain.benefits.schemes import Scheme
from domain.funds.funds import Fund
from domain.kernel import accounts
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import Earmark, FundId, Text
from domain.kernel.money import Fen
from domain.kernel.refusals import OverRecovery, PaidAfterStop, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_another, require_duties_apart
from domain.payments.payment_events import (
    FIRST,
    PaymentMade,
    PaymentOverpaid,
    PaymentReissued,
    PaymentReturned,
    PaymentSupplemented,
    PaymentWrittenBack,
)
from domain.payments.supplement_bounds import require_within_rule


class Payment(Aggregate):
    """Money that went to a holder for a month."""

    KIND = "payment"
    COLLECTION = "payments"
    ORDER = 70

    def __init__(self, subject: str) -> None:
        """Start not made."""
        super().__init__(subject)
        self.state = ""
        # The acts that paid it, and that moved its money last.
        self.made: Act | None = None
        self.last: Act | None = None
        self.run = ""
        self.scheme = ""
        self.programme = ""
        self.fund = ""
        self.earmark = ""
        self.area = ""
        self.tier = ""
        self.month = ""
        self.rate_from = ""
        self.payee = ""
        self.completes = ""
        self.paid_by = ""
        self.reissued_by = ""
        self.persons = 0
        self.households = 0
        self.amount = 0
        self.overpaid = 0
        self.supplements = 0

    @command(roles=("treasurer",))
    def return_(self, act: Act, unit: Unit, *, reason: Text, bank_ref: Text) -> None:
        """Take note that the bank sent it back (退票)."""
        require_duties_apart(act, unit)
        self.come_back(act, reason=reason, bank_ref=bank_ref)

    def come_back(self, act: Act, *, reason: str, bank_ref: str) -> None:
        """Return it, for its own command or for the settling of its run."""
        self.require("made", "reissued")
        require_cause(self.id, act, self.last)
        if self.overpaid:
            raise WrongState(self.id, "being-recovered", overpaid=self.overpaid)
        self.record(
            PaymentReturned,
            act,
            run=self.run,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            amount=self.amount,
            reason=reason,
            bank_ref=bank_ref,
        )

    @command(roles=("treasurer",))
    def reissue(self, act: Act, unit: Unit) -> None:
        """Pay again what came back (补发), unless a stop has come between."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require("returned")
        require_cause(self.id, act, self.last)
        self.require_still_due(unit)
        self.require_all_alive(unit)
        self.record(
            PaymentReissued,
            act,
            run=self.run,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            amount=self.amount,
        )

    @command(roles=("treasurer",), not_by=("payment.reissue",))
    def write_back(self, act: Act, unit: Unit) -> None:
        """Give up paying what came back: the fund has it again."""
        require_duties_apart(act, unit)
        self.require("returned")
        require_another(self.id, act, self.reissued_by, "payment.reissue")
        require_cause(self.id, act, self.last)
        unit[Fund, self.fund].recover(
            act,
            amount=self.amount,
            earmark=self.earmark,
            source=accounts.returned(self.fund, self.earmark, self.run),
            cause=self.id,
        )
        self.record(
            PaymentWrittenBack,
            act,
            run=self.run,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            area=self.area,
            amount=self.amount,
            persons=self.persons,
        )

    @command(roles=("treasurer",), not_by=("pay-run.release",))
    def supplement(
        self, act: Act, unit: Unit, *, fund: FundId, earmark: Earmark, amount: Fen, reason: Text
    ) -> dict[str, str]:
        """Pay what was too little, by a payment of its own that is committed and paid at once."""
        payer = unit[Fund, fund]
        require_duties_apart(act, unit, payer)
        if self.completes:
            raise WrongState(self.id, "is-a-supplement", payment=self.completes)
        require_another(self.id, act, self.paid_by, "pay-run.release")
        require_cause(self.id, act, self.made)
        self.require_still_due(unit)
        require_within_rule(self, act, unit, amount)
        made = self.supplement_id(unit, self.supplements + 1)
        payer.promise(
            act,
            amount=amount,
            earmark=earmark,
            to=self.run,
            purpose=unit[Scheme, self.scheme].purpose,
            cause=made,
        )
        self.record(
            PaymentSupplemented,
            act,
            run=self.run,
            payment=made,
            fund=fund,
            earmark=earmark,
            amount=amount,
            reason=reason,
        )
        self.complete(unit.find(Payment, made), act, fund=fund, earmark=earmark, amount=amount)
        return {"payment": made}

    def supplement_id(self, unit: Unit, number: int) -> str:
        """Return the id of a supplement, counted from 1."""
        place, _, tag = self.id.rpartition(":")
        return f"{place}:{unit.payments.tag(self.scheme, tag, self.month, str(number))}"

    def supplemented(self, unit: Unit) -> list[Payment]:
        """Return the payments that complete this one."""
        numbers = range(1, self.supplements + 1)
        return [unit[Payment, self.supplement_id(unit, number)] for number in numbers]

    @property
    def kept(self) -> int:
        """Return the fen that its holder has, or is still to have, of it."""
        return 0 if self.state == "written-back" else self.amount - self.overpaid

    def complete(self, other: Payment, act: Act, *, fund: str, earmark: str, amount: int) -> None:
        """Pay the supplement; it counts no person again."""
        other.record(
            PaymentMade,
            act,
            run=self.run,
            scheme=self.scheme,
            programme=self.programme,
            fund=fund,
            earmark=earmark,
            area=self.area,
            tier=self.tier,
            month=self.month,
            persons=0,
            households=0,
            amount=amount,
            rate_from=self.rate_from,
            payee=self.payee,
            completes=self.id,
        )

    def overpay(self, act: Act, *, recovery: str, amount: int) -> None:
        """Note that a recovery asks for a part; never for more than was paid."""
        self.require("made", "reissued")
        require_cause(self.id, act, self.made)
        left = self.amount - self.overpaid
        if amount > left:
            raise OverRecovery(
                self.id,
                "{wanted} is more than the {paid} that was paid and is not recovered yet",
                wanted=amount,
                paid=left,
            )
        self.record(PaymentOverpaid, act, run=self.run, recovery=recovery, amount=amount)

    def require(self, *states: str) -> None:
        """Refuse an act out of its order."""
        if self.state not in states:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=states)

    def require_still_due(self, unit: Unit) -> None:
        """Refuse to pay for a month that a stop or a death has taken away."""
        tag = (self.completes or self.id).rpartition(":")[2]
        for holder, why in unit.rolls.stops_since(self.scheme, self.month).items():
            if unit.payments.tag(self.scheme, holder, self.month, FIRST) == tag:
                raise PaidAfterStop(
                    self.id, "the holder is {state} for {month}", state=why, month=self.month
                )

    def require_all_alive(self, unit: Unit) -> None:
        """Refuse to pay a household again for a member whose death is now known.

        It is written back, and what is due to those who are left is a supplement.
        """
        if not self.households:
            return
        tag = self.id.rpartition(":")[2]
        for household, left in unit.rolls.bereaved(self.scheme, self.month).items():
            if (
                left < self.persons
                and unit.payments.tag(self.scheme, household, self.month, FIRST) == tag
            ):
                raise PaidAfterStop(
                    self.id,
                    "persons paid for: {persons}, left for {month}: {left};"
                    " write it back, and supplement what is due",
                    persons=str(self.persons),
                    left=str(left),
                    month=self.month,
                )


def payment_prefix(scheme: str, month: str) -> str:
    """Return what the ids of a scheme's payments for a month begin with."""
    return f"payment:{scheme.partition(':')[2]}:{month}:"
