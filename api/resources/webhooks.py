"""The office's addresses of webhooks: who is called, and how far each has been told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Answering, Query, Resource
from api.resources.registers import collection, history, one
from domain.office.webhooks import Webhook
from infra.webhooks import delivery_state

READERS = frozenset({"operator", "auditor"})
# How a receiver stands now, whatever moment of the register is asked for; never its secret.
STANDING = columns("delivery told attempts calls failures answer called_at next_try dead_letters")
NOT_YET = {"delivery": "waiting"}


class WithStanding(Resource):
    """Webhooks from the register, each that is called with how its receiver stands."""

    def __init__(self, query: Query, *, of: Answering) -> None:
        """Add to another resource."""
        super().__init__(query)
        self.of = of(query)

    def columns(self) -> Sequence[Column]:
        """Return what the register says, and how receivers stand."""
        return [*self.of.columns(), *STANDING]

    def rows(self) -> Iterable[Row]:
        """Return the webhooks."""
        return with_standing(self.query, list(self.of.rows()))

    def totals(self) -> Sequence[Total]:
        """Return the register's."""
        return self.of.totals()

    def whole(self) -> Row | None:
        """Return the one webhook."""
        row = self.of.whole()
        return None if row is None else with_standing(self.query, [row])[0]

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the register's."""
        return self.of.key_of(row)


def with_standing(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Say of each webhook that is called how its receiver stands."""
    notes = delivery_state.shown(query.connection, [str(row["id"]) for row in rows])
    return [
        {**row, **notes.get(str(row["id"]), NOT_YET if row["state"] == "active" else {})}
        for row in rows
    ]


def standing(address: Address) -> Address:
    """Let an address say how receivers stand."""
    return replace(address, resource=partial(WithStanding, of=address.resource), roles=READERS)


WEBHOOKS: tuple[Address, ...] = (
    standing(collection(Webhook)),
    standing(one(Webhook)),
    replace(history(Webhook), roles=READERS),
)
