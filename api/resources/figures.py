"""The reading addresses of figures: all, one, and the events behind one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from api.http.problems import NotFound
from api.queries import parameters
from api.queries.formats import Row, Total, columns
from api.queries.resource import Answer, Question, Source, short
from api.resources.registers import READERS
from projections import figures, registers
from projections.accounts import balances
from projections.core.event_log import Reading
from projections.core.view import Moment
from projections.figures import FigurePeriod, period

VIEWS = ("balances", "facts", "registers")
COLUMNS = columns(
    "id title programme kind value unit suppressed qualifier printed scope stage basis period as_of"
    " boundaries formula numerator denominator rounding less terms left_out known_at",
    quantities="numerator denominator",
)
EVENT_COLUMNS = columns("position subject on month term contributes", quantities="contributes")


def boundaries(text: str) -> date | None:
    """Read which boundaries count: those of each event's day, or of one day."""
    return None if text == "event" else parameters.day(text)


WHERE = {
    "period": period,
    "area": parameters.text,
    "boundaries": boundaries,
}


def which(connection: Reading, question: Question) -> figures.FigureFilter:
    """Say which period is meant, and where."""
    single = question.single
    area = single.get("area")
    if area is not None and registers.one(connection, area, known(question.moment)) is None:
        raise NotFound("there is no area {area}; /open/v1/areas lists them", area=area)
    return figures.FigureFilter(
        period=single.get("period") or latest(connection, question),
        programme=single.get("programme"),
        area=area,
        boundaries=single.get("boundaries"),
        zone=question.zone,
        language=question.language,
        person_counts=question.person_counts,
    )


def known(moment: Moment) -> Moment:
    """Return the moment without its day: an area that was closed later once had figures."""
    return moment._replace(as_of=None)


def latest(connection: Reading, question: Question) -> FigurePeriod:
    """Choose the last year in which free money moved, where no period is named."""
    return period(years(connection, question)[-1])


def years(connection: Reading, question: Question) -> list[str]:
    """List the years in which free money moved, at least the first there can be."""
    free = balances.BalanceFilter(where={"class": ("available",)})
    return balances.years(connection, question.moment, free) or ["1900"]


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


def figure(connection: Reading, question: Question, asked: figures.FigureFilter) -> Row:
    """Return one figure, or say that there is none of this name."""
    row = figures.one(connection, question.key, question.moment, asked)
    if row is None:
        raise NotFound(
            "there is no figure {figure}; /open/v1/figures lists them", figure=question.key
        )
    return said(row, question)


def ask_one(connection: Reading, question: Question) -> Answer:
    """Ask for one figure."""
    row = figure(connection, question, which(connection, question))
    return Answer(rows=[row], columns=COLUMNS, whole=row)


def ask_events(connection: Reading, question: Question) -> Answer:
    """Ask which events a figure is made of."""
    asked = which(connection, question)
    return events_of(connection, question, asked, figure(connection, question, asked))


def events_of(
    connection: Reading, question: Question, asked: figures.FigureFilter, row: Row
) -> Answer:
    """Ask which events a figure that was asked for is made of."""
    term = question.single.get("term")
    terms = [each for each in row["terms"] if term in (None, each["role"])]
    if not terms:
        names = ", ".join(each["role"] for each in row["terms"])
        raise parameters.wrong(
            "/term", "the terms of {figure} are {names}", figure=question.key, names=names
        )
    return Answer(
        rows=figures.events(
            connection,
            question.key,
            question.moment,
            asked,
            term=term,
            after=(question.after[0], question.after[1]) if question.after else (0, 0),
            limit=question.limit,
        ),
        columns=EVENT_COLUMNS,
        totals=lambda: tuple(sums(terms)),
        key_of=lambda each: figures.key_of(question.key, dict(each)),
    )


def ask_changes(connection: Reading, question: Question) -> Answer:
    """Ask what a figure was at one position and at another, and which events lie between."""
    since, until = between(connection, question)
    then = replace(question, moment=question.moment._replace(position=since))
    now = replace(question, moment=question.moment._replace(position=until))
    asked = which(connection, question)
    before, after = figure(connection, then, asked), figure(connection, now, asked)
    return Answer(
        rows=causes(connection, now, asked, since),
        columns=EVENT_COLUMNS,
        more=lambda: {"before": short_of(before), "after": short_of(after)},
        key_of=lambda each: figures.key_of(question.key, dict(each)),
    )


def between(connection: Reading, question: Question) -> tuple[int, int]:
    """Return the positions that a change lies between; in public, neither inside a release."""
    head = question.moment.position
    since, until = question.single.get("known_from", 0), question.single.get("known_to", head)
    if not since <= until <= head:
        raise parameters.wrong(
            "/known_from",
            "0 <= known_from <= known_to <= {head}, the head of the log",
            head=str(head),
        )
    if question.zone == "office":
        return since, until
    return registers.outside_releases(connection, since), registers.outside_releases(
        connection, until
    )


def causes(
    connection: Reading, question: Question, asked: figures.FigureFilter, since: int
) -> Iterator[Row]:
    """Give the events behind each term that were recorded after a position."""
    nth, position = question.after or (0, since)
    for number, term in enumerate(figures.KNOWN[question.key].terms):
        if number >= nth:
            yield from figures.events(
                connection,
                question.key,
                question.moment,
                asked,
                term=term.role,
                after=(number, position if number == nth else since),
                limit=question.limit,
            )


def short_of(row: Row) -> Row:
    """Say of a figure only what it was."""
    return {name: row[name] for name in ("value", "unit", "printed")}


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
    single={**WHERE, "programme": parameters.text},
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
    single={**WHERE, "term": parameters.text},
    roles=READERS,
)
FIGURE_CHANGES = Source(
    path="/figures/{key}/changes",
    says="What a figure was at one position and at another, and the events between.",
    ask=ask_changes,
    views=VIEWS,
    single={**WHERE, "known_from": parameters.position, "known_to": parameters.position},
    roles=READERS,
)
ALL = (FIGURES, FIGURE, FIGURE_EVENTS, FIGURE_CHANGES)
