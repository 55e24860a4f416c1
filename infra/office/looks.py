"""Looks for persons (查人): how often somebody may look, so that nobody walks through all.

Who works finds whom he looks for: looks that find nobody are counted apart, and fewer of them are
let through.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

# The rule: so many looks, and so many in vain, within a time.
WITHIN = timedelta(minutes=10)
KEPT = timedelta(hours=1)
MOST, MOST_IN_VAIN = 300, 60
# What a power cut takes of it is not missed: nobody waits for the disk.
COUNT = """WITH unwaited AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO office.looks AS l (person, minute, looks, in_vain)
    SELECT %(person)s, date_trunc('minute', clock_timestamp()), %(looks)s, %(in_vain)s FROM unwaited
    ON CONFLICT (person, minute) DO UPDATE SET looks = l.looks + excluded.looks,
        in_vain = l.in_vain + excluded.in_vain"""
OF_LATE = """SELECT coalesce(sum(looks), 0), coalesce(sum(in_vain), 0) FROM office.looks
    WHERE person = %s AND minute > clock_timestamp() - %s"""
CLEAN = "DELETE FROM office.looks WHERE minute < clock_timestamp() - %s"


def take(connection: psycopg.Connection, person: str) -> bool:
    """Count a look of somebody; tell whether it may be."""
    count(connection, person, looks=1)
    looks, in_vain = connection.execute(OF_LATE, (person, WITHIN)).fetchone() or (0, 0)
    if looks == 1:
        connection.execute(CLEAN, (KEPT,))
    return bool(looks <= MOST and in_vain < MOST_IN_VAIN)


def found_nobody(connection: psycopg.Connection, person: str) -> None:
    """Count that a look was in vain."""
    count(connection, person, in_vain=1)


def count(connection: psycopg.Connection, person: str, *, looks: int = 0, in_vain: int = 0) -> None:
    """Add to what somebody looked for in this minute."""
    connection.execute(COUNT, {"person": person, "looks": looks, "in_vain": in_vain})
