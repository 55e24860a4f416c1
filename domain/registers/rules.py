"""Rules (标准、规定): an age, a price, a share or a threshold, each value with its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.aggregate import Act, Event, command
from domain.kernel.disclosure import public
from domain.kernel.facts import Fact
from domain.kernel.ids import Word
from domain.kernel.money import Quantity, Ratio, Stated, stated
from domain.kernel.refusals import AlreadyExists, Malformed
from domain.kernel.reversals import Reversal, Reversible

if TYPE_CHECKING:
    from collections.abc import Iterable


class RuleReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A value does not hold."""

    TOPIC = "rule.reversed"
    PUBLIC = public("original_topic", unlisted="of")
    ROW = ("of",)


class Rule(Reversible):
    """One rule; each of its values holds until the next one begins."""

    KIND = "rule"
    COLLECTION = "rules"
    ORDER, PUBLIC_ORDER = 270, 160
    REVERSAL = RuleReversed

    def __init__(self, subject: str) -> None:
        """Start without a value."""
        super().__init__(subject)
        self.values: dict[date, Stated] = {}

    @command(roles=("approver",), opens=None)
    def enact(self, act: Act, *, rule: Word, amount: Quantity | Ratio, from_: date) -> None:
        """Put a value in force from a day on."""
        if self.id != f"rule:{rule}":
            raise Malformed(
                self.id, "the rule {rule} is kept on rule:{rule}", "/subject", rule=rule
            )
        if from_ in self.values:
            raise AlreadyExists(self.id, "it has a value from {first} already", first=from_)
        self.record(RuleEnacted, act, rule=rule, amount=stated(amount), from_=from_)

    def value_on(self, day: date) -> Stated | None:
        """Return the value in force on a day, None before the first."""
        begun = [since for since in self.values if since <= day]
        return self.values[max(begun)] if begun else None


class EnactedRule(NamedTuple):
    """A value of a rule, from a day on, recorded at a position; `amount` as the contract says."""

    rule: str
    position: int
    from_: date
    amount: Stated


def newest(enacted: Iterable[EnactedRule], rule: str, unit: str, day: date) -> EnactedRule | None:
    """Return what is in force of a rule on a day, of the values in a unit; None if nothing is."""
    fitting = (
        each
        for each in enacted
        if (each.rule, each.amount.unit) == (rule, unit) and each.from_ <= day
    )
    return max(fitting, key=lambda each: (each.from_, each.position), default=None)


class RuleEnacted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A value holds from a day on."""

    TOPIC = "rule.enacted"
    PUBLIC = public("rule amount from")
    STATE = "in-force"

    rule: str
    amount: Stated
    from_: date

    def apply(self, rule: Rule) -> None:
        """Keep the value."""
        rule.values[self.from_] = self.amount

    def undo(self, rule: Rule) -> None:
        """Drop the value."""
        rule.values.pop(self.from_, None)

    def facts(self) -> tuple[Fact, ...]:
        """Give a value in whole units to the figures; a ratio is read from the register."""
        if isinstance(self.amount.value, str):
            return ()
        return (
            Fact(
                measure=f"rule:{self.rule}",
                value=self.amount.value,
                unit=self.amount.unit,
                detail=self.from_.isoformat(),
            ),
        )
