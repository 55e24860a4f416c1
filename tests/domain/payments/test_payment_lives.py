"""A payment's life in any order of acts: the account of its money is kept for every yuan."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.kernel.refusals import Refused
from domain.payments.payments import Payment
from domain.payments.recoveries import Recovery
from tests.domain.benefits.stories import FUND, MONTH, RUN, SCHEME, a_crowd, mid, pay, register
from tests.domain.life_machine import Lives, lived
from tests.domain.payments.paid_run import persons_paid
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

HOLDING, LINES = 2_000, 3


class PaymentLives(Lives):
    """Three payments of 300 fen; anybody may try anything. The books check every posting."""

    OF = ("payment", "recovery")

    def __init__(self) -> None:
        """Begin without a debt."""
        super().__init__()
        self.debts = 0
        # The recoveries that corrections of the payee have established.
        self.redirected: list[str] = []

    def begin(self) -> InMemoryLedger:
        """Pay three persons."""
        books = a_crowd(LINES, HOLDING)[0]
        self.payments = pay(books, SCHEME, MONTH)
        return books

    def send(self, command: str, subject: str, by: str = "treasurer-1", **what: Any) -> None:
        """Try an act."""
        self.attempted(command, subject, an_act(by, mid(MONTH)), **what)

    @rule(place=st.integers(0, LINES - 1), amount=st.none() | st.integers(1, 400))
    def send_back(self, place: int, amount: int | None) -> None:
        """Let the bank return it, or a part of it."""
        what: dict[str, Any] = {"reason": "销户", "bank_ref": "退-1", "amount": amount}
        self.send("payment.return", self.payments[place], **what)

    @rule(place=st.integers(0, LINES - 1), command=st.sampled_from(("reissue", "write-back")))
    def deal_with_return(self, place: int, command: str) -> None:
        """Pay it again or give it up."""
        self.send(f"payment.{command}", self.payments[place])

    @rule(place=st.integers(0, LINES - 1), amount=st.integers(1, 900))
    def complete(self, place: int, amount: int) -> None:
        """Pay a supplement."""
        what: dict[str, Any] = {
            "fund": FUND,
            "earmark": "general",
            "amount": amount,
            "reason": "少发",
        }
        self.send("payment.supplement", self.payments[place], **what)

    @rule(place=st.integers(0, LINES - 1), amount=st.none() | st.integers(1, 400))
    def correct_the_payee(self, place: int, amount: int | None) -> None:
        """Find that it went to a wrong person, and pay another."""
        person = f"person:right-{len(self.redirected)}"
        if not self.books.unit().exists(person):
            register(self.books, person)
        act = an_act("treasurer-2", mid(MONTH), reason="错付")
        what: dict[str, Any] = {"to": person, "reason": "错付", "amount": amount}
        sent = self.attempted("payment.redirect", self.payments[place], act, **what)
        if not isinstance(sent, Refused):
            told: Any = sent.answer
            self.redirected.append(told["recovery"])

    @rule(place=st.integers(0, LINES - 1), amount=st.integers(1, 700))
    def owe(self, place: int, amount: int) -> None:
        """Establish a debt from this payment on."""
        self.debts += 1
        what = {"payments": tuple(self.payments[place:]), "amount": amount, "reason": "多发"}
        self.send("recovery.establish", f"recovery:{self.debts}", "clerk-1", **what)

    @rule(amount=st.integers(1, 700), lost=st.booleans())
    def repay(self, amount: int, *, lost: bool) -> None:
        """Receive a part of the last debt, or give it up."""
        command, by = ("write-off", "approver-1") if lost else ("receive", "treasurer-1")
        with suppress(LookupError):
            self.send(f"recovery.{command}", f"recovery:{self.debts}", by, amount=amount)

    @invariant()
    def every_yuan_is_somewhere(self) -> None:
        """Keep all that the fund was given, on some account."""
        held = {name: value for name, value in self.books.balances.items() if ":aid:" in name}
        assert sum(held.values()) == 0
        assert sum(value for name, value in held.items() if name[:4] != "out:") == HOLDING

    @invariant()
    def nothing_stays_promised_to_a_released_run(self) -> None:
        """Leave nothing committed: a supplement is paid at once."""
        assert self.books.balances[f"committed:aid:general:{RUN}"] == 0

    @invariant()
    def payments_agree_with_the_accounts(self) -> None:
        """Keep what is returned and owed as the payments and debts say."""
        payments = [self.books.load(Payment, each) for each in self.payments]
        returned = sum(each.returned for each in payments)
        debts = [self.books.load(Recovery, f"recovery:{nth + 1}") for nth in range(self.debts)]
        debts += [self.books.load(Recovery, each) for each in self.redirected]
        owed = sum(sum(debt.owed.values()) for debt in debts)
        held = self.books.balances
        assert held[f"returned:aid:general:{RUN}"] == returned
        assert sum(value for name, value in held.items() if name[:5] == "owed:") == owed
        assert all(0 <= each.overpaid <= each.paid for each in payments)
        assert all(
            (each.state == "returned") == (each.returned > 0 == each.paid) for each in payments
        )

    @invariant()
    def who_keeps_a_part_counts_as_paid(self) -> None:
        """Count the persons of payments that were not given up as a whole."""
        payments = [self.books.load(Payment, each) for each in self.payments]
        left = [each for each in payments if each.written_back < each.amount]
        assert persons_paid(self.books) == len(left)


TestPaymentLives = lived(PaymentLives, examples=25, steps=20)
