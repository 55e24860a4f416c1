"""What is asked of the roll's inputs: a scheme's roll at a position, stops, entitlements, runs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.roll_inputs import EntitlementRow, MemberRow, RateRow, RollInputs
from projections.core.view import SCHEMA
from projections.decision_views import merged_persons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from psycopg import Connection

ROWS_TOGETHER = 2000

SCHEME = f"""SELECT pays, formula, after_death_months, follows FROM {SCHEMA}.roll_schemes
    WHERE scheme = %s AND position <= %s"""
RATES = f"""SELECT area, tier, from_, amount FROM {SCHEMA}.roll_rates
    WHERE scheme = %s AND position <= %s ORDER BY position, line"""
PARENTS = f"""SELECT DISTINCT ON (area) area, parent FROM {SCHEMA}.roll_areas
    WHERE on_ <= %s AND position <= %s ORDER BY area, on_ DESC, position DESC"""
# Who is paid for a holder, if it is a body: the payee, or of a facility without one who runs it.
PAID_BODY = f"""CASE WHEN e.payee <> '' THEN e.payee WHEN e.holder LIKE 'facility:%%' THEN (
        SELECT b.body FROM {SCHEMA}.roll_beds b
        WHERE b.facility = e.holder AND b.body <> '' ORDER BY b.position DESC LIMIT 1) END"""
ENTITLED = f"""
    SELECT e.entitlement, e.holder, e.payee, e.area, e.tier, e.amount, e.units, e.income,
        e.starts, e.ends, '', false, coalesce(d.month, ''), true,
        CASE WHEN e.holder LIKE 'facility:%%' THEN coalesce((
            SELECT b.beds FROM {SCHEMA}.roll_beds b WHERE b.facility = e.holder
              AND b.position <= %(at)s AND b.month <= %(month)s
            ORDER BY b.month DESC, b.position DESC LIMIT 1), 0) ELSE -1 END,
        coalesce(o.month, '')
    FROM {SCHEMA}.roll_entitlements e
    LEFT JOIN {SCHEMA}.roll_ends o ON o.body = {PAID_BODY} AND o.position <= %(at)s
    LEFT JOIN {SCHEMA}.roll_deaths d ON d.person = e.holder AND d.position <= %(at)s
      AND d.withdrawn_at > %(at)s
    WHERE e.scheme = %(scheme)s AND e.granted_at <= %(at)s AND e.starts <= %(month)s"""
CHANGES = f"""
    SELECT c.entitlement, c.kind, c.month, c.position, c.tier, c.amount, c.units, c.income,
        e.income, e.income_from
    FROM {SCHEMA}.roll_changes c JOIN {SCHEMA}.roll_entitlements e USING (entitlement)
    WHERE e.scheme = %(scheme)s AND c.position <= %(at)s
      AND coalesce(c.withdrawn_at > %(at)s, true)"""
MEMBERS = f"""
    SELECT m.household, m.person, m.first,
        CASE WHEN m.left_at <= %(at)s THEN m.last ELSE '' END, coalesce(d.month, ''), m.position
    FROM {SCHEMA}.roll_members m
    LEFT JOIN {SCHEMA}.roll_deaths d ON d.person = m.person AND d.position <= %(at)s
      AND d.withdrawn_at > %(at)s
    WHERE m.position <= %(at)s AND m.withdrawn_at > %(at)s AND m.first <= %(month)s"""
ONLY = " AND e.entitlement = ANY (%(only)b)"
ONLY_HOUSEHOLDS = f""" AND m.household IN (SELECT holder FROM {SCHEMA}.roll_entitlements
    WHERE entitlement = ANY (%(only)b))"""
# All that those have in the scheme whom a stop, a suspension or a death has touched after a
# position: themselves, or a member of the household.
TOUCHED = f"""
    SELECT entitlement FROM {SCHEMA}.roll_entitlements
    WHERE scheme = %(scheme)s AND holder IN (
        SELECT e.holder FROM {SCHEMA}.roll_changes c
        JOIN {SCHEMA}.roll_entitlements e USING (entitlement)
        WHERE e.scheme = %(scheme)s AND c.position > %(since)s
          AND (c.kind IN ('stopped', 'suspended') AND c.withdrawn_at IS NULL
               OR c.kind = 'assessed' AND c.units = 0)
        UNION ALL
        SELECT b.facility FROM {SCHEMA}.roll_beds b WHERE b.position > %(since)s
        UNION ALL
        SELECT e.holder FROM {SCHEMA}.roll_ends o
        JOIN {SCHEMA}.roll_entitlements e ON o.body = {PAID_BODY}
        WHERE e.scheme = %(scheme)s AND o.position > %(since)s
        UNION ALL
        SELECT d.person FROM {SCHEMA}.roll_deaths d WHERE d.position > %(since)s
        UNION ALL
        SELECT m.household FROM {SCHEMA}.roll_deaths d
        JOIN {SCHEMA}.roll_members m ON m.person = d.person
        WHERE d.position > %(since)s
        UNION ALL
        SELECT unnest(ARRAY[g.person, g.whose]) FROM {SCHEMA}.roll_merges g
        WHERE g.position > %(since)s
        UNION ALL
        SELECT m.household FROM {SCHEMA}.roll_merges g
        JOIN {SCHEMA}.roll_members m ON m.person IN (g.person, g.whose)
        WHERE g.position > %(since)s
    )"""
OTHER_RUNS = f"""SELECT run FROM {SCHEMA}.roll_runs
    WHERE scheme = %s AND %s BETWEEN first AND month AND run <> %s"""


class RollChange(NamedTuple):
    """A change of an entitlement after its grant; `own_income` is what it was granted on.

    `units` of an assessment is 1 where the holder was found eligible, else 0.
    """

    entitlement: str
    kind: str
    month: str
    position: int
    tier: str
    amount: int
    units: int
    income: int
    own_income: int
    own_month: str


def inputs(
    connection: Connection[Any],
    scheme: str,
    month: str,
    at: int,
    only: Sequence[str] | None = None,
) -> RollInputs:
    """Return what a scheme's roll for a month is made of, as known at a position.

    `only` leaves it at some entitlements, of this scheme or of the one that it follows.
    """
    found = connection.execute(SCHEME, (scheme, at)).fetchone()
    if found is None:
        raise LookupError(f"{scheme} was not adopted at {at}")
    pays, formula, after_death_months, follows = found
    given = {"scheme": scheme, "month": month, "at": at, "only": list(only or ())}
    few = only is not None
    return RollInputs(
        at=at,
        scheme=scheme,
        pays=pays,
        formula=formula,
        after_death_months=after_death_months,
        rates=[RateRow(*row) for row in connection.execute(RATES, (scheme, at))],
        parents=dict(connection.execute(PARENTS, (last_day(month), at)).fetchall()),
        entitlements=() if follows else entitled(connection, given, few=few),
        members=() if follows else members(connection, given, few=few),
        followed=inputs(connection, follows, month, at, only) if follows else None,
        same=merged_persons.same(connection, at),
    )


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, nth = int(month[:4]), int(month[5:])
    return date(year, nth, monthrange(year, nth)[1])


def entitled(
    connection: Connection[Any], given: Mapping[str, object], *, few: bool
) -> list[EntitlementRow]:
    """Return the granted entitlements as they stand for the month."""
    tail = ONLY if few else ""
    month = str(given["month"])
    found = [EntitlementRow(*row) for row in arriving(connection, ENTITLED + tail, given)]
    changed: dict[str, list[RollChange]] = {}
    changes = CHANGES + tail + " ORDER BY c.month, c.position"
    for row in arriving(connection, changes, given):
        changed.setdefault(row[0], []).append(RollChange(*row))
    if not changed:
        return found
    return [
        standing(row, changed[row.entitlement], month) if row.entitlement in changed else row
        for row in found
    ]


def standing(row: EntitlementRow, changes: list[RollChange], month: str) -> EntitlementRow:
    """Return an entitlement with the changes that count for a month; they come in its order."""
    stop = next((change.month for change in changes if change.kind == "stopped"), "")
    known = [change for change in changes if change.month <= month]
    terms = next((change for change in reversed(known) if change.kind == "adjusted"), None)
    rest = latest(known, ("suspended", "resumed"))
    found = latest(known, ("assessed", "adjusted"))
    return EntitlementRow(
        entitlement=row.entitlement,
        holder=row.holder,
        payee=row.payee,
        area=row.area,
        tier=terms.tier if terms else row.tier,
        amount=terms.amount if terms else row.amount,
        units=terms.units if terms else row.units,
        income=income(row, changes, month),
        starts=row.starts,
        ends=row.ends,
        stop=stop,
        suspended=rest is not None and rest.kind == "suspended",
        died=row.died,
        beds=row.beds,
        payee_ended=row.payee_ended,
        eligible=found is None or found.kind == "adjusted" or bool(found.units),
    )


def latest(changes: Iterable[RollChange], kinds: tuple[str, ...]) -> RollChange | None:
    """Return the change of some kinds that was recorded last."""
    of_kind = (change for change in changes if change.kind in kinds)
    return max(of_kind, key=attrgetter("position"), default=None)


def income(row: EntitlementRow, changes: list[RollChange], month: str) -> int:
    """Return the income of the last assessment up to a month, else of the last there is."""
    found = [(c.own_month, 0, row.income) for c in changes[:1] if c.own_month]
    found += [(c.month, c.position, c.income) for c in changes if c.kind == "assessed"]
    counted = [each for each in found if each[0] <= month]
    return max(counted or found, default=("", 0, row.income))[2]


def members(
    connection: Connection[Any], given: Mapping[str, object], *, few: bool
) -> list[MemberRow]:
    """Return who lived in which household, as known at the position."""
    tail = (
        ONLY_HOUSEHOLDS
        if few
        else f""" AND EXISTS (SELECT FROM {SCHEMA}.roll_entitlements e
            WHERE e.holder = m.household AND e.scheme = %(scheme)s)"""
    )
    return [MemberRow(*row) for row in arriving(connection, MEMBERS + tail, given)]


def arriving(
    connection: Connection[Any], query: str, given: Mapping[str, object]
) -> Iterator[tuple[Any, ...]]:
    """Give rows as they come, so that both sides work at the same time."""
    with connection.cursor() as cursor:
        yield from cursor.stream(query.encode(), given, binary=True, size=ROWS_TOGETHER)


def touched(connection: Connection[Any], scheme: str, since: int) -> list[str]:
    """Return the entitlements, also of a followed scheme, that something changed since."""
    found = connection.execute(SCHEME, (scheme, 2**62)).fetchone()
    followed = found[3] if found else None
    rows = connection.execute(TOUCHED, {"scheme": followed or scheme, "since": since})
    return [row[0] for row in rows]


def other_runs(connection: Connection[Any], run: str, scheme: str, month: str) -> list[str]:
    """Return the other runs of a scheme and month."""
    return [row[0] for row in connection.execute(OTHER_RUNS, (scheme, month, run))]
