"""Early warnings (贫困预警): by which rule somebody is looked at before need or error grows.

Six warnings, three of them with a threshold that a rule in force may set (`rule.enact`) and that
stands here otherwise:
- near-line 低保边缘: the income of a household is within so many percent of its line, the rate
  for all its members, above or below;
- check-overdue 核对逾期: the means behind an entitlement in payment were checked so many years ago;
- relief-high 救助累计: one household, or one person alone, was paid so much relief in 12 months.
The others ask for a decision, and no rule sets a threshold of theirs:
- after-death 亡后待遇: somebody who has a claim, or is of a household that has, died while it ran;
- not-eligible 不符条件: means that were checked after the grant were found beyond the conditions;
- paid-twice 重复发放: months were paid to one person under two ids, which were merged afterwards.

The plan of 2012 asks for them: 加强对低收入群体经济状况的监测,探索建立贫困预警机制.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from domain.kernel.money import Stated
from domain.registers.rules import EnactedRule, newest

Warned: TypeAlias = Literal[
    "near-line", "check-overdue", "relief-high", "after-death", "not-eligible", "paid-twice"
]


class Threshold(NamedTuple):
    """From where on a warning is given: by a rule from a day on, or by default (no day)."""

    warning: Warned
    rule: str
    amount: Stated
    from_: date | None = None


DEFAULTS = (
    Threshold("near-line", "rule:warning-near-line", Stated("10", "percent")),
    Threshold("check-overdue", "rule:warning-check-overdue", Stated(1, "year")),
    Threshold("relief-high", "rule:warning-relief-high", Stated(1_000_000, "fen")),
)
# Relief is added up over so many years.
RELIEF_YEARS = 1


def thresholds(enacted: Iterable[EnactedRule], day: date) -> tuple[Threshold, ...]:
    """Return every warning's threshold on a day: of the newest rule in its unit, or the default."""
    known = list(enacted)
    return tuple(in_force(default, known, day) for default in DEFAULTS)


def in_force(default: Threshold, enacted: Iterable[EnactedRule], day: date) -> Threshold:
    """Return what holds of one warning."""
    stands = newest(enacted, default.rule, default.amount.unit, day)
    return default._replace(amount=stands.amount, from_=stands.from_) if stands else default


def near_line(income: int, line: int, percent: str) -> bool:
    """Tell whether an income is within so many percent of the line, above or below."""
    return abs(income - line) * 100 <= Decimal(percent) * line


def overdue(checked: date, day: date, years: int) -> bool:
    """Tell whether a check of some day ought to have been made again before this day."""
    return checked < years_before(day, years)


def years_before(day: date, years: int) -> date:
    """Return the same day some years before; of 29 February, the last day of that month."""
    year = max(day.year - years, date.min.year)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def said(threshold: Threshold) -> dict[str, object]:
    """Say a threshold as the list of warnings states its rule."""
    return {
        "kind": threshold.warning,
        "rule": threshold.rule,
        "threshold": msgspec.to_builtins(threshold.amount),
        "from": threshold.from_,
        "basis": "default" if threshold.from_ is None else "rule",
    }
