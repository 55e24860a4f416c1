"""Names that one unit of work holds alone, across processes: advisory locks of its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterable

TAKE = """SELECT pg_try_advisory_lock(hashtextextended(name, 0))
    FROM unnest(%s::text[]) WITH ORDINALITY n(name, nth) ORDER BY nth"""
GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(name, 0)) FROM unnest(%s::text[]) n(name)"


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
        self.take_all([name])

    def take_all(self, names: Iterable[str]) -> None:
        """Take names in one round trip, or raise `Busy` for the first that another holds."""
        wanted = [name for name in dict.fromkeys(names) if name not in self._held]
        if not wanted:
            return
        # Entered first: however the question ends, the names are given back.
        self._held += wanted
        taken = [row[0] for row in self._connection.execute(TAKE, (wanted,))]
        missed = [name for name, is_taken in zip(wanted, taken, strict=True) if not is_taken]
        if missed:
            self._held = [name for name in self._held if name not in missed]
            raise Busy(missed[0])

    @property
    def held(self) -> tuple[str, ...]:
        """The names that are held, in the order in which they were taken."""
        return tuple(self._held)

    def give_back(self) -> None:
        """Give all names back. A session that cannot say so is ended, and its names with it."""
        try:
            if self._held:
                self._connection.execute(GIVE_BACK, (self._held,))
        except psycopg.Error:
            self._connection.close()
        self._held.clear()
