"""libpq is given for a value what psycopg would give it, and what comes back is read alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import Format
from psycopg.types.numeric import Int4, Int8

from domain.kernel.refusals import PeriodClosed
from infra.commands.retry import Conflict
from infra.commands.save import refusal_of
from infra.config.optimisations import Optimisations
from infra.eventlog import libpq_statement
from infra.eventlog.append import Appender
from infra.eventlog.batch import Batch, Kept, Stored
from infra.vault import Sealed
from projections.core import event_log

if TYPE_CHECKING:
    from infra.ledger import Ledger

INT8 = st.integers(-(2**63), 2**63 - 1)
INT4 = st.integers(-(2**31), 2**31 - 1)
# PostgreSQL's text holds no zero byte, and UTF-8 no surrogate.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
# Arrays without a value say nothing of their type to psycopg; the appends below have some.
WRITTEN: list[tuple[libpq_statement.Parameter, st.SearchStrategy[Any], Any]] = [
    (libpq_statement.BIGINT, INT8, Int8),
    (libpq_statement.BIGINT_ARRAY, st.lists(INT8, min_size=1), Int8),
    (libpq_statement.INT_ARRAY, st.lists(INT4, min_size=1), Int4),
    (libpq_statement.TEXT_ARRAY, st.lists(TEXT, min_size=1), str),
    (libpq_statement.BYTEA_ARRAY, st.lists(st.binary(), min_size=1), bytes),
]


def by_psycopg(value: Any, kind: Any) -> bytes:
    """Dump a value as psycopg does, integers as the size that the parameter has."""
    if kind in {Int4, Int8}:
        value = [kind(each) for each in value] if isinstance(value, list) else kind(value)
    dumped = Transformer().get_dumper(value, PyFormat.BINARY).dump(value)
    assert dumped is not None
    return bytes(dumped)


@pytest.mark.parametrize(
    ("parameter", "values", "kind"), WRITTEN, ids=[p.type for p, _, _ in WRITTEN]
)
def test_every_value_is_written_as_psycopg_writes_it(
    parameter: libpq_statement.Parameter, values: st.SearchStrategy[Any], kind: Any
) -> None:
    @given(values)
    def check(value: Any) -> None:
        assert parameter.write(value) == by_psycopg(value, kind)

    check()


@given(st.datetimes(timezones=st.just(UTC)), INT8)
def test_positions_and_instants_are_read_as_psycopg_reads_them(
    moment: datetime, position: int
) -> None:
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    column = ((moment - epoch) // timedelta(microseconds=1)).to_bytes(8, signed=True)
    read = Transformer()

    assert libpq_statement.instant(column) == moment
    assert read.get_loader(1184, Format.BINARY).load(column) == moment
    number = position.to_bytes(8, signed=True)
    assert libpq_statement.number(number) == position
    assert read.get_loader(20, Format.BINARY).load(number) == position


BOTH = pytest.mark.parametrize("libpq", [True, False])


def appender(*, libpq: bool) -> Appender:
    return Appender.of(Optimisations(libpq_statement=libpq))


@BOTH
def test_both_calls_store_the_same_receipts_and_guards(ledger: Ledger, *, libpq: bool) -> None:
    events = [Stored(f"fund:{n}", 1, "fund.opened.v1", b"{}") for n in range(3)]
    batch = Batch(
        events,
        {"fund:y": 0},
        [Kept("k", b"h", 1, b"[]")],
        [Sealed("fund:1", b"k", b"c", "f"), Sealed("fund:2", b"k", b"c")],
        stops_known_to=7,
    )

    with ledger.connection() as connection:
        found = appender(libpq=libpq).append(connection, batch)
        last = event_log.head(connection)
        kept = connection.execute(
            "SELECT key, hash, first_position, answer FROM ledger.receipts"
        ).fetchall()
        prints = connection.execute(
            "SELECT name, fingerprint FROM ledger.keys WHERE name LIKE 'fund:%'"
        ).fetchall()

    assert (*found,) == (1, last.time)
    assert found.recorded_at.tzinfo is UTC
    assert kept == [("k", b"h", 2, b"[]")]
    assert prints == [("fund:1", "f")]


@BOTH
def test_both_calls_refuse_alike(ledger: Ledger, *, libpq: bool) -> None:
    by = appender(libpq=libpq)
    fund = Stored("fund:x", 1, "fund.opened.v1", b"{}")
    state = b'{"act":{"booked":"0001-01-01"}}'
    closed = Stored("fund:x", 2, "fund.received.v1", state)
    with ledger.connection() as connection:
        by.append(connection, Batch([fund]))

        with pytest.raises(psycopg.errors.UniqueViolation) as twice:
            by.append(connection, Batch([fund]))
        with pytest.raises(psycopg.Error) as late:
            by.append(connection, Batch([closed]))

    assert isinstance(refusal_of(twice.value), Conflict)
    assert isinstance(refusal_of(late.value), PeriodClosed)
