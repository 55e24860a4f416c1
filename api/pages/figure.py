"""The page of a figure: how it is made, down to single events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.rendering import Page, PageResource
from api.queries.respond import ListPage
from api.resources.figures import FIGURE_EVENTS, FigureEvents
from projections.figures import KNOWN


class FigureWithEvents(FigureEvents, PageResource):
    """A figure and the events behind it: of the term named, else of its first."""

    UNTIED = True

    @property
    def term(self) -> str:
        """Return the term whose events are shown."""
        return str(super().term or self.found["terms"][0]["role"])

    def extra(self) -> Mapping[str, Any]:
        """Return the figure itself."""
        return {"figure": self.found, "term": self.term}

    def kept(self) -> dict[str, str]:
        """Return what the page's links keep of its question: its period and its place."""
        single = self.query.single
        named = {name: str(single[name]) for name in ("area", "boundaries") if single.get(name)}
        return named | ({"period": self.period.text} if self.period else {})

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the figure's formula and terms, and a page of its events."""
        shown = page.extra["figure"]
        return {
            "figure": shown,
            "shown_term": page.extra["term"],
            "rows": page.rows,
            "subjects": any(row.get("subject") for row in page.rows),
            "whole": any(term.whole for term in KNOWN[str(shown["id"])].terms),
            "totals": page.totals,
            "following": page.following,
            "year": str(shown["as_of"])[:4],
            "kept_of_figure": self.kept(),
        }


FIGURE = Page(
    path="/figures/{key}",
    summary="One figure, with the events that it is made of.",
    resource=FigureWithEvents,
    views=FIGURE_EVENTS.views,
    single=FIGURE_EVENTS.single,
    template="figure.html",
    section="years",
)
