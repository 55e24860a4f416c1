"""The reading addresses of figures: all, one, and the events behind one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from api.http.problems import NotFound
from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource, ShortList
from api.resources.parameters import check_period
from projections import figures, registers
from projections.accounts import balances
from projections.core.view import Moment
from projections.disclosure.clearance import READERS, without_subjects
from projections.figures import FigurePeriod, period

VIEWS = ("balances", "facts", "registers", "roll")
COLUMNS = columns(
    "id title programme kind value unit suppressed not_by_area qualifier printed scope area stage"
    " basis period as_of boundaries formula numerator denominator rounding less untied"
    " outside_boundaries terms left_out known_at",
    quantities="numerator denominator untied outside_boundaries",
)
EVENT_COLUMNS = columns(
    "position subject on month term contributes reverses", quantities="contributes"
)


def boundaries(text: str) -> date | None:
    """Read which boundaries count: those of each event's day, or of one day."""
    return None if text == "event" else parameters.day(text)


WHERE = {
    "period": period,
    "area": parameters.area,
    "boundaries": boundaries,
}


def years(query: Query) -> list[str]:
    """List the years in which free money moved, at least the first there can be."""
    free = balances.BalanceFilter(where={"class": ("available",)})
    return balances.years(query.connection, query.moment, free) or ["1900"]


class OfFigures(Resource):
    """A resource of figures: of which period, and where."""

    # Whether it tells what of money lies in no district.
    UNTIED: ClassVar[bool] = False

    @cached_property
    def chosen(self) -> figures.FigureFilter:
        """Return which figures are meant; without a period, the last year with free money."""
        query, single = self.query, self.query.single
        area = single.get("area")
        place = None
        if area is not None:
            place = registers.one(query.connection, area, query.moment._replace(as_of=None))
            if place is None:
                raise NotFound("there is no area {area}; /open/v1/areas lists them", area=area)
        return figures.FigureFilter(
            period=self.period or period(years(query)[-1]),
            programme=single.get("programme"),
            area=area,
            boundaries=single.get("boundaries"),
            level=str((place or {}).get("level", "")),
            untied=self.UNTIED,
            zone=query.zone,
            language=query.language,
            person_counts=query.person_counts,
        )

    def events(self, moment: Moment, term: str | None, after: tuple[int, int]) -> Iterable[Row]:
        """Return the events behind a term (None: behind all), as the reader may see them."""
        query, which = self.query, self.chosen
        if query.is_guarded:
            which = replace(which, zone="open")
        rows = figures.events(
            query.connection, query.key, moment, which, term=term, after=after, limit=query.limit
        )
        return without_subjects(rows) if query.is_guarded else rows

    @property
    def period(self) -> FigurePeriod | None:
        """Return the period that is named."""
        named: FigurePeriod | None = self.query.single.get("period")
        return named

    def columns(self) -> Sequence[Column]:
        """Return what a figure says."""
        return COLUMNS

    def figure(self, moment: Moment) -> Row:
        """Return the address's figure at a moment; raise `NotFound` if there is none."""
        row = figures.one(self.query.connection, self.query.key, moment, self.chosen)
        if row is None:
            raise NotFound(
                "there is no figure {figure}; /open/v1/figures lists them", figure=self.query.key
            )
        check_period(self.query, self.period)
        return {**row, "known_at": self.query.known_at}


class FigureList(OfFigures, ShortList):
    """All figures of a period."""

    UNTIED = True

    def listed(self) -> Sequence[Row]:
        """Return the figures in the report's order."""
        query = self.query
        chosen = self.chosen
        if chosen.programme not in {None, *(each.programme for each in figures.FIGURES)}:
            raise parameters.wrong(
                "/programme", "no programme is called {word}", word=chosen.programme
            )
        found = figures.rows(query.connection, query.moment, chosen)
        check_period(query, self.period)
        return [{**row, "known_at": query.known_at} for row in found]


class FigureAlone(OfFigures):
    """One figure."""

    UNTIED = True

    @cached_property
    def found(self) -> Row:
        """Return the figure, asked for once."""
        return self.figure(self.query.moment)

    def rows(self) -> Iterable[Row]:
        """Return the one row."""
        return [self.found]

    def whole(self) -> Row | None:
        """Return the one row."""
        return self.found


