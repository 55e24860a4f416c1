"""Schemes that pay a rate per person: who is entitled from when, and in which tier."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from scripts.golden.areas import PLACES, SHARES
from scripts.golden.chance import dice
from scripts.golden.claims import LAST, Claim, Ending, Fates
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

    from scripts.golden.rates import Rates

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
}


def plan(seed: int, scale: float, scheme: str, rates: Rates) -> Flat:
    """Decide a scheme's year, with tiers by lot."""
    chance = dice(seed, scheme)
    grace = int(rates.what.get("after_death_months", 0))
    decided = Flat(scheme, rates, list(people(CROWDS[scheme], chance, scale, grace)))
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
    decided = plan(seed, scale, "home-care", rates)
    Tiers(decided, dice(seed, "home-care-tiers"), HOME_CARE_SPEND.at(scale)).meet()
    return decided


def people(crowd: Crowd, chance: Random, scale: float, grace: int) -> Iterator[Claim]:
    """Make the claims: the newly granted, those who leave, the suspended, and the steady rest."""

    def some(number: int) -> range:
        return range(scaled(number, scale) if number else 0)

    for index in some(crowd.granted):
        low, high = crowd.firsts
        last = index < len(some(crowd.granted // 25)) + 2
        yield claim(chance, first=high if last else chance.randint(low, high))
    for ending, number in (
        (Ending.EXIT, crowd.exits),
        (Ending.DEATH, crowd.deaths),
        (Ending.HELD, crowd.held),
    ):
        # A pension may run on for months after a death, which itself lies in the year.
        earliest = 1 + grace if ending is Ending.DEATH else 1
        for _ in some(number):
            yield claim(chance, last=chance.randint(earliest, LAST - 1), ending=ending)
    for ending, number in (
        (Ending.LATE_DEATH, crowd.late_deaths),
        (Ending.LATE_EXIT, crowd.late_exits),
    ):
        for _ in some(number):
            overpaid = chance.randint(1, 3)
            yield claim(chance, last=chance.randint(5, LAST), ending=ending, overpaid=overpaid)
    for _ in some(crowd.suspended):
        start = chance.randint(3, 8)
        yield claim(chance, gap=(start, start + chance.randint(1, 3)))
    rest = scaled(crowd.entitled, scale) - len(some(crowd.granted)) - len(some(crowd.suspended))
    for _ in range(rest):
        yield claim(chance)


def once(claims: list[Claim]) -> None:
    """Let claims of a scheme that pays once be paid for their first month only."""
    for one in claims:
        one.last = one.first


def claim(chance: Random, **what: object) -> Claim:
    """Make one claim somewhere in the city."""
    place = chance.choices(range(len(PLACES)), SHARES)[0]
    return Claim(0, place, **what)  # type: ignore[arg-type]


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
