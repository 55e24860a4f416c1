"""Facts: what events count (persons, applications, sales), summed like balances.

Facts that name somebody are also kept one by one, because distinct persons or bodies can not be
summed. They name one (`who`), or one that belongs to another (`of_`): a member of a household.
Nobody's name leaves this view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.core.block_sums import Cells
from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.view import BLOCK, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.facts import Fact
    from projections.core.block_sums import Line
    from projections.core.dictionary import Key
    from projections.core.view import Recorded

# Whether somebody is counted or taken back: +1 or -1, which adds up faster than values of any size.
TIMES = "((value > 0)::int - (value < 0)::int)"
# A fact with its position, its series and its booked day.
PositionedFact = tuple[int, "Key", "date", "Fact"]
KEY = ("measure", "unit", "programme", "fund", "detail")


def names() -> Dictionary:
    """Return what is counted apart, with numbers."""
    says = {
        "": "What is counted apart, with numbers.",
        "measure": "What is counted, as an event states it.",
        "unit": "The unit: person, household, visit ...",
        "programme": "The programme, if there is one.",
        "fund": "The fund, if there is one.",
        "detail": "What sets it apart besides, if anything does.",
    }
    return Dictionary("fact_series", " ".join(KEY), says=says)


def who_names() -> Dictionary:
    """Return the subjects that facts name, with numbers."""
    says = {"": "The subjects that facts name, with numbers.", "name": "The id of the subject."}
    return Dictionary("fact_names", "name", says=says)


CELLS = Cells("fact", names())
WHO_SAYS = {
    "": "Facts that name a subject, one by one, so that distinct ones can be counted.",
    "position": "The position of the event.",
    "series": "The number of the series.",
    "place": "The number of the place (area).",
    "booked": "The day on which it counts.",
    "value": "Positive where it is stated, negative where it is taken back.",
    "of_": "The number of the subject that the named one belongs to, such as its household.",
    "who": "The number of the subject.",
}


class Facts(View):
    """Cells of facts per measure, unit, programme, fund and detail; and who is counted."""

    NAME = "facts"
    EDITION = 2
    TABLES = (
        *CELLS.layout(),
        who_names().layout(),
        Table(
            "fact_whos",
            "position bigint NOT NULL, series int NOT NULL, place int NOT NULL,"
            " booked date NOT NULL, value bigint NOT NULL, of_ int NOT NULL, who int NOT NULL",
            indexes=("(series, position)",),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', position, measure, unit,"
            " programme, fund, area, detail, booked, value, o.name, w.name), ',' ORDER BY position,"
            " measure, unit, programme, fund, area, detail, o.name, w.name, value))"
            " FROM fact_whos JOIN fact_series s ON s.id = series"
            " JOIN fact_places p ON p.id = place"
            " JOIN fact_names o ON o.id = of_ JOIN fact_names w ON w.id = who"
            f" GROUP BY position / {BLOCK} ORDER BY position / {BLOCK}",
            says=WHO_SAYS,
        ),
    )

    def __init__(self) -> None:
        """Know no series yet."""
        self.cells = Cells("fact", names())
        self.whos = who_names()

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:
        """Add the page's facts to the cells, and keep who was counted."""
        positioned = [
            (one.position, key_of(fact), one.event.act.booked, fact)
            for one in page
            for fact in one.event.facts()
        ]

        def learn() -> None:
            self.cells.learn(
                writer, {key for _, key, *_ in positioned}, {fact.area for *_, fact in positioned}
            )

        lines = with_numbers(lambda: self._lines(positioned), learn)
        self.cells.add(writer, lines, first=page[0].position, through=through)
        self.name(writer, [each for each in positioned if each[3].who])

    def _lines(self, positioned: Sequence[PositionedFact]) -> list[Line]:
        """Return the lines of facts; `KeyError` where a series or an area has no number yet."""
        series, places = self.cells.series.ids, self.cells.places.ids
        return [
            (position, series[key], places[fact.area,], booked, fact.value)
            for position, key, booked, fact in positioned
        ]

    def name(self, writer: CopyWriter, named: Sequence[PositionedFact]) -> None:
        """Keep the facts that name somebody."""
        if not named:
            return
        pairs = [fact.who.rpartition(" ")[::2] for *_, fact in named]
        numbers = self.whos.learn(writer, {(one,) for pair in pairs for one in pair})
        ids = self.cells.series.learn(writer, {key for _, key, *_ in named})
        areas = self.cells.places.learn(writer, {(fact.area,) for *_, fact in named})
        writer.copy(
            "fact_whos (position, series, place, booked, value, of_, who)",
            (
                f"{position}\t{ids[key]}\t{areas[fact.area,]}\t{booked}\t{fact.value}"
                f"\t{numbers[of,]}\t{numbers[who,]}\n"
                for (position, key, booked, fact), (of, who) in zip(named, pairs, strict=True)
            ),
        )

    def forget(self) -> None:
        """Look the numbers up again."""
        self.cells.forget()
        self.whos.ids.clear()


def key_of(fact: Fact) -> Key:
    """Return the series that a fact belongs to."""
    return fact.measure, fact.unit, fact.programme, fact.fund, fact.detail
