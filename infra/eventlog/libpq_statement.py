"""The shortest way to the door: a prepared statement, its values as PostgreSQL reads them.

psycopg's general adaptation of thirteen values, most of them arrays, would take as long as all the
rest that Python does for a single command.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import cast
from weakref import WeakSet

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

# The numbers by which PostgreSQL knows its types.
INT4, INT8, TEXT, BYTEA, DATE = 23, 20, 25, 17, 1082
INT4S, INT8S, TEXTS, BYTEAS = 1007, 1016, 1009, 1001

_head = Struct(">iiIii").pack
_empty = Struct(">iiI").pack
_length = Struct(">i").pack
_bigint = Struct(">q").pack
_number = Struct(">q").unpack
# How arrays of one begin, the most frequent by far.
ONE_TEXT, ONE_BYTEA = _head(1, 0, TEXT, 1, 1), _head(1, 0, BYTEA, 1, 1)
# PostgreSQL counts days and microseconds from here.
NO_SUCH_STATEMENT = b"26000"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()


def day(value: date | None) -> bytes | None:
    """Write a date."""
    return None if value is None else _length(value.toordinal() - EPOCH_DAY)


def int8(value: int | None) -> bytes | None:
    """Write a bigint."""
    return None if value is None else _bigint(value)


def texts(values: Sequence[str]) -> bytes:
    """Write a text[]."""
    if len(values) == 1:
        value = values[0].encode()
        return ONE_TEXT + _length(len(value)) + value
    return _array(TEXT, [value.encode() for value in values])


def byteas(values: Sequence[bytes]) -> bytes:
    """Write a bytea[]."""
    if len(values) == 1:
        return ONE_BYTEA + _length(len(values[0])) + values[0]
    return _array(BYTEA, values)


def int4s(values: Sequence[int]) -> bytes:
    """Write an int[]."""
    return _array(INT4, [_length(value) for value in values])


def int8s(values: Sequence[int]) -> bytes:
    """Write a bigint[]."""
    return _array(INT8, [_bigint(value) for value in values])


def number(column: bytes) -> int:
    """Read a bigint."""
    return int(_number(column)[0])


def instant(column: bytes) -> datetime:
    """Read a timestamptz."""
    return EPOCH + timedelta(microseconds=number(column))


def _array(kind: int, values: Sequence[bytes]) -> bytes:
    if not values:
        return _empty(0, 0, kind)
    parts = [_head(1, 0, kind, len(values), 1)]
    for value in values:
        parts += (_length(len(value)), value)
    return b"".join(parts)


class PreparedStatement:
    """A statement that gives one row; each connection prepares it when it first needs it."""

    def __init__(self, name: str, query: str, types: Sequence[int]) -> None:
        """Keep the query, with $1 and so on for values of these types."""
        self._name = name.encode()
        self._query = query.encode()
        self._types = types
        self._formats = [Format.BINARY] * len(types)
        self._ready: WeakSet[psycopg.Connection] = WeakSet()

    def row(self, connection: psycopg.Connection, values: Sequence[bytes | None]) -> list[bytes]:
        """Carry the statement out, and return the columns of its row."""
        # Its signature forgets that a value may be NULL.
        given = cast("Sequence[bytes]", values)
        with connection.lock:
            if connection.pgconn.transaction_status == TransactionStatus.IDLE:
                result = self._prepared(connection, given)
            else:
                # A statement that is missing within a transaction could not be made good.
                result = connection.pgconn.exec_params(
                    self._query, given, self._types, self._formats, Format.BINARY
                )
            _check(connection, result)
        return [result.get_value(0, n) or b"" for n in range(result.nfields)]

    def _prepared(self, connection: psycopg.Connection, given: Sequence[bytes]) -> PGresult:
        """Carry it out by its name; psycopg drops all names after a rollback, whoever's it was."""
        found = connection.pgconn
        if connection not in self._ready:
            _check(connection, found.prepare(self._name, self._query, self._types))
            self._ready.add(connection)
        result = found.exec_prepared(self._name, given, self._formats, Format.BINARY)
        if result.error_field(DiagnosticField.SQLSTATE) == NO_SUCH_STATEMENT:
            _check(connection, found.prepare(self._name, self._query, self._types))
            result = found.exec_prepared(self._name, given, self._formats, Format.BINARY)
        return result


def _check(connection: psycopg.Connection, result: psycopg.pq.abc.PGresult) -> None:
    """Raise what the server refused, or that it is gone."""
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return
    if connection.pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError(connection.pgconn.get_error_message())
    raise error_from_result(result)
