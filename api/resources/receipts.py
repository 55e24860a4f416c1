"""The list of receipts: what every command was answered, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, columns
from api.queries.resource import Address, Resource
from infra.commands import receipts
from projections.disclosure.clearance import READERS

RECEIPT_COLUMNS = columns(
    "id state version position opened_on key order subject positions recorded_at events"
)
# So many keys are looked at together.
AT_ONCE = 100
FILTERS = ("id", "state", "key", "subject")


class CommandReceipts(Resource):
    """The receipts, a row for each command of an array."""

    def columns(self) -> Sequence[Column]:
        """Return what a receipt says."""
        return RECEIPT_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the receipts in the order of their keys."""
        key, order = self.query.after or ("", 0)
        rows = (row for row in self.behind(str(key)) if self.key_of(row) > (key, order))
        return (row for row in rows if holds(row, self.query.where))

    def behind(self, key: str) -> Iterator[Row]:
        """Give the receipts of a key and of all behind it that the reader may see."""
        query = self.query
        listed = receipts.listed(query.connection, query.moment, key=key)
        while some := [*islice(listed, AT_ONCE)]:
            rows = [
                told(receipt, order)
                for stored in some
                for order, receipt in enumerate(stored.receipts(replayed=False), start=1)
            ]
            shown = receipts.seen_by(query.connection, query.reader, rows)
            yield from (row for row, seen in zip(rows, shown, strict=True) if seen)

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the key, and the place in the array."""
        return (row["key"], row["order"])


def told(receipt: dict[str, Any], order: int) -> Row:
    """Write a receipt as a row of a collection."""
    return {
        "id": receipt["key"],
        "state": "carried-out",
        "version": receipt["version"],
        "position": receipt["positions"][-1],
        "opened_on": receipt["recorded_at"][:10],
        "order": order,
        **{name: value for name, value in receipt.items() if name != "replayed"},
    }


def holds(row: Row, where: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether each filter names what the row says."""
    return all(row[name] in words for name, words in where.items())


RECEIPTS = Address(
    path="/receipts",
    summary="What every command was answered.",
    resource=CommandReceipts,
    filters=dict.fromkeys(FILTERS, parameters.text),
    roles=READERS,
)