class FigureEvents(OfFigures):
    """The events that a figure is made of."""

    @cached_property
    def found(self) -> Row:
        """Return the figure, asked for once."""
        return self.figure(self.query.moment)

    @property
    def term(self) -> str | None:
        """Return the term whose events are wanted; None: of all."""
        named: str | None = self.query.single.get("term")
        return named

    @cached_property
    def terms(self) -> list[Row]:
        """Return the terms whose events are wanted; raise `Unreadable` if there is none such."""
        of_figure = self.found["terms"]
        chosen = [each for each in of_figure if self.term in (None, each["role"])]
        if not chosen:
            names = ", ".join(each["role"] for each in of_figure)
            raise parameters.wrong(
                "/term", "the terms of {figure} are {names}", figure=self.query.key, names=names
            )
        return chosen

    def columns(self) -> Sequence[Column]:
        """Return what an event gives to a figure."""
        return EVENT_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the events term by term, in order of position."""
        query, terms = self.query, self.terms
        role = terms[0]["role"] if self.term is not None else None
        after = (query.after[0], query.after[1]) if query.after else (0, 0)
        return self.events(query.moment, role, after)

    def totals(self) -> Sequence[Total]:
        """Return what the rows of each term sum to."""
        return tuple(sums(self.terms))

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the event's term and position."""
        return figures.key_of(self.query.key, dict(row))


class FigureChanges(OfFigures):
    """What a figure was at one position and at another, and the events between."""

    @cached_property
    def between(self) -> tuple[Moment, Moment]:
        """Return the moments that a change lies between."""
        moment = self.query.moment
        since, until = between(self.query)
        is_named = moment.is_named or "known_to" in self.query.single
        return (
            moment._replace(position=since, is_named=True),
            moment._replace(position=until, is_named=is_named),
        )

    def columns(self) -> Sequence[Column]:
        """Return what an event gives to a figure."""
        return EVENT_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the events behind each term that were recorded between."""
        query, (before, after) = self.query, self.between
        nth, position = query.after or (0, before.position)
        for number, term in enumerate(figures.KNOWN[self.both[1]["id"]].terms):
            if number >= nth:
                start = position if number == nth else before.position
                rows = self.events(after, term.role, (number, start))
                # What is told of persons together has come by no single event.
                is_open = query.zone == "open" or query.is_guarded
                yield from (row for row in rows if row["subject"] or not is_open)

    def extra(self) -> Mapping[str, Any]:
        """Return the figure as it was at both positions."""
        before, after = self.both
        return {"before": short_of(before), "after": short_of(after)}

    @cached_property
    def both(self) -> tuple[Row, Row]:
        """Return the figure at both positions, asked for once."""
        before, after = self.between
        return self.figure(before), self.figure(after)

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the event's term and position."""
        return figures.key_of(self.query.key, dict(row))


def between(query: Query) -> tuple[int, int]:
    """Return the positions that a change lies between."""
    head = query.moment.position
    since, until = query.single.get("known_from", 0), query.single.get("known_to", head)
    if not since <= until <= head:
        raise parameters.wrong(
            "/known_from",
            "0 <= known_from <= known_to <= {head}, the head of the log",
            head=str(head),
        )
    return since, until


def short_of(row: Row) -> Row:
    """Say of a figure only what it was."""
    return {name: row[name] for name in ("value", "unit", "printed")}


def sums(terms: list[Row]) -> Iterator[Total]:
    """Say what the rows of each term sum to."""
    for each in terms:
        name = "contributes" if len(terms) == 1 else f"contributes.{each['role']}"
        if isinstance(each["value"], int):
            yield Total(name, each["value"], each["unit"])


FIGURES = Address(
    path="/figures",
    summary="The figures of a period, each with its print, formula and terms.",
    resource=FigureList,
    views=VIEWS,
    single={**WHERE, "programme": parameters.text},
    roles=READERS,
)
FIGURE = Address(
    path="/figures/{key}",
    summary="One figure.",
    resource=FigureAlone,
    views=VIEWS,
    listed=False,
    single=WHERE,
    roles=READERS,
)
FIGURE_EVENTS = Address(
    path="/figures/{key}/events",
    summary="The events that a figure is made of; per term they sum to the term's value.",
    resource=FigureEvents,
    views=VIEWS,
    single={**WHERE, "term": parameters.text},
    roles=READERS,
)
FIGURE_CHANGES = Address(
    path="/figures/{key}/changes",
    summary="What a figure was at one position and at another, and the events between.",
    resource=FigureChanges,
    views=VIEWS,
    single={**WHERE, "known_from": parameters.position, "known_to": parameters.position},
    roles=READERS,
)
ALL = (FIGURES, FIGURE, FIGURE_EVENTS, FIGURE_CHANGES)
