"""What can be read: an address, the query it becomes, and the resource that answers it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeAlias

from starlette.requests import Request

from api.http.language import Language
from api.http.negotiation import Form
from api.queries import parameters
from api.queries.formats import Column, Row, Total
from api.queries.parameters import RequestContext
from infra.vault import Vault
from projections.casework.pay_runs import Drawings
from projections.core.event_log import Reading
from projections.core.view import Moment
from projections.disclosure import Zone
from projections.disclosure.clearance import NOBODY, OfficeReader
from projections.disclosure.cloud_event import Origin
from projections.figures import PersonCounts

FORMS: tuple[Form, ...] = ("json", "csv", "xlsx", "jsonl")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a resource is asked, on one snapshot: at which moment, about what, how much of it.

    `key` is the `{key}` of the address, `after` the key of the row behind which a page begins,
    `limit` the rows that are wanted (None: all).
    """

    connection: Reading
    moment: Moment
    known_at: Mapping[str, Any]
    zone: Zone
    language: Language
    origin: Origin
    key: str
    single: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]]
    vault: Vault
    person_counts: PersonCounts
    drawings: Drawings
    after: tuple[Any, ...] | None = None
    limit: int | None = None
    reader: OfficeReader = NOBODY

    @property
    def is_guarded(self) -> bool:
        """Tell whether the reader is one of the office's who may not see persons."""
        return self.zone == "office" and not self.reader.sees_persons


class Resource(ABC):
    """Answers one query: rows in order, and what is said of the whole."""

    def __init__(self, query: Query) -> None:
        """Answer a query; nothing is asked before a method is called."""
        self.query = query

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """Return the columns of the rows."""

    @abstractmethod
    def rows(self) -> Iterable[Row]:
        """Return the rows behind `query.after`, at least `query.limit` of them if there are."""

    def totals(self) -> Sequence[Total]:
        """Return the sums over all pages."""
        return ()

    def extra(self) -> Mapping[str, Any]:
        """Return what a JSON page says beside its rows; a cursor carries it to the next page."""
        return {}

    def whole(self) -> Row | None:
        """Return the JSON of what is no list; None of a list."""
        return None

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return what names a row's place in the order: the `query.after` of the next page."""
        raise NotImplementedError(f"{type(self).__name__} has no second page for {row}")


class ShortList(Resource):
    """A list that is short enough to be asked for whole, each page anew."""

    # The field that tells its rows apart.
    KEY: ClassVar[str] = "id"

    @abstractmethod
    def listed(self) -> Sequence[Row]:
        """Return all rows, each with a KEY of its own."""

    @cached_property
    def found(self) -> Sequence[Row]:
        """Return all rows, asked for once."""
        return self.listed()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return each row's place, from 1."""
        return {str(row[self.KEY]): number for number, row in enumerate(self.found, start=1)}

    def rows(self) -> Iterable[Row]:
        """Return the rows behind the last page."""
        return self.found[self.query.after[0] if self.query.after else 0 :]

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return a row's place."""
        return (self.numbers[str(row[self.KEY])],)


Answering: TypeAlias = Callable[[Query], Resource]


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address that can be read: what it takes, which views it reads, who may read it."""

    path: str
    summary: str
    resource: Answering
    views: tuple[str, ...] = ()
    listed: bool = True
    single: Mapping[str, parameters.Reader] = field(default_factory=dict)
    filters: Mapping[str, parameters.Reader] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def read(
        self,
        request: Request,
        zone: Zone,
        offered: tuple[Form, ...] = FORMS,
        *,
        reader: OfficeReader = NOBODY,
    ) -> RequestContext:
        """Read the parameters that this address takes."""
        return parameters.read(
            request,
            zone=zone,
            single=self.taken(),
            filters=self.filters,
            offered=offered,
            reader=reader,
        )

    def taken(self) -> dict[str, parameters.Reader]:
        """Return the parameters that stand once."""
        paging = parameters.PAGING if self.listed else {}
        return {**parameters.TIMES, **self.single, **paging}
