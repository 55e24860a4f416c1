"""Values in force on the last day: of a rule, of the cheapest of several, of a scheme's rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import facts
from projections.figures.terms.basic import Amount, of_events

if TYPE_CHECKING:
    from projections.core.block_sums import Asked
    from projections.figures.query import Asker

MANY = "*"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The value of a rule, or of a scheme's rate for the whole city, on the last day.

    A measure that ends in `*` stands for all that begin so; the least of their values counts.
    """

    measure: str
    programme: str = ""

    def newest(self, ask: Asker) -> tuple[int, int] | None:
        """Return the position and the value of what is in force."""
        lines = facts.CELLS.events(ask.until(), None, self.series(ask))
        row = ask.connection.execute(
            f"""SELECT position, value FROM (
                    SELECT DISTINCT ON (measure) position, value FROM (
                        SELECT DISTINCT ON (series) position, series, value
                        FROM ({lines.sql}) lines JOIN views.fact_places p ON p.id = place
                        WHERE area = '' ORDER BY series, position DESC
                    ) newest JOIN views.fact_series s ON s.id = series
                    WHERE value > 0 AND programme = %(programme)s
                      AND left(detail, 10) <= %(day)s
                    ORDER BY measure, left(detail, 10) DESC, position DESC
                ) in_force ORDER BY value, position LIMIT 1""",
            {**lines.given, "programme": self.programme, "day": str(ask.until().as_of)},
        ).fetchone()
        return (row[0], row[1]) if row else None

    def series(self, ask: Asker) -> list[int]:
        """Return the numbers of the series that it is taken from."""
        begin = self.measure.removesuffix(MANY)
        measures = [self.measure]
        if begin != self.measure:
            measures = [each for each in ask.shared.told if each.startswith(begin)]
        return [each.id for measure in measures for each in ask.shared.told[measure]]

    def total(self, ask: Asker) -> Amount:
        """Return the value."""
        found = self.newest(ask)
        return Amount(found[1], 1) if found else Amount(None, 0)

    def lines(self, ask: Asker, *, apart: bool = True) -> Asked:  # noqa: ARG002
        """Give the event that put it in force."""
        found = self.newest(ask)
        return of_events([found] if found else [])
