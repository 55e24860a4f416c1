"""What the deliverer notes of each webhook: how far its receiver was told, and when it is due.

The notes are never events: that somebody's server was away for an hour is not the ledger's past.
Each is written in one statement, so that calls may end in any order on one connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg import AsyncConnection, Connection
from psycopg.rows import class_row, dict_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.webhooks.http_client import CallResult
    from infra.webhooks.message import Hook

# Who holds it delivers; it goes with his session. Only deliverers ask for it.
ALONE = (0x6D7A, 0x686B)
LETTERS_KEPT = 20
# Notes lost with the power only mean that somebody is told again.
BEGIN = "SELECT set_config('synchronous_commit', 'off', false)"
TAKE_ALONE = "SELECT pg_try_advisory_lock(%s, %s)"
IS_ALONE = """SELECT EXISTS (SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""
# Whom a deliverer called when it died: that call may still be under way for as long as calls last.
CUT_OFF = """UPDATE delivery.webhooks
    SET calling = NULL, due_at = greatest(due_at, called_at + make_interval(secs => %s))
    WHERE calling IS NOT NULL"""
NOTE = """INSERT INTO delivery.webhooks AS noted (subject, version, position) VALUES (%s, %s, %s)
    ON CONFLICT (subject) DO UPDATE
    SET version = excluded.version, calling = NULL, attempts = 0, ended = NULL,
        due_at = clock_timestamp(),
        position = greatest(noted.position, excluded.position)
    WHERE noted.version < excluded.version
    RETURNING position"""
READ = """SELECT position, attempts, ended,
           extract(epoch FROM due_at - clock_timestamp())::float8 AS due
    FROM delivery.webhooks WHERE subject = %s"""
DROP = "DELETE FROM delivery.webhooks WHERE subject = ANY (%s)"
CALL = """UPDATE delivery.webhooks
    SET calling = %(position)s, called_at = clock_timestamp(), attempts = attempts + 1,
        calls = calls + 1
    WHERE subject = %(subject)s"""
TOLD = """UPDATE delivery.webhooks
    SET position = %(position)s, calling = NULL, attempts = 0, answer = %(answer)s,
        due_at = clock_timestamp() + make_interval(secs => %(pause)s)
    WHERE subject = %(subject)s"""
FAILED = """WITH noted AS (
        UPDATE delivery.webhooks
        SET calling = NULL, failures = failures + 1, answer = %(answer)s, ended = %(ended)s,
            due_at = clock_timestamp() + make_interval(secs => %(pause)s)
        WHERE subject = %(subject)s RETURNING attempts
    ), buried AS (
        INSERT INTO delivery.dead_letters
        SELECT %(subject)s, clock_timestamp(), %(position)s, attempts, %(answer)s FROM noted
        WHERE %(ended)s IS NOT NULL
    )
    DELETE FROM delivery.dead_letters WHERE subject = %(subject)s AND died_at <= (
        SELECT died_at FROM delivery.dead_letters WHERE subject = %(subject)s
        ORDER BY died_at DESC OFFSET %(kept)s LIMIT 1)"""


class Note(NamedTuple):
    """How a webhook stands; `due` in seconds from now."""

    position: int
    attempts: int
    ended: str | None
    due: float


class DeliveryState:
    """The notes, on the one connection of the deliverer, which is in autocommit."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        """Write there."""
        self._connection = connection

    async def take_over(self, seconds: float) -> bool:
        """Become the one who delivers, if nobody is; calls cut off are made again after seconds."""
        await self._connection.execute(BEGIN)
        found = await (await self._connection.execute(TAKE_ALONE, ALONE)).fetchone()
        if found != (True,):
            return False
        await self._connection.execute(CUT_OFF, (seconds,))
        return True

    async def note(self, hook: Hook) -> bool:
        """Note a new webhook, or that one may be called anew; tell whether that was news."""
        given = (hook.subject, hook.version, hook.added_at - 1)
        return await (await self._connection.execute(NOTE, given)).fetchone() is not None

    async def read(self, hook: Hook) -> Note | None:
        """Return how a webhook stands."""
        cursor = self._connection.cursor(row_factory=class_row(Note))
        return await (await cursor.execute(READ, (hook.subject,))).fetchone()

    async def drop(self, removed: Sequence[str]) -> None:
        """Forget webhooks."""
        await self._connection.execute(DROP, (list(removed),))

    async def call(self, hook: Hook, position: int) -> None:
        """Note that a call begins, before it does: it counts even if we die of it."""
        await self._connection.execute(CALL, {"subject": hook.subject, "position": position})

    async def told(self, hook: Hook, position: int, answer: CallResult, pause: float) -> None:
        """Note that the receiver has taken it."""
        given = {"subject": hook.subject, "position": position, "pause": pause}
        await self._connection.execute(TOLD, given | {"answer": answer.said})

    async def failed(
        self, hook: Hook, position: int, answer: CallResult, *, pause: float, ended: str | None
    ) -> None:
        """Note that it has not; if that ends the calls, what was to be told is a dead letter."""
        given = {"subject": hook.subject, "position": position, "pause": pause, "ended": ended}
        given |= {"answer": answer.said, "kept": LETTERS_KEPT}
        await self._connection.execute(FAILED, given)


INSTANT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
SHOWN = f"""SELECT subject, position AS told, attempts, calls, failures, answer,
           CASE WHEN ended IS NOT NULL THEN ended WHEN calling IS NOT NULL THEN 'calling'
                WHEN attempts > 0 THEN 'retrying' ELSE 'resting' END AS delivery,
           {INSTANT.format("called_at")} AS called_at,
           CASE WHEN ended IS NULL AND attempts > 0
                THEN {INSTANT.format("due_at")} END AS next_try,
           ARRAY (SELECT jsonb_build_object(
                      'position', position, 'died_at', {INSTANT.format("died_at")},
                      'attempts', attempts, 'answer', answer)
                  FROM delivery.dead_letters l WHERE l.subject = w.subject
                  ORDER BY died_at DESC) AS dead_letters
    FROM delivery.webhooks w WHERE subject = ANY (%s)"""
COUNTED = f"""SELECT ({IS_ALONE}) AS delivering, count(*) AS webhooks,
           count(*) FILTER (WHERE ended IS NULL AND attempts > 0) AS retrying,
           count(ended) AS ended, coalesce(sum(calls), 0)::bigint AS calls,
           coalesce(sum(failures), 0)::bigint AS failures
    FROM delivery.webhooks"""


def shown(connection: Connection[Any], subjects: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return how webhooks stand, as their collection shows it."""
    cursor = connection.cursor(row_factory=dict_row)
    return {row.pop("subject"): row for row in cursor.execute(SHOWN, (list(subjects),))}


class Count(NamedTuple):
    """How many webhooks there are, and how they stand; `delivering` if somebody calls them."""

    delivering: bool
    webhooks: int
    retrying: int
    ended: int
    calls: int
    failures: int


def counted(connection: Connection[Any]) -> Count:
    """Count the webhooks that are noted."""
    row = connection.execute(COUNTED, ALONE).fetchone()
    return Count(*(row or (False, 0, 0, 0, 0, 0)))
