"""Appends for tests of the gate, with our code and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.eventlog.append import append
from infra.eventlog.batch import Appended, Batch, Stored

if TYPE_CHECKING:
    from infra.ledger import OpenLedger

A_FUND = Stored("fund:x", 1, "fund.opened.v1", b"{}")
PLAIN_APPEND = """SELECT ledger.append(
    ARRAY['fund:plain'], ARRAY[1::bigint], ARRAY['fund.opened.v1'], ARRAY['{}'::bytea],
    ARRAY[sha256('salt')], NULL, NULL, '{}', '{}', NULL, '{}', '{}', '{}', '{}')"""


def append_one(ledger: OpenLedger, subject: str = "fund:x") -> Appended:
    """Append one event through a connection of the pool."""
    with ledger.connection() as connection:
        return append(connection, Batch([A_FUND._replace(subject=subject)]))
