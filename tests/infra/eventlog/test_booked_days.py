"""Nothing comes through the door of the database into a closed period."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import psycopg
import pytest

from domain.funds.fund_events import FundReceived
from domain.kernel.aggregate import Act
from domain.kernel.refusals import Refused
from domain.office.periods import BooksClosed, BooksReopened, PeriodReopened, PeriodSoftClosed
from infra.eventlog.batch import Batch, Guard, Stored, stored
from tests.infra.eventlog.appends import FEW, MORE, booked, refused, rows, send, some

if TYPE_CHECKING:
    from infra.ledger import Ledger

CLOSED, SOFT_CLOSED = "MZ001", "MZ002"
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
    more = {"reason": "漏记", "soft_through": through} if kind is BooksReopened else {}
    return stored(
        kind(originator_id=subject, originator_version=version, act=AN_ACT, through=through, **more)
    )


@pytest.mark.parametrize("number", [1, FEW, MORE])
def test_a_closed_period_takes_nothing(ledger: Ledger, number: int) -> None:
    """Whether one comes, or a few, or many in bulk."""
    send(ledger, [period(BooksClosed, date(2007, 12, 31), 1)])
    for day in (date(2007, 12, 31), date(2007, 1, 1)):
        assert refused(ledger, Batch(some(number, act=booked(day)))) == CLOSED
    send(ledger, some(number, act=booked(date(2008, 1, 1))))


@pytest.mark.parametrize("number", [1, FEW, MORE])
@pytest.mark.parametrize("hidden", [
    '"original":{"act":{"booked":"2009-01-01"}},"act":{"booked":"2007-12-31"}',
    '"act":{"booked":"2009-01-01"},"act":{"booked":"2007-12-31"}',
    '"act":{"booked":"2009-01-01","boo\\u006bed":"2007-12-31"}',
    '"\\u0061ct":{"by":"\\"booked\\":\\"2009-01-01\\"","booked":"2007-12-31"}',
])  # fmt: skip
def test_the_booked_day_is_read_as_the_program_reads_it(
    ledger: Ledger, number: int, hidden: str
) -> None:
    """Whatever order, repetition or spelling its sender chose."""
    send(ledger, [period(BooksClosed, date(2007, 12, 31), 1)])
    assert refused(ledger, Batch(some(number, act=hidden))) == CLOSED


@pytest.mark.parametrize("number", [1, FEW, MORE])
def test_what_moves_money_says_its_day(ledger: Ledger, number: int) -> None:
    assert refused(ledger, Batch(some(number, act='"act":{"by":"t"}'))) == "MZ003"


@pytest.mark.parametrize("number", [1, FEW, MORE])
def test_a_soft_closed_period_takes_only_what_may_enter(ledger: Ledger, number: int) -> None:
    day = date(2007, 12, 31)
    closed = PeriodSoftClosed(
        originator_id="period:2007",
        originator_version=1,
        act=Act(by="closer", on=day, booked=day),
        through=day,
    )
    send(ledger, [stored(closed)])
    assert refused(ledger, Batch(some(number, act=booked(day)))) == SOFT_CLOSED
    by_who_closed = booked(day, ',"reason":"r"').replace('"by":"t"', '"by":"closer"')
    assert refused(ledger, Batch(some(number, act=by_who_closed))) == SOFT_CLOSED
    send(ledger, some(number, act=booked(day, ',"reason":"r"')))


def test_a_batch_that_closes_a_day_books_nothing_more_on_it(ledger: Ledger) -> None:
    day = date(2007, 12, 31)
    before, after = stored(received(day)), stored(received(day, 2))
    assert refused(ledger, Batch([before, period(BooksClosed, day, 1), after])) == CLOSED
    send(ledger, [before, period(BooksClosed, day, 1)])


def test_a_period_is_as_closed_as_its_events_say(ledger: Ledger) -> None:
    march, june = date(2007, 3, 31), date(2007, 6, 30)
    steps = [
        ([period(PeriodSoftClosed, june, 1)], (date.min, june)),
        ([period(PeriodSoftClosed, march, 1, "period:march")], (date.min, june)),
        ([period(PeriodReopened, june, 2)], (date.min, march)),
        ([period(BooksClosed, march, 2, "period:march")], (march, march)),
        ([period(PeriodSoftClosed, june, 3)], (march, june)),
        ([period(PeriodReopened, june, 4)], (march, march)),
        ([*some(MORE), period(PeriodSoftClosed, june, 5)], (march, june)),
        ([period(BooksClosed, june, 6)], (june, june)),
        ([period(BooksReopened, june, 7)], (march, june)),
        ([period(BooksReopened, march, 3, "period:march")], (date.min, june)),
        ([period(BooksClosed, march, 8)], (march, june)),
        ([period(PeriodReopened, june, 9)], (march, march)),
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


def test_a_bulk_load_that_runs_while_the_period_is_closed_stops_there(ledger: Ledger) -> None:
    """Chunk after chunk is taken, until the period closes between two of them."""
    day = date(2007, 12, 31)
    taken = threading.Semaphore(0)
    last = 0

    def load() -> str | None:
        nonlocal last
        for chunk in range(1000):
            events = [stored(received(day, n, f"fund:c{chunk}")) for n in range(1, MORE + 1)]
            try:
                last = send(ledger, events).first_position + MORE - 1
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
