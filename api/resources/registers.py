"""The office's registers: each aggregate's collection, one of its subjects, a subject's events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from api.queries import parameters
from api.queries.columns import columns_of
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource
from api.resources.parameters import check_filters, check_names
from domain import AGGREGATES, decode
from domain.benefits.persons import Person
from domain.funds.lottery_reports import Lottery
from domain.kernel.aggregate import Aggregate
from domain.kernel.refusals import UnknownSubject
from domain.office.periods import Period
from domain.office.proposals import Proposal
from projections import figures, registers
from projections.core import event_log
from projections.core.event_log import StoredEvent
from projections.decision_views.merged_persons import under_all_ids
from projections.decision_views.roll import RollView
from projections.disclosure.clearance import (
    CLOSE,
    OF_PERSONS,
    PARTLY_WITHHELD,
    READERS,
    shown_event,
    shown_row,
)
from projections.disclosure.cloud_event import record

# Persons are not listed; webhooks have addresses of their own (api/resources/webhooks.py).
REGISTERED = tuple(kind for kind in AGGREGATES if kind.COLLECTION not in {"persons", "webhooks"})

COLUMNS = {kind: columns_of(kind) for kind in AGGREGATES}
PERSON = f"{Person.KIND}:"
EVENTS = columns(
    "specversion id source type subject time datacontenttype dataschema sequence partitionkey data"
)


def totals_of(rows: Iterable[Row]) -> tuple[Total, ...]:
    """Read the totals of a view."""
    return tuple(Total(row["field"], row["value"], row["unit"]) for row in rows)


def subject_row(query: Query, subject: str) -> Row:
    """Return a subject's row; raise `UnknownSubject` if there is none at the query's moment."""
    row = registers.one(query.connection, subject, query.moment)
    if row is not None and query.is_guarded:
        row = shown_row(row, query.reader)
    if row is None:
        raise no_subject(subject)
    return row


def no_subject(subject: str) -> UnknownSubject:
    """Say that there is no such subject: of one that is not shown in the same words."""
    return UnknownSubject(subject, "there is none at this moment")


class OfKind(Resource):
    """A resource of an aggregate's register."""

    def __init__(self, query: Query, *, kind: type[Aggregate]) -> None:
        """Answer of one kind of aggregate."""
        super().__init__(query)
        self.kind = kind

    def columns(self) -> Sequence[Column]:
        """Return what the events of the aggregate say."""
        return COLUMNS[self.kind]


