"""The way into the log: `ledger.append()` for few events, `ledger.append_staged()` for many.

A batch is all or nothing: its events, its receipts, and what it seals in the vault.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from infra.config.optimisations import Optimisations
from infra.eventlog import libpq_statement as parameter
from infra.eventlog.batch import Appended, Batch, stored_alike
from infra.eventlog.binary_copy import SALT_BYTES, BinaryRows, StagedRows, TextRows
from infra.eventlog.libpq_statement import AppendStatement, LibpqStatement, PsycopgStatement

if TYPE_CHECKING:
    import psycopg

# What both functions are told besides the events: see _besides().
BESIDES = (
    parameter.TEXT_ARRAY,
    parameter.BIGINT_ARRAY,
    parameter.BIGINT,
    parameter.TEXT_ARRAY,
    parameter.BYTEA_ARRAY,
    parameter.INT_ARRAY,
    parameter.BYTEA_ARRAY,
    parameter.TEXT_ARRAY,
    parameter.BYTEA_ARRAY,
    parameter.BYTEA_ARRAY,
    parameter.TEXT_ARRAY,
    parameter.TEXT_ARRAY,
    parameter.TEXT_ARRAY,
)
EVENTS = (
    parameter.TEXT_ARRAY,
    parameter.BIGINT_ARRAY,
    parameter.TEXT_ARRAY,
    parameter.BYTEA_ARRAY,
    parameter.BYTEA_ARRAY,
)
# Of each one for all connections: a name is prepared once a connection.
LIBPQ, PSYCOPG = (
    (call("ledger.append", (*EVENTS, *BESIDES)), call("ledger.append_staged", BESIDES))
    for call in (LibpqStatement, PsycopgStatement)
)


@dataclass(frozen=True)
class Appender:
    """Appends batches. In which form they go to the database changes nothing that is stored."""

    few: AppendStatement
    staged: AppendStatement
    rows: StagedRows

    @classmethod
    def of(cls, on: Optimisations) -> Self:
        """Choose the forms by the optimisations that are on."""
        few, staged = LIBPQ if on.libpq_statement else PSYCOPG
        return cls(few, staged, BinaryRows() if on.binary_copy else TextRows())

    def pack(self, batch: Batch) -> Batch:
        """Write a batch's rows now, if they are many, rather than when it is appended."""
        if batch.many and not batch.packed:
            batch.packed = self.rows.packed(batch.alike, batch.events)
        return batch

    def append(self, connection: psycopg.Connection, batch: Batch) -> Appended:
        """Append a batch, all or nothing."""
        if self.pack(batch).many:
            with connection.transaction():
                return self._append_many(connection, batch)
        if batch.turn:
            # Nothing is sent ahead: it waits here, and fails with the batch before it.
            batch.turn()
        # One statement is a transaction of its own.
        return self._append_few(connection, batch)

    def _append_few(self, connection: psycopg.Connection, batch: Batch) -> Appended:
        events = [*map(stored_alike, batch.alike), *batch.events]
        salts = os.urandom(SALT_BYTES * len(events))
        values = (
            [e.subject for e in events],
            [e.version for e in events],
            [e.topic for e in events],
            [e.state for e in events],
            [salts[n : n + SALT_BYTES] for n in range(0, len(salts), SALT_BYTES)],
            *_besides(batch),
        )
        return Appended(*self.few.row(connection, values))

    def _append_many(self, connection: psycopg.Connection, batch: Batch) -> Appended:
        with connection.cursor(binary=True) as cursor:
            _stage(cursor, self.rows.copy, batch.packed)
        if batch.turn:
            batch.turn()
        return Appended(*self.staged.row(connection, _besides(batch)))


FASTEST = Appender.of(Optimisations())
append = FASTEST.append


def _besides(batch: Batch) -> tuple[object, ...]:
    """Give what the functions check, the receipts, and what is last said of what is sealed."""
    kept, sealed = batch.receipts, [*{each.subject: each for each in batch.sealed}.values()]
    return (
        list(batch.read),
        list(batch.read.values()),
        batch.stops_known_to,
        [k.key for k in kept],
        [k.hash for k in kept],
        [k.start for k in kept],
        [k.answer for k in kept],
        [each.subject for each in sealed],
        [each.wrapped_key for each in sealed],
        [each.content for each in sealed],
        [each.fingerprint for each in sealed],
        [each.marks for each in sealed],
        [each.master for each in sealed],
    )


def _stage(cursor: psycopg.Cursor, statement: str, rows: bytes) -> None:
    """Fill the session's temporary table; no lock is held meanwhile."""
    cursor.execute("SELECT to_regclass('pg_temp.staged') IS NULL")
    if (cursor.fetchone() or (True,))[0]:
        cursor.execute("SELECT ledger.stage()")
    with cursor.connection.cursor() as filler, filler.copy(statement.encode()) as copy:
        copy.write(rows)
