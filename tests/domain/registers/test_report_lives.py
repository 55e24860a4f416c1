"""Lives of reports: one stands for each period, day or subject; a reversal makes room again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis.stateful import invariant

from domain.kernel.money import Quantity
from domain.registers.rules import Rule
from tests.domain.life_machine import FIRST, LAST, Slots, lived
from tests.domain.registers.stories import LUOHU
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act

Report = tuple[str, "Act", dict[str, Any]]
CLERK = an_act("clerk-1", LAST)


class TallyLives(Slots):
    """A tally is reported once, and again only after it was reversed."""

    OF = ("tally",)
    MEASURE = "tally:visits"

    def subject(self, slot: int) -> str:
        """Name a tally."""
        return f"tally:{slot}"

    def report(self, slot: int, value: int) -> Report:  # noqa: ARG002
        """Report so many visits of a month."""
        what = {
            "measure": "visits",
            "qualifier": "exact",
            "area": LUOHU,
            "from_": FIRST,
            "to": LAST,
        }
        return "tally.report", CLERK, what | {"count": Quantity(value, "person-time")}


class StatementLives(Slots):
    """A statement is recorded once, and again only after it was reversed."""

    OF = ("statement",)
    MEASURE = "stated:system.cash"

    def subject(self, slot: int) -> str:
        """Name a statement."""
        return f"statement:{slot}"

    def report(self, slot: int, value: int) -> Report:
        """Record what a keeper has published."""
        what = {"figure": "system.cash", "keeper": f"organisation:{slot}", "qualifier": "exact",
                "scope": "system", "period": "2007", "source": "表",
                "published_on": LAST}  # fmt: skip
        return "statement.record", CLERK, what | {"value": Quantity(value, "fen")}


class LotteryLives(Slots):
    """A lottery reports the sales of each day once, unless the report was reversed."""

    OF = ("lottery",)
    MEASURE = "lottery-sales"

    def subject(self, slot: int) -> str:  # noqa: ARG002
        """Name the lottery."""
        return "lottery:welfare"

    def report(self, slot: int, value: int) -> Report:
        """Report the sales of a day."""
        day = FIRST + timedelta(slot)
        return "lottery.report-sales", an_act("clerk-1", day), {"day": day, "amount": value}


class RuleLives(Slots):
    """A rule has one value from each day on; the last one begun is in force."""

    OF = ("rule",)
    MEASURE = "rule:bus.men-age"

    def subject(self, slot: int) -> str:  # noqa: ARG002
        """Name the rule."""
        return "rule:bus.men-age"

    def report(self, slot: int, value: int) -> Report:
        """Put a value in force from a day on."""
        what = {"rule": "bus.men-age", "amount": Quantity(value, "year")}
        return "rule.enact", CLERK, what | {"from_": FIRST + timedelta(slot)}

    @invariant()
    def the_last_one_begun_is_in_force(self) -> None:
        """Ask on each day, and compare with what stands."""
        known = self.books.load(Rule, self.subject(1))
        for day in range(4):
            begun = [slot for slot in self.standing if slot <= day]
            held = known.value_on(FIRST + timedelta(day))
            assert (held.value if held else None) == (
                self.standing[max(begun)][1] if begun else None
            )


TestTallyLives = lived(TallyLives)
TestStatementLives = lived(StatementLives)
TestLotteryLives = lived(LotteryLives)
TestRuleLives = lived(RuleLives)
