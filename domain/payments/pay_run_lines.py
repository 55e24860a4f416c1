"""The lines of a pay run: which of a roll's lines it pays, what stands for them, and their release.

Lines are ordered by their tag: the order of the payments tells nothing of the holders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeAlias

from domain.benefits.rolls import RollLine, require_a_rate
from domain.benefits.schemes import Scheme
from domain.kernel.aggregate import Act
from domain.kernel.refusals import WrongState
from domain.kernel.unit import Unit
from domain.payments.pay_run_events import HeldBack
from domain.payments.pay_run_ports import DrawnFrom
from domain.payments.payment_events import FIRST, PaymentMade
from domain.payments.payments import payment_prefix

HOUSEHOLD = "household:"
# Why a line is left out that another run of the month has paid.
PAID_BEFORE = "paid-elsewhere"
# What terms take from a line as it stands.
SAID = attrgetter("amount", "area", "tier", "rate_from", "payee")


@dataclass(eq=False)
class Terms:
    """What a payment says of its line; lines that are paid alike share one."""

    amount: int
    area: str
    tier: str
    rate_from: str
    payee: str
    persons: int
    households: int

    @cached_property
    def words(self) -> str:
        """Return what the digest says of a line, besides the payment's name."""
        return f"{self.amount} {self.persons} {self.area} {self.tier} {self.rate_from}"


# A line that a run pays, with its tag and its terms.
Due: TypeAlias = tuple[str, RollLine, Terms]


class HeldLine(NamedTuple):
    """A line in force that the drawing-up leaves out: its tag, and why (`RollLine.stopped`)."""

    tag: str
    line: RollLine
    reason: str


class Drawn(NamedTuple):
    """What a run pays, in the order of the tags, as the roll stands at a position."""

    at: int
    prefix: str
    lines: list[Due]
    # Entitlements in force that are not paid now: suspended, died, or paid by another run.
    held_back: int
    paid_before: int
    # The SHA-256 of the lines: payment, amount, persons, area, tier and day of the rate.
    digest: str
    # Those lines, and the ones that were stopped for good.
    held: Sequence[HeldLine] = ()

    @property
    def persons(self) -> int:
        """Return how many persons the lines cover."""
        return sum(terms.persons for _, _, terms in self.lines)

    @property
    def total(self) -> int:
        """Return what the lines sum to, in fen."""
        return sum(terms.amount for _, _, terms in self.lines)


def draw(unit: DrawnFrom, *, run: str, scheme: str, month: str, at: int | None = None) -> Drawn:
    """Take from the roll what may be paid and no other run has paid."""
    roll = unit.rolls.roll(scheme, month, at)
    paid = unit.payments.paid(run, scheme, month, roll.at)
    names = unit.payments.tags(scheme, [line.holder for line in roll.lines], month, FIRST)
    terms_of = shared_terms()
    held: list[HeldLine] = []
    lines: list[Due] = []
    paid_before = 0
    for name, line in zip(names, roll.lines, strict=True):
        if line.stopped:
            held.append(HeldLine(name, line, line.stopped))
            continue
        left = unpaid(unit, scheme, month, (name, line), paid) if paid else line
        if left is None:
            held.append(HeldLine(name, line, PAID_BEFORE))
            paid_before += 1
            continue
        lines.append((name, left, terms_of(left)))
    if not lines:
        require_a_rate(roll.lines, scheme, month)
    lines.sort(key=itemgetter(0))
    prefix = payment_prefix(scheme, month)
    digest = digest_of(prefix, lines)
    held_back = sum(one.reason != "stopped" for one in held)
    return Drawn(roll.at, prefix, lines, held_back, paid_before, digest, held)


def shared_terms() -> Callable[[RollLine], Terms]:
    """Return a function that gives lines which are paid alike the same terms."""
    known: dict[tuple[object, int, str], Terms] = {}

    def terms_of(line: RollLine) -> Terms:
        # Kinds of holders differ in their first letter.
        said = (SAID(line), len(line.members), line.holder[0])
        terms = known.get(said)
        if terms is None:
            terms = known[said] = Terms(
                amount=line.amount,
                area=line.area,
                tier=line.tier,
                rate_from=line.rate_from,
                payee=line.payee,
                persons=len(line.members),
                households=int(line.holder.startswith(HOUSEHOLD)),
            )
        return terms

    return terms_of


