"""Early warnings (贫困预警): who is near the line, unchecked for too long, or often in need.

The rules and thresholds are in domain/benefits/early_warnings.py; here they meet the registers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from domain.benefits.early_warnings import (
    RELIEF_YEARS,
    Threshold,
    near_line,
    overdue,
    thresholds,
    years_before,
)
from domain.benefits.rates import Rates
from domain.benefits.roll_inputs import members_of
from domain.kernel.money import Stated
from domain.kernel.months import month_of
from domain.kernel.refusals import RateMissing
from domain.registers.rules import EnactedRule
from projections import registers
from projections.casework.claims_to_decide import KINDS, claims_to_decide
from projections.casework.household_aid import HouseholdAidQuery, paid_out, still_paid
from projections.casework.paid_twice import PAID_TWICE, PaidTwiceQuery
from projections.core.view import SCHEMA
from projections.decision_views import merged_persons, roll_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg import Connection

    from projections.casework.claims_to_decide import ClaimToDecide
    from projections.casework.household_aid import Tag
    from projections.core.view import Moment, Row

MEANS_TESTED = f"""SELECT scheme FROM {SCHEMA}.roll_schemes
    WHERE formula = 'top-up' AND position <= %s ORDER BY scheme"""
# The day of each entitlement's last check, where there was one.
CHECKED = f"""SELECT subject, max(on_) FROM {SCHEMA}.register_patches
    WHERE subject > 'entitlement:' AND subject < 'entitlement;' AND row ? 'eligible'
      AND position <= %(position)s AND on_ <= %(day)s
      AND (%(claims)s::text[] IS NULL OR subject = ANY (%(claims)s)) GROUP BY subject"""
# What is out of each case, by the last event that moved its money.
RELIEF = f"""
    SELECT person, sum(paid), count(*) FROM (
        SELECT p.row ->> 'person' AS person, coalesce((
            SELECT q.row -> 'paid' ->> 'value' FROM {SCHEMA}.register_patches q
            WHERE q.subject = p.subject AND q.row ? 'paid'
              AND q.position <= %(position)s AND q.on_ <= %(day)s
            ORDER BY q.position DESC LIMIT 1), p.row -> 'amount' ->> 'value')::numeric AS paid
        FROM {SCHEMA}.register_patches p
        WHERE subject > 'relief:' AND subject < 'relief;' AND p.row ->> 'state' = 'paid'
          AND position <= %(position)s AND on_ > %(since)s AND on_ <= %(day)s
          AND (%(persons)s::text[] IS NULL OR p.row ->> 'person' = ANY (%(persons)s))
    ) cases WHERE paid > 0 GROUP BY 1"""
# Whose means are watched against the line, and whose in payment must be checked again.
WATCHED = ("assessed", "publicised", "granted", "suspended")
IN_PAYMENT = ("granted", "suspended")


class Warnings(NamedTuple):
    """The list, and the thresholds that it was made by."""

    rows: list[Row]
    thresholds: tuple[Threshold, ...]


class WarningScope(NamedTuple):
    """Of whom warnings are asked for: some claims, and some persons."""

    claims: tuple[str, ...]
    persons: tuple[str, ...]


def warnings(
    connection: Connection[Any],
    moment: Moment,
    *,
    day: date,
    tag: Tag,
    kinds: Iterable[str] = (),
    scope: WarningScope | None = None,
) -> Warnings:
    """Return the warnings on a day, by the rules in force on it; perhaps of some only."""
    wanted = set(kinds)
    by = thresholds(enacted(connection, moment), day)
    question = WarningQuery(connection, moment, day, scope)
    rows = [
        {"id": f"{each.warning}:{row['subject']}", "kind": each.warning, **row, "rule": each.rule}
        for each in by
        if not wanted or each.warning in wanted
        for row in ASKED[each.warning](question, each.amount)
    ]
    deciding = [kind for kind in KINDS if not wanted or kind in wanted]
    only = scope and scope.claims
    waiting = claims_to_decide(connection, moment, day=day, only=only, kinds=deciding)
    rows += to_decide(question, waiting, tag)
    if not wanted or PAID_TWICE in wanted:
        rows += paid_twice(question, tag)
    return Warnings(rows, by)


def enacted(connection: Connection[Any], moment: Moment) -> list[EnactedRule]:
    """Return the values of the rules that stand at a moment, those that were reversed left out."""
    steps = registers.history(connection, "rules", moment)
    reversed_ = {step.row["of"] for step in steps if "of" in step.row}
    return [
        EnactedRule(
            step.row["id"],
            step.position,
            date.fromisoformat(step.row["from"]),
            msgspec.convert(step.row["amount"], Stated),
        )
        for step in steps
        if "amount" in step.row and step.position not in reversed_
    ]


class WarningQuery(NamedTuple):
    """One question: of which moment, on which day; of all, or of some."""

    connection: Connection[Any]
    moment: Moment
    day: date
    scope: WarningScope | None = None

    @property
    def only(self) -> dict[str, list[str] | None]:
        """Return the claims and the persons that are asked about; None: all."""
        claims, persons = map(list, self.scope) if self.scope else (None, None)
        return {"claims": claims, "persons": persons}

    def means_tested(self, states: Iterable[str]) -> Iterator[tuple[str, list[Row]]]:
        """Return the entitlements in some states, scheme by scheme where the means decide."""
        found = self.connection.execute(MEANS_TESTED, (self.moment.position,)).fetchall()
        for (scheme,) in found:
            where = {"scheme": (scheme,), "state": tuple(states)}
            where |= {"id": self.scope.claims} if self.scope else {}
            rows = registers.rows(self.connection, "entitlements", self.moment, where=where)
            yield scheme, list(rows)

    def near_line(self, threshold: Stated) -> Iterator[Row]:
        """List the households whose income lies near the line."""
        month, at = month_of(self.day), self.moment.position
        for scheme, rows in self.means_tested(WATCHED):
            inputs = roll_queries.inputs(self.connection, scheme, month, at, self.only["claims"])
            rates, people = Rates(inputs, month), members_of(inputs.members, month)
            for row in rows:
                if "income" not in row:
                    continue
                holder, income = str(row["holder"]), row["income"]["value"]
                persons = len(people.get(holder, (holder,)))
                line = persons * line_of(rates, str(row["area"]), row.get("tier"))
                if line and near_line(income, line, str(threshold.value)):
                    yield watched(row) | {"value": fen(income), "line": fen(line)}

    def overdue(self, threshold: Stated) -> Iterator[Row]:
        """List the entitlements in payment whose means were not checked again in time."""
        given = {"position": self.moment.position, "day": self.day, **self.only}
        checked: dict[str, date] = dict(self.connection.execute(CHECKED, given).fetchall())
        years = int(threshold.value)
        for _, rows in self.means_tested(IN_PAYMENT):
            for row in rows:
                last = checked.get(str(row["id"])) or row["opened_on"]
                if overdue(last, self.day, years):
                    yield watched(row) | {"last_on": last, "days": (self.day - last).days}

    def relief(self, threshold: Stated) -> Iterator[Row]:
        """List the households, and persons without one, that were paid much relief in a year."""
        since = years_before(self.day, RELIEF_YEARS)
        given = {"position": self.moment.position, "day": self.day, "since": since, **self.only}
        found = self.connection.execute(RELIEF, given).fetchall()
        same = merged_persons.same(self.connection, self.moment.position)
        homes = self.homes([same.get(person, person) for person, _, _ in found])
        sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for told, amount, cases in found:
            person = same.get(told, told)
            home = sums[homes.get(person, person)]
            home[0] += amount
            home[1] += cases
        for subject, (amount, cases) in sorted(sums.items()):
            if amount >= int(threshold.value):
                yield {"subject": subject, "value": fen(amount), "cases": cases}

    def homes(self, persons: list[str]) -> dict[str, str]:
        """Return the household of each of some persons who live in one."""
        where = {"members": persons}
        rows = registers.rows(self.connection, "households", self.moment, where=where)
        return {person: str(row["id"]) for row in rows for person in row["members"]}


ASKED = {
    "near-line": WarningQuery.near_line,
    "check-overdue": WarningQuery.overdue,
    "relief-high": WarningQuery.relief,
}


def to_decide(question: WarningQuery, waiting: Sequence[ClaimToDecide], tag: Tag) -> Iterator[Row]:
    """List the claims that wait for a decision, with what was paid for months that are not due.

    `rule` is the scheme, which says how many months it pays after a death; `payments` and `value`
    are what a recovery would ask back.
    """
    connection, moment, day = question[:3]
    asked = HouseholdAidQuery(connection, moment, month_of(day))
    where = {"id": [each.entitlement for each in waiting]}
    rows = registers.rows(connection, "entitlements", moment, where=where) if waiting else ()
    known = {str(row["id"]): row for row in rows}
    for each in waiting:
        row = known[each.entitlement]
        paid = asked.not_due(each, str(row.get("from", row["opened_on"]))[:7], tag)
        told: Row = {
            "id": f"{each.kind}:{each.entitlement}" + (f":{each.person}" if each.person else ""),
            "kind": each.kind,
            **watched(row),
            "last_on": each.since,
            "days": (day - each.since).days,
            "rule": each.scheme,
        }
        if paid:
            told["payments"] = [payment["id"] for payment in paid]
            told["value"] = fen(paid_out(paid))
        yield told


def paid_twice(question: WarningQuery, tag: Tag) -> Iterator[Row]:
    """List the claims of which months were paid beside another claim of the same person.

    `payments` is what was paid by the claim of the id that was merged; of a person's own claim,
    `value` is what a recovery would ask back.
    """
    day, scope = question.day, question.scope
    for each in PaidTwiceQuery(question.connection, question.moment, tag).found(day):
        claim = each.claim
        if scope and each.person not in scope.persons and claim["id"] not in scope.claims:
            continue
        told: Row = {
            "id": f"{PAID_TWICE}:{claim['id']}:{each.other}",
            "kind": PAID_TWICE,
            **watched(claim),
            "subject": each.person,
            "last_on": each.since,
            "days": (day - each.since).days,
            "rule": str(claim["scheme"]),
            "payments": [str(payment["id"]) for payment in each.payments],
        }
        if str(claim["holder"]).startswith("person:"):
            told["value"] = fen(sum(still_paid(row, "payment") for row in each.payments))
        yield told


def counts(given: Warnings) -> list[tuple[str, int, str]]:
    """Count the warnings of each kind: a name, a number, a unit."""
    found = Counter(str(row["kind"]) for row in given.rows)
    kinds = [*(each.warning for each in given.thresholds), *KINDS, PAID_TWICE]
    return [(kind, found[kind], "household") for kind in kinds]


def line_of(rates: Rates, area: str, tier: str | None) -> int:
    """Return the rate per member; before a tier is granted the lowest; 0 where none is in force."""
    found = []
    for each in (tier,) if tier else sorted(rates.tiers):
        try:
            found.append(rates.of(area, each).amount)
        except RateMissing:
            continue
    return min(found, default=0)


def watched(row: Row) -> Row:
    """Say whose entitlement it is."""
    said = {"subject": row["holder"], "entitlement": row["id"]}
    return said | {name: row[name] for name in ("scheme", "area", "state") if name in row}


def fen(amount: int) -> Row:
    """Write money."""
    return {"value": amount, "unit": "fen"}
