"""What lies behind a change of a payment: acts on claims, holders, households, rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg import Connection

# What may lie behind a change, what tells most of it first.
REASONS: Mapping[str, tuple[str, ...]] = {
    "new": (
        "withdrawn",
        "resumed",
        "granted",
        "joined",
        "adjusted",
        "assessed",
        "rate-set",
        "left",
    ),
    "gone": ("died", "stopped", "suspended", "ended", "assessed", "left", "adjusted", "rate-set"),
    "more": (
        "withdrawn",
        "adjusted",
        "rate-set",
        "assessed",
        "joined",
        "left",
        "died",
        "granted",
    ),
    "less": (
        "withdrawn",
        "adjusted",
        "rate-set",
        "assessed",
        "died",
        "left",
        "joined",
        "granted",
    ),
}
# What happened to an entitlement, its holder or its household, and the month from which it counts.
# A departure or a death counts from the next month on: then the month itself lies `late`.
CAUSES = f"""
    WITH e AS (
        SELECT * FROM {SCHEMA}.roll_entitlements WHERE entitlement = ANY (%(entitlements)b::text[])
    ), deaths (person, told, position, month) AS (
        SELECT person, 'died', position, month FROM {SCHEMA}.roll_deaths
        WHERE withdrawn_at > %(at)s
        UNION ALL SELECT person, 'withdrawn', withdrawn_at, month FROM {SCHEMA}.roll_deaths
    ), happened (entitlement, kind, position, month, late) AS (
        SELECT c.entitlement, c.kind, c.position, c.month, false
        FROM e JOIN {SCHEMA}.roll_changes c USING (entitlement)
        UNION ALL SELECT entitlement, 'granted', granted_at, starts, false FROM e
        UNION ALL SELECT entitlement, 'ended', granted_at, ends, true FROM e WHERE ends <> ''
        UNION ALL SELECT entitlement, 'joined', m.position, m.first, false
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder AND m.withdrawn_at > %(at)s
        UNION ALL SELECT entitlement, 'left', m.left_at, m.last, true
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder AND m.withdrawn_at > %(at)s
        WHERE m.left_at IS NOT NULL
        UNION ALL SELECT entitlement, 'withdrawn', m.withdrawn_at, m.first, true
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder
        UNION ALL SELECT entitlement, told, position, month, true FROM (
            SELECT entitlement, person FROM e JOIN {SCHEMA}.roll_members ON household = holder
            UNION SELECT entitlement, holder FROM e
        ) theirs JOIN deaths USING (person)
        UNION ALL SELECT entitlement, told, position, %(month)s, false
        FROM e JOIN deaths ON person = e.holder
    )
    SELECT DISTINCT entitlement, kind, position FROM happened
    WHERE position <= %(at)s AND month <= %(month)s AND (kind <> 'ended' OR month < %(month)s)
      AND (position > %(since)s OR month > %(last)s OR (late AND month = %(last)s))
    ORDER BY entitlement, position"""
RATES = f"""SELECT tier, from_, max(position) FROM {SCHEMA}.roll_rates
    WHERE scheme = %s AND position <= %s GROUP BY tier, from_"""


def happened(
    connection: Connection[Any], given: Mapping[str, Any]
) -> dict[str, list[tuple[str, int]]]:
    """Return (kind, position) of what has come about, by entitlement: what CAUSES is given."""
    found: dict[str, list[tuple[str, int]]] = {}
    for entitlement, kind, position in connection.execute(CAUSES, given):
        found.setdefault(entitlement, []).append((kind, position))
    return found
