"""The subsistence allowance decided beforehand: households, sizes and incomes that give the sums.

The person-months are met by whom the city entitles (the last households are chosen for it), the
money by incomes: each household's need is drawn by lot, then all incomes shift by the same few fen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from scripts.golden.benefits.claims import LAST, Ending, Fate, Fates, HouseholdClaim
from scripts.golden.kernel.chance import dice
from scripts.golden.registers.areas import PLACES, SHARES
from scripts.golden.targets import DIBAO_AVERAGE, DIBAO_SPEND, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scripts.golden.benefits.rates import Rates

SIZES, SIZE_SHARES = (1, 2, 3, 4, 5), (0.25, 0.27, 0.28, 0.14, 0.06)
MEAN_SIZE = sum(size * share for size, share in zip(SIZES, SIZE_SHARES, strict=True))
SUBSIDY_FROM = 8
CONCEALED = 10_000
SUPPLEMENT = 3_000
SUPPLEMENT_MONTH = 5
REVIEWED = 0.4
WIDEST, MARGIN, SHIFT, LEAST = 8_000, 2_000, 35_000, 100


@dataclass
class Dibao:
    """Every household's claim, and what the bank returns of the price subsidy that follows."""

    rates: Rates
    spend: int
    person_months: int
    claims: list[HouseholdClaim] = field(default_factory=list)
    subsidy_fates: dict[int, tuple[int, Fate]] = field(default_factory=dict)
    supplements: list[int] = field(default_factory=list)
    concealers: list[int] = field(default_factory=list)

    def counted(self) -> int:
        """Return the person-months of the payments that were not written back."""
        return sum(person_months(claim) for claim in self.claims)

    def money(self) -> int:
        """Return what stays spent, in fen."""
        paid = sum(claim.amount(m, self.rates) for claim in self.claims for m in claim.kept())
        recovered = CONCEALED * sum(len(self.claims[n].concealed) for n in self.concealers)
        return paid + SUPPLEMENT * len(self.supplements) - recovered


def plan(seed: int, scale: float, rates: Rates) -> Dibao:
    """Decide every household's year."""
    spend = DIBAO_SPEND.at(scale)
    months = (2 * spend + DIBAO_AVERAGE.value) // (2 * DIBAO_AVERAGE.value)
    decided = Dibao(rates, spend, months)
    Builder(decided, dice(seed, "dibao"), scale).build()
    return decided


def person_months(claim: HouseholdClaim) -> int:
    """Count a household's persons over its payments that were not written back."""
    lost = {month for month, fate in claim.fates.items() if fate is Fate.WRITTEN_BACK}
    return sum(claim.persons(month) for month in claim.paid() if month not in lost)


