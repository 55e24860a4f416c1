"""The lines of a pay run: which of a roll's lines it pays, what stands for them, and their release.

Lines are ordered by their tag: the order of the payments tells nothing of the holders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.kernel import Act, Unit
from domain.pay_run_events import HeldBack
from domain.payment_events import PaymentMade
from domain.payments import FIRST, payment_prefix
from domain.rolls import RollLine


class Drawn(NamedTuple):
    """What a run pays: (tag, line) in the order of the tags, as the roll stands at a position."""

    at: int
    prefix: str
    lines: list[tuple[str, RollLine]]
    # Entitlements in force that are not paid now: suspended, dead, or paid by another run.
    held_back: int
    paid_before: int

    @property
    def persons(self) -> int:
        """Return how many persons the lines cover."""
        return sum(len(line.members) for _, line in self.lines)

    @property
    def total(self) -> int:
        """Return what the lines sum to, in fen."""
        return sum(line.amount for _, line in self.lines)


def draw(books: Unit, *, run: str, scheme: str, month: str, at: int | None = None) -> Drawn:
    """Take from the roll what may be paid and no other run has paid."""
    roll = books.roll(scheme, month, at)
    paid = books.paid(run, scheme, month, roll.at)
    tag = books.tag
    held_back = paid_before = 0
    lines: list[tuple[str, RollLine]] = []
    for line in roll.lines:
        if line.stopped:
            held_back += line.stopped != "stopped"
            continue
        name = tag(scheme, line.holder, month, FIRST)
        if paid and is_paid(books, scheme, month, (name, line), paid):
            paid_before += 1
            continue
        lines.append((name, line))
    lines.sort(key=by_tag)
    prefix = payment_prefix(scheme, month)
    return Drawn(roll.at, prefix, lines, held_back + paid_before, paid_before)


def by_tag(line: tuple[str, RollLine]) -> str:
    """Return what lines are ordered by."""
    return line[0]


def digest_of(drawn: Drawn) -> str:
    """Return the SHA-256 of the lines: payment, amount, persons, area, tier and day of the rate."""
    prefix = drawn.prefix
    text = "\n".join(
        f"{prefix}{tag} {line.amount} {len(line.members)} {line.area} {line.tier} {line.rate_from}"
        for tag, line in drawn.lines
    )
    return hashlib.sha256(text.encode()).hexdigest()


def guards_of(books: Unit, scheme: str, month: str, line: RollLine) -> list[str]:
    """Return the tags of a household's members, under which they would be paid themselves."""
    if not line.holder.startswith("household:"):
        return []
    return [books.tag(scheme, member, month, FIRST) for member in line.members]


def is_paid(
    books: Unit, scheme: str, month: str, line: tuple[str, RollLine], paid: frozenset[str]
) -> bool:
    """Tell whether the holder, or a member of the household, has been paid for the month."""
    return line[0] in paid or not paid.isdisjoint(guards_of(books, scheme, month, line[1]))


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
    books: Unit, act: Act, payer: Payer, lines: Sequence[tuple[str, RollLine]], barred: Barred
) -> Chunk:
    """Pay the lines that nothing bars, each as the first event of its own stream."""
    chunk = Chunk()
    prefix = payment_prefix(payer.scheme, payer.month)
    # Lines with the same terms are paid by the same words.
    made: dict[tuple[object, ...], PaymentMade] = {}
    for tag, line in lines:
        guards = guards_of(books, payer.scheme, payer.month, line)
        why = why_barred(tag, line, guards, barred)
        if why:
            chunk.held_back.append(HeldBack(prefix + tag, line.amount, why))
            continue
        terms = terms_of(line)
        payment = made.get(terms)
        if payment is None:
            payment = made[terms] = payment_of(prefix + tag, act, payer, line)
        chunk.guards += guards
        chunk.paid += 1
        chunk.persons += payment.persons
        chunk.amount += line.amount
        books.write(payment, prefix + tag)
    return chunk


def terms_of(line: RollLine) -> tuple[object, ...]:
    """Return all that a payment says of its line."""
    return (
        line.amount,
        len(line.members),
        line.area,
        line.tier,
        line.rate_from,
        line.payee,
        line.holder.startswith("household:"),
    )


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
        return "paid-twice"
    return ""


def payment_of(payment: str, act: Act, payer: Payer, line: RollLine) -> PaymentMade:
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
        area=line.area,
        tier=line.tier,
        month=payer.month,
        persons=len(line.members),
        households=1 if line.holder.startswith("household:") else 0,
        amount=line.amount,
        rate_from=line.rate_from,
        payee=line.payee,
    )
