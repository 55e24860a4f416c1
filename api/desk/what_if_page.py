"""What if, in the browser: other rates tried on the history. A question alone: nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from api.desk.arrears_page import OfChosenScheme, schemes_paid_by_runs
from api.desk.desk_page import DeskPage
from api.desk.form_values import fen, in_form
from api.desk.shown_value import page_of
from api.queries import parameters
from api.resources.arrears import ARREARS
from api.resources.what_if import WHAT_IF, WhatIfAnswer
from domain.benefits.proposed_rules import ProposedRate, ProposedRule
from domain.benefits.schemes import Formula
from domain.kernel.sentences import InvalidValue

if TYPE_CHECKING:
    from api.queries.respond import ListPage

# So many rates can be tried in the form; the address takes more.
RATES = 3
OF_A_RATE = ("tier", "amount", "since")
FORMULAS: tuple[str, ...] = get_args(Formula)


class WhatIfShown(OfChosenScheme, WhatIfAnswer):
    """A scheme's history under other rates; the form alone where no scheme is named."""

    @cached_property
    def rule(self) -> ProposedRule:
        """Return the rule that the fields of the form say."""
        single = self.query.single
        given = [self.rate_of(number) for number in range(RATES)]
        rule = ProposedRule(
            rates=tuple(rate for rate in given if rate), formula=single.get("formula")
        )
        self.require_areas(rule)
        return rule

    def rate_of(self, number: int) -> ProposedRate | None:
        """Return one rate of the form; refuse one that is half filled in."""
        single = self.query.single
        said: dict[str, Any] = {name: single.get(f"{name}{number}") for name in OF_A_RATE}
        if not any(said.values()):
            return None
        for name, value in said.items():
            if value is None:
                raise parameters.wrong(
                    f"/{name}{number}", "a rate has a tier, an amount and its first day"
                )
        return ProposedRate(
            area=single.get(f"area{number}"),
            tier=said["tier"],
            from_=said["since"],
            amount=said["amount"],
        )

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the form, the sums of the months, and who would be paid otherwise."""
        return {
            "schemes": schemes_paid_by_runs(self.query),
            "numbers": range(RATES),
            "formulas": FORMULAS,
            "given": dict(self.query.single),
            "asked": dict(page.extra),
            "rows": page.rows,
            "page_of": page_of,
            "in_form": in_form,
        }


def fields_of_rates() -> Mapping[str, parameters.Reader]:
    """Return how the fields of the form are read."""
    read: dict[str, parameters.Reader] = {
        "tier": parameters.text,
        "amount": yuan,
        "since": parameters.day,
        "area": parameters.area,
    }
    return {f"{name}{number}": reader for number in range(RATES) for name, reader in read.items()}


def yuan(text: str) -> int:
    """Read a sum that was typed in 元, in fen; nothing is no rate."""
    amount = fen(text)
    if not amount:
        raise InvalidValue("must be above zero")
    return amount


WHAT_IF_PAGE = DeskPage(
    path="/desk/what-if",
    summary=WHAT_IF.summary,
    resource=WhatIfShown,
    views=WHAT_IF.views,
    single={
        **ARREARS.single,
        **fields_of_rates(),
        "formula": parameters.one_of(*FORMULAS),
    },
    roles=WHAT_IF.roles,
    template="what_if.html",
    section="what-if",
)
