"""What comes through the door of the database is whole, in order, and in no closed period."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise

import msgspec
import psycopg
import pytest

from domain.benefits.entitlement_events import EntitlementStopped, EntitlementSuspended
from domain.benefits.persons import PersonDeathReported
from domain.funds.fund_events import FundReceived
from domain.kernel.aggregate import Act, Event, stored_name
from domain.kernel.refusals import Refused
from domain.office.periods import BooksClosed, PeriodReopened, PeriodSoftClosed
from infra.eventlog.append import append
from infra.eventlog.batch import MANY, Appended, Batch, Guard, Kept, Stored, stored
from infra.ledger import OpenLedger
from infra.vault import Sealed

FEW, MORE = 3, MANY + 1
STOPS: tuple[type[Event], ...] = (EntitlementStopped, EntitlementSuspended, PersonDeathReported)
CLOSED, SOFT_CLOSED, STALE = "MZ001", "MZ002", "MZ004"


def some(number: int, subject: str = "fund:x", first: int = 1) -> list[Stored]:
    """Make events of one stream."""
    return [
        Stored(subject, version, "fund.received.v1", b'{"n":%d}' % version)
        for version in range(first, first + number)
    ]


def send(ledger: OpenLedger, events: Sequence[Stored], guard: Guard | None = None) -> Appended:
    with ledger.connection() as connection:
        return append(connection, Batch(events, guard or Guard()))


def rows(ledger: OpenLedger, query: str) -> list[tuple[object, ...]]:
    with ledger.connection() as connection:
        return connection.execute(query.encode()).fetchall()


def log(ledger: OpenLedger) -> list[tuple[object, ...]]:
    return rows(
        ledger,
        "SELECT notification_id, originator_id, originator_version, topic, state"
        " FROM ledger.events ORDER BY notification_id",
    )


def refused(ledger: OpenLedger, batch: Batch) -> str | None:
    """Append what is refused; return the code. Nothing of it stays."""
    before = log(ledger), rows(ledger, "SELECT * FROM ledger.receipts")
    with ledger.connection() as connection, pytest.raises(psycopg.Error) as error:
        append(connection, batch)
    assert (log(ledger), rows(ledger, "SELECT * FROM ledger.receipts")) == before
    return error.value.sqlstate


def test_positions_are_dense_and_moments_never_decrease_under_eight_writers(
    ledger: OpenLedger,
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


def test_a_batch_stands_together(ledger: OpenLedger) -> None:
    for number in (FEW, MORE):
        first, moment = send(ledger, some(number, f"fund:{number}"))
        held = rows(
            ledger,
            "SELECT min(notification_id), max(notification_id), count(DISTINCT recorded_at),"
            f" min(recorded_at) FROM ledger.events WHERE originator_id = 'fund:{number}'",
        )
        assert held == [(first, first + number - 1, 1, moment)]


def test_a_clock_that_steps_back_moves_no_event_into_the_past(
    ledger: OpenLedger, owner: psycopg.Connection
) -> None:
    future = datetime(2999, 1, 1, tzinfo=UTC)
    send(ledger, some(1))
    owner.execute("UPDATE ledger.events SET recorded_at = %s", (future,))
    assert send(ledger, some(1, first=2)) == (2, future)
    assert send(ledger, some(MORE, first=3)) == (3, future)


def test_few_and_many_leave_the_same_rows(ledger: OpenLedger) -> None:
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


def test_every_event_has_a_salt_of_its_own(ledger: OpenLedger) -> None:
    send(ledger, some(FEW))
    send(ledger, some(MORE, "fund:y"))
    salts = [row[0] for row in rows(ledger, "SELECT salt FROM ledger.events")]
    assert {len(salt) for salt in salts if isinstance(salt, bytes)} == {32}
    assert len(set(salts)) == FEW + MORE


@pytest.mark.parametrize("number", [FEW, MORE])
def test_receipts_and_what_is_sealed_stand_or_fall_with_the_events(
    ledger: OpenLedger, number: int
) -> None:
    receipts = [Kept("k-1", b"h", 0, b"a"), Kept("k-2", b"h", number - 1, b"b")]
    sealed = [Sealed("person:p", b"key", b"content")]
    with ledger.connection() as connection:
        append(connection, Batch(some(number), receipts=receipts, sealed=sealed))
    assert rows(
        ledger,
        "SELECT key, first_position, recorded_at = (SELECT max(recorded_at) FROM ledger.events)"
        " FROM ledger.receipts ORDER BY key",
    ) == [("k-1", 1, True), ("k-2", number, True)]
    again = Batch(
        some(number, "fund:y"), receipts=receipts, sealed=[Sealed("person:p", b"other", b"other")]
    )
    assert refused(ledger, again) == "23505"
    assert rows(ledger, "SELECT * FROM vault.read('person:p')") == [(b"key", b"content")]


@pytest.mark.parametrize("number", [FEW, MORE])
def test_a_stream_that_has_moved_on_is_found_out(ledger: OpenLedger, number: int) -> None:
    send(ledger, some(2, "role:r"))
    for seen in ({"role:r": 1}, {"role:r": 3}, {"role:r": 2, "fund:none": 1}):
        assert refused(ledger, Batch(some(number), read=seen)) == STALE
    with ledger.connection() as connection:
        append(connection, Batch(some(number), read={"role:r": 2, "fund:none": 0}))


@pytest.mark.parametrize("number", [FEW, MORE])
@pytest.mark.parametrize("kind", STOPS)
def test_payments_are_refused_that_were_decided_before_somebody_was_stopped(
    ledger: OpenLedger, number: int, kind: type[Event]
) -> None:
    send(ledger, some(1))
    send(ledger, [Stored("entitlement:e", 1, stored_name(kind), b"{}")])
    assert refused(ledger, Batch(some(number, "fund:y"), stops_known_to=1)) == STALE
    with ledger.connection() as connection:
        append(connection, Batch(some(number, "fund:y"), stops_known_to=2))


def test_a_failing_batch_leaves_nothing(ledger: OpenLedger) -> None:
    send(ledger, some(1))
    for number in (FEW, MORE):
        assert refused(ledger, Batch([*some(number, "fund:y"), *some(1)])) == "23505"
    assert send(ledger, some(1, "fund:y")).first_position == 2


AN_ACT = Act(by="t", on=date(2007, 12, 31), booked=date(2007, 12, 31))


def received(on: date, version: int = 1, subject: str = "fund:x") -> FundReceived:
    return FundReceived(
        originator_id=subject,
        originator_version=version,
        act=Act(by="t", on=on, booked=on),
        amount=1,
        earmark="general",
        source="fiscal",
        document="d",
    )


def period(kind: type, through: date, version: int, subject: str = "period:2007") -> Stored:
    return stored(
        kind(originator_id=subject, originator_version=version, act=AN_ACT, through=through)
    )


@pytest.mark.parametrize("number", [1, FEW, MORE])
def test_a_closed_period_takes_nothing(ledger: OpenLedger, number: int) -> None:
    """Whether one comes, or a few, or many in bulk."""
    send(ledger, [period(BooksClosed, date(2007, 12, 31), 1)])
    for first_booked in (date(2007, 12, 31), date(2007, 1, 1)):
        assert refused(ledger, Batch(some(number), Guard(first_booked))) == CLOSED
    send(ledger, some(number), Guard(date(2008, 1, 1), date(2008, 1, 1)))


@pytest.mark.parametrize("number", [1, FEW, MORE])
def test_a_soft_closed_period_takes_only_what_may_enter(ledger: OpenLedger, number: int) -> None:
    day = date(2007, 12, 31)
    send(ledger, [period(PeriodSoftClosed, day, 1)])
    assert refused(ledger, Batch(some(number), Guard(day, day))) == SOFT_CLOSED
    send(ledger, some(number), Guard(day, None))


def test_a_period_is_as_closed_as_its_events_say(ledger: OpenLedger) -> None:
    march, june = date(2007, 3, 31), date(2007, 6, 30)
    steps = [
        ([period(PeriodSoftClosed, june, 1)], (date.min, june)),
        ([period(PeriodSoftClosed, march, 1, "period:march")], (date.min, june)),
        ([period(PeriodReopened, june, 2)], (date.min, march)),
        ([period(BooksClosed, march, 2, "period:march")], (march, march)),
        ([period(PeriodSoftClosed, june, 3)], (march, june)),
        ([period(PeriodReopened, june, 4)], (march, march)),
        ([*some(MORE), period(PeriodSoftClosed, june, 5)], (march, june)),
    ]
    for events, through in steps:
        send(ledger, events)
        assert rows(ledger, "SELECT closed_through, soft_through FROM ledger.periods") == [through]


def test_what_is_closed_in_a_batch_is_closed_for_the_rest_of_it() -> None:
    guard = Guard()
    guard.see(received(date(2007, 12, 31)), may_enter_soft=False)
    closed = BooksClosed(
        originator_id="period:2007", originator_version=1, act=AN_ACT, through=date(2007, 12, 31)
    )
    guard.see(closed, may_enter_soft=False)
    guard.see(received(date(2008, 1, 1)), may_enter_soft=False)
    with pytest.raises(Refused, match="closed through 2007-12-31"):
        guard.see(received(date(2007, 12, 31)), may_enter_soft=True)
    soft_closed = PeriodSoftClosed(
        originator_id="period:2008", originator_version=1, act=AN_ACT, through=date(2008, 12, 31)
    )
    guard.see(soft_closed, may_enter_soft=False)
    guard.see(received(date(2008, 12, 31)), may_enter_soft=True)
    with pytest.raises(Refused, match="soft-closed through 2008-12-31"):
        guard.see(received(date(2008, 1, 1)), may_enter_soft=False)


def test_a_bulk_load_that_runs_while_the_period_is_closed_stops_there(ledger: OpenLedger) -> None:
    """Chunk after chunk is taken, until the period closes between two of them."""
    day = date(2007, 12, 31)
    taken = threading.Semaphore(0)
    last = 0

    def load() -> str | None:
        nonlocal last
        for chunk in range(1000):
            events = [stored(received(day, n, f"fund:c{chunk}")) for n in range(1, MORE + 1)]
            try:
                last = send(ledger, events, Guard(day, day)).first_position + MORE - 1
            except psycopg.Error as error:
                return error.sqlstate
            taken.release()
        return None

    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load)
        for _ in range(3):
            taken.acquire()
        closed = send(ledger, [period(BooksClosed, day, 1)]).first_position
        assert loading.result() == CLOSED
    assert last < closed
    late = [
        position
        for position, topic, state in rows(
            ledger, "SELECT notification_id, topic, state FROM ledger.events"
        )
        if topic == "fund.received.v1"
        and isinstance(position, int)
        and isinstance(state, bytes)
        and msgspec.json.decode(state, type=FundReceived).act.booked <= day
        and position > closed
    ]
    assert late == []
