"""The page of a year: its figures by the report's chapters, and the targets of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.chapters import chapters
from api.pages.rendering import Page, PageResource
from api.pages.turnover import differences
from api.queries import parameters
from api.queries.respond import ListPage
from api.resources.figures import VIEWS, FigureList
from projections import figures
from projections.figures import FigurePeriod, period


class YearFigures(FigureList, PageResource):
    """The figures and targets of the year that the address names."""

    # What is tied to no district stands on the figure's own page.
    UNTIED = False

    @property
    def period(self) -> FigurePeriod:
        """Return the year; raise `Unreadable` if the address names none."""
        year: FigurePeriod = parameters.checked("year", self.query.key, period)
        return year

    def extra(self) -> Mapping[str, Any]:
        """Return the targets of the year's plan."""
        query = self.query
        return {"targets": [*figures.targets(query.connection, query.moment, self.chosen)]}

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the figures by the report's chapters, and the targets."""
        groups = list(chapters(page.rows, self.query.language))
        return {
            "year": self.query.key,
            "groups": groups,
            "targets": page.extra["targets"],
            "turnover": differences(self.query, {"year": (self.query.key,)}),
        }


YEAR = Page(
    path="/years/{key}",
    summary="The figures of a year.",
    resource=YearFigures,
    views=(*VIEWS, "journal"),
    template="year.html",
    section="years",
)
