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
NEVER_JOINED = f"""UPDATE roll_members SET withdrawn_at = %s
    WHERE household = %s AND person = %s AND left_at IS NULL AND withdrawn_at = {NEVER}"""
NEVER_LEFT = f"""UPDATE roll_members SET withdrawn_at = %s
    WHERE household = %s AND person = %s AND since = %s AND until = %s
      AND withdrawn_at = {NEVER}"""
LIVES = f"UPDATE roll_deaths SET withdrawn_at = %s WHERE person = %s AND withdrawn_at = {NEVER}"
OTHER_ACCOUNTS = f"""
    SELECT person FROM {SCHEMA}.roll_accounts
    UNION
    SELECT m.household FROM {SCHEMA}.roll_accounts a
    JOIN {SCHEMA}.roll_members m ON m.person = a.person AND m.withdrawn_at = {NEVER}
    WHERE m.first <= %(month)s AND (m.last IS NULL OR m.last >= %(month)s)"""


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
    return [(NEVER_JOINED, (place, e.originator_id, e.person))]


def never_left(place: int, e: HouseholdLeaveWithdrawn) -> Said:
    """Let a member who never left be there as before."""
    member = (e.originator_id, e.person, place, e.first, e.since)
    stay = (place, e.originator_id, e.person, e.since, e.left_on)
    return [(NEVER_LEFT, stay), (MEMBER, member)]


def died(place: int, e: PersonDeathReported) -> Said:
    """Note the month of a death."""
    return [(DIED, (e.originator_id, place, month_of(e.date), e.date))]


def lives(place: int, e: PersonDeathWithdrawn) -> Said:
    """Note that a death was reported by mistake."""
    return [(LIVES, (place, e.originator_id))]


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


def other_accounts(connection: Connection[Any], month: str) -> frozenset[str]:
    """Return persons whose account was changed, and the households in which they live."""
    rows = connection.execute(OTHER_ACCOUNTS, {"month": month})
    return frozenset(holder for (holder,) in rows)