def digest_of(prefix: str, lines: Sequence[Due]) -> str:
    """Return what stands for all lines, in their order."""
    text = "\n".join([f"{prefix}{tag} {terms.words}" for tag, _, terms in lines])
    return hashlib.sha256(text.encode()).hexdigest()


def guards_of(unit: DrawnFrom, scheme: str, month: str, line: RollLine) -> list[str]:
    """Return the tags of a household's members, under which they would be paid themselves."""
    if not line.holder.startswith(HOUSEHOLD):
        return []
    return unit.payments.tags(scheme, line.members, month, FIRST)


def unpaid(
    unit: DrawnFrom, scheme: str, month: str, named: tuple[str, RollLine], paid: frozenset[str]
) -> RollLine | None:
    """Return what is left of a line, without members who were paid for the month; None: nothing."""
    name, line = named
    if name in paid:
        return None
    guards = guards_of(unit, scheme, month, line)
    if paid.isdisjoint(guards):
        return line
    gone = {member for member, tag in zip(line.members, guards, strict=True) if tag in paid}
    return line.without(gone)


class Barred(NamedTuple):
    """What keeps a line from being paid: stops by holder or person, tags that others have paid."""

    stops: Mapping[str, str]
    paid: frozenset[str]


class Payer(NamedTuple):
    """Who pays: the run, and what all its payments have in common."""

    run: str
    scheme: str
    programme: str
    fund: str
    earmark: str
    month: str


@dataclass
class Chunk:
    """What became of some lines."""

    paid: int = 0
    persons: int = 0
    amount: int = 0
    held_back: list[HeldBack] = field(default_factory=list)
    guards: list[str] = field(default_factory=list)


def release_lines(
    unit: Unit, act: Act, payer: Payer, lines: Sequence[Due], barred: Barred
) -> Chunk:
    """Pay the lines that nothing bars, each as the first event of its own stream."""
    chunk = Chunk()
    prefix = payment_prefix(payer.scheme, payer.month)
    write, anything_bars = unit.add, any(barred)
    made: dict[Terms, PaymentMade] = {}
    for tag, line, terms in lines:
        name = prefix + tag
        guards = guards_of(unit, payer.scheme, payer.month, line) if terms.households else []
        why = why_barred(tag, line, guards, barred) if anything_bars else ""
        if why:
            chunk.held_back.append(HeldBack(name, line.amount, why))
            continue
        payment = made.get(terms)
        if payment is None:
            payment = made[terms] = payment_of(name, act, payer, terms)
        write(payment, name)
        chunk.guards += guards
        chunk.paid += 1
        chunk.persons += terms.persons
        chunk.amount += terms.amount
    return chunk


def why_barred(tag: str, line: RollLine, guards: Sequence[str], barred: Barred) -> str:
    """Say why a line may not be paid any more, nothing if it may."""
    stops, paid = barred
    if stops:
        if line.holder in stops:
            return stops[line.holder]
        for member in line.members:
            if member in stops:
                return stops[member]
    if paid and (tag in paid or not paid.isdisjoint(guards)):
        return "paid-elsewhere"
    return ""


def payment_of(payment: str, act: Act, payer: Payer, terms: Terms) -> PaymentMade:
    """Turn a line into its payment."""
    return PaymentMade(
        originator_id=payment,
        originator_version=1,
        act=act,
        run=payer.run,
        scheme=payer.scheme,
        programme=payer.programme,
        fund=payer.fund,
        earmark=payer.earmark,
        area=terms.area,
        tier=terms.tier,
        month=payer.month,
        persons=terms.persons,
        households=terms.households,
        amount=terms.amount,
        rate_from=terms.rate_from,
        payee=terms.payee,
    )


def answer(drawn: Drawn) -> dict[str, Any]:
    """Return what the receipt of a drawing-up adds."""
    return {
        "roll_at": drawn.at,
        "count": len(drawn.lines),
        "persons": {"value": drawn.persons, "unit": "person"},
        "total": {"value": drawn.total, "unit": "fen"},
        "digest": drawn.digest,
        "held_back": drawn.held_back,
    }


def require_paid_by_runs(scheme: Scheme) -> None:
    """Refuse a scheme that pays nothing, or that is decided case by case."""
    if scheme.pays == "in-kind":
        raise WrongState(scheme.id, "in-kind")
    if scheme.follows is None and scheme.per == "case":
        raise WrongState(scheme.id, "case-by-case")
