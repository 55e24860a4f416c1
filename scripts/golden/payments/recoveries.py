"""Money paid wrongly: what was paid after a death, a move or on a concealed income is claimed back.

And the reverse: what was paid too little is supplemented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scripts.golden.benefits.claims import LATE, Claim, HouseholdClaim
from scripts.golden.benefits.dibao import CONCEALED, SUPPLEMENT, SUPPLEMENT_MONTH, Dibao
from scripts.golden.benefits.entitlements import stop_day
from scripts.golden.kernel.commands import Order, benefit, fen, on_day, order
from scripts.golden.office.officers import APPROVER_AID, TREASURER, TREASURER_FUNDS, clerk
from scripts.golden.payments.pay_runs import EARMARK
from scripts.golden.registers.areas import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.golden.benefits.entitlements import Register
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

CONCEALMENT_FOUND = on_day(6, 11)
PAID_BACK_AFTER = timedelta(days=9)
LAST = date(2007, 12, 30)


@dataclass(frozen=True)
class Recovery:
    """One claim for money paid wrongly, and how it goes: paid back, in part, or written off."""

    key: str
    payments: tuple[str, ...]
    amount: int
    reason: str
    by: str
    day: date
    number: int

    @property
    def id(self) -> str:
        """Return the recovery's id."""
        return f"recovery:{self.key}"


class Recoveries:
    """Collects the recoveries of all schemes and tells each."""

    def __init__(self, ids: Ids) -> None:
        """Start with none."""
        self.ids = ids
        self.all: list[Recovery] = []

    def late(self, register: Register[Any], claims: Iterable[Claim]) -> None:
        """Claim back what was paid before an end was learnt."""
        for claim in claims:
            if claim.ending in LATE:
                months = claim.wrongly_paid()
                amount = sum(claim.amount(month, register.rates) for month in months)
                why = f"{claim.ending.name.lower()}: paid {len(months)} months on"
                day = stop_day(claim) + timedelta(days=1)
                self.add(register, claim, (months, amount, why), on=day)

    def concealed(self, register: Register[Any], dibao: Dibao) -> None:
        """Claim back a part of what was paid on a concealed income."""
        for number in dibao.concealers:
            claim = dibao.claims[number]
            months = list(claim.concealed)
            row = (months, CONCEALED * len(months), "concealed income")
            self.add(register, claim, row, on=CONCEALMENT_FOUND)

    def add(
        self, register: Register[Any], claim: Claim, row: tuple[list[int], int, str], *, on: date
    ) -> None:
        """Add one."""
        months, amount, reason = row
        holder = register.holder(claim)
        payments = tuple(
            self.ids.payment(register.scheme, benefit(month), holder) for month in months
        )
        number = len(self.all) + 1
        key = f"{register.scheme}-{number:03}"
        by = clerk(PLACES[claim.place].id)
        self.all.append(Recovery(key, payments, amount, reason, by, on, number))

    def plan_events(self, agenda: Agenda) -> None:
        """Note each recovery: established, then paid back whole, by half, not at all, or lost."""
        for one in self.all:
            agenda.add(one.day, established, one)
            if one.number % 5:
                agenda.add(min(one.day + PAID_BACK_AFTER, LAST), paid_back, one)
            elif one.number % 2:
                agenda.add(min(one.day + PAID_BACK_AFTER, LAST), lost, one)


def established(one: Recovery) -> Iterator[Order]:
    """Establish what is owed."""
    what = {"payments": list(one.payments), "amount": fen(one.amount), "reason": one.reason}
    yield order("recovery.establish", one.id, what, by=one.by, on=one.day)


def paid_back(one: Recovery) -> Iterator[Order]:
    """Take back all, or half of it."""
    amount = one.amount if one.number % 5 < 4 else one.amount // 2  # noqa: PLR2004 - one in five
    day = min(one.day + PAID_BACK_AFTER, LAST)
    yield order("recovery.receive", one.id, {"amount": fen(amount)}, by=TREASURER, on=day)


def lost(one: Recovery) -> Iterator[Order]:
    """Write off what cannot be had."""
    day = min(one.day + PAID_BACK_AFTER, LAST)
    what = {"amount": fen(one.amount)}
    reason = "无法追缴"
    paper = f"核销审批表 {one.key}"
    yield order(
        "recovery.write-off", one.id, what, by=APPROVER_AID, on=day, reason=reason, evidence=paper
    )


def plan_supplements(agenda: Agenda, register: Register[Any], dibao: Dibao, *, fund: str) -> None:
    """Note the supplements of households that were paid too little in a month."""
    for number in dibao.supplements:
        agenda.add(
            on_day(SUPPLEMENT_MONTH + 1, 13), supplemented, register, dibao.claims[number], fund
        )


def supplemented(register: Register[Any], claim: HouseholdClaim, fund: str) -> Iterator[Order]:
    """Propose to pay what was missing, on the report of the second look."""
    holder = register.holder(claim)
    payment = register.ids.payment(register.scheme, benefit(SUPPLEMENT_MONTH), holder)
    what = {"fund": fund, "earmark": EARMARK, "amount": fen(SUPPLEMENT), "reason": "核算少发"}
    day = on_day(SUPPLEMENT_MONTH + 1, 13)
    paper = f"低保待遇复核意见书 {day}"
    yield order("payment.supplement", payment, what, by=TREASURER_FUNDS, on=day, evidence=paper)
