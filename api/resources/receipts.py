"""The list of receipts: what every command was answered, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from api.queries import parameters
from api.queries.formats import Row, columns
from api.queries.resource import Answer, Question, Source
from api.resources.registers import READERS
from infra.commands.receipts import StoredReceipt
from projections.core.event_log import Reading
from projections.core.view import streamed

# A receipt stands on the day on which it was written; of an array every order has a row.
LISTED = """SELECT key, hash, first_position, recorded_at, answer FROM ledger.receipts
    WHERE first_position <= %(position)s AND key >= %(key)s
      AND (recorded_at AT TIME ZONE 'UTC')::date <= coalesce(%(as_of)s::date, 'infinity')
    ORDER BY key"""
COLUMNS = columns(
    "id state version position opened_on key order subject positions recorded_at events"
)
FILTERS = ("id", "state", "key", "subject")


def ask_receipts(connection: Reading, question: Question) -> Answer:
    """Ask for the receipts, a row for each order."""
    key, order = question.after or ("", 0)
    rows = islice(receipts(connection, question, str(key)), int(order), None)
    return Answer(
        rows=(row for row in rows if holds(row, question.where)),
        columns=COLUMNS,
        key_of=lambda row: (row["key"], row["order"]),
    )


def receipts(connection: Reading, question: Question, key: str) -> Iterator[Row]:
    """Give the receipts of a key and of all behind it."""
    for row in streamed(connection, LISTED, {**question.moment._asdict(), "key": key}):
        for order, receipt in enumerate(StoredReceipt(**row).receipts(replayed=False), start=1):
            yield told(receipt, order)


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


RECEIPTS = Source(
    path="/receipts",
    says="What every command was answered.",
    ask=ask_receipts,
    filters=dict.fromkeys(FILTERS, parameters.text),
    roles=READERS,
)
