"""Audit rules (审计规则): from which days or sums on an act or a balance is an exception.

A rule in force may set each of them (`rule.enact` on `rule:audit.<name>`); else the default stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.money import Stated
from domain.registers.rules import newest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.registers.rules import EnactedRule


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


def limits(enacted: Iterable[EnactedRule], day: date) -> dict[str, int]:
    """Return by kind the limit in force on a day: the newest rule in its unit, or the default."""
    known = list(enacted)
    found = {}
    for each in RULES:
        stands = newest(known, each.rule, each.default.unit, day)
        found[each.kind] = int((stands.amount if stands else each.default).value)
    return found
