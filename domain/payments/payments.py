"""Payments (发放): one line of a run, paid once; returned, paid again, written back, completed.

A payment is `payment:<scheme>:<benefit month>:<tag>`; the tag is a keyed hash of the holder, so
that nobody can link two months of one person.
"""

from __future__ import annotations

from domain.benefits.schemes import Scheme
from domain.funds.funds import Fund
from domain.kernel import accounts
from domain.kernel.aggregate import Act, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import Earmark, FundId, HolderId, Text
from domain.kernel.money import Fen
from domain.kernel.paid_out import PaidOut
from domain.kernel.refusals import WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_another, require_duties_apart
from domain.payments.payment_events import (
    PaymentMade,
    PaymentOverpaid,
    PaymentReissued,
    PaymentReturned,
    PaymentSupplemented,
    PaymentWrittenBack,
)
from domain.payments.payment_rules import (
    account_was_changed,
    require_all_alive,
    require_still_due,
)
from domain.payments.supplement_bounds import require_within_rule


class Payment(PaidOut):
    """Money that went to a holder for a month."""

    KIND = "payment"
    COLLECTION = "payments"
    ORDER = 70
    PAID_STATES = ("made", "reissued", "part-returned", "part-written-back")

    def __init__(self, subject: str) -> None:
        """Start not made."""
        super().__init__(subject)
        self.run = ""
        self.scheme = ""
        self.area = ""
        self.tier = ""
        self.month = ""
        self.rate_from = ""
        self.payee = ""
        self.completes = ""
        self.persons = 0
        self.households = 0
        self.supplements = 0
        self.redirects = 0

    @command(roles=("treasurer",))
    def return_(
        self, act: Act, unit: Unit, *, reason: Text, bank_ref: Text, amount: Fen | None = None
    ) -> None:
        """Take note that the bank sent it, or a part of it, back (退票)."""
        require_duties_apart(act, unit)
        self.come_back(act, reason=reason, bank_ref=bank_ref, amount=amount)

    def come_back(self, act: Act, *, reason: str, bank_ref: str, amount: int | None) -> int:
        """Return what of it came back, for its own command or for the settling of its run."""
        back = self.back(act, amount)
        left = self.paid - back
        self.record(
            PaymentReturned,
            act,
            run=self.run,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            amount=back,
            reason=reason,
            bank_ref=bank_ref,
            paid=left,
            state="part-returned" if left else "",
        )
        return back

    @command(
        roles=("treasurer",), second=("treasurer", "approver"), second_when=account_was_changed
    )
    def reissue(self, act: Act, unit: Unit) -> None:
        """Pay again what came back (补发), unless a stop has come between."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require_returned()
        require_cause(self.id, act, self.last)
        require_still_due(self, unit)
        require_all_alive(self, unit)
        self.record(
            PaymentReissued,
            act,
            run=self.run,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            amount=self.returned,
            paid=self.paid + self.returned,
        )

    @command(roles=("treasurer",), not_by=("payment.reissue",))
    def write_back(self, act: Act, unit: Unit) -> None:
        """Give up paying what came back: the fund has it again."""
        require_duties_apart(act, unit)
        self.require_returned()
        require_another(self.id, act, self.reissued_by, "payment.reissue")
        require_cause(self.id, act, self.last)
        unit[Fund, self.fund].recover(
            act,
            amount=self.returned,
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
            amount=self.returned,
            persons=0 if self.paid else self.persons,
            paid=self.paid,
            state="part-written-back" if self.paid else "",
        )

    @command(roles=("treasurer",), second=("approver", "treasurer"))
    def supplement(
        self, act: Act, unit: Unit, *, fund: FundId, earmark: Earmark, amount: Fen, reason: Text
    ) -> dict[str, str]:
        """Pay what was too little, by a payment of its own that is committed and paid at once."""
        payer = unit[Fund, fund]
        require_duties_apart(act, unit, payer)
        if self.completes:
            raise WrongState(self.id, "is-a-supplement", payment=self.completes)
        require_cause(self.id, act, self.made)
        require_still_due(self, unit)
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

    @command(roles=("treasurer",), second=("approver", "treasurer"))
    def redirect(
        self, act: Act, unit: Unit, *, to: HolderId, reason: Text, amount: Fen | None = None
    ) -> dict[str, str]:
        """Ask back what went to a wrong payee, and pay the right one, in one act (错付更正)."""
        from domain.payments.redirects import redirect  # noqa: PLC0415 - recoveries know payments

        require_duties_apart(act, unit, unit[Fund, self.fund])
        return redirect(self, act, unit, to=to, amount=amount, reason=reason)

    def supplement_id(self, unit: Unit, number: int) -> str:
        """Return the id of a supplement, counted from 1."""
        place, _, tag = self.id.rpartition(":")
        return f"{place}:{unit.payments.tag(self.scheme, tag, self.month, str(number))}"

    def supplemented(self, unit: Unit) -> list[Payment]:
        """Return the payments that complete this one."""
        numbers = range(1, self.supplements + 1)
        return [unit[Payment, self.supplement_id(unit, number)] for number in numbers]

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
        self.require_asked(act, amount)
        self.record(PaymentOverpaid, act, run=self.run, recovery=recovery, amount=amount)


def payment_prefix(scheme: str, month: str) -> str:
    """Return what the ids of a scheme's payments for a month begin with."""
    return f"payment:{scheme.partition(':')[2]}:{month}:"
