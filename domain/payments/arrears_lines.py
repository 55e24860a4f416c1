"""The lines of an arrears run (补差明细): what is still due for months, and what was too much.

They follow from the log up to a position, as those of every run: the digest stands for them.
"""

from __future__ import annotations

import hashlib
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.benefits.rolls import RollLine
from domain.payments.arrears import MonthOf, compared
from domain.payments.pay_run_lines import HOUSEHOLD, Drawn, HeldLine, Terms
from domain.payments.payment_events import FIRST
from domain.payments.payments import payment_prefix

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.payments.arrears import Arrear
    from domain.payments.pay_run_ports import DrawnFrom

# Why a line is not paid: it was too much, and is asked back.
TO_RECOVER = "to-recover"
# Why a release leaves a line out that the rules, as known then, give no more.
NO_LONGER_DUE = "no-longer-due"


class ArrearsLine(NamedTuple):
    """A payment of so many fen, or, below zero, a recovery of what was too much.

    `payment` is the payment's id, of a recovery the first payment's of the month. `completes` is
    the first payment of the month, empty if there is none; `firsts` are those under each of the
    holder's ids. `counted` are the persons that the figures are to count for it, `guards` the tags
    of a household's members that no other payment guards.
    """

    month: str
    payment: str
    amount: int
    due: int
    line: RollLine
    counted: int
    completes: str = ""
    firsts: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what the digest says of it."""
        line = self.line
        said = f"{self.payment} {self.amount} {self.counted} {self.due} {line.area} {line.tier}"
        return f"{said} {line.rate_from} {line.payee}"


class DrawnArrears(NamedTuple):
    """What an arrears run pays and asks back, month by month, as known at a position."""

    at: int
    scheme: str
    lines: tuple[ArrearsLine, ...]

    @property
    def digest(self) -> str:
        """Return what stands for all lines, in their order."""
        return hashlib.sha256("\n".join(each.words for each in self.lines).encode()).hexdigest()

    @property
    def payments(self) -> list[ArrearsLine]:
        """Return the lines that are paid."""
        return [each for each in self.lines if each.amount > 0]

    @property
    def recoveries(self) -> list[ArrearsLine]:
        """Return the lines that are asked back."""
        return [each for each in self.lines if each.amount < 0]

    @property
    def total(self) -> int:
        """Return what is paid, in fen."""
        return sum(each.amount for each in self.payments)

    @property
    def to_recover(self) -> int:
        """Return what is asked back, in fen."""
        return -sum(each.amount for each in self.recoveries)

    @property
    def holders(self) -> int:
        """Return how many holders are paid, however many months each has."""
        return len({each.line.holder for each in self.payments})

    def as_drawn(self) -> Drawn:
        """Return the lines as every run has them; tags are what follows the scheme in an id."""
        prefix = f"payment:{self.scheme.partition(':')[2]}:"
        paid = [
            (each.payment.removeprefix(prefix), paying(each), terms_of(each))
            for each in self.payments
        ]
        held = [
            HeldLine(each.payment.removeprefix(prefix), each.line, TO_RECOVER)
            for each in self.recoveries
        ]
        return Drawn(self.at, prefix, paid, len(held), 0, self.digest, held)


def paying(one: ArrearsLine) -> RollLine:
    """Return the roll's line with what is paid of it."""
    return msgspec.structs.replace(one.line, amount=one.amount)


def terms_of(one: ArrearsLine) -> Terms:
    """Return what a line's payment says of it."""
    return Terms(
        amount=one.amount,
        area=one.line.area,
        tier=one.line.tier,
        rate_from=one.line.rate_from,
        payee=one.line.payee,
        persons=one.counted,
        households=int(one.counted > 0 and one.line.holder.startswith(HOUSEHOLD)),
    )


def draw_arrears(
    unit: DrawnFrom, scheme: str, months: Sequence[str], at: int | None = None
) -> DrawnArrears:
    """Draw what is still due for months, and what was too much, as known at a position."""
    lines: list[ArrearsLine] = []
    for month in months:
        roll = unit.rolls.roll(scheme, month, at)
        at = roll.at
        of = MonthOf(scheme, month, at)
        found = [each for each in compared(unit, of, roll.lines) if each.difference]
        if found:
            counted = unit.payments.paid("", scheme, month, at)
            drawn = (line_for(unit, scheme, each, counted) for each in found)
            lines += sorted(filter(None, drawn), key=attrgetter("payment"))
    return DrawnArrears(at or 0, scheme, tuple(lines))


def line_for(
    unit: DrawnFrom, scheme: str, one: Arrear, counted: Collection[str]
) -> ArrearsLine | None:
    """Return the line for what somebody is due, or has too much of; None if it cannot be had."""
    if one.difference < 0:
        return recovery_of(one)
    line = one.line
    if line is None:
        return None
    firsts = tuple(each.payment for each in one.paid_months)
    if firsts:
        persons = 0 if any(each.persons for each in one.paid_months) else len(line.members)
        payment = supplement_of(unit, scheme, one)
        return ArrearsLine(one.month, payment, one.difference, one.due, line, persons, firsts[0],
                           firsts)  # fmt: skip
    (tag,) = unit.payments.tags(scheme, [line.holder], one.month, FIRST)
    tags = unit.payments.tags(scheme, line.members, one.month, FIRST)
    new = tuple(each for each in tags if each not in counted)
    guards = new if line.holder.startswith(HOUSEHOLD) else ()
    payment = payment_prefix(scheme, one.month) + tag
    return ArrearsLine(one.month, payment, one.difference, one.due, line, len(new), guards=guards)


def supplement_of(unit: DrawnFrom, scheme: str, one: Arrear) -> str:
    """Return the id of the payment that would complete the first one of the month next."""
    first = one.paid_months[0]
    tag = first.payment.rpartition(":")[2]
    (name,) = unit.payments.tags(scheme, [tag], one.month, str(first.supplements + 1))
    return payment_prefix(scheme, one.month) + name


def recovery_of(one: Arrear) -> ArrearsLine | None:
    """Return the line that asks back what was too much and is out."""
    out = sum(each.out for each in one.paid_months)
    asked = min(-one.difference, out)
    if not asked:
        return None
    first = one.paid_months[0].payment
    firsts = tuple(each.payment for each in one.paid_months)
    return ArrearsLine(one.month, first, -asked, one.due, one.line or nobody(one), 0, first, firsts)


def nobody(one: Arrear) -> RollLine:
    """Return the line of a holder whom the roll has no more."""
    return RollLine(one.holder, "", "", "", "", 0, (), "")


def by_month(lines: Sequence[ArrearsLine], first: int, most: int) -> int:
    """Return where a part ends that begins at a line: with its month, or after so many lines."""
    last = first
    month = lines[first].month
    while last < len(lines) and lines[last].month == month and last - first < most:
        last += 1
    return last
