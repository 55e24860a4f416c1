"""Registers: the current and every earlier row of each subject, by collection.

Each collection has a store that answers for it: heads and patches of the view `registers`, but for
those that have a view of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain import AGGREGATES, COLLECTIONS
from domain.benefits.entitlements import Entitlement
from domain.office.publications import Publication
from domain.payments.payments import Payment
from domain.registers.statements import Statement
from projections.registers.entitlement_queries import EntitlementStore
from projections.registers.pay_run_lines import (
    held_back,
    line_totals,
    lines,
    straddling_chunks,
    unfinished_releases,
)
from projections.registers.payment_queries import PaymentStore
from projections.registers.payments import Payments
from projections.registers.publication_queries import PublicationStore
from projections.registers.queries import (
    CollectionStore,
    RegisterStore,
    ends,
    key_of,
    lies_between,
)
from projections.registers.search import search
from projections.registers.statement_queries import StatementStore
from projections.registers.view import ELSEWHERE, Registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row
    from projections.registers.heads import Step

__all__ = [
    "Payments",
    "Registers",
    "ends",
    "held_back",
    "history",
    "key_of",
    "lies_between",
    "line_totals",
    "lines",
    "one",
    "opened",
    "rows",
    "rows_as_told",
    "search",
    "straddling_chunks",
    "totals",
    "unfinished_releases",
    "view_of",
]

REGISTERS = {
    kind.KIND: RegisterStore(kind.KIND) for kind in AGGREGATES if kind.KIND not in ELSEWHERE
}
REGISTERS[Entitlement.KIND] = EntitlementStore(Entitlement.KIND)
REGISTERS[Publication.KIND] = PublicationStore(Publication.KIND)
REGISTERS[Statement.KIND] = StatementStore(Statement.KIND)
STORES: dict[str, CollectionStore] = {**REGISTERS, Payment.KIND: PaymentStore()}


def rows_as_told(connection: Connection[Any], collection: str, moment: Moment) -> Iterator[Row]:
    """Give all rows as their own events say them: nothing has ended by the passing of days alone.

    Nor does a row say what follows from others, or from its place in the log.
    """
    kind = COLLECTIONS[collection].KIND
    asked = RegisterStore(kind) if kind in REGISTERS else STORES[kind]
    return asked.rows(connection, moment, where={})


def view_of(collection: str) -> str:
    """Return the view that a collection's rows come from."""
    return store(collection).view


def store(collection: str) -> CollectionStore:
    """Return what answers for a collection."""
    return STORES[COLLECTIONS[collection].KIND]


def rows(
    connection: Connection[Any],
    collection: str,
    moment: Moment,
    *,
    where: Mapping[str, Sequence[str]],
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the rows of a collection in order of their ids, behind one of them; all without limit.

    A filter holds if the field, or one of its elements, equals one of the words given.
    """
    found = store(collection)
    return found.rows(connection, moment, where=where, after=after, limit=limit)


def one(connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
    """Return the row of a subject as of a moment, None if it did not exist then."""
    found = STORES.get(subject.partition(":")[0])
    return found.one(connection, subject, moment) if found else None


def totals(
    connection: Connection[Any],
    collection: str,
    moment: Moment,
    *,
    where: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Sum the quantities of all rows: `{"field", "value", "unit"}` for each that adds up."""
    return store(collection).totals(connection, moment, where=where)


def opened(
    connection: Connection[Any], collection: str, moment: Moment, where: Mapping[str, str]
) -> list[str]:
    """Return the ids of a register's subjects whose first event says these words."""
    return REGISTERS[COLLECTIONS[collection].KIND].opened(connection, moment, where)


def history(connection: Connection[Any], collection: str, moment: Moment) -> list[Step]:
    """Return what each event of a register's subjects changed, in order of position."""
    return REGISTERS[COLLECTIONS[collection].KIND].history(connection, moment)
