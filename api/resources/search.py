"""The office's search: what has a title or an id that says some words."""

from __future__ import annotations

from collections.abc import Sequence

from api.queries import parameters
from api.queries.formats import Column, Row, columns
from api.queries.resource import Address, ShortList
from domain.bodies.facilities import Facility
from domain.bodies.facility_events import SECRET
from projections import registers
from projections.disclosure.clearance import READERS, names_persons, unnamed

FOUND = columns("id title kind")


class FoundByWords(ShortList):
    """What has a title or an id that says some words."""

    def columns(self) -> Sequence[Column]:
        """Return what is shown of each."""
        return FOUND

    def listed(self) -> Sequence[Row]:
        """Return what was found; raise `Unreadable` where no word is given."""
        query = self.query
        words = query.single.get("q", "").strip()
        if not words:
            raise parameters.wrong("/q", "say what to look for")
        if not query.is_guarded:
            return registers.search(query.connection, words, query.moment)
        if names_persons([words]):
            return ()
        refuges = {
            row["id"]
            for row in registers.rows(
                query.connection, Facility.COLLECTION, query.moment, where={"kind": (SECRET,)}
            )
        }
        found = registers.search(query.connection, words, query.moment)
        return [unnamed(row) for row in found if row["id"] not in refuges]


SEARCH = Address(
    path="/search",
    summary="What has a title, or an id, that says these words.",
    resource=FoundByWords,
    views=("registers",),
    single={"q": parameters.text},
    roles=READERS,
)
