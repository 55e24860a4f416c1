"""What happens to a payment. It names its run, never its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, Measured, MoneyEvent, Posting, transfer

if TYPE_CHECKING:
    from domain.payments.payments import Payment

# The number of the payment that a run makes; supplements count from 1.
FIRST = "0"


class PaymentMade(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Money was paid to a holder, or for it to a payee.

    A supplement names what it completes, what corrects a wrong payee that one's payment.
    """

    TOPIC = "payment.made"
    STATE = "made"

    run: str
    scheme: str
    programme: str
    fund: str
    earmark: str
    area: str
    tier: str
    month: str
    persons: Annotated[int, Measured("person")]
    households: Annotated[int, Measured("household")]
    amount: Fen
    rate_from: str = ""
    payee: str = ""
    completes: str = ""
    redirects: str = ""
    # `arrears`: a line of an arrears run, which may complete an earlier payment.
    kind: str = ""

    def apply(self, payment: Payment) -> None:
        """Set what was paid, from where."""
        payment.state = "made"
        payment.made = payment.last = self.act
        payment.run = self.run
        payment.scheme = self.scheme
        payment.programme = self.programme
        payment.fund = self.fund
        payment.earmark = self.earmark
        payment.area = self.area
        payment.tier = self.tier
        payment.month = self.month
        payment.persons = self.persons
        payment.households = self.households
        payment.amount = self.amount
        payment.rate_from = self.rate_from
        payment.payee = self.payee
        payment.completes = self.completes

    def postings(self) -> tuple[Posting, ...]:
        """Spend what was committed to the run."""
        return transfer(
            self.amount,
            source=accounts.committed(self.fund, self.earmark, self.run),
            target=accounts.spent(self.fund, self.earmark, self.programme),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Count the persons paid for the month."""
        if not self.persons:
            return ()
        return (persons_paid(self, self.persons),)


class PaymentMoved(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The payment, or a part of it, moved between the recipients and the bank's returns.

    `paid` is what the recipients have after it; an old event, which does not say it, moved all.
    """

    ROW: ClassVar[tuple[str, ...] | None] = ("paid",)

    run: str
    fund: str
    earmark: str
    programme: str
    amount: Fen
    paid: Annotated[int, Measured("fen")] | None = None

    def spent(self) -> str:
        """Name the account of what has gone out."""
        return accounts.spent(self.fund, self.earmark, self.programme)

    def returned(self) -> str:
        """Name the account of what came back."""
        return accounts.returned(self.fund, self.earmark, self.run)


class PaymentReturned(
    PaymentMoved, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The bank sent it, or a part of it, back (退票)."""

    TOPIC = "payment.returned"
    STATE = "returned"
    ROW = ("reason", "bank_ref", "paid", "state")

    reason: str
    bank_ref: str
    # Said where a part stays paid.
    state: str = ""

    def apply(self, payment: Payment) -> None:
        """Note what lies at the bank's returns."""
        payment.state = self.state or self.STATE
        payment.returned += self.amount
        payment.last = self.act

    def postings(self) -> tuple[Posting, ...]:
        """Take it out of what was spent."""
        return transfer(self.amount, source=self.spent(), target=self.returned())


class PaymentReissued(
    PaymentMoved, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """What came back was paid again (补发)."""

    TOPIC = "payment.reissued"
    STATE = "reissued"

    def apply(self, payment: Payment) -> None:
        """Note that it has gone out again."""
        payment.state = "reissued"
        payment.returned -= self.amount
        payment.reissued_by = self.act.by
        payment.last = self.act

    def postings(self) -> tuple[Posting, ...]:
        """Spend it again."""
        return transfer(self.amount, source=self.returned(), target=self.spent())


class PaymentWrittenBack(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What came back was given up; the fund's own event takes the money.

    `persons` is 0 while a part stays paid. An old event, which does not say `paid`, gave up all.
    """

    TOPIC = "payment.written-back"
    STATE = "written-back"
    ROW = ("paid", "state")

    run: str
    fund: str
    earmark: str
    programme: str
    area: str
    amount: Fen
    persons: Annotated[int, Measured("person")]
    paid: Annotated[int, Measured("fen")] | None = None
    # Said where a part stays paid.
    state: str = ""

    def apply(self, payment: Payment) -> None:
        """Note that it was never received."""
        payment.state = self.state or self.STATE
        payment.returned -= self.amount
        payment.written_back += self.amount
        payment.last = self.act

    def facts(self) -> tuple[Fact, ...]:
        """Uncount the persons, if nothing stays paid."""
        if not self.persons:
            return ()
        return (persons_paid(self, -self.persons),)


class PaymentSupplemented(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Another payment completes this one."""

    TOPIC = "payment.supplemented"
    ROW = ()

    run: str
    payment: str
    fund: str
    earmark: str
    amount: Fen
    reason: str

    def apply(self, payment: Payment) -> None:
        """Count the supplements, for the name of the next."""
        payment.supplements += 1


class PaymentRedirected(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """It went to a wrong payee: a recovery asks for it, another payment pays the right one."""

    TOPIC = "payment.redirected"
    ROW = ()

    run: str
    payment: str
    recovery: str
    amount: Fen
    reason: str

    def apply(self, payment: Payment) -> None:
        """Count the redirections, for the name of the next recovery."""
        payment.redirects += 1


class PaymentOverpaid(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part of it was found to be too much; a recovery asks for it."""

    # Not public: those of one recovery stand side by side in the log.
    TOPIC = "payment.overpaid"
    ROW = ()

    run: str
    recovery: str
    amount: Fen

    def apply(self, payment: Payment) -> None:
        """Keep how much is asked for, so that it is not asked for twice."""
        payment.overpaid += self.amount


def persons_paid(event: PaymentMade | PaymentWrittenBack, persons: int) -> Fact:
    """Count persons of one month."""
    return Fact(
        measure="payment-persons",
        value=persons,
        unit="person-month",
        programme=event.programme,
        fund=event.fund,
        area=event.area,
    )
