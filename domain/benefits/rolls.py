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
- Nobody stands on one roll twice: the second line of a person is held back.

Everything here is pure: a view gives the inputs as of a position, a test gives them by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec

from domain.kernel.months import moved
from domain.kernel.refusals import RateMissing


class RollLine(msgspec.Struct, frozen=True, gc=False):
    """One holder's line: what the scheme's rule gives this month.

    `members` are the persons covered (their ids, the holder's own for a person); `stopped` says
    why the line may not be paid, empty if it may: stopped, suspended, dead, no-members, paid-twice.
    A line that may not be paid has amount 0.
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


class Roll(msgspec.Struct, frozen=True):
    """The lines of a scheme for a month, ordered by holder, as known at position `at`."""

    at: int
    lines: tuple[RollLine, ...]


class RateRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A rate as it was known: `area` empty for the whole city, `from_` a day (YYYY-MM-DD)."""

    area: str
    tier: str
    from_: str
    amount: int


class EntitlementRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A granted (or brought-in) entitlement, as it stands for the month of the roll.

    Months are YYYY-MM, empty for none. `tier`, `amount` and `units` are of the last of
    entitlement.granted, adjusted and brought-in with `month(from) <= M`, `amount` being 0 where
    the rate decides. `income` is of the last entitlement.assessed with `month(on) <= M`, else of
    the last one. `suspended`: of the suspensions and resumptions with `month(from) <= M` the last
    is a suspension. Last means by month, then by position. `starts` and `ends` are the months of
    `from` and `until` of the grant, `stop` that of entitlement.stopped.
    `died` is the month of the holder's death.
    """

    entitlement: str
    holder: str
    payee: str
    area: str
    tier: str
    amount: int
    units: int
    income: int
    starts: str
    ends: str = ""
    stop: str = ""
    suspended: bool = False
    died: str = ""


class MemberRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A person's time in a household: the first and last month counted, and the month of death.

    `first` stands in household.formed and household.joined, `last` in household.left (empty: still
    there); a person may have several rows.
    """

    household: str
    person: str
    first: str
    last: str = ""
    died: str = ""


class RollInputs(msgspec.Struct, frozen=True):
    """What a roll is made of, as known at position `at`; `followed` for a scheme that follows.

    `per`, `pays`, `formula` and `after_death_months` are the scheme's own; `parents` gives the
    area above each area on the last day of the month.
    """

    at: int
    scheme: str
    pays: str
    formula: str
    after_death_months: int
    rates: Sequence[RateRow]
    parents: Mapping[str, str]
    entitlements: Sequence[EntitlementRow] = ()
    members: Sequence[MemberRow] = ()
    followed: RollInputs | None = None


class Rates:
    """The rates of a scheme in force for a month, found by area and tier."""

    def __init__(self, inputs: RollInputs, month: str) -> None:
        """Keep the newest rate per area and tier that counts for the month."""
        self.scheme = inputs.scheme
        self.month = month
        self.parents = inputs.parents
        self.newest: dict[tuple[str, str], RateRow] = {}
        for rate in sorted(inputs.rates, key=lambda each: each.from_):
            if rate.from_[:7] <= month:
                self.newest[rate.area, rate.tier] = rate
        self.tiers = {tier for _, tier in self.newest}
        self.found: dict[tuple[str, str], RateRow] = {}

    def of(self, area: str, tier: str) -> RateRow:
        """Return the rate of the nearest area above, itself included; `RateMissing` if none."""
        rate = self.found.get((area, tier))
        if rate is None:
            rate = self.found[area, tier] = self.nearest(area, tier)
        return rate

    def nearest(self, area: str, tier: str) -> RateRow:
        """Go up from the area until a rate is met."""
        place = area
        while True:
            rate = self.newest.get((place, tier))
            if rate is not None:
                return rate
            if not place:
                raise RateMissing(self.scheme, tier=tier, area=area or "-", month=self.month)
            place = self.parents.get(place, "")

    def following(self, area: str, tier: str) -> RateRow:
        """Return the rate for a line of a followed scheme: of its tier, else of the only tier."""
        if tier not in self.tiers and len(self.tiers) == 1:
            return self.of(area, next(iter(self.tiers)))
        return self.of(area, tier)


