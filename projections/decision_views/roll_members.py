"""Who lives with whom, and who has died, as a roll counts them: what the log says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.kernel.months import month_of
from projections.core.view import SCHEMA
from projections.decision_views.roll_tables import NEVER, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection

    from domain.benefits.household_events import (
        HouseholdFormed,
        HouseholdJoined,
        HouseholdJoinWithdrawn,
        HouseholdLeaveWithdrawn,
        HouseholdLeft,
    )
    from domain.benefits.person_events import (
        PersonDeathReported,
        PersonDeathWithdrawn,
        PersonPapersReplaced,
    )

MEMBER = "roll_members (household, person, position, first, since)"
ACCOUNT = "roll_accounts (person, position)"
DIED = "roll_deaths (person, position, month, day)"
LEFT = """UPDATE roll_members SET left_at = %(at)s, last = %(last)s, until = %(until)s
    WHERE household = %(household)s AND person = %(person)s AND left_at IS NULL
      AND position < %(at)s AND withdrawn_at > %(at)s"""
# Rows of a page are there before its updates, those that came after them too: hence the positions.
NEVER_JOINED = f"""UPDATE roll_members SET withdrawn_at = %(at)s
    WHERE household = %(household)s AND person = %(person)s AND left_at IS NULL
      AND position < %(at)s AND withdrawn_at = {NEVER}"""
# Of two stays that began and ended on the same days the later one is meant.
NEVER_LEFT = f"""UPDATE roll_members SET withdrawn_at = %(at)s
    WHERE person = %(person)s AND position = (
        SELECT max(position) FROM roll_members
        WHERE household = %(household)s AND person = %(person)s AND since = %(since)s
          AND until = %(until)s AND position < %(at)s AND withdrawn_at = {NEVER})"""
LIVES = f"""UPDATE roll_deaths SET withdrawn_at = %(at)s
    WHERE person = %(person)s AND position < %(at)s AND withdrawn_at = {NEVER}"""
# Whose account was changed before a position, under whichever id, and the households that they
# lived in, as that was known then.
OTHER_ACCOUNTS = f"""
    WITH changed AS (
        SELECT person FROM {SCHEMA}.roll_accounts WHERE position < %(at)s
    ), merged AS (
        SELECT person, whose FROM {SCHEMA}.roll_merges WHERE position < %(at)s
    ), known AS (
        SELECT coalesce(whose, person) AS whose FROM changed LEFT JOIN merged USING (person)
    ), ids AS (
        SELECT whose AS person FROM known
        UNION
        SELECT person FROM merged JOIN known USING (whose)
    )
    SELECT person FROM ids
    UNION
    SELECT m.household FROM ids JOIN {SCHEMA}.roll_members m USING (person)
    WHERE m.position < %(at)s AND m.withdrawn_at >= %(at)s AND m.first <= %(month)s
      AND (m.last = '' OR m.last >= %(month)s OR m.left_at >= %(at)s)"""


def formed(place: int, e: HouseholdFormed) -> Said:
    """Enter the members."""
    row = (place, e.first, e.act.on)
    return [(MEMBER, (e.originator_id, person, *row)) for person in e.members]


def joined(place: int, e: HouseholdJoined) -> Said:
    """Enter a member."""
    return [(MEMBER, (e.originator_id, e.person, place, e.first, e.act.on))]


def left(place: int, e: HouseholdLeft) -> Said:
    """Note to which month a member counts."""
    row = {"at": place, "last": e.last, "household": e.originator_id, "person": e.person}
    return [(LEFT, row | {"until": e.act.on})]


def never_joined(place: int, e: HouseholdJoinWithdrawn) -> Said:
    """Note that a member never was there."""
    row = {"at": place, "household": e.originator_id, "person": e.person}
    return [(NEVER_JOINED, row)]


def never_left(place: int, e: HouseholdLeaveWithdrawn) -> Said:
    """Let a member who never left be there as before."""
    member = (e.originator_id, e.person, place, e.first, e.since)
    stay = {"at": place, "household": e.originator_id, "person": e.person}
    return [(NEVER_LEFT, stay | {"since": e.since, "until": e.left_on}), (MEMBER, member)]


def died(place: int, e: PersonDeathReported) -> Said:
    """Note the month of a death."""
    return [(DIED, (e.originator_id, place, month_of(e.date), e.date))]


def lives(place: int, e: PersonDeathWithdrawn) -> Said:
    """Note that a death was reported by mistake."""
    return [(LIVES, {"at": place, "person": e.originator_id})]


def changed(place: int, e: PersonPapersReplaced) -> Said:
    """Note that a person has another account."""
    return [(ACCOUNT, (e.originator_id, place))] if "account" in e.parts else []


SAYS_OF_MEMBERS: dict[str, Callable[[int, Any], Said]] = {
    "household.formed": formed,
    "household.joined": joined,
    "household.left": left,
    "household.join-withdrawn": never_joined,
    "household.leave-withdrawn": never_left,
    "person.changed": changed,
    "person.death-reported": died,
    "person.death-withdrawn": lives,
}


def other_accounts(connection: Connection[Any], month: str, before: int = NEVER) -> frozenset[str]:
    """Return persons whose account was changed, and the households in which they lived.

    As it was known before a position.
    """
    rows = connection.execute(OTHER_ACCOUNTS, {"month": month, "at": before})
    return frozenset(holder for (holder,) in rows)
