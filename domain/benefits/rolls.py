"""The roll of a scheme (花名册): who is to be paid for a benefit month, how much, at a position.

What a roll means, once and for all:
- A benefit month M (YYYY-MM) is paid whole. An entitlement is in force for M when it starts in or
  before M and has not ended before M (`month(from) <= M <= month(until)`); a scheme that pays once
  pays the month in which it starts.
- M is not paid from the month of a stop on (`M >= month(stop.from)`), while suspended for M, nor
  after the holder's death (`M > month(death) + after_death_months`).
- A household's members of M are those with `first <= M <= last`: who joins in the month in which
  the household is formed, or on the first day of a month, counts for that month, who joins later
  in a month counts from the next one; who leaves or dies counts to the end of that month.
- flat: the rate; per-unit: rate x units; top-up: rate x members - income by the last assessment
  (of one person: members = 1); nothing below 1 fen is a line. An amount of its own (`amount`
  above 0) stands instead of the formula.
- A rate counts from the month of its day on; the nearest area above the holder's is taken, and
  the one without an area last.
- A scheme that follows another has one line for every member on that scheme's roll of the month.
- Nobody counts on one roll twice: whom two households have for M counts with the one that had the
  person first and is paid for M; the others are paid for the members who are left. A second line
  of one holder is held back. Who was registered twice, by what is known at P, is one person.
- A line without a rate in force is held back, and so is one whose last assessment, made in or
  before M and not followed by an adjustment, found its holder not eligible.
- A facility is paid for no more beds than it has in use for M: beds that came in M or before count,
  those that went count to the end of their month. A line for more is held back as closed, and so
  is one of months after that in which the body ended that would be paid.
- Suspensions and resumptions decide for all months from their `from` on: of those that reach M the
  one recorded last counts.

Everything here is pure: a view gives the inputs as of a position, a test gives them by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter

import msgspec

from domain.benefits.rates import Rates
from domain.benefits.roll_inputs import (
    EntitlementRow,
    RollInputs,
    members_of,
)
from domain.kernel.months import moved
from domain.kernel.refusals import RateMissing


class RollLine(msgspec.Struct, frozen=True, gc=False):
    """One holder's line: what the scheme's rule gives this month.

    `members` are the persons covered (their ids, the holder's own for a person); `stopped` says
    why the line may not be paid, empty if it may: stopped, suspended, died, not-eligible,
    closed, no-members, rate-missing, paid-elsewhere. A line that may not be paid has amount 0.
    `per_member` is what a member less would take from the amount (top-up), in fen.
    """

    holder: str
    entitlement: str
    payee: str
    area: str
    tier: str
    amount: int
    members: tuple[str, ...]
    rate_from: str
    stopped: str = ""
    per_member: int = 0

    def without(self, gone: Collection[str]) -> RollLine | None:
        """Return the line for the members who are left; None if nothing is left of it."""
        left = tuple(member for member in self.members if member not in gone)
        amount = self.amount - self.per_member * (len(self.members) - len(left))
        if not left or amount < 1:
            return None
        return msgspec.structs.replace(self, members=left, amount=amount)


class Roll(msgspec.Struct, frozen=True):
    """The lines of a scheme for a month, ordered by holder, as known at position `at`."""

    at: int
    lines: tuple[RollLine, ...]


def draw_roll(inputs: RollInputs, month: str) -> tuple[RollLine, ...]:
    """Turn the inputs into lines, ordered by holder; one without a rate is held back."""
    if inputs.followed is not None:
        drawn = following_lines(inputs, month, draw_roll(inputs.followed, month))
    else:
        drawn = own_lines(inputs, month)
    return tuple(sorted(drawn, key=attrgetter("holder")))


def own_lines(inputs: RollInputs, month: str) -> Iterable[RollLine]:
    """Draw a line for every entitlement in force for the month."""
    rates, formula = Rates(inputs, month), inputs.formula
    oldest = moved(month, -inputs.after_death_months)
    rows = in_force(inputs, month)
    people = members_of(inputs.members, month, inputs.same)
    elsewhere = part(
        inputs, people, lambda: {row.holder for row in rows if not why_not(row, month, oldest)}
    )
    seen: set[str] = set()
    for row in rows:
        holder, who = row.holder, inputs.same.get(row.holder, row.holder)
        members = covered(holder, people)
        stopped = why_not(row, month, oldest)
        if not stopped and (who in seen or not members):
            stopped = why_nobody(who, elsewhere, seen)
        amount, rate_from, each = 0, "", 0
        if not stopped:
            try:
                amount, rate_from, each = worth(row, formula, rates, len(members))
            except RateMissing:
                stopped = "rate-missing"
        if not stopped:
            if amount < 1:
                continue
            seen.add(who)
        yield RollLine(
            holder, row.entitlement, row.payee, row.area, row.tier, amount, members, rate_from,
            stopped, each,
        )  # fmt: skip


def in_force(inputs: RollInputs, month: str) -> list[EntitlementRow]:
    """Return the entitlements that have begun and not ended, in the order of their ids."""
    once = inputs.pays == "once"
    return [
        row
        for row in sorted(inputs.entitlements, key=attrgetter("entitlement"))
        if not (
            row.starts > month or (row.ends and row.ends < month) or (once and row.starts != month)
        )
    ]


def part(
    inputs: RollInputs,
    people: dict[str, tuple[str, ...]],
    payable: Callable[[], Collection[str]],
) -> set[str]:
    """Leave whom several households have with one of them; return the households that lost some."""
    everybody = [person for members in people.values() for person in members]
    if len(set(everybody)) == len(everybody):
        return set()
    paid, taken, lost = payable(), dict[str, str](), set[str]()
    for row in sorted(inputs.members, key=attrgetter("first", "at")):
        household, person = row.household, inputs.same.get(row.person, row.person)
        if household not in paid or person not in people.get(household, ()):
            continue
        if taken.setdefault(person, household) != household:
            people[household] = tuple(each for each in people[household] if each != person)
            lost.add(household)
    return lost


def why_nobody(holder: str, elsewhere: Collection[str], seen: Collection[str]) -> str:
    """Say why a line that may be paid covers nobody: paid in another line, or nobody is left."""
    if holder in seen or holder in elsewhere:
        return "paid-elsewhere"
    return "no-members" if holder.startswith("household:") else ""


def covered(holder: str, people: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the persons whom a line covers: the person, the household's members, or nobody."""
    if holder.startswith("person:"):
        return (holder,)
    return people.get(holder, ())


def why_not(row: EntitlementRow, month: str, oldest: str) -> str:
    """Say why an entitlement in force is not paid; `oldest` is the earliest death still paid."""
    if row.stop and row.stop <= month:
        return "stopped"
    if row.died and row.died < oldest:
        return "died"
    if row.suspended:
        return "suspended"
    if 0 <= row.beds < row.units or "" < row.payee_ended < month:
        return "closed"
    return "" if row.eligible else "not-eligible"


def worth(row: EntitlementRow, formula: str, rates: Rates, members: int) -> tuple[int, str, int]:
    """Return what an entitlement gives for the month, the day of its rate, and that per member."""
    if row.amount:
        return row.amount, "", 0
    rate = rates.of(row.area, row.tier)
    if formula == "flat":
        return rate.amount, rate.from_, 0
    if formula == "per-unit":
        return rate.amount * row.units, rate.from_, 0
    return rate.amount * members - row.income, rate.from_, rate.amount


def following_lines(
    inputs: RollInputs, month: str, followed: Iterable[RollLine]
) -> Iterable[RollLine]:
    """Draw a line for every member on the roll of the followed scheme."""
    rates = Rates(inputs, month)
    seen: set[str] = set()
    for line in followed:
        for person in line.members:
            who = inputs.same.get(person, person)
            stopped = line.stopped or ("paid-elsewhere" if who in seen else "")
            amount, rate_from, tier = 0, "", line.tier
            if not stopped:
                try:
                    rate = rates.following(line.area, line.tier)
                except RateMissing:
                    stopped = "rate-missing"
                else:
                    amount, rate_from, tier = rate.amount, rate.from_, rate.tier
                    seen.add(who)
            yield RollLine(
                person,
                line.entitlement,
                "",
                line.area,
                tier,
                amount,
                (person,),
                rate_from,
                stopped,
            )


def bereaved(inputs: RollInputs, month: str) -> dict[str, int]:
    """Return the households that lost a member before the month, and how many it counts of them."""
    people = members_of(inputs.members, month)
    return {
        row.household: len(people.get(row.household, ()))
        for row in inputs.members
        if row.died and row.died < month
    }


def stops(inputs: RollInputs, month: str) -> dict[str, str]:
    """Return who may not be paid for the month, and why: holders, and members who have died.

    What a release asks again. A view may give only the rows of holders and households whom a stop,
    a suspension, a death or a merge has touched, since everybody else is paid as drawn.
    """
    lines = draw_roll(inputs, month)
    payable = {line.holder for line in lines if not line.stopped}
    rows = (inputs.followed or inputs).members
    dead = {row.person: "died" for row in rows if row.died and row.died < month}
    twice = dict.fromkeys(covered_twice(inputs, month), "paid-elsewhere")
    return (
        twice
        | dead
        | {
            line.holder: line.stopped
            for line in lines
            if line.stopped and line.holder not in payable
        }
    )


def covered_twice(inputs: RollInputs, month: str) -> list[str]:
    """Return ids of persons whom lines that were drawn before a merge cover under another id."""
    if not inputs.same:
        return []
    source = inputs.followed or inputs
    people = {one for all_ in members_of(source.members, month).values() for one in all_}
    if inputs.followed:
        people.update(row.holder for row in in_force(source, month))
    kept: dict[str, str] = {}
    # The id that is used now comes first.
    return [
        person
        for person in sorted(people, key=lambda each: (each in inputs.same, each))
        if kept.setdefault(inputs.same.get(person, person), person) != person
    ]


def require_a_rate(lines: Iterable[RollLine], scheme: str, month: str) -> None:
    """Refuse to draw up nothing for want of a rate, and name the first line without one."""
    for line in lines:
        if line.stopped == "rate-missing":
            raise RateMissing(scheme, tier=line.tier, area=line.area, month=month)