class Collection(OfKind):
    """The list of an aggregate's subjects."""

    @cached_property
    def where(self) -> Mapping[str, tuple[str, ...]]:
        """Return the filters; an area stands for all below it, `area_exact` for the one."""
        query = self.query
        check_filters(query, self.kind.KIND)
        check_names(query)
        where = dict(query.where)
        exact = where.pop("area_exact", ())
        if "area" in where:
            known, day = query.moment._replace(as_of=None), query.moment.as_of
            where["area"] = tuple(figures.below(query.connection, known, where["area"], day))
        if exact:
            where["area"] = (*where.get("area", ()), *exact)
        return {name: self.persons_among(words) for name, words in where.items()}

    def persons_among(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Let the id of a person stand for all ids of that person."""
        query = self.query
        if query.zone == "open" or not any(each.startswith(PERSON) for each in words):
            return words
        return under_all_ids(query.connection, words, query.moment.position)

    def rows(self) -> Iterable[Row]:
        """Return the subjects in the order of their ids."""
        query = self.query
        after = query.after[0] if query.after else None
        if query.is_guarded and self.kind.KIND in PARTLY_WITHHELD:
            # The page is cut from what is shown.
            return self.shown(after, limit=None)
        return self.shown(after, limit=query.limit)

    def shown(self, after: str | None, *, limit: int | None) -> Iterable[Row]:
        """Return what the reader is shown of the subjects behind one of them."""
        query = self.query
        rows = registers.rows(
            query.connection,
            self.kind.COLLECTION,
            query.moment,
            where=self.where,
            after=after,
            limit=limit,
        )
        if not query.is_guarded:
            return rows
        return filter(None, (shown_row(row, query.reader) for row in rows))

    def totals(self) -> Sequence[Total]:
        """Return the sums of the amounts."""
        name, query = self.kind.COLLECTION, self.query
        return totals_of(registers.totals(query.connection, name, query.moment, where=self.where))

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the subject's key."""
        return (registers.key_of(dict(row)),)


class Subject(OfKind):
    """One subject of a collection."""

    @cached_property
    def found(self) -> Row:
        """Return its row, asked for once."""
        return subject_row(self.query, f"{self.kind.KIND}:{self.query.key}")

    def rows(self) -> Iterable[Row]:
        """Return the one row."""
        return [self.found]

    def whole(self) -> Row | None:
        """Return the one row."""
        return self.found


class SubjectEvents(OfKind):
    """The events of one subject, as the feed of the zone has them."""

    def columns(self) -> Sequence[Column]:
        """Return the attributes of a cloud event."""
        return EVENTS

    def rows(self) -> Iterable[Row]:
        """Return the events that had taken effect, in the order of their positions."""
        query = self.query
        subject = str(subject_row(query, f"{self.kind.KIND}:{query.key}")["id"])
        stored = event_log.page(
            query.connection,
            after=query.after[0] if query.after else 0,
            until=query.moment.position,
            limit=None,
            subjects=[subject],
        )
        told = (self.shown(event) for event in stored if on_or_before(event, query.moment.as_of))
        # A bare commitment does not tell whose it is; neither does a public history.
        return (row for row in told if query.zone == "office" or row["subject"] == subject)

    def shown(self, event: StoredEvent) -> Row:
        """Return the record of an event as the reader has it."""
        query = self.query
        if query.zone == "open":
            return record(event, query.origin, query.zone)
        return shown_event(event, query.origin, query.reader)

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the event's position."""
        return (int(row["sequence"]),)


def on_or_before(event: StoredEvent, day: date | None) -> bool:
    """Tell whether an event had taken effect on a day."""
    return day is None or decode(event.topic, event.state).act.on <= day


def readers_of(kind: type[Aggregate]) -> frozenset[str]:
    """Return the roles that may read a collection."""
    return CLOSE if kind.KIND in OF_PERSONS else READERS


def names_of(kind: type[Aggregate]) -> Sequence[str]:
    """Return the names of a collection's columns."""
    return [column.name for column in COLUMNS[kind]]


def collection(kind: type[Aggregate]) -> Address:
    """Return the address of an aggregate's list."""
    return Address(
        path=f"/{kind.COLLECTION}",
        summary=f"The {kind.COLLECTION} as of a day, as known at a position.",
        resource=partial(Collection, kind=kind),
        views=(registers.view_of(kind.COLLECTION), RollView.NAME),
        filters={
            name: parameters.AREAS.get(name, parameters.text)
            for name in (*names_of(kind), "area_exact")
        },
        roles=readers_of(kind),
    )


def one(kind: type[Aggregate]) -> Address:
    """Return the address of one subject."""
    return Address(
        path=f"/{kind.COLLECTION}/{{key}}",
        summary=f"One of the {kind.COLLECTION}.",
        resource=partial(Subject, kind=kind),
        views=(registers.view_of(kind.COLLECTION),),
        listed=False,
        roles=readers_of(kind),
    )


def history(kind: type[Aggregate]) -> Address:
    """Return the address of one subject's events."""
    return Address(
        path=f"/{kind.COLLECTION}/{{key}}/events",
        summary=f"The events of one of the {kind.COLLECTION}.",
        resource=partial(SubjectEvents, kind=kind),
        views=(registers.view_of(kind.COLLECTION),),
        roles=readers_of(kind),
    )


REGISTERS: tuple[Address, ...] = (
    # The reports of lotteries are listed by day and month (api/resources/lottery_reports.py),
    # proposals with what is proposed in words (api/resources/proposals.py), periods with what
    # stands open (api/resources/closing.py).
    *(collection(kind) for kind in REGISTERED if kind not in {Lottery, Period, Proposal}),
    *(one(kind) for kind in REGISTERED if kind is not Proposal),
    *(history(kind) for kind in REGISTERED),
)
