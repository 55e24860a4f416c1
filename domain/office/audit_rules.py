"""Audit rules (审计规则): from which days or sums on an act or a balance is an exception.

A rule in force may set each of them (`rule.enact` on `rule:audit.<name>`); else the default stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.money import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable


class AuditRule(NamedTuple):
    """A rule and its default: `kind` is the kind of exception that it decides."""

    kind: str
    rule: str
    default: Stated


# Money that lies in a fund: 闲置资金. Money that came back from the bank: 退回未处理.
# Aid paid after so many days of its month, or after the decision: 逾期发放.
# Sums to one body, each below a limit that they reach together: 化整为零.
RULES = (
    AuditRule("idle-money", "rule:audit.idle-money", Stated(365, "day")),
    AuditRule("returned-idle", "rule:audit.returned-idle", Stated(30, "day")),
    AuditRule("paid-late", "rule:audit.paid-late", Stated(10, "day")),
    AuditRule("split-below-threshold", "rule:audit.split", Stated(5_000_000, "fen")),
)
# Parts of one sum are looked for within so many days.
SPLIT_WITHIN = 30


class EnactedRule(NamedTuple):
    """A value of a rule, from a day on, recorded at a position."""

    rule: str
    position: int
    from_: date
    amount: Stated


def limits(enacted: Iterable[EnactedRule], day: date) -> dict[str, int]:
    """Return by kind the limit in force on a day: the newest rule in its unit, or the default."""
    newest = sorted(enacted, key=lambda each: (each.from_, each.position))
    found = {each.kind: int(each.default.value) for each in RULES}
    for one in newest:
        for rule in RULES:
            if (one.rule, one.amount.unit) == (rule.rule, rule.default.unit) and one.from_ <= day:
                found[rule.kind] = int(one.amount.value)
    return found
