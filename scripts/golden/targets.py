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
SHELTER_ASSISTED = Target(24_962, scales=True)
HOME_CARE_BODIES, SOCIAL_WORK_BODIES, SOCIAL_WORK_STAFF = Target(26), Target(12), Target(10)
SOCIAL_WORK_POSTS = Target(445)
HOMES_PREPARING = Target(5)
# More than the 1,500 that the report prints, and fewer than 1,600.
HOMES_BEDS = range(1_501, 1_600)
CARE_LINE_ELDERS = Target(2_000, scales=True)
CARE_LINE_RESCUES = Target(55, scales=True)
SHOPS = range(61, 70)
# Nearly three million pieces: up to it, and above 2.9 million.
CLOTHING = range(2_900_001, 3_000_001)
EDUCATION_BASES, EDUCATION_PROJECTS = Target(5), Target(15)
STATIONS, STATIONS_SHARED, COMMITTEES_SHARED = Target(515), Target(75), Target(186)
HARMONY_PROVINCE, HARMONY_CITY = Target(112), Target(305)
# About a thousand, and fourteen thousand with more on top.
TRAINED, VISITS = range(960, 1_041), range(14_001, 15_000)
VETERANS_RECEIVED = Target(539, scales=True)
VETERANS_TRAINED_PERCENT = 80
OFFICERS_RECEIVED, OFFICERS_IN_CARE = Target(24, scales=True), Target(440, scales=True)
MILITARY_STAFF = Target(32, scales=True)
ORGANISATIONS_NEW, REVOKED = Target(653), Target(23)
# What the year began with, and how many ended at their own wish: either prints 24.2 %.
ORGANISATIONS_BEFORE = ((2_442, 38), (2_443, 39))
MARRIAGES, DIVORCES = Target(35_746, scales=True), Target(6_834, scales=True)
