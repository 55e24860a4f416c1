"""How the single values of a body are read: quantities, ratios, days, lists, what is sealed.

Each reader raises InvalidValue with a sentence that says what it wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from domain.kernel.days import calendar_day
from domain.kernel.ids import SHOWN
from domain.kernel.money import MOST, UNITS, Quantity, Ratio
from domain.kernel.sentences import InvalidValue

LONGEST_LIST = 10_000
MOST_NAMES = 100
ITEM = re.compile(r"item:[a-z0-9][a-z0-9.-]{0,60}")
PERCENT = re.compile(r"-?[0-9]{1,9}([.][0-9]{1,9})?")
ROUNDING = re.compile("[a-z0-9:-]{0,20}")
LONGEST_TEXT = 500
SEALED_TEXT = re.compile(f"(?:{SHOWN})?")


def quantity(value: object, least: int = 1) -> Quantity:
    """Read `{"value": n, "unit": u}`: a whole number above 0, in one of the contract's units."""
    if not isinstance(value, dict) or set(value) != {"value", "unit"}:
        raise InvalidValue('a quantity is {{"value": whole number, "unit": unit}} and nothing else')
    number, unit = value["value"], value["unit"]
    if type(number) is not int:
        raise InvalidValue("value must be a JSON integer: no decimals, no text")
    if not least <= number <= MOST:
        raise InvalidValue("value must be from {least} to {most}", least=str(least), most=str(MOST))
    if not isinstance(unit, str) or not (unit in UNITS or ITEM.fullmatch(unit)):
        raise InvalidValue("unit must be one of {units}, item:<kind>", units=sorted(UNITS))
    return Quantity(number, unit)


def ratio(value: object) -> Ratio:
    """Read `{"value": "27.2", "unit": "percent"}`, perhaps with what it was made of."""
    allowed = {"value", "unit", "numerator", "denominator", "rounding"}
    if not isinstance(value, dict) or not {"value", "unit"} <= set(value) <= allowed:
        raise InvalidValue('a ratio is {{"value": "27.2", "unit": "percent"}}')
    if not isinstance(value["value"], str) or not PERCENT.fullmatch(value["value"]):
        raise InvalidValue("the value of a ratio is a decimal number as text")
    parts = {k: quantity(value[k]) for k in ("numerator", "denominator") if k in value}
    rounding = value.get("rounding", "")
    if value["unit"] != "percent":
        raise InvalidValue("the unit of a ratio is percent")
    if not isinstance(rounding, str) or not ROUNDING.fullmatch(rounding):
        raise InvalidValue("rounding is a word such as half-up:1")
    return Ratio(value["value"], "percent", rounding=rounding, **parts)


def quantity_or_ratio(value: object) -> Quantity | Ratio:
    """Read either."""
    is_ratio = isinstance(value, dict) and value.get("unit") == "percent"
    return ratio(value) if is_ratio else quantity(value)


def measured(unit: str, least: int = 1) -> Callable[[object], int]:
    """Read a quantity that must be in one unit; Python sees the bare number.

    Beds and posts have no other unit, and may be said as the bare number; money never.
    """

    def read(value: object) -> int:
        if unit != "fen" and type(value) is int:
            value = {"value": value, "unit": unit}
        found = quantity(value, least)
        if found.unit != unit:
            raise InvalidValue(
                "the unit must be {wanted}, not {unit}", wanted=unit, unit=found.unit
            )
        return found.value

    return read


def day(value: object) -> date:
    """Read a calendar day, YYYY-MM-DD."""
    return calendar_day(value if isinstance(value, str) else "")


def listed(value: object) -> tuple[object, ...]:
    """Read a JSON array, bounded."""
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise InvalidValue("must be an array of at most {most} entries", most=str(LONGEST_LIST))
    return tuple(value)


def sealed(
    names: tuple[str, ...], pattern: str | None = None
) -> Callable[[object], dict[str, str]]:
    """Make a reader of what goes to the vault: short texts under the names that there are.

    With a pattern each name must be there, and its text match.
    """

    def read(value: object) -> dict[str, str]:
        if not isinstance(value, dict) or not value.keys() <= set(names):
            raise InvalidValue("must be an object of {names} and nothing else", names=names)
        if pattern is not None and len(value) < len(names):
            raise InvalidValue("must name {names}", names=names)
        for name, text in value.items():
            if not isinstance(text, str) or not is_sealed_text(text):
                raise InvalidValue(
                    "{name} must be a text of at most 500 printed characters", name=name
                )
            if pattern is not None and not re.fullmatch(pattern, text):
                raise InvalidValue("{name} must match {pattern}", name=name, pattern=pattern)
        return value

    return read


def is_sealed_text(text: str) -> bool:
    """Tell whether the vault takes a text: short, printed, and not only of what shows nothing."""
    return len(text) <= LONGEST_TEXT and SEALED_TEXT.fullmatch(text) is not None
