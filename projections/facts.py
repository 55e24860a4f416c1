"""Facts: what events count (persons, applications, sales), summed like balances.

Facts that name somebody (`who`) are also kept one by one, because distinct persons or bodies can
not be summed. Nobody's name leaves this view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.cells import Cells, Names
from projections.view import BLOCK, Table, View, copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Cursor

    from domain.facts import Fact
    from projections.cells import Key
    from projections.view import Recorded

KEY = ("measure", "unit", "programme", "fund", "area", "detail")


def names() -> Names:
    """Return what is counted apart, with numbers."""
    return Names("fact_series", " ".join(KEY))


CELLS = Cells("fact", names())


class Facts(View):
    """Cells of facts per measure, unit, programme, fund, area and detail; and who is counted."""

    NAME = "facts"
    TABLES = (
        *CELLS.layout(),
        Table(
            "fact_whos",
            "position bigint NOT NULL, series int NOT NULL, booked date NOT NULL,"
            " value bigint NOT NULL, who text NOT NULL",
            indexes=("(series, position)",),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', position, measure, unit,"
            " programme, fund, area, detail, booked, value, who), ',' ORDER BY position, measure,"
            " unit, programme, fund, area, detail, who, value))"
            " FROM fact_whos JOIN fact_series ON id = series"
            f" GROUP BY position / {BLOCK} ORDER BY position / {BLOCK}",
        ),
    )

    def __init__(self) -> None:
        """Know no series yet."""
        self.cells = Cells("fact", names())

    def fold(self, cursor: Cursor[Any], page: Sequence[Recorded], through: int) -> None:
        """Add the page's facts to the cells, and keep who was counted."""
        known = self.cells.series.ids.get
        found = []
        named = []
        for one in page:
            for fact in one.event.facts():
                key, booked = key_of(fact), one.event.act.booked
                found.append((one.position, known(key) or key, booked, fact.value))
                if fact.who:
                    named.append((one.position, key, booked, fact))
        lines = self.cells.series.numbered(cursor, found)
        ids = self.cells.series.ids
        self.cells.add(cursor, lines, first=page[0].position, through=through)
        copy(
            cursor,
            "fact_whos (position, series, booked, value, who)",
            (
                f"{position}\t{ids[key]}\t{booked}\t{fact.value}\t{fact.who}\n"
                for position, key, booked, fact in named
            ),
        )

    def forget(self) -> None:
        """Look the series up again."""
        self.cells.series.ids.clear()


def key_of(fact: Fact) -> Key:
    """Return the series that a fact belongs to."""
    return fact.measure, fact.unit, fact.programme, fact.fund, fact.area, fact.detail
