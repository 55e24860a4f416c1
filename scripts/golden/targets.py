"""What the 2007 report printed, as far as the golden year has to meet it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

YUAN = 100
WAN = 10_000 * YUAN
YI = 10_000 * WAN


@dataclass(frozen=True)
class Target:
    """One figure: its value at scale 1, the step of its print (1: exact), whether it scales."""

    value: int
    step: int = 1
    scales: bool = False

    def at(self, scale: float) -> int:
        """Return the value at a scale."""
        return scaled(self.value, scale) if self.scales else self.value


def scaled(value: int, scale: float) -> int:
    """Multiply a crowd: half up, at least one. The scale is read as the decimal it is typed as."""
    return max(1, floor(Fraction(str(scale)) * value + Fraction(1, 2)))


def window(value: int, step: int) -> range:
    """Return the values that print like this one when rounded half up to the step."""
    middle = (value + step // 2) // step * step
    return range(middle - step // 2, middle - step // 2 + step)


DIBAO_SPEND = Target(4_048_700_000, WAN // 10, scales=True)
DIBAO_AVERAGE = Target(23_500, YUAN)
DIBAO_AVERAGE_2006 = Target(21_000, YUAN)
PRICE_SUBSIDY_RATE = Target(2_000, YUAN)
HOME_CARE_ELDERS = Target(16_171, scales=True)
HOME_CARE_SPEND = Target(4_278_440_000, WAN // 100, scales=True)
WELFARE_BODIES_GRANT = Target(300 * WAN, WAN)
ELDERS_JOY_GRANT = Target(2_000 * WAN, WAN)
ELDERS_JOY_BODIES = Target(900)
HOSPICE_PERSONS = Target(704, scales=True)
LOTTERY_SALES = Target(122_600_000_000, YI // 100)
LOTTERY_SALES_2006 = range(963_457_761 * YUAN, 964_215_493 * YUAN)
LOTTERY_RELEASED = Target(16_700_000_000, YI // 100)
LOTTERY_PROJECTS = Target(71)
FEDERATION_CASH = Target(4_172 * WAN, WAN)
SYSTEM_CASH = Target(21_500_000_000, YI // 100)
MIGRANT_CARE_CASES = Target(298, scales=True)
MIGRANT_CARE_SPEND = Target(275 * WAN, WAN, scales=True)
COMMUNITY_PROJECTS = Target(178)
COMMUNITY_CITY_MONEY = Target(17_000_000_000, YI // 10)
VETERANS_PENSIONERS = Target(661, scales=True)