class Builder:
    """Adds households until the person-months are met, then gives each its income."""

    def __init__(self, decided: Dibao, chance: Random, scale: float) -> None:
        """Start without households."""
        self.decided, self.chance, self.scale = decided, chance, scale
        self.person_months = 0

    def build(self) -> None:
        """Take the steady ones with their returned payments first, then the stories, then fill."""
        self.steady_ones()
        for claim in self.stories():
            self.keep(claim)
        self.fill()
        self.needs()
        self.meet_the_sum()

    def household(self, size: int = 0) -> HouseholdClaim:
        """Make a household somewhere in the city."""
        place = self.chance.choices(range(len(PLACES)), SHARES)[0]
        members = size or self.chance.choices(SIZES, SIZE_SHARES)[0]
        tiers = self.decided.rates.tiers
        usual = self.chance.random() < 0.85 or len(tiers) == 1  # noqa: PLR2004 - a share
        tier = tiers[0] if usual else self.chance.choice(tiers[1:])
        return HouseholdClaim(len(self.decided.claims), place, tier, size=members)

    def keep(self, claim: HouseholdClaim) -> None:
        """Add a household under its number."""
        claim.number = len(self.decided.claims)
        self.decided.claims.append(claim)
        self.person_months += person_months(claim)

    def count(self, number: int) -> range:
        """Scale a crowd."""
        return range(scaled(number, self.scale))

    def month(self, low: int, high: int) -> int:
        """Throw a month."""
        return self.chance.randint(low, high)

    def steady_ones(self) -> None:
        """Add households whose payments the bank will return, and some that were underpaid."""
        fates = Fates(self.chance)
        persons = self.decided.person_months / LAST
        returned = [
            (month, fate)
            for month in range(1, LAST + 1)
            for fate in fates.of_run(int(persons / MEAN_SIZE))
        ]
        subsidies = [
            (month, fate)
            for month in range(SUBSIDY_FROM, LAST + 1)
            for fate in fates.of_run(int(persons))
        ]
        for number in range(max(len(returned), len(subsidies))):
            claim = self.household()
            if number < len(returned):
                month, fate = returned[number]
                claim.fates = {month: fate}
            if number < len(subsidies):
                self.decided.subsidy_fates[len(self.decided.claims)] = subsidies[number]
            self.keep(claim)

    def stories(self) -> Iterator[HouseholdClaim]:
        """Tell those to whom something happens."""
        yield from self.corrected()
        yield from self.ended()
        yield from self.changed()
        for number in self.count(300):
            claim = self.household(size=1 if number < len(self.count(30)) else 0)
            claim.first = LAST if number < len(self.count(30)) else self.month(2, LAST)
            claim.review = claim.first
            yield claim

    def corrected(self) -> Iterator[HouseholdClaim]:
        """Tell those underpaid once, and those who concealed an income for two months."""
        for _ in self.count(5):
            claim = self.household()
            self.decided.supplements.append(len(self.decided.claims))
            yield claim
        for _ in self.count(8):
            claim = self.household()
            claim.concealed = (3, 4)
            self.decided.concealers.append(len(self.decided.claims))
            yield claim

    def ended(self) -> Iterator[HouseholdClaim]:
        """Tell those who leave the scheme, in time, between draw-up and release, or too late."""
        for ending, number in ((Ending.EXIT, 240), (Ending.HELD, 30)):
            for _ in self.count(number):
                claim = self.household()
                claim.ending, claim.last = ending, self.month(2, 11)
                yield claim
        for ending in (Ending.DEATH, Ending.LATE_DEATH):
            for _ in self.count(2):
                claim = self.household(size=1)
                claim.ending, claim.last = ending, self.month(4, 11)
                claim.overpaid = 2 if ending is Ending.LATE_DEATH else 0
                yield claim

    def changed(self) -> Iterator[HouseholdClaim]:
        """Tell households whose members change, and those suspended for a while."""
        for joins, lost, number in ((True, False, 40), (False, False, 30), (False, True, 4)):
            for _ in self.count(number):
                claim = self.household(size=self.chance.choice((2, 3, 4)))
                claim.review = self.month(3, 11)
                claim.joined, claim.left = (claim.review, 0) if joins else (0, claim.review)
                claim.lost = lost
                yield claim
        for _ in self.count(10):
            claim = self.household()
            start = self.month(3, 8)
            claim.gap = (start, start + self.month(1, 3))
            yield claim

    def fill(self) -> None:
        """Add households, many to be reviewed; the last are single persons, one of whom leaves."""
        whole = LAST * max(SIZES)
        while self.decided.person_months - self.person_months >= whole:
            claim = self.household()
            claim.review = self.month(3, 11) if self.chance.random() < REVIEWED else 0
            self.keep(claim)
        short = self.decided.person_months - self.person_months
        if short < 0:
            raise ValueError(f"scale {self.scale} leaves no room for the stories of dibao")
        for _ in range(short // LAST):
            self.keep(self.household(size=1))
        if short % LAST:
            claim = self.household(size=1)
            claim.ending, claim.last = Ending.EXIT, short % LAST
            self.keep(claim)

    def needs(self) -> None:
        """Throw each household's need: around the average, below its rate."""
        for claim in self.decided.claims:
            for month in {1 if claim.stock else 0, claim.review} - {0}:
                self.need(claim, month)

    def need(self, claim: HouseholdClaim, month: int) -> None:
        """Throw the need of one assessment."""
        rate = self.decided.rates.of(claim.place, claim.tier, month)
        # The fewer households, the more fen the common shift may be: it must leave an income.
        margin = MARGIN + int(SHIFT / sqrt(len(self.decided.claims)))
        width = min(WIDEST, rate - DIBAO_AVERAGE.value - margin)
        if width <= 0:
            raise ValueError(f"a rate of {rate} fen leaves no room for the average")
        each = DIBAO_AVERAGE.value + self.chance.randint(-width, width)
        give(claim, -(rate - each) * claim.persons(month), reviewed=claim.reviewed(month))

    def meet_the_sum(self) -> None:
        """Shift all by the same fen, the rest by one fen each, until the sum is met."""
        short = self.decided.spend - self.decided.money()
        kept = sorted(self.assessments(), key=lambda row: -row[0])
        shift, rest = divmod(short, sum(months for months, _, _ in kept))
        for number, (months, claim, reviewed) in enumerate(kept, start=1):
            extra = rest // months if number == len(kept) else int(months <= rest)
            rest -= extra * months
            give(claim, shift + extra, reviewed=reviewed)
        check_plausible(self.decided)

    def assessments(self) -> Iterator[tuple[int, HouseholdClaim, bool]]:
        """List each assessment with the months whose money it decides."""
        for claim in self.decided.claims:
            kept = claim.kept()
            late = sum(claim.reviewed(month) for month in kept)
            for months, reviewed in ((len(kept) - late, False), (late, True)):
                if months:
                    yield months, claim, reviewed


def give(claim: HouseholdClaim, fen: int, *, reviewed: bool) -> None:
    """Raise what a household gets in a month: its income is so much lower."""
    if reviewed:
        claim.income -= fen
    else:
        claim.earlier_income -= fen


def check_plausible(decided: Dibao) -> None:
    """Refuse a plan in which someone earns nothing at all or gets next to nothing."""
    for claim in decided.claims:
        incomes = {claim.earlier_income if claim.stock else LEAST}
        incomes.add(claim.income if claim.review else LEAST)
        if min(incomes) < LEAST:
            raise ValueError(f"household {claim.number} has no income")
        if min(claim.amount(month, decided.rates) for month in claim.drawn()) < LEAST:
            raise ValueError(f"household {claim.number} gets next to nothing")
