"""Claims that wait for a decision (待处理待遇): a death, or a finding, that nobody has acted upon.

A claim waits when its holder, or a member of its household, has died while it ran, or when the
means were found not to be within the conditions after the grant. It waits until it is stopped; one
that is left to a household that somebody has survived, or whose means were found, also until it is
assessed or adjusted anew. What was paid for months that are not due is to be asked back.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.kernel.months import month_of, moved
from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from psycopg import Connection

    from projections.core.view import Moment

AFTER_DEATH, NOT_ELIGIBLE = "after-death", "not-eligible"
KINDS = (AFTER_DEATH, NOT_ELIGIBLE)
# Claims that were granted and are not stopped, by any event that is known.
OPEN = f"""
    SELECT e.entitlement, e.scheme, e.holder, e.area, e.programme, e.until, s.after_death_months
    FROM {SCHEMA}.roll_entitlements e JOIN {SCHEMA}.roll_schemes s USING (scheme)
    WHERE e.granted_at <= %(at)s
      AND (%(only)s::text[] IS NULL OR e.entitlement = ANY (%(only)s::text[]))
      AND NOT EXISTS (
          SELECT FROM {SCHEMA}.roll_changes c WHERE c.entitlement = e.entitlement
            AND c.kind = 'stopped' AND c.position <= %(at)s
            AND coalesce(c.withdrawn_at > %(at)s, true))"""
DIED = f"""
    SELECT person, position, month, day FROM {SCHEMA}.roll_deaths
    WHERE position <= %(at)s AND withdrawn_at > %(at)s AND day <= %(day)s"""
LIVED_THERE = f"""
    SELECT household, person, CASE WHEN left_at <= %(at)s THEN last ELSE '' END AS last
    FROM {SCHEMA}.roll_members WHERE position <= %(at)s AND withdrawn_at > %(at)s"""
DEATHS = f"""
    WITH opened AS ({OPEN}), died AS ({DIED}), lived AS ({LIVED_THERE})
    SELECT o.entitlement, o.scheme, o.holder, o.area, d.person, d.day, o.after_death_months, true
    FROM opened o JOIN died d ON d.person = o.holder
    WHERE o.until = '' OR o.until::date >= d.day
    UNION
    SELECT o.entitlement, o.scheme, o.holder, o.area, d.person, d.day, 0,
           NOT EXISTS (
               SELECT FROM lived l WHERE l.household = o.holder AND l.last = ''
                 AND NOT EXISTS (SELECT FROM died gone WHERE gone.person = l.person))
    FROM opened o JOIN lived m ON m.household = o.holder JOIN died d ON d.person = m.person
    WHERE (m.last = '' OR m.last >= d.month) AND (o.until = '' OR o.until::date >= d.day)
      AND NOT EXISTS (
          SELECT FROM {SCHEMA}.roll_changes c WHERE c.entitlement = o.entitlement
            AND c.kind IN ('assessed', 'adjusted') AND c.position > d.position
            AND c.position <= %(at)s AND EXISTS (
                SELECT FROM lived l WHERE l.household = o.holder AND l.last = ''
                  AND NOT EXISTS (SELECT FROM died gone WHERE gone.person = l.person)))
    ORDER BY 1, 6, 5"""
FOUND = f"""
    WITH opened AS ({OPEN})
    SELECT o.entitlement, o.scheme, o.holder, o.area, f.day FROM opened o
    CROSS JOIN LATERAL (
        SELECT c.kind, c.units, c.day FROM {SCHEMA}.roll_changes c
        WHERE c.entitlement = o.entitlement AND c.kind IN ('assessed', 'adjusted')
          AND c.position <= %(at)s AND c.day <= %(day)s
        ORDER BY c.position DESC LIMIT 1
    ) f
    WHERE f.kind = 'assessed' AND f.units = 0 AND (o.until = '' OR o.until::date >= f.day)
    ORDER BY 1"""


class ClaimToDecide(NamedTuple):
    """A claim that waits: for what (one of KINDS), since which day, and for whose sake.

    `ends` is the first month that is not due any more; empty where the claim goes on for others,
    and for a finding, of which the roll holds the lines back from its month on.
    """

    kind: str
    entitlement: str
    scheme: str
    holder: str
    area: str
    since: date
    person: str = ""
    ends: str = ""

    @property
    def followed_until(self) -> str:
        """Return the first month for which a scheme that follows this claim pays the dead no more.

        A member of a household is followed to the month of the death, whatever the scheme pays.
        """
        return self.ends if self.person == self.holder else moved(month_of(self.since), 1)


def claims_to_decide(
    connection: Connection[Any],
    moment: Moment,
    *,
    day: date,
    only: Iterable[str] | None = None,
    kinds: Sequence[str] = KINDS,
) -> list[ClaimToDecide]:
    """Return the claims that wait on a day, as known at a moment; perhaps of some entitlements."""
    given = {"at": moment.position, "day": day, "only": None if only is None else list(only)}
    found: list[ClaimToDecide] = []
    if AFTER_DEATH in kinds:
        for row in connection.execute(DEATHS, given):
            entitlement, scheme, holder, area, person, since, months, over = row
            ends = moved(month_of(since), months + 1) if over else ""
            said = entitlement, scheme, holder, area, since
            found.append(ClaimToDecide(AFTER_DEATH, *said, person, ends))
    if NOT_ELIGIBLE in kinds:
        rows = connection.execute(FOUND, given)
        found += [ClaimToDecide(NOT_ELIGIBLE, *row) for row in rows]
    return found


def by_entitlement(found: Iterable[ClaimToDecide]) -> dict[str, list[ClaimToDecide]]:
    """Group claims by their entitlements."""
    grouped: defaultdict[str, list[ClaimToDecide]] = defaultdict(list)
    for each in found:
        grouped[each.entitlement].append(each)
    return dict(grouped)
