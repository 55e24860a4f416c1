"""Arrears (补差): what is due for past months by the rules as known now, less what was paid.

Due is what the roll of the month gives (`domain.benefits.rolls`), as known at a position: rates set
later, claims granted or stopped back, deaths learnt late, households told later. Paid is what the
holder has, or is still to have, of the month's payments: what the bank sent back counts until it is
written back; what a recovery asks for does not.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from domain.payments.payment_events import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from domain.benefits.rolls import RollLine
    from domain.payments.paid_months import PaidMonth
    from domain.payments.pay_run_ports import DrawnFrom

# So many months are looked at, or paid, at once.
MOST_MONTHS = 60


class MonthOf(NamedTuple):
    """A scheme's benefit month, as known at a position."""

    scheme: str
    month: str
    at: int | None = None


class Arrear(NamedTuple):
    """What one holder is due for a month and has, in fen.

    `line` is the roll's (None: the roll has none), `paid_months` what was paid under each of the
    holder's ids, the one in use first.
    """

    holder: str
    month: str
    due: int
    line: RollLine | None
    paid_months: tuple[PaidMonth, ...]

    @property
    def paid(self) -> int:
        """Return what the holder has, or is still to have."""
        return sum(each.kept for each in self.paid_months)

    @property
    def difference(self) -> int:
        """Return what is still to be paid; below zero what was too much."""
        return self.due - self.paid


def arrears(unit: DrawnFrom, of: MonthOf) -> list[Arrear]:
    """Return what everybody is due and has for a month, by the roll as known at a position."""
    roll = unit.rolls.roll(of.scheme, of.month, of.at)
    return compared(unit, of._replace(at=roll.at), roll.lines)


def compared(unit: DrawnFrom, of: MonthOf, lines: Sequence[RollLine]) -> list[Arrear]:
    """Hold the lines of a roll against what was paid for its month."""
    known = unit.rolls.holders(of.scheme, of.at)
    paid = paid_to(unit, of, known)
    due = due_to(lines, known)
    return sorted(both_sides(of.month, due, paid), key=attrgetter("holder"))


def both_sides(
    month: str,
    due: Mapping[str, RollLine],
    paid: Mapping[str, Sequence[tuple[str, PaidMonth]]],
) -> Iterator[Arrear]:
    """Give a row for everybody who is due something, or has something."""
    for who in due.keys() | paid.keys():
        line, months = due.get(who), paid.get(who, ())
        if not months and (line is None or not line.amount):
            continue
        holder = line.holder if line else who
        own_first = sorted(months, key=lambda each: (each[0] != holder, each[0]))
        amount = line.amount if line and not line.stopped else 0
        yield Arrear(holder, month, amount, line, tuple(month for _, month in own_first))


def due_to(lines: Iterable[RollLine], known: Mapping[str, str]) -> dict[str, RollLine]:
    """Return everybody's line, by the id in use; of several the one that is paid."""
    found: dict[str, RollLine] = {}
    for line in lines:
        who = known.get(line.holder, line.holder)
        if who not in found or (found[who].stopped and not line.stopped):
            found[who] = line
    return found


def paid_to(
    unit: DrawnFrom, of: MonthOf, known: Mapping[str, str]
) -> Mapping[str, Sequence[tuple[str, PaidMonth]]]:
    """Return by the id in use under which ids a month was paid, and what of it stands.

    A payment under a name that no holder of the scheme has ever had is left out: two persons gave
    it to somebody without a claim (`payment.redirect`), and no rule tells what is due.
    """
    months = unit.payments.paid_months(of.scheme, of.month, of.at)
    found: defaultdict[str, list[tuple[str, PaidMonth]]] = defaultdict(list)
    if not months:
        return found
    ids = list(known)
    for holder, tag in zip(ids, unit.payments.tags(of.scheme, ids, of.month, FIRST), strict=True):
        if tag in months:
            found[known[holder]].append((holder, months[tag]))
    return found
