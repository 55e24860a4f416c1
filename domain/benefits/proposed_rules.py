"""A proposed rule (设想标准): other rates, another formula, as if they had been in force."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.benefits.roll_inputs import RateRow, RollInputs
from domain.benefits.schemes import Formula
from domain.kernel.ids import AreaId, MonthsAfterDeath, Text, Word
from domain.kernel.money import Fen

MOST_RATES = 200


class ProposedRate(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a tier would give from a day on, in an area or the whole city."""

    area: AreaId | None = None
    tier: Word
    from_: date
    amount: Fen
    # Rates as a scheme states them may be sent as they are.
    authority: Text | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Return the area and the tier that it is for."""
        return self.area or "", self.tier


class ProposedRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What would be other than in the scheme.

    A rate counts from its day on in place of all that the scheme has for its area and tier from
    then on; of two for one place and day the last counts. What is not said stays as it is.
    """

    rates: tuple[ProposedRate, ...] = ()
    formula: Formula | None = None
    after_death_months: MonthsAfterDeath | None = None

    def applied(self, inputs: RollInputs) -> RollInputs:
        """Return what a roll would be made of under this rule."""
        begins: dict[tuple[str, str], str] = {}
        for rate in self.rates:
            day = rate.from_.isoformat()
            begins[rate.place] = min(day, begins.get(rate.place, day))
        kept = [
            row
            for row in inputs.rates
            if (row.area, row.tier) not in begins or row.from_ < begins[row.area, row.tier]
        ]
        own = [RateRow(*rate.place, rate.from_.isoformat(), rate.amount) for rate in self.rates]
        months = self.after_death_months
        return msgspec.structs.replace(
            inputs,
            rates=[*kept, *own],
            formula=self.formula or inputs.formula,
            after_death_months=inputs.after_death_months if months is None else months,
        )
