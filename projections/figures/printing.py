"""How a figure is printed: its value, through the print rule of the report it appears in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FEN = {"元": 100, "万元": 100 * 10**4, "亿元": 100 * 10**8}
WAN = 10**4


def printed(value: int | str, rule: str, counter: str = "") -> str:
    """Print a value by a rule such as `万元:1`, `percent:0`, `down:100` or `plain`.

    The rules are those of the report's own list: money with n decimals, half up; 多 (down to a
    multiple), 近 (up to a multiple), 万 (the same in ten thousands), about, plain.
    """
    name, _, rest = rule.partition(":")
    if name in FEN:
        return f"{half_up(Fraction(int(value), FEN[name]), int(rest))}{name}"
    if name == "percent":
        return f"{half_up(Fraction(value), int(rest))}%"
    number = int(value)
    if name == "down":
        return f"{number // int(rest) * int(rest)}多{counter}"
    if name == "up":
        of_wan = rest.startswith("万:")
        step = int(rest.rpartition(":")[2]) * (WAN if of_wan else 1)
        upper = -(-number // step) * step
        return f"近{upper // WAN}万{counter}" if of_wan else f"近{upper}{counter}"
    if name == "about":
        times = int(half_up(Fraction(number, int(rest)), 0))
        return f"{'' if times == 1 else times}{THOUSANDS[int(rest)]}{counter}"
    return f"{number}{counter}"


THOUSANDS = {1000: "千", 10000: "万"}


def half_up(value: Fraction, decimals: int) -> str:
    """Write a number with so many decimals, half away from zero."""
    exact = value * 10**decimals
    whole = abs(exact.numerator) * 2 + exact.denominator
    whole //= exact.denominator * 2
    sign = "-" if exact < 0 and whole else ""
    return sign + str(Decimal(whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)))


def rounded(value: Fraction) -> int:
    """Round to a whole number, half up."""
    return int(Decimal(half_up(value, 0)).to_integral_value(ROUND_HALF_UP))