def draw_roll(inputs: RollInputs, month: str) -> tuple[RollLine, ...]:
    """Turn the inputs into lines, ordered by holder; `RateMissing` if a line has no rate."""
    if inputs.followed is not None:
        drawn = following_lines(inputs, month, draw_roll(inputs.followed, month))
    else:
        drawn = own_lines(inputs, month)
    return tuple(sorted(drawn, key=attrgetter("holder")))


def own_lines(inputs: RollInputs, month: str) -> Iterable[RollLine]:
    """Draw a line for every entitlement in force for the month."""
    rates, formula = Rates(inputs, month), inputs.formula
    people = members_of(inputs.members, month)
    oldest = moved(month, -inputs.after_death_months)
    once = inputs.pays == "once"
    seen: set[str] = set()
    for row in sorted(inputs.entitlements, key=attrgetter("entitlement")):
        if row.starts > month or (row.ends and row.ends < month) or (once and row.starts != month):
            continue
        holder = row.holder
        members = covered(holder, people)
        paid = members or (holder,)
        stopped = why_not(row, month, oldest)
        if not stopped and not members and holder.startswith("household:"):
            stopped = "no-members"
        if not stopped and not seen.isdisjoint(paid):
            stopped = "paid-twice"
        amount, rate_from = (0, "") if stopped else worth(row, formula, rates, len(members))
        if not stopped:
            if amount < 1:
                continue
            seen.update(paid)
        yield RollLine(
            holder, row.entitlement, row.payee, row.area, row.tier, amount, members, rate_from,
            stopped,
        )  # fmt: skip


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
        return "dead"
    return "suspended" if row.suspended else ""


def worth(row: EntitlementRow, formula: str, rates: Rates, members: int) -> tuple[int, str]:
    """Return what an entitlement gives for the month, and the day of the rate it rests on."""
    if row.amount:
        return row.amount, ""
    rate = rates.of(row.area, row.tier)
    if formula == "flat":
        return rate.amount, rate.from_
    if formula == "per-unit":
        return rate.amount * row.units, rate.from_
    return rate.amount * members - row.income, rate.from_


def following_lines(
    inputs: RollInputs, month: str, followed: Iterable[RollLine]
) -> Iterable[RollLine]:
    """Draw a line for every member on the roll of the followed scheme."""
    rates = Rates(inputs, month)
    seen: set[str] = set()
    for line in followed:
        for person in line.members:
            stopped = line.stopped or ("paid-twice" if person in seen else "")
            amount, rate_from, tier = 0, "", line.tier
            if not stopped:
                rate = rates.following(line.area, line.tier)
                amount, rate_from, tier = rate.amount, rate.from_, rate.tier
                seen.add(person)
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


def members_of(rows: Iterable[MemberRow], month: str) -> dict[str, tuple[str, ...]]:
    """Group the members of a month by household."""
    people: dict[str, list[str]] = {}
    for row in rows:
        gone = (row.last and row.last < month) or (row.died and row.died < month)
        if row.first <= month and not gone:
            people.setdefault(row.household, []).append(row.person)
    return {household: tuple(sorted(set(persons))) for household, persons in people.items()}


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
    a suspension or a death has touched, since everybody else is paid as drawn.
    """
    lines = draw_roll(inputs, month)
    payable = {line.holder for line in lines if not line.stopped}
    dead = {
        row.person: "dead"
        for row in (inputs.followed or inputs).members
        if row.died and row.died < month
    }
    return dead | {
        line.holder: line.stopped for line in lines if line.stopped and line.holder not in payable
    }
