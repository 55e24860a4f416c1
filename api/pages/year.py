"""What each page shows, and the source of its twins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.pages.chapters import chapters
from api.pages.event import EVENT
from api.pages.funds import FUND, FUNDS, HOME
from api.pages.rendering import Page
from api.queries import parameters
from api.queries.formats import columns
from api.queries.resource import Answer, Question, Sheet, Source
from api.resources import figures, targets
from projections.core.event_log import Reading
from projections.figures import KNOWN
from projections.figures.period import period

FIGURE_COLUMNS = (
    *columns("figure printed"),
    *figures.EVENT_COLUMNS,
)


def ask_year(connection: Reading, question: Question) -> Answer:
    """Ask for the figures of the year that the address names."""
    year = parameters.checked("year", question.key, period)
    asked = replace(question, single={**question.single, "period": year})
    answer = figures.ask_all(connection, asked)
    return answer._replace(more=lambda: {"targets": targets.of_period(connection, asked)})


def year(_answer: Answer, sheet: Sheet, question: Question) -> Mapping[str, Any]:
    """Show the figures by the report's chapters, and the targets of the year's plan."""
    groups = list(chapters(sheet.rows, question.language))
    return {"year": question.key, "groups": groups, "targets": sheet.more["targets"]}


def ask_figure(connection: Reading, question: Question) -> Answer:
    """Ask for a figure and the events behind it: of the term named, else of its first."""
    asked = figures.which(connection, question)
    row = figures.figure(connection, question, asked)
    term = question.single.get("term") or row["terms"][0]["role"]
    named = replace(question, single={**question.single, "term": term})
    answer = figures.events_of(connection, named, asked, row)
    return answer._replace(more=lambda: {"figure": row, "term": term})


def figure(_answer: Answer, sheet: Sheet, question: Question) -> Mapping[str, Any]:
    """Show how a figure is made, down to single events."""
    shown = sheet.more["figure"]
    named = question.single.get("period")
    return {
        "figure": shown,
        "shown_term": sheet.more["term"],
        "rows": sheet.rows,
        "subjects": any(row.get("subject") for row in sheet.rows),
        "whole": any(term.whole for term in KNOWN[str(shown["id"])].terms),
        "totals": sheet.totals,
        "following": sheet.following,
        "year": str(shown["as_of"])[:4],
        "period_kept": {"period": named.text} if named else {},
    }


PAGES: tuple[Page, ...] = (
    HOME,
    Page(
        template="year.html",
        section="years",
        context=year,
        source=Source(
            path="/years/{key}",
            says="The figures of a year.",
            ask=ask_year,
            views=figures.VIEWS,
        ),
    ),
    FUNDS,
    FUND,
    Page(
        template="figure.html",
        section="years",
        context=figure,
        source=replace(
            figures.FIGURE_EVENTS,
            path="/figures/{key}",
            says="One figure, with the events that it is made of.",
            ask=ask_figure,
        ),
    ),
    EVENT,
)
