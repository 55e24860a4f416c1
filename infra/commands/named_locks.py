"""Names that one unit of work holds alone, across processes: advisory locks of its session."""

from __future__ import annotations

import psycopg

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class Busy(Exception):
    """Another unit of work holds the name: let go of everything, and come again."""


class NamedLocks:
    """The names that a unit of work holds on its connection."""

    def __init__(self, connection: psycopg.Connection) -> None:
        """Hold none."""
        self._connection = connection
        self._held: list[str] = []

    def take(self, name: str) -> None:
        """Take a name, or raise `Busy`: who waited here would keep others waiting for himself."""
        if name in self._held:
            return
        # Entered first: however the question ends, the name is given back.
        self._held.append(name)
        if self._connection.execute(TAKE, (name,)).fetchone() != (True,):
            self._held.remove(name)
            raise Busy(name)

    @property
    def held(self) -> tuple[str, ...]:
        """The names that are held, in the order in which they were taken."""
        return tuple(self._held)

    def give_back(self) -> None:
        """Give all names back. A session that cannot say so is ended, and its names with it."""
        try:
            for name in self._held:
                self._connection.execute(GIVE_BACK, (name,))
        except psycopg.Error:
            self._connection.close()
        self._held.clear()
