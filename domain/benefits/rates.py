"""Which rate of a scheme counts for a month: of the area, or of the nearest one above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import RateMissing

if TYPE_CHECKING:
    from domain.benefits.roll_inputs import RateRow, RollInputs


class Rates:
    """The rates of a scheme in force for a month, found by area and tier."""

    def __init__(self, inputs: RollInputs, month: str) -> None:
        """Keep the newest rate per area and tier that counts for the month."""
        self.scheme = inputs.scheme
        self.month = month
        self.parents = inputs.parents
        self.newest: dict[tuple[str, str], RateRow] = {}
        for rate in sorted(inputs.rates, key=lambda each: each.from_):
            if rate.from_[:7] <= month:
                self.newest[rate.area, rate.tier] = rate
        self.tiers = {tier for _, tier in self.newest}
        self.found: dict[tuple[str, str], RateRow] = {}

    def of(self, area: str, tier: str) -> RateRow:
        """Return the rate of the nearest area above, itself included; `RateMissing` if none."""
        rate = self.found.get((area, tier))
        if rate is None:
            rate = self.found[area, tier] = self.nearest(area, tier)
        return rate

    def nearest(self, area: str, tier: str) -> RateRow:
        """Go up from the area until a rate is met."""
        place = area
        while True:
            rate = self.newest.get((place, tier))
            if rate is not None:
                return rate
            if not place:
                raise RateMissing(self.scheme, tier=tier, area=area or "-", month=self.month)
            place = self.parents.get(place, "")

    def following(self, area: str, tier: str) -> RateRow:
        """Return the rate for a line of a followed scheme: of its tier, else of the only tier."""
        if tier not in self.tiers and len(self.tiers) == 1:
            return self.of(area, next(iter(self.tiers)))
        return self.of(area, tier)
