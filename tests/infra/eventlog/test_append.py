"""What comes through the door of the database is whole and in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import psycopg
import pytest

from domain.benefits.entitlement_events import EntitlementStopped, EntitlementSuspended
from domain.benefits.person_events import PersonDeathReported
from domain.kernel.aggregate import Event, stored_name
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, Kept, Stored
from infra.vault import Sealed
from tests.infra.eventlog.appends import FEW, MORE, log, refused, rows, send, some

if TYPE_CHECKING:
    from infra.ledger import Ledger

STOPS: tuple[type[Event], ...] = (EntitlementStopped, EntitlementSuspended, PersonDeathReported)
STALE = "MZ004"


def test_positions_are_dense_and_moments_never_decrease_under_eight_writers(
    ledger: Ledger,
) -> None:
    """Some come with few events, some with many, and some are refused."""

    def write(writer: int) -> None:
        for turn in range(10):
            number = MORE if turn % 5 == writer % 5 else FEW
            send(ledger, some(number, f"fund:{writer}-{turn}"))
            refused_twice = some(1, f"fund:{writer}-{turn}")
            with pytest.raises(psycopg.errors.UniqueViolation):
                send(ledger, refused_twice)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    found = rows(
        ledger, "SELECT notification_id, recorded_at FROM ledger.events ORDER BY notification_id"
    )
    assert [position for position, _ in found] == list(range(1, len(found) + 1))
    moments = [moment for _, moment in found if isinstance(moment, datetime)]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert len(found) == 8 * (2 * MORE + 8 * FEW)


def test_a_batch_stands_together(ledger: Ledger) -> None:
    for number in (FEW, MORE):
        first, moment = send(ledger, some(number, f"fund:{number}"))
        held = rows(
            ledger,
            "SELECT min(notification_id), max(notification_id), count(DISTINCT recorded_at),"
            f" min(recorded_at) FROM ledger.events WHERE originator_id = 'fund:{number}'",
        )
        assert held == [(first, first + number - 1, 1, moment)]


def test_a_clock_that_steps_back_moves_no_event_into_the_past(
    ledger: Ledger, owner: psycopg.Connection
) -> None:
    future = datetime(2999, 1, 1, tzinfo=UTC)
    send(ledger, some(1))
    owner.execute("UPDATE ledger.events SET recorded_at = %s", (future,))
    assert send(ledger, some(1, first=2)) == (2, future)
    assert send(ledger, some(MORE, first=3)) == (3, future)


def test_few_and_many_leave_the_same_rows(ledger: Ledger) -> None:
    """Arrays and the staging table are two ways to one table."""
    events = [
        Stored("fund:二", 1, "fund.opened.v1", "状态\n\t\\,\"'".encode()),
        Stored("fund:a", 1, "fund.opened.v1", b""),
        Stored("fund:a", 2, "fund.opened.v1", bytes(range(256))),
    ]
    send(ledger, events)
    send(ledger, [e._replace(subject=e.subject + "'") for e in events] + some(MORE))
    held = log(ledger)
    few = [row[1:] for row in held[:3]]
    many = [(str(row[1]).removesuffix("'"), *row[2:]) for row in held[3:6]]
    assert few == many == [tuple(e) for e in events]


def test_every_event_has_a_salt_of_its_own(ledger: Ledger) -> None:
    send(ledger, some(FEW))
    send(ledger, some(MORE, "fund:y"))
    salts = [row[0] for row in rows(ledger, "SELECT salt FROM ledger.events")]
    assert {len(salt) for salt in salts if isinstance(salt, bytes)} == {32}
    assert len(set(salts)) == FEW + MORE


@pytest.mark.parametrize("number", [FEW, MORE])
def test_receipts_and_what_is_sealed_stand_or_fall_with_the_events(
    ledger: Ledger, number: int
) -> None:
    receipts = [Kept("k-1", b"h", 0, b"a"), Kept("k-2", b"h", number - 1, b"b")]
    sealed = [Sealed("fund:x", b"key", b"content")]
    with ledger.connection() as connection:
        append(connection, Batch(some(number), receipts=receipts, sealed=sealed))
    assert rows(
        ledger,
        "SELECT key, first_position, recorded_at = (SELECT max(recorded_at) FROM ledger.events)"
        " FROM ledger.receipts ORDER BY key",
    ) == [("k-1", 1, True), ("k-2", number, True)]
    again = Batch(
        some(number, "fund:y"), receipts=receipts, sealed=[Sealed("fund:y", b"other", b"other")]
    )
    assert refused(ledger, again) == "23505"
    assert rows(ledger, "SELECT * FROM vault.read('fund:x')") == [(b"key", b"content")]
    assert rows(ledger, "SELECT s IS NULL FROM vault.read('fund:y') s") == [(True,)]


@pytest.mark.parametrize("number", [FEW, MORE])
def test_a_stream_that_has_moved_on_is_found_out(ledger: Ledger, number: int) -> None:
    send(ledger, some(2, "role:r"))
    for seen in ({"role:r": 1}, {"role:r": 3}, {"role:r": 2, "fund:none": 1}):
        assert refused(ledger, Batch(some(number), read=seen)) == STALE
    with ledger.connection() as connection:
        append(connection, Batch(some(number), read={"role:r": 2, "fund:none": 0}))


@pytest.mark.parametrize("number", [FEW, MORE])
@pytest.mark.parametrize("kind", STOPS)
def test_payments_are_refused_that_were_decided_before_somebody_was_stopped(
    ledger: Ledger, number: int, kind: type[Event]
) -> None:
    send(ledger, some(1))
    send(ledger, [Stored("entitlement:e", 1, stored_name(kind), b"{}")])
    assert refused(ledger, Batch(some(number, "fund:y"), stops_known_to=1)) == STALE
    with ledger.connection() as connection:
        append(connection, Batch(some(number, "fund:y"), stops_known_to=2))


def test_a_failing_batch_leaves_nothing(ledger: Ledger) -> None:
    send(ledger, some(1))
    for number in (FEW, MORE):
        assert refused(ledger, Batch([*some(number, "fund:y"), *some(1)])) == "23505"
    assert send(ledger, some(1, "fund:y")).first_position == 2
