"""The office's addresses of social assistance: all aid of a household, and early warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, get_args

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, ShortList
from api.resources.registers import subject_row
from domain.benefits import early_warnings as rules
from infra.config.clock import today
from projections.casework import early_warnings, household_aid
from projections.disclosure.clearance import CLOSE

AID = columns(
    "kind id state holder scheme programme follows payee fund area tier units placement facility"
    " month amount income facts_digest from until stopped_from after_stop completes payments"
    " reason to_decide",
    quantities="amount income",
)
WARNINGS = columns(
    "id kind subject entitlement scheme area state value line last_on days cases payments rule",
    quantities="value line",
)


class Casework(ShortList):
    """A resource of social assistance on a day: today, unless another one was named."""

    @cached_property
    def day(self) -> date:
        """Return the day that is asked about."""
        return self.query.moment.as_of or today()


class HouseholdAid(Casework):
    """Everything that a household and its members get."""

    @cached_property
    def household(self) -> Row:
        """Return the household's row, asked for once."""
        return subject_row(self.query, f"household:{self.query.key}")

    def columns(self) -> Sequence[Column]:
        """Return what a kind of aid says."""
        return AID

    @cached_property
    def aid(self) -> list[dict[str, Any]]:
        """Return the entitlements, relief and payments, asked for once."""
        query = self.query
        tag = partial(query.vault.tag, query.connection)
        return household_aid.aid(
            query.connection, self.household, query.moment, day=self.day, tag=tag
        )

    def listed(self) -> Sequence[Row]:
        """Return the aid."""
        return self.aid

    def totals(self) -> Sequence[Total]:
        """Return what was paid out."""
        return (Total("paid", household_aid.paid_out(self.aid), "fen"),)

    def extra(self) -> Mapping[str, Any]:
        """Return the household and its members."""
        members = self.household.get("members", ())
        return {"household": self.household["id"], "members": members, "day": self.day}


class WarningList(Casework):
    """Who should be looked at, and by which rules."""

    @cached_property
    def given(self) -> early_warnings.Warnings:
        """Return the warnings and their rules, asked for once."""
        query = self.query
        kinds, tag = query.where.get("kind", ()), partial(query.vault.tag, query.connection)
        return early_warnings.warnings(
            query.connection, query.moment, day=self.day, tag=tag, kinds=kinds
        )

    def columns(self) -> Sequence[Column]:
        """Return what a warning says."""
        return WARNINGS

    def listed(self) -> Sequence[Row]:
        """Return the warnings."""
        return self.given.rows

    def totals(self) -> Sequence[Total]:
        """Return how many there are of each kind."""
        return tuple(Total(*each) for each in early_warnings.counts(self.given))

    def extra(self) -> Mapping[str, Any]:
        """Return the day and the rules."""
        return {"day": self.day, "rules": [rules.said(each) for each in self.given.thresholds]}


ASSISTANCE: tuple[Address, ...] = (
    Address(
        path="/households/{key}/aid",
        summary="All aid that a household and its members get: entitlements, relief, payments.",
        resource=HouseholdAid,
        views=("registers", "payments", "roll"),
        roles=CLOSE,
    ),
    Address(
        path="/warnings",
        summary="Who is near the line, unchecked for too long, or often in need, and by which"
        " rule.",
        resource=WarningList,
        views=("registers", "payments", "roll"),
        filters={"kind": parameters.one_of(*get_args(rules.Warned))},
        roles=CLOSE,
    ),
)
