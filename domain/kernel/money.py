"""Money and other counted things: whole numbers with a unit, and the double entry."""

from __future__ import annotations

from typing import Annotated, TypeAlias, get_args

import msgspec

from domain.kernel.aggregate import Event


class Measured:
    """Marks a whole number in a command or an event as a quantity of one unit."""

    def __init__(self, unit: str, *, least: int = 1) -> None:
        """Remember the unit, for the contract and for the event's public words."""
        self.unit = unit
        self.least = least


def unit_of(kind: object) -> str:
    """Return the unit of a field that is a whole number of one unit, else nothing."""
    for part in (*getattr(kind, "__metadata__", ()), *get_args(kind)):
        unit = part.unit if isinstance(part, Measured) else unit_of(part)
        if unit:
            return unit
    return ""


Fen: TypeAlias = Annotated[int, Measured("fen")]
# What somebody earns may be nothing; what is paid may not.
Income: TypeAlias = Annotated[int, Measured("fen", least=0)]
MOST = 2**53

UNITS = frozenset(
    [
        "fen",
        "person",
        "person-time",
        "person-month",
        "household",
        "couple",
        "organisation",
        "project",
        "post",
        "station",
        "committee",
        "community",
        "outlet",
        "site",
        "bed",
        "bed-day",
        "day",
        "hour",
        "year",
    ]
)


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """So many of a unit; `item:<kind>` for goods."""

    value: int
    unit: str


class Ratio(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A share or a growth, as a decimal string in percent, perhaps with what it was made of."""

    value: str
    unit: str = "percent"
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    rounding: str = ""


class Stated(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A quantity or a ratio as an event keeps it: `value` is a decimal string in a ratio."""

    value: int | str
    unit: str
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    rounding: str = ""


def stated(value: Quantity | Ratio) -> Stated:
    """Keep a quantity or a ratio as one kind of thing, which JSON can tell apart."""
    return Stated(**msgspec.structs.asdict(value))


class Posting(msgspec.Struct, frozen=True, gc=False):
    """One line of the double entry: an account gains `value` units, or loses them if negative."""

    account: str
    value: int
    unit: str = "fen"


def transfer(amount: int, *, source: str, target: str, unit: str = "fen") -> tuple[Posting, ...]:
    """Move an amount from one account to another."""
    return (Posting(source, -amount, unit), Posting(target, amount, unit))


def mirrored(lines: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Return the lines that undo these."""
    return tuple(Posting(line.account, -line.value, line.unit) for line in lines)


class MoneyEvent(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A fact that moves money or goods: it states its own double entry, and counts by `booked`."""
