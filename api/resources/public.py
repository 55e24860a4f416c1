"""The public reading addresses: an allow-list of collections, and of fields in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from api.queries.columns import FOLLOWING
from api.queries.formats import Column, Row, Total
from api.queries.resource import Address, Answering, Query, Resource
from api.resources.accounts import BALANCES, STATEMENTS
from api.resources.lottery_reports import LOTTERY_REPORTS
from api.resources.registers import (
    Collection,
    SubjectEvents,
    collection,
    history,
    no_subject,
    one,
)
from api.resources.turnover import TURNOVER
from domain import COLLECTIONS
from domain.funds.donations import Donation
from domain.funds.lottery_reports import Lottery
from domain.kernel.aggregate import Aggregate
from domain.payments.pay_runs import PayRun
from projections import figures, registers
from projections.decision_views.roll import RollView
from projections.disclosure.allow_list import LISTS, PARTLY_SHOWN
from projections.disclosure.clearance import ENVELOPE, PARTLY_SECRET, donor, is_withheld
from projections.disclosure.public_record import without_persons
from projections.disclosure.small_counts import (
    OF_PEOPLE,
    may_be_summed,
    without_small_counts,
)
from projections.figures import NUMBERS

# Of what is shown in part alone, these would tell of events that are not shown.
OF_ALL_EVENTS = frozenset({"version", "position"})


def allowed_in(name: str) -> frozenset[str]:
    """Return the columns of a public list."""
    kind = COLLECTIONS[name]
    added = {"donor"} if kind is Donation else {FOLLOWING[kind]} if kind in FOLLOWING else set()
    envelope = ENVELOPE - (OF_ALL_EVENTS if kind.KIND in PARTLY_SHOWN else set())
    return envelope | LISTS[name] | added


def shown(row: Row, allowed: frozenset[str]) -> Row:
    """Return what the public may see of a row."""
    seen = {
        name: without_persons(without_small_counts(value))
        for name, value in row.items()
        if name in allowed
    }
    if "donor" in allowed:
        seen["donor"] = donor(row)
    return seen


def in_public(address: Address, name: str, of: Answering, shown_by: type[PublicZone]) -> Address:
    """Return an office's address as the public has it, with the collection's allow-list."""
    allowed = allowed_in(name)
    filters = allowed.union({"area_exact"}) - HIDING
    kept = {n: r for n, r in address.filters.items() if n in filters}
    resource = partial(shown_by, of=of, allowed=allowed)
    # Ids of one person are one for the office alone: the public does not wait for the roll.
    views = tuple(view for view in address.views if view != RollView.NAME)
    return replace(address, resource=resource, views=views, filters=kept, roles=frozenset())


# A filter on these would tell what the rows keep back.
HIDING = OF_PEOPLE | {"donor", "recipient"}


class PublicZone(Resource):
    """What may be seen of an office's resource, which is asked the same query."""

    def __init__(self, query: Query, *, of: Answering, allowed: frozenset[str]) -> None:
        """Show some fields of another resource."""
        super().__init__(query)
        self.of = of(query)
        self.allowed = allowed

    def columns(self) -> Sequence[Column]:
        """Return the columns that may be seen."""
        return [column for column in self.of.columns() if column.name in self.allowed]


class PublicCollection(PublicZone):
    """A collection in public."""

    def rows(self) -> Iterable[Row]:
        """Return what may be seen of each row."""
        return (shown(row, self.allowed) for row in self.of.rows())

    def totals(self) -> Sequence[Total]:
        """Return the sums of shown fields, unless a sum could tell what is kept back."""
        allowed = self.allowed
        return tuple(t for t in self.of.totals() if t.field in allowed and may_be_summed(t.unit))

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return what names the row's place in the order."""
        return self.of.key_of(row)


class PublicSubject(PublicZone):
    """One subject in public; a refuge is not there, nor a run of few lines."""

    @cached_property
    def found(self) -> Row:
        """Return what may be seen of it, asked for once."""
        row = self.of.whole() or {}
        if is_withheld(row):
            raise no_subject(str(row["id"]))
        return shown(row, self.allowed)

    def rows(self) -> Iterable[Row]:
        """Return the one row."""
        return [self.found]

    def whole(self) -> Row | None:
        """Return the one row."""
        return self.found


