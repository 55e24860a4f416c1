"""What holders have, and where persons live: asked of the roll's inputs by rules about holders."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from domain.benefits.entitlement_rules import HeldClaim, months_given
from domain.benefits.households import HouseholdStay
from projections.core.view import SCHEMA
from projections.decision_views import merged_persons
from projections.decision_views.roll_tables import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

STANDS = f"m.withdrawn_at = {NEVER}"
CLAIM = "e.entitlement, e.scheme, e.state, e.holder, e.starts, e.ends, e.stop, e.until"
HELD = f"""
    SELECT h.holder, {CLAIM}, '', ''
    FROM unnest(%(holders)b::text[]) AS h(holder)
    JOIN {SCHEMA}.roll_entitlements e ON e.holder = h.holder COLLATE "C"
    UNION
    SELECT h.holder, {CLAIM}, m.first, m.last
    FROM unnest(%(holders)b::text[]) AS h(holder)
    JOIN {SCHEMA}.roll_members m ON m.person = h.holder COLLATE "C" AND {STANDS}
    JOIN {SCHEMA}.roll_entitlements e ON e.holder = m.household
    UNION
    SELECT h.holder, {CLAIM}, m.first, m.last
    FROM unnest(%(holders)b::text[]) AS h(holder)
    JOIN {SCHEMA}.roll_members m ON m.household = h.holder COLLATE "C" AND {STANDS}
    JOIN {SCHEMA}.roll_entitlements e ON e.holder = m.person
    ORDER BY 1, 2"""
STAYS = f"""
    SELECT m.person, m.household, m.since, m.until
    FROM unnest(%(persons)b::text[]) AS p(person)
    JOIN {SCHEMA}.roll_members m ON m.person = p.person COLLATE "C" AND {STANDS}
    ORDER BY m.person, m.position"""

EVER = f"""
    WITH e AS (
        SELECT holder FROM {SCHEMA}.roll_entitlements
        WHERE granted_at <= %(at)s AND scheme = coalesce(
            (SELECT follows FROM {SCHEMA}.roll_schemes WHERE scheme = %(scheme)s), %(scheme)s)
    )
    SELECT holder FROM e
    UNION SELECT m.person FROM {SCHEMA}.roll_members m
    JOIN e ON m.household = e.holder AND m.position <= %(at)s"""


def held(connection: Connection[Any], holders: Iterable[str]) -> dict[str, tuple[HeldClaim, ...]]:
    """Return every entitlement of holders, of a person's households and of a household's members.

    Those of others are narrowed to the months for which the two live together. What a person had
    under an id that was merged is the person's.
    """
    asked = list(holders)
    found = held_under(connection, asked)
    also = merged_persons.others(connection, asked)
    beside = held_under(connection, [each for ids in also.values() for each in ids]) if also else {}
    for holder, ids in also.items():
        is_person = holder.startswith("person:")
        found[holder] = found.get(holder, ()) + tuple(
            claim
            for each in ids
            for claim in beside.get(each, ())
            if is_person or claim.holder == each
        )
    return found


def held_under(connection: Connection[Any], holders: list[str]) -> dict[str, tuple[HeldClaim, ...]]:
    """Return the entitlements of holders under the ids by which one asks."""
    rows = connection.execute(HELD, {"holders": holders}).fetchall()
    return {
        holder: tuple(claim(*row[1:]) for row in group)
        for holder, group in groupby(rows, key=itemgetter(0))
    }


def claim(*row: Any) -> HeldClaim:
    """Make a claim of a row of HELD, after its first column."""
    entitlement, scheme, state, holder, starts, ends, stop, until, first, last = row
    begin, end = months_given(starts, ends, stop)
    return HeldClaim(
        entitlement,
        scheme,
        state,
        holder,
        max(begin, first) if begin else "",
        min(filter(None, (end, last)), default=""),
        until,
    )


def stays(
    connection: Connection[Any], persons: Iterable[str]
) -> dict[str, tuple[HouseholdStay, ...]]:
    """Return the stays of persons in households, in the order in which they were recorded."""
    rows = connection.execute(STAYS, {"persons": list(persons)}).fetchall()
    return {
        person: tuple(HouseholdStay(*row[1:]) for row in group)
        for person, group in groupby(rows, key=itemgetter(0))
    }


def holders(connection: Connection[Any], scheme: str, at: int) -> dict[str, str]:
    """Return of all whom a roll of the scheme may have had up to a position, by id, the id in use.

    Of a scheme that follows another they are those of that one.
    """
    known = merged_persons.same(connection, at)
    ids = [row[0] for row in connection.execute(EVER, {"scheme": scheme, "at": at})]
    return {each: known.get(each, each) for each in (*ids, *known)}
