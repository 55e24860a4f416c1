"""Schemes that pay a rate per person: who is entitled from when, and in which tier."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING, Any

from scripts.golden.benefits.claims import LAST, Claim, Ending, Fates
from scripts.golden.kernel.chance import dice
from scripts.golden.registers.areas import PLACES, SHARES
from scripts.golden.targets import (
    HOME_CARE_ELDERS,
    HOME_CARE_SPEND,
    VETERANS_PENSIONERS,
    scaled,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from scripts.golden.benefits.rates import Rates

FALLING = 0.35
PENSION = "veterans-pension"


@dataclass(frozen=True)
class Crowd:
    """How many people a scheme has at scale 1: `entitled` at the end, the others come and go."""

    entitled: int
    granted: int = 0
    firsts: tuple[int, int] = (2, LAST)
    exits: int = 0
    deaths: int = 0
    late_deaths: int = 0
    late_exits: int = 0
    held: int = 0
    suspended: int = 0


@dataclass
class Flat:
    """Every claim of a scheme with its rates."""

    scheme: str
    rates: Rates
    claims: list[Claim] = field(default_factory=list)

    def money(self) -> int:
        """Return what stays spent, in fen."""
        return sum(claim.amount(m, self.rates) for claim in self.claims for m in claim.kept())

    def entitled(self) -> int:
        """Return how many hold the entitlement at the end of the year."""
        return sum(claim.ending is Ending.OPEN for claim in self.claims)


CROWDS = {
    "home-care": Crowd(
        HOME_CARE_ELDERS.value,
        granted=1_000,
        exits=300,
        deaths=20,
        late_deaths=10,
        late_exits=4,
        held=60,
        suspended=20,
    ),
    "old-age": Crowd(
        6_250, granted=150, exits=80, deaths=4, late_deaths=4, late_exits=2, held=10, suspended=5
    ),
    PENSION: Crowd(
        1_400 + VETERANS_PENSIONERS.value,
        granted=VETERANS_PENSIONERS.value,
        firsts=(8, 10),
        deaths=4,
    ),
    "self-employment": Crowd(200, granted=200, firsts=(9, 9)),
    "skills-training": Crowd(60, granted=60, firsts=(10, 10)),
}


def plan(seed: int, scale: float, rates: Rates, *, scheme: str) -> Flat:
    """Decide a scheme's year, with tiers by lot."""
    chance = dice(seed, scheme)
    grace = int(rates.what.get("after_death_months", 0))
    decided = Flat(scheme, rates, list(People(CROWDS[scheme], chance, scale).all(grace)))
    for number, claim in enumerate(decided.claims):
        claim.number = number
    if rates.what["pays"] == "once":
        once(decided.claims)
    return_some(decided, chance)
    weights = [FALLING**rank for rank in range(len(rates.tiers))]
    for claim in decided.claims:
        # Whom the year takes into the pension for the first time gets its last tier.
        newly = scheme == PENSION and not claim.stock
        claim.tier = rates.tiers[-1] if newly else chance.choices(rates.tiers, weights)[0]
    return decided


def home_care(seed: int, scale: float, rates: Rates) -> Flat:
    """Decide the home-care year such that its tiers give the report's money."""
    decided = plan(seed, scale, rates, scheme="home-care")
    Tiers(decided, dice(seed, "home-care-tiers"), HOME_CARE_SPEND.at(scale)).meet()
    return decided