RUN_COLUMNS = tuple(
    Column(name, quantity=True) for number in NUMBERS for name in (number, f"{number}_persons")
)


def beside_runs(columns: Iterable[Column]) -> list[Column]:
    """Return the columns of public runs: what was said of them, and what their payments add up to.

    The office's row has counts of lines by the same names.
    """
    names = {column.name for column in RUN_COLUMNS}
    return [*(column for column in columns if column.name not in names), *RUN_COLUMNS]


class PublicRuns(PublicCollection):
    """Pay runs in public, with their numbers."""

    def columns(self) -> Sequence[Column]:
        """Return the columns that may be seen."""
        return beside_runs(super().columns())

    def rows(self) -> Iterable[Row]:
        """Return what may be seen of each run."""
        query, runs = self.query, [dict(row) for row in self.of.rows()]
        numbers = figures.run_numbers(query.connection, query.moment, runs)
        return (
            {**shown(run, self.allowed), **told} for run, told in zip(runs, numbers, strict=True)
        )


class PublicRun(PublicSubject):
    """One pay run in public, with its numbers."""

    def columns(self) -> Sequence[Column]:
        """Return the columns that may be seen."""
        return beside_runs(super().columns())

    @cached_property
    def found(self) -> Row:
        """Return what may be seen of it, asked for once."""
        query, run = self.query, dict(self.of.whole() or {})
        (numbers,) = figures.run_numbers(query.connection, query.moment, [run])
        return {**super().found, **numbers}


class KnownOfKind(Collection):
    """A collection without what nobody is to find; the page is cut from what then comes."""

    def __init__(self, query: Query, *, kind: type[Aggregate]) -> None:
        """Ask for all of them."""
        super().__init__(replace(query, limit=None), kind=kind)

    def rows(self) -> Iterable[Row]:
        """Leave out refuges, and runs of few lines."""
        return (row for row in super().rows() if not is_withheld(row))


class KnownEvents(SubjectEvents):
    """The events of one subject, unless nobody is to find it."""

    def rows(self) -> Iterable[Row]:
        """Return the events; raise `UnknownSubject` for a refuge, and for a run of few lines."""
        query = self.query
        row = registers.one(query.connection, f"{self.kind.KIND}:{query.key}", query.moment)
        if row is not None and is_withheld(row):
            raise no_subject(str(row["id"]))
        return super().rows()


def listed(name: str) -> Address:
    """Return the public list of a collection."""
    if name == Lottery.COLLECTION:
        return replace(LOTTERY_REPORTS, roles=frozenset())
    address = collection(COLLECTIONS[name])
    kind = COLLECTIONS[name]
    is_partial = kind.KIND in PARTLY_SECRET
    of = partial(KnownOfKind, kind=kind) if is_partial else address.resource
    if kind is PayRun:
        return in_public(with_balances(address), name, of, PublicRuns)
    return in_public(address, name, of, PublicCollection)


def single(name: str) -> Address:
    """Return the public address of a collection's subjects."""
    address = one(COLLECTIONS[name])
    if COLLECTIONS[name] is PayRun:
        return in_public(with_balances(address), name, address.resource, PublicRun)
    return in_public(address, name, address.resource, PublicSubject)


def with_balances(address: Address) -> Address:
    """Return an address that reads balances, too: money to persons is published from them."""
    return replace(address, views=(*address.views, "balances"))


def history_of(name: str) -> Address:
    """Return the public history of a collection's subjects."""
    address = replace(history(COLLECTIONS[name]), roles=frozenset())
    kind = COLLECTIONS[name]
    if kind.KIND not in PARTLY_SECRET:
        return address
    return replace(address, resource=partial(KnownEvents, kind=kind))


OPEN: tuple[Address, ...] = (
    *(listed(name) for name in LISTS),
    *(single(name) for name in LISTS),
    *(history_of(name) for name in LISTS),
    replace(BALANCES, roles=frozenset()),
    replace(STATEMENTS, roles=frozenset()),
    replace(TURNOVER, roles=frozenset()),
)
