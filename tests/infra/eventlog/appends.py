"""Appends for tests of the gate, with our code and without it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest

from infra.eventlog.append import append
from infra.eventlog.batch import MANY, Appended, Batch, Stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.ledger import Ledger

FEW, MORE = 3, MANY + 1
A_FUND = Stored("fund:x", 1, "fund.opened.v1", b"{}")
PLAIN_APPEND = """SELECT ledger.append(
    ARRAY['fund:plain'], ARRAY[1::bigint], ARRAY['fund.opened.v1'], ARRAY['{}'::bytea],
    ARRAY[sha256('salt')], '{}', '{}', NULL, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
    '{}', '{}')"""

MONEY_APPEND = PLAIN_APPEND.replace("fund.opened", "fund.received").replace(
    "'{}'::bytea", """'{"act":{"booked":"2007-12-31"}}'::bytea"""
)


def append_one(ledger: Ledger, subject: str = "fund:x") -> Appended:
    """Append one event through a connection of the pool."""
    with ledger.connection() as connection:
        return append(connection, Batch([A_FUND._replace(subject=subject)]))


def some(number: int, subject: str = "fund:x", *, first: int = 1, act: str = "") -> list[Stored]:
    """Make events of one stream; the last one has an act of its own."""
    states = [BOOKED] * (number - 1) + [act or BOOKED]
    return [
        Stored(subject, version, "fund.received.v1", b'{"n":%d,%b}' % (version, said.encode()))
        for version, said in enumerate(states, first)
    ]


def booked(day: date, more: str = "") -> str:
    return f'"act":{{"by":"t","on":"2007-12-31","booked":"{day}"{more}}}'


BOOKED = booked(date(2009, 12, 31))


def send(ledger: Ledger, events: Sequence[Stored]) -> Appended:
    with ledger.connection() as connection:
        return append(connection, Batch(events))


def rows(ledger: Ledger, query: str) -> list[tuple[object, ...]]:
    with ledger.connection() as connection:
        return connection.execute(query.encode()).fetchall()


def log(ledger: Ledger) -> list[tuple[object, ...]]:
    return rows(
        ledger,
        "SELECT notification_id, originator_id, originator_version, topic, state"
        " FROM ledger.events ORDER BY notification_id",
    )


def refused(ledger: Ledger, batch: Batch) -> str | None:
    """Append what is refused; return the code. Nothing of it stays."""
    before = log(ledger), rows(ledger, "SELECT * FROM ledger.receipts")
    with ledger.connection() as connection, pytest.raises(psycopg.Error) as error:
        append(connection, batch)
    assert (log(ledger), rows(ledger, "SELECT * FROM ledger.receipts")) == before
    return error.value.sqlstate
