"""The reading addresses of figures: all, one, and the events behind one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api import asking
from api.answers import Answer, Question, Source, short
from api.forms import Row, Total, columns
from api.problems import NotFound
from api.sources import READERS
from infra.log import Reading
from projections import balances
from projections.figures import answers as figures
from projections.figures.periods import Period, period

VIEWS = ("balances", "facts", "registers")
COLUMNS = columns(
    "id title programme kind value unit suppressed qualifier printed scope stage basis period as_of"
    " boundaries formula numerator denominator rounding less terms known_at",
    quantities="numerator denominator",
)
EVENT_COLUMNS = columns("position subject on month term contributes", quantities="contributes")


def boundaries(text: str) -> date | None:
    """Read which boundaries count: those of each event's day, or of one day."""
    return None if text == "event" else asking.day(text)


WHERE = {
    "period": period,
    "area": asking.text,
    "boundaries": boundaries,
}


def which(connection: Reading, question: Question) -> figures.Which:
    """Say which period is meant, and where."""
    single = question.single
    return figures.Which(
        period=single.get("period") or latest(connection, question),
        programme=single.get("programme"),
        area=single.get("area"),
        boundaries=single.get("boundaries"),
        public=question.zone == "open",
        language=question.language,
    )


def latest(connection: Reading, question: Question) -> Period:
    """Choose the last year in which something was spent, where no period is named."""
    return period(years(connection, question)[-1])


def years(connection: Reading, question: Question) -> list[str]:
    """List the years in which something was spent, at least the first there can be."""
    spent = balances.Which(where={"class": ("spent",)})
    months = balances.rows(connection, question.moment, spent, group_by="month", limit=12_000)
    return sorted({str(row["month"])[:4] for row in months}) or ["1900"]


def ask_all(connection: Reading, question: Question) -> Answer:
    """Ask for all figures of a period."""
    found = [
        said(row, question)
        for row in figures.rows(connection, question.moment, which(connection, question))
    ]
    return short(found, COLUMNS, question)


def said(row: Row, question: Question) -> Row:
    """Say of a figure at which position it is known."""
    return {**row, "known_at": question.known_at}


def figure(connection: Reading, question: Question) -> Row:
    """Return one figure, or say that there is none of this name."""
    asked = which(connection, question)
    row = figures.one(connection, question.key, question.moment, asked)
    if row is None:
        raise NotFound(f"there is no figure {question.key}; /open/v1/figures lists them")
    return said(row, question)


def ask_one(connection: Reading, question: Question) -> Answer:
    """Ask for one figure."""
    row = figure(connection, question)
    return Answer(rows=[row], columns=COLUMNS, whole=row)


def ask_events(connection: Reading, question: Question) -> Answer:
    """Ask which events a figure is made of."""
    row = figure(connection, question)
    term = question.single.get("term")
    terms = [each for each in row["terms"] if term in (None, each["role"])]
    if not terms:
        names = ", ".join(each["role"] for each in row["terms"])
        raise asking.wrong("/term", f"the terms of {question.key} are {names}")
    return Answer(
        rows=figures.events(
            connection,
            question.key,
            question.moment,
            which(connection, question),
            term=term,
            after=(question.after[0], question.after[1]) if question.after else (0, 0),
            limit=question.limit,
        ),
        columns=EVENT_COLUMNS,
        totals=lambda: tuple(sums(terms)),
        key_of=lambda each: figures.key_of(question.key, dict(each)),
    )


def sums(terms: list[Row]) -> Iterator[Total]:
    """Say what the rows of each term sum to."""
    for each in terms:
        name = "contributes" if len(terms) == 1 else f"contributes.{each['role']}"
        if isinstance(each["value"], int):
            yield Total(name, each["value"], each["unit"])


FIGURES = Source(
    path="/figures",
    says="The figures of a period, each with its print, formula and terms.",
    ask=ask_all,
    views=VIEWS,
    single={**WHERE, "programme": asking.text},
    roles=READERS,
)
FIGURE = Source(
    path="/figures/{key}",
    says="One figure.",
    ask=ask_one,
    views=VIEWS,
    listed=False,
    single=WHERE,
    roles=READERS,
)
FIGURE_EVENTS = Source(
    path="/figures/{key}/events",
    says="The events that a figure is made of; per term they sum to the term's value.",
    ask=ask_events,
    views=VIEWS,
    single={**WHERE, "term": asking.text},
    roles=READERS,
)
ALL = (FIGURES, FIGURE, FIGURE_EVENTS)