class People:
    """Makes a crowd's claims somewhere in the city."""

    def __init__(self, crowd: Crowd, chance: Random, scale: float) -> None:
        """Take the crowd at scale 1, the dice and the scale."""
        self.crowd, self.chance, self.scale = crowd, chance, scale

    def some(self, number: int) -> range:
        """Scale a part of the crowd."""
        return range(scaled(number, self.scale) if number else 0)

    def all(self, grace: int) -> Iterator[Claim]:
        """Make everybody; `grace` is for how many months a death is still paid."""
        gone_on = len(self.some(self.crowd.granted)) + len(self.some(self.crowd.suspended))
        yield from self.newly_granted()
        yield from self.gone(grace)
        yield from self.gone_unnoticed()
        for _ in self.some(self.crowd.suspended):
            start = self.chance.randint(3, 8)
            yield self.claim(gap=(start, start + self.chance.randint(1, 3)))
        for _ in range(scaled(self.crowd.entitled, self.scale) - gone_on):
            yield self.claim()

    def newly_granted(self) -> Iterator[Claim]:
        """Make those granted in the year, some in its last month."""
        low, high = self.crowd.firsts
        at_last = len(self.some(self.crowd.granted // 25)) + 2
        for index in self.some(self.crowd.granted):
            yield self.claim(first=high if index < at_last else self.chance.randint(low, high))

    def gone(self, grace: int) -> Iterator[Claim]:
        """Make those who leave in time, die, or are stopped between draw-up and release."""
        parts = {
            Ending.EXIT: self.crowd.exits,
            Ending.DEATH: self.crowd.deaths,
            Ending.HELD: self.crowd.held,
        }
        for ending, number in parts.items():
            # A pension may run on for months after a death, which itself lies in the year.
            earliest = 1 + grace if ending is Ending.DEATH else 1
            for _ in self.some(number):
                yield self.claim(last=self.chance.randint(earliest, LAST - 1), ending=ending)

    def gone_unnoticed(self) -> Iterator[Claim]:
        """Make those whose death or move is learnt too late."""
        parts = {Ending.LATE_DEATH: self.crowd.late_deaths, Ending.LATE_EXIT: self.crowd.late_exits}
        for ending, number in parts.items():
            for _ in self.some(number):
                overpaid, last = self.chance.randint(1, 3), self.chance.randint(5, LAST)
                yield self.claim(last=last, ending=ending, overpaid=overpaid)

    def claim(self, **what: Any) -> Claim:
        """Make one claim."""
        place = self.chance.choices(range(len(PLACES)), SHARES)[0]
        return Claim(0, place, **what)


def once(claims: list[Claim]) -> None:
    """Let claims of a scheme that pays once be paid for their first month only."""
    for one in claims:
        one.last = one.first


def return_some(decided: Flat, chance: Random) -> None:
    """Let the bank return some payments of those to whom nothing else happens."""
    steady = iter([claim for claim in decided.claims if claim.steady])
    fates = Fates(chance)
    lines = [0] * (LAST + 1)
    for one in decided.claims:
        for month in one.paid():
            lines[month] += 1
    for month in range(1, LAST + 1):
        for fate in fates.of_run(lines[month]):
            chosen = next(steady, None)
            if chosen is not None:
                chosen.fates = {month: fate}


class Tiers:
    """Chooses tiers such that what stays spent prints as the report does."""

    def __init__(self, decided: Flat, chance: Random, target: int) -> None:
        """Take the claims, the dice and the sum to meet."""
        self.decided, self.chance = decided, chance
        self.goal = window(target, HOME_CARE_SPEND.step)
        self.target = target
        self.kept = [claim.kept() for claim in decided.claims]

    def meet(self) -> None:
        """Throw tiers around the mean needed, then move single claims until the sum fits."""
        tiers = self.decided.rates.tiers
        usual = [self.decided.rates.of(0, tier, 1) for tier in tiers]
        mean = self.target / sum(len(months) for months in self.kept)
        weights = tilted(usual, mean)
        for claim in self.decided.claims:
            claim.tier = self.chance.choices(tiers, weights)[0]
        order = list(range(len(self.kept)))
        self.chance.shuffle(order)
        order.sort(key=lambda number: -len(self.kept[number]))
        self.approach(order)

    def approach(self, order: list[int]) -> None:
        """Go from the longest claims to the shortest, each step only if it comes nearer."""
        short = self.target - self.decided.money()
        for number in order:
            if self.target - short in self.goal:
                return
            tier, gain = min(self.moves(number), key=lambda move: abs(short - move[1]))
            if abs(short - gain) < abs(short):
                self.decided.claims[number].tier = tier
                short -= gain
        self.exchange(order, short)

    def exchange(self, order: list[int], short: int) -> None:
        """Find two claims whose moves together bring the sum into its window."""
        seen: dict[int, tuple[int, str]] = {0: (-1, "")}
        for number in order:
            for tier, gain in self.moves(number):
                for other, (partner, partner_tier) in seen.items():
                    if partner != number and self.target - short + gain + other in self.goal:
                        self.decided.claims[number].tier = tier
                        if partner >= 0:
                            self.decided.claims[partner].tier = partner_tier
                        return
                seen.setdefault(gain, (number, tier))
        raise ValueError(f"no tiers of home-care give the sum: {short} fen short")

    def moves(self, number: int) -> Iterator[tuple[str, int]]:
        """List what each tier would change for one claim."""
        claim, months = self.decided.claims[number], self.kept[number]
        rates = self.decided.rates
        now = sum(claim.amount(month, rates) for month in months)
        for tier in rates.tiers:
            yield tier, sum(rates.of(claim.place, tier, month) for month in months) - now


def tilted(amounts: Sequence[int], mean: float) -> list[float]:
    """Weigh amounts so that their mean is the wished one: falling weights, tilted."""
    if not min(amounts) < mean < max(amounts):
        raise ValueError(f"tiers of {amounts} fen cannot average {mean:.0f} fen")
    low, high = -50.0, 50.0
    weights: list[float] = []
    for _ in range(100):
        tilt = (low + high) / 2
        weights = [
            FALLING**rank * exp(tilt * (amount - mean) / max(amounts))
            for rank, amount in enumerate(amounts)
        ]
        reached = sum(w * a for w, a in zip(weights, amounts, strict=True)) / sum(weights)
        low, high = (tilt, high) if reached < mean else (low, tilt)
    return weights
