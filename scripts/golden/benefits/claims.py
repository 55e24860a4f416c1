"""Claims: one entitlement's year as it was decided beforehand.

What it rests on (`domain.benefits.rolls` says so at its top): a household's payment for a month
counts those who are members on its first day, who leave or die count to the end of their month; a
claim is paid from the month of its `from` up to the month before that of its stop.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from scripts.golden.benefits.rates import Rates

LAST = 12


class Ending(Enum):
    """How a claim ends within the year."""

    OPEN = "open"
    EXIT = "exit"
    DEATH = "death"
    HELD = "held"
    LATE_DEATH = "late death"
    LATE_EXIT = "late exit"


LATE = frozenset({Ending.LATE_DEATH, Ending.LATE_EXIT})
DEATHS = frozenset({Ending.DEATH, Ending.LATE_DEATH})


class Fate(Enum):
    """What became of a payment that the bank returned."""

    REISSUED = "reissued"
    WRITTEN_BACK = "written back"
    IDLE = "idle"


@dataclass(slots=True)
class Claim:
    """One holder's entitlement: paid for the months `first` to `last`, but not in the gap."""

    number: int
    place: int
    tier: str = ""
    first: int = 1
    last: int = LAST
    ending: Ending = Ending.OPEN
    overpaid: int = 0
    gap: tuple[int, int] = (0, 0)
    fates: dict[int, Fate] = field(default_factory=dict)

    @property
    def stock(self) -> bool:
        """Tell whether it existed before the year."""
        return self.first == 1

    @property
    def steady(self) -> bool:
        """Tell whether nothing happens to it all year."""
        return self.stock and self.ending is Ending.OPEN and self.gap == (0, 0)

    def paid(self) -> list[int]:
        """Return the months that are paid."""
        start, end = self.gap
        return [month for month in range(self.first, self.last + 1) if not start <= month < end]

    def wrongly_paid(self) -> list[int]:
        """Return the months that were paid and are established as overpaid."""
        return list(range(self.last - self.overpaid + 1, self.last + 1))

    def kept(self) -> list[int]:
        """Return the months whose money stayed spent: not sent back for good, not overpaid."""
        gone = {month for month, fate in self.fates.items() if fate is not Fate.REISSUED}
        gone.update(self.wrongly_paid())
        return [month for month in self.paid() if month not in gone]

    def drawn(self) -> list[int]:
        """Return the months that a run is drawn up for: those paid, and one held back."""
        return [*self.paid(), self.last + 1] if self.ending is Ending.HELD else self.paid()

    def persons(self, month: int) -> int:
        """Return how many are covered: the holder."""
        return 1 if month else 0

    def amount(self, month: int, rates: Rates) -> int:
        """Return what the rule gives for a month."""
        return rates.of(self.place, self.tier, month)


@dataclass(slots=True)
class HouseholdClaim(Claim):
    """A household's top-up: by its income of before the year until its review, then by the new."""

    size: int = 1
    joined: int = 0
    left: int = 0
    lost: bool = False
    review: int = 0
    earlier_income: int = 0
    income: int = 0
    concealed: tuple[int, ...] = ()

    def persons(self, month: int) -> int:
        """Return the members on the first day of the month."""
        joined = bool(self.joined) and month >= self.joined
        left = bool(self.left) and month >= self.left
        return self.size + joined - left

    def reviewed(self, month: int) -> bool:
        """Tell whether the month is paid by this year's assessment."""
        return bool(self.review) and month >= self.review

    def amount(self, month: int, rates: Rates) -> int:
        """Return rate times members less income."""
        income = self.income if self.reviewed(month) else self.earlier_income
        return rates.of(self.place, self.tier, month) * self.persons(month) - income


class Fates:
    """Hands out what the bank returns: of each run a few lines, half of which are paid again."""

    SHARE = 0.003
    FEWEST = 40

    def __init__(self, chance: Random) -> None:
        """Remember the dice."""
        self.chance = chance

    def of_run(self, lines: int) -> list[Fate]:
        """Return the fates of a run's returned lines; small runs have none."""
        if lines < self.FEWEST:
            return []
        pairs = int(lines * self.SHARE) + 1
        lost = [
            Fate.WRITTEN_BACK if self.chance.random() < 0.7 else Fate.IDLE  # noqa: PLR2004 - a share
            for _ in range(pairs)
        ]
        return [Fate.REISSUED] * pairs + lost
