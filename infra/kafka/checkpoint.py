"""What the relay notes: how far the topics reach for certain, and how it stands.

Relays that run at once take each other's place; the one that came last is the one noted.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from infra.config.errors import Unavailable
from projections.core import event_log

if TYPE_CHECKING:
    from psycopg import Connection

State: TypeAlias = Literal["off", "relaying", "waiting", "stopped"]
# As they are told: a relay may also have left without a word.
STATES = ("off", "relaying", "waiting", "stopped", "gone")

# Notes that are lost with the power only make the topics hold more than is noted.
BEGIN = "SELECT set_config('synchronous_commit', 'off', false)"
# A relay that has said nothing for so long is gone.
SECONDS_ALIVE = 10
TAKE_OVER = """UPDATE delivery.relay SET instance = %s, seen_at = clock_timestamp()
    RETURNING position, topics"""
KNOW = "UPDATE delivery.relay SET topics = %s WHERE topics <> %s"
DURABLY = "SELECT set_config('synchronous_commit', 'on', true)"
ALIVE_NOW = f"seen_at > clock_timestamp() - interval '{SECONDS_ALIVE} s'"
SAY = f"""UPDATE delivery.relay
    SET state = %(state)s, reason = %(reason)s, instance = %(instance)s,
        seen_at = clock_timestamp(), failures = failures + %(failures)s
    WHERE instance = %(instance)s OR NOT {ALIVE_NOW} RETURNING true"""
# What is committed stays so, whoever has come meanwhile.
MOVE = """UPDATE delivery.relay
    SET position = greatest(position, %(position)s), events = events + %(events)s,
        transactions = transactions + 1, rate = %(rate)s, seen_at = clock_timestamp()"""
ANOTHER = f"SELECT instance <> %s AND {ALIVE_NOW} FROM delivery.relay"
STAND = f"""SELECT position, head - position AS lag, reason, events, transactions, failures,
        rate::int AS events_per_second,
        CASE WHEN state = 'off' OR {ALIVE_NOW} THEN state ELSE 'gone' END AS state
    FROM delivery.relay,
        ({event_log.HEAD}) log (head)"""


class RelayStatus(NamedTuple):
    """How the relay stands: how far behind the head, and how fast the last transaction was."""

    state: str
    position: int
    lag: int
    reason: str
    events_per_second: int
    events: int
    transactions: int
    failures: int


class Noted(NamedTuple):
    """How far the topics should reach, and the ids of those that were begun to be filled."""

    position: int
    topics: dict[str, str]


class RelayCheckpoint:
    """The notes of one relay, on a connection in autocommit."""

    def __init__(self) -> None:
        """Name the relay."""
        self._instance = secrets.token_hex(8)
        self._has_come = False

    def connect(self, connection: Connection[Any]) -> None:
        """Write on a connection of the application's role from now on."""
        connection.execute(BEGIN)
        self._connection = connection

    def take_over(self) -> Noted:
        """Take the place of any other relay; return what was noted of the topics."""
        row = self._connection.execute(TAKE_OVER, (self._instance,)).fetchone()
        if row is None:
            raise Unavailable("delivery.relay is empty: put its row back")
        self._has_come = True
        return Noted(*row)

    def know(self, topics: dict[str, str]) -> None:
        """Note which topics are about to be filled, before anything is sent to them."""
        with self._connection.transaction():
            self._connection.execute(DURABLY)
            self._connection.execute(KNOW, (Jsonb(topics), Jsonb(topics)))

    def say(self, state: State, reason: str = "", *, failures: int = 0) -> bool:
        """Note how this relay stands; tell whether it could: not beside a later one that lives."""
        given = {"state": state, "reason": reason, "failures": failures}
        said = self._connection.execute(SAY, given | {"instance": self._instance})
        return said.fetchone() is not None

    def move(self, position: int, *, events: int, rate: float) -> None:
        """Note that both topics hold all up to a position."""
        self._connection.execute(MOVE, {"position": position, "events": events, "rate": rate})

    def displaced(self) -> bool:
        """Tell whether another relay has come after this one, and lives."""
        later = self._connection.execute(ANOTHER, (self._instance,)).fetchone()
        return self._has_come and later == (True,)


def stand(connection: Connection[Any]) -> RelayStatus:
    """Return how the relay stands, whichever it is."""
    with connection.cursor(row_factory=class_row(RelayStatus)) as cursor:
        found = cursor.execute(STAND).fetchone()
    return found or RelayStatus("off", 0, 0, "", 0, 0, 0, 0)
