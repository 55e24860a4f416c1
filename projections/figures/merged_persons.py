"""Merged persons in figures: who was registered twice is one person, and counts once.

That holds for every day, before the merge too: it says what has been so all along. At a position
before the merge nobody knew of it, and both count.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.merged_persons import ids_in_use

if TYPE_CHECKING:
    from psycopg import Connection

MERGES = "SELECT person, into_, position FROM views.roll_merges WHERE position <= %s"
NUMBERS = "SELECT name, id FROM views.fact_names WHERE name = ANY (%s) ORDER BY id"
WHOS = """(
    SELECT position, series, place, booked, value, of_, coalesce(known, who) AS who
    FROM views.fact_whos LEFT JOIN unnest(%(merged)s::int[], %(known)s::int[]) AS m (merged, known)
        ON merged = who
) whos"""
HOLDERS = """(
    SELECT claims.*, coalesce(known, holder) AS whose FROM ({claims}) claims
    LEFT JOIN unnest(%(merged_ids)s::text[], %(known_ids)s::text[]) AS m (merged, known)
        ON merged = holder
) held"""


class Renamed(NamedTuple):
    """SQL that stands for a table, and the parameters that it takes."""

    sql: str
    given: dict[str, object]


class MergedPersons:
    """The merges that are known at a position: few, and none in nearly every ledger."""

    def __init__(self, connection: Connection[Any], position: int) -> None:
        """Read them when first asked for."""
        self.connection = connection
        self.position = position

    @cached_property
    def told(self) -> list[tuple[str, str, int]]:
        """Return each merged id, the id into which it was merged, and where that stands."""
        return self.connection.execute(MERGES, (self.position,)).fetchall()

    @property
    def last(self) -> int:
        """Return where the last merge stands; 0 if there is none."""
        return max((position for *_, position in self.told), default=0)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return by merged id the one under which the person is known."""
        return ids_in_use((person, into) for person, into, _ in self.told)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Return by number of a name the least number of the same person's names."""
        names = sorted({*self.ids, *self.ids.values()})
        rows = self.connection.execute(NUMBERS, (names,)).fetchall() if names else []
        persons = sorted((self.ids.get(name, name), number) for name, number in rows)
        found: dict[int, int] = {}
        for _, same in groupby(persons, key=itemgetter(0)):
            least, *others = (number for _, number in same)
            found |= dict.fromkeys(others, least)
        return found

    @property
    def whos(self) -> Renamed:
        """Return the facts that name somebody, each person by one number."""
        numbers = self.numbers
        if not numbers:
            return Renamed("views.fact_whos", {})
        return Renamed(WHOS, {"merged": list(numbers), "known": list(numbers.values())})

    def holders(self, claims: str) -> Renamed:
        """Return SQL for claims with the id under which each holder is known (`whose`)."""
        ids = self.ids
        given: dict[str, object] = {"merged_ids": list(ids), "known_ids": list(ids.values())}
        return Renamed(HOLDERS.format(claims=claims), given)
