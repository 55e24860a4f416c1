"""What if: who would have been paid what under another rule, on the history as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from domain.benefits.proposed_rules import ProposedRule
from domain.payments.arrears import MonthOf, compared, due_to
from projections.casework.arrears import ArrearsOfScheme
from projections.casework.pay_runs import StoredRoll

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.benefits.roll_inputs import RollInputs
    from domain.payments.arrears import Arrear
    from projections.casework.arrears import ExplainedArrear

# The cause of a difference that is there under the proposed rule alone.
BY_RULE = "rule"


@dataclass(frozen=True)
class ProposedRolls(StoredRoll):
    """Rolls as they would be drawn under another rule."""

    rule: ProposedRule = field(default_factory=ProposedRule)

    def inputs(self, scheme: str, month: str, at: int) -> RollInputs:
        """Return what the roll would be drawn from."""
        return self.rule.applied(super().inputs(scheme, month, at))


class WhatIfLine(NamedTuple):
    """A holder's month under the rule, and what the rules as known give for it, in fen."""

    explained: ExplainedArrear
    now: int

    @property
    def arrear(self) -> Arrear:
        """Return what is due under the rule, and paid."""
        return self.explained.arrear

    @property
    def cause(self) -> str:
        """Return the word for why it differs from what was paid."""
        return self.explained.cause if self.now == self.arrear.due else BY_RULE


class MonthSums(NamedTuple):
    """What all holders of a month would be due, are due by the rules as known, and were paid."""

    month: str
    holders: int
    due: int
    now: int
    paid: int


@dataclass
class WhatIf:
    """A rule on a scheme's history: what differs from what was paid, and the sums of months."""

    rolls: ProposedRolls
    scheme: str
    position: int

    def __post_init__(self) -> None:
        """Read the rolls by the rules as known, too."""
        self.now = StoredRoll(self.rolls.connection, self.rolls.tags_of, self.rolls.as_of)
        self.arrears = ArrearsOfScheme(self.rolls, self.scheme, self.position)

    def of(self, months: Iterable[str]) -> tuple[list[WhatIfLine], list[MonthSums]]:
        """Return the lines that differ, and the sums of each month."""
        lines: list[WhatIfLine] = []
        sums: list[MonthSums] = []
        for month in months:
            found, now = self.both(month)
            sums.append(summed(month, found, now))
            differing = [each for each in found if each.difference]
            explained = self.arrears.explained(month, differing) if differing else []
            lines += [WhatIfLine(one, now.get(one.arrear.holder, 0)) for one in explained]
        return lines, sums

    def both(self, month: str) -> tuple[Sequence[Arrear], dict[str, int]]:
        """Return what everybody would be due, and is due by the rules as known."""
        of = MonthOf(self.scheme, month, self.position)
        roll = self.rolls.rolls.roll(self.scheme, month, self.position)
        found = compared(self.rolls, of, roll.lines)
        known = self.now.rolls.holders(self.scheme, self.position)
        lines = due_to(self.now.rolls.roll(self.scheme, month, self.position).lines, known)
        now = {line.holder: line.amount for line in lines.values() if not line.stopped}
        return found, now


def summed(month: str, found: Sequence[Arrear], now: dict[str, int]) -> MonthSums:
    """Add up a month."""
    return MonthSums(
        month,
        sum(each.due > 0 for each in found),
        sum(each.due for each in found),
        sum(now.values()),
        sum(each.paid for each in found),
    )
