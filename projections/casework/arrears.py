"""Arrears as they are looked at: what is due and paid for past months, and why that differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.payments.arrears import MonthOf, arrears
from domain.payments.pay_run_events import PayRunReleased
from projections.casework.causes import RATES, REASONS, happened
from projections.core import event_log
from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from psycopg import Connection

    from domain.payments.arrears import Arrear
    from projections.casework.pay_runs import StoredRoll

# A month behind all others: what counts is only what became known later.
NEVER = "9999-99"
(RELEASED,) = event_log.stored_names(PayRunReleased)
PAID = f"""SELECT DISTINCT r.scheme, r.month FROM {SCHEMA}.roll_runs r
    JOIN {event_log.rows_of_kind("pay-run")} e ON e.originator_id = r.run COLLATE "C"
    WHERE r.kind = '' AND e.topic = %s AND e.notification_id <= %s ORDER BY 1, 2"""
# Causes that are no events of claims: no run has the month, what came back was given up.
NOT_RUN, GIVEN_UP = "not-run", "written-back"
OTHER_CAUSES = (NOT_RUN, GIVEN_UP)
MONTHS = (
    f"SELECT min(first), max(month) FROM {SCHEMA}.roll_runs WHERE scheme = %s AND position <= %s"
)
RUNS = f"""SELECT run, position FROM {SCHEMA}.roll_runs
    WHERE scheme = %s AND %s BETWEEN first AND month AND position <= %s"""
# What somebody has or had who is on the roll no more, alone or in a household.
CLAIMS = f"""
    SELECT e.holder, e.entitlement FROM {SCHEMA}.roll_entitlements e
    WHERE e.scheme = %(scheme)s AND e.holder = ANY (%(holders)b::text[])
    UNION
    SELECT m.person, e.entitlement FROM {SCHEMA}.roll_members m
    JOIN {SCHEMA}.roll_entitlements e ON e.holder = m.household
    WHERE m.person = ANY (%(holders)b::text[]) AND e.scheme = %(scheme)s"""
FOLLOWED = f"SELECT coalesce(follows, scheme) FROM {SCHEMA}.roll_schemes WHERE scheme = %s"


class ExplainedArrear(NamedTuple):
    """An arrear, the word for its cause, and the positions of what brought it about."""

    arrear: Arrear
    cause: str
    positions: tuple[int, ...]


@dataclass
class ArrearsOfScheme:
    """What a scheme is due and has paid for some months, as known at a position."""

    source: StoredRoll
    scheme: str
    position: int

    @property
    def connection(self) -> Connection[Any]:
        """The connection on which all is asked."""
        return self.source.connection

    def of(self, months: Iterable[str]) -> Iterator[ExplainedArrear]:
        """Return what differs, month by month, by holder."""
        for month in months:
            found = arrears(self.source, MonthOf(self.scheme, month, self.position))
            differing = [each for each in found if each.difference]
            if differing:
                yield from self.explained(month, differing)

    def explained(self, month: str, found: Sequence[Arrear]) -> list[ExplainedArrear]:
        """Say why the arrears of a month came about: what became known after its runs."""
        runs = dict(self.connection.execute(RUNS, (self.scheme, month, self.position)).fetchall())
        rates = self.rates(month)
        claims = self.claims(found)
        since: defaultdict[int, list[Arrear]] = defaultdict(list)
        for each in found:
            since[max((runs.get(paid.run, 0) for paid in each.paid_months), default=0)].append(each)
        told = []
        for place, some in since.items():
            given = {
                "entitlements": sorted({one for each in some for one in claims[each.holder]}),
                "at": self.position,
                "month": month,
                "since": place,
                "last": NEVER,
            }
            causes = happened(self.connection, given)
            for each in some:
                events = [one for claim in claims[each.holder] for one in causes.get(claim, ())]
                events += [("rate-set", at) for at in rates_of(each, rates) if at > place > 0]
                told.append(explain(each, events, is_run=bool(runs)))
        return sorted(told, key=lambda one: one.arrear.holder)

    def rates(self, month: str) -> Mapping[tuple[str, str], int]:
        """Return the positions of the rates that count for a month, by tier and first day."""
        rows = self.connection.execute(RATES, (self.scheme, self.position)).fetchall()
        return {(tier, from_): at for tier, from_, at in rows if from_[:7] <= month}

    def claims(self, found: Sequence[Arrear]) -> Mapping[str, Sequence[str]]:
        """Return the entitlements behind arrears, by holder."""
        claims = {each.holder: [each.line.entitlement] for each in found if each.line}
        gone = [each.holder for each in found if not each.line]
        if gone:
            row = self.connection.execute(FOLLOWED, (self.scheme,)).fetchone()
            given = {"scheme": row[0] if row else self.scheme, "holders": gone}
            for holder, claim in self.connection.execute(CLAIMS, given):
                claims.setdefault(holder, []).append(claim)
        return defaultdict(list, claims)


def rates_of(one: Arrear, rates: Mapping[tuple[str, str], int]) -> Iterator[int]:
    """Return the position that set the rate by which somebody is due something."""
    if one.line and one.line.rate_from and (one.line.tier, one.line.rate_from) in rates:
        yield rates[one.line.tier, one.line.rate_from]


def explain(one: Arrear, events: Sequence[tuple[str, int]], *, is_run: bool) -> ExplainedArrear:
    """Name the cause: what tells most of it, else what became of the payments."""
    kinds = {kind for kind, _ in events}
    if not one.paid_months:
        change = "new"
    elif not one.due:
        change = "gone"
    else:
        change = "more" if one.difference > 0 else "less"
    told = next((kind for kind in REASONS[change] if kind in kinds), "")
    if not is_run and not one.paid_months:
        told = NOT_RUN
    elif 0 < one.difference <= sum(each.given_up for each in one.paid_months):
        told = GIVEN_UP
    return ExplainedArrear(one, told or "other", tuple(sorted({at for _, at in events})))


def paid_by_runs(connection: Connection[Any], position: int) -> list[tuple[str, str]]:
    """Return the schemes and months that a run of their own has paid."""
    return connection.execute(PAID, (RELEASED, position)).fetchall()


def months_run(connection: Connection[Any], scheme: str, position: int) -> tuple[str, str] | None:
    """Return the first and the last month for which a scheme has a run; None if it has none."""
    row = connection.execute(MONTHS, (scheme, position)).fetchone()
    return (row[0], row[1]) if row and row[0] else None
