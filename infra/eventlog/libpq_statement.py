"""Calls of the database's append functions: by psycopg, or by libpq with values of our encoding.

psycopg's general adaptation of sixteen values, most of them arrays, takes as long as all the rest
that Python does for a single command. `LibpqStatement` encodes them itself, and keeps a prepared
statement a connection; `PsycopgStatement` is its simple twin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any, NamedTuple, Protocol, cast
from weakref import WeakSet

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

# The numbers by which PostgreSQL knows its types.
INT4, INT8, TEXT, BYTEA = 23, 20, 25, 17
INT4S, INT8S, TEXTS, BYTEAS = 1007, 1016, 1009, 1001

_head = Struct(">iiIii").pack
_empty = Struct(">iiI").pack
_length = Struct(">i").pack
_bigint = Struct(">q").pack
_number = Struct(">q").unpack
# The length of what is null.
NULL = _length(-1)
# How arrays of one begin, the most frequent by far.
ONE_TEXT, ONE_BYTEA = _head(1, 0, TEXT, 1, 1), _head(1, 0, BYTEA, 1, 1)
NO_SUCH_STATEMENT = b"26000"
# PostgreSQL counts microseconds from here.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def int8(value: int | None) -> bytes | None:
    """Write a bigint."""
    return None if value is None else _bigint(value)


def texts(values: Sequence[str | None]) -> bytes:
    """Write a text[]."""
    if len(values) == 1 and values[0] is not None:
        value = values[0].encode()
        return ONE_TEXT + _length(len(value)) + value
    return _array(TEXT, [None if value is None else value.encode() for value in values])


def byteas(values: Sequence[bytes | None]) -> bytes:
    """Write a bytea[]."""
    if len(values) == 1 and values[0] is not None:
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


def _array(kind: int, values: Sequence[bytes | None]) -> bytes:
    if not values:
        return _empty(0, 0, kind)
    parts = [_head(1, None in values, kind, len(values), 1)]
    for value in values:
        parts += (NULL, b"") if value is None else (_length(len(value)), value)
    return b"".join(parts)


class Parameter(NamedTuple):
    """A parameter's type, by name and number, and how a value of it is written."""

    type: str
    number: int
    write: Callable[[Any], bytes | None]


TEXT_ARRAY = Parameter("text[]", TEXTS, texts)
BYTEA_ARRAY = Parameter("bytea[]", BYTEAS, byteas)
INT_ARRAY = Parameter("int[]", INT4S, int4s)
BIGINT_ARRAY = Parameter("bigint[]", INT8S, int8s)
BIGINT = Parameter("bigint", INT8, int8)


class AppendStatement(Protocol):
    """A call of a function of the database that gives a position and an instant."""

    def row(self, connection: psycopg.Connection, values: Sequence[object]) -> tuple[int, datetime]:
        """Call it with a value for each of its parameters."""


class PsycopgStatement:
    """The call as psycopg makes it."""

    def __init__(self, function: str, parameters: Sequence[Parameter]) -> None:
        """Name the function and its parameters."""
        places = ", ".join(f"%s::{parameter.type}" for parameter in parameters)
        self._query = f"SELECT first_position, moment FROM {function}({places})".encode()

    def row(self, connection: psycopg.Connection, values: Sequence[object]) -> tuple[int, datetime]:
        """Call it with a value for each of its parameters."""
        ((position, moment),) = connection.execute(self._query, values).fetchall()
        return position, moment.astimezone(UTC)


class LibpqStatement:
    """The call as a prepared statement; each connection prepares it when it first needs it."""

    def __init__(self, function: str, parameters: Sequence[Parameter]) -> None:
        """Name the function and its parameters."""
        places = ", ".join(f"${number}" for number in range(1, len(parameters) + 1))
        self._name = f"mingzhang {function}".encode()
        self._query = f"SELECT first_position, moment FROM {function}({places})".encode()
        self._types = [parameter.number for parameter in parameters]
        self._write = [parameter.write for parameter in parameters]
        self._formats = [Format.BINARY] * len(parameters)
        self._ready: WeakSet[psycopg.Connection] = WeakSet()

    def row(self, connection: psycopg.Connection, values: Sequence[object]) -> tuple[int, datetime]:
        """Call it with a value for each of its parameters."""
        written = [write(value) for write, value in zip(self._write, values, strict=True)]
        # libpq's signature forgets that a value may be NULL.
        given = cast("Sequence[bytes]", written)
        with connection.lock:
            if connection.pgconn.transaction_status == TransactionStatus.IDLE:
                result = self._prepared(connection, given)
            else:
                # A statement that is missing within a transaction could not be made good.
                result = connection.pgconn.exec_params(
                    self._query, given, self._types, self._formats, Format.BINARY
                )
            _check(connection, result)
        return number(result.get_value(0, 0) or b""), instant(result.get_value(0, 1) or b"")

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
