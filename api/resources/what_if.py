"""Who would have been paid what under another rule (`/v1/what-if`); nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns, quantity
from api.queries.resource import Address
from api.resources.arrears import MONEY, Arrears, row_of, stored_roll, sums_of
from domain.benefits.proposed_rules import MOST_RATES, ProposedRule
from domain.kernel.refusals import UnknownSubject
from projections import registers
from projections.casework.what_if import MonthSums, ProposedRolls, WhatIf, WhatIfLine
from projections.disclosure.clearance import CLOSE

SUMS = "due now paid"
COLUMNS = columns(f"holder month {MONEY} now cause causes id", quantities=f"{MONEY} now")


class WhatIfAnswer(Arrears):
    """Of whom what would be due is other than what was paid; sums of all, month by month."""

    def columns(self) -> Sequence[Column]:
        """Return what is told of a holder's month."""
        return COLUMNS

    @cached_property
    def rule(self) -> ProposedRule:
        """Return the rule; the areas that it names must be there."""
        rule: ProposedRule = self.query.single.get("rule") or ProposedRule()
        if len(rule.rates) > MOST_RATES:
            raise parameters.wrong("/rates", "at most {most} rates at once", most=str(MOST_RATES))
        self.require_areas(rule)
        return rule

    def require_areas(self, rule: ProposedRule) -> None:
        """Refuse areas that are not there."""
        moment = self.query.moment._replace(as_of=None)
        for area in {rate.area for rate in rule.rates if rate.area}:
            if registers.one(self.query.connection, area, moment) is None:
                raise UnknownSubject(area)

    @cached_property
    def answered(self) -> tuple[Sequence[WhatIfLine], Sequence[MonthSums]]:
        """Return the lines that differ and the sums, drawn once."""
        now = stored_roll(self.query)
        rolls = ProposedRolls(now.connection, now.tags_of, now.as_of, self.rule)
        return WhatIf(rolls, self.scheme, self.query.moment.position).of(self.months)

    def listed(self) -> Sequence[Row]:
        """Return what differs from what was paid, month by month."""
        return [line_of(one) for one in self.answered[0]]

    def totals(self) -> Sequence[Total]:
        """Return the sums of the rows."""
        lines = self.answered[0]
        now = Total("now", sum(one.now for one in lines), "fen")
        return (*sums_of([one.explained for one in lines]), now)

    def extra(self) -> Mapping[str, Any]:
        """Return the sums of all holders, and of each month."""
        months = self.answered[1]
        whole = {name: quantity(sum(getattr(one, name) for one in months)) for name in SUMS.split()}
        effect = sum(one.due - one.now for one in months)
        return {
            **super().extra(),
            "sums": {**whole, "effect": quantity(effect)},
            "by_month": [said(one) for one in months],
        }


def said(one: MonthSums) -> dict[str, Any]:
    """Write the sums of a month; `effect` is what the rule gives beyond the rules as known."""
    sums = {name: quantity(getattr(one, name)) for name in SUMS.split()}
    return {
        "month": one.month,
        "holders": one.holders,
        **sums,
        "effect": quantity(one.due - one.now),
    }


def line_of(one: WhatIfLine) -> Row:
    """Write a holder's month."""
    row = {**row_of(one.explained), "now": quantity(one.now), "cause": one.cause}
    return row if one.cause == one.explained.cause else {**row, "causes": []}


WHAT_IF = Address(
    path="/what-if",
    summary="Who would have been paid what under another rule, on the history; nothing is written.",
    resource=WhatIfAnswer,
    views=("registers", "payments", "roll"),
    roles=CLOSE,
)
