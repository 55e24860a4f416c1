"""Facts that are counted, not paid: persons, applications, bodies. Money is in postings."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One countable consequence of an event: so many of a unit, under a measure's name.

    `who` is the distinct subject where the figure counts persons or bodies; it never leaves the
    office. `detail` tells variants of one measure apart (a round, a level, a state).
    """

    measure: str
    value: int = 1
    unit: str = "person"
    who: str = ""
    programme: str = ""
    fund: str = ""
    area: str = ""
    detail: str = ""

    def negated(self) -> Fact:
        """Return the fact as its reversal counts it."""
        return msgspec.structs.replace(self, value=-self.value)
