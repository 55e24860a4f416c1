"""A follower hears of every commit, of silence too, and goes on when its connection is broken."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from infra.eventlog.subscription import AsyncSubscription, Subscription
from projections.core import event_log
from tests.infra.eventlog.appends import append_one
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg import AsyncConnection, Connection

    from infra.ledger import Ledger

END = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%LISTEN%' AND pid <> pg_backend_pid()"""


def in_a_thread(url: str, stopping: threading.Event, hear: Callable[[bool], None]) -> None:
    subscription = Subscription(url, stopping)

    def follow(connection: Connection[Any]) -> None:
        for change in subscription.changes(connection):
            hear(change)

    subscription.run(follow)


def in_an_event_loop(url: str, stopping: threading.Event, hear: Callable[[bool], None]) -> None:
    subscription = AsyncSubscription(url, stopping.is_set, lambda: 0.01)

    async def follow(connection: AsyncConnection[Any]) -> None:
        async for change in subscription.changes(connection):
            hear(change)

    asyncio.run(subscription.run(follow))


@contextmanager
def following(follow: Callable[..., None], url: str) -> Iterator[list[bool]]:
    """Follow the log at an address in a thread; give what is heard."""
    stopping, heard = threading.Event(), list[bool]()
    thread = threading.Thread(target=follow, args=(url, stopping, heard.append))
    thread.start()
    try:
        yield heard
    finally:
        stopping.set()
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(params=[in_a_thread, in_an_event_loop])
def heard(request: pytest.FixtureRequest, ledger: Ledger) -> Iterator[list[bool]]:
    with following(request.param, ledger.database.app_url) as heard:
        yield heard


def test_a_follower_reads_at_once_then_after_each_commit_and_after_silence(
    heard: list[bool], ledger: Ledger
) -> None:
    wait_until(lambda: heard[:2] == [True, False])

    append_one(ledger)

    wait_until(lambda: heard.count(True) > 1)


def test_a_follower_whose_connection_is_broken_reads_again_and_goes_on(
    heard: list[bool], ledger: Ledger
) -> None:
    wait_until(lambda: bool(heard))

    with psycopg.connect(ledger.database.owner_url) as owner:
        broken = owner.execute(END).fetchall()
    wait_until(lambda: heard.count(True) > 1)
    before = heard.count(True)
    append_one(ledger)

    assert broken == [(True,)]
    wait_until(lambda: heard.count(True) > before)


def test_a_follower_waits_for_a_database_that_is_not_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with following(in_a_thread, "postgresql://127.0.0.1:1/nothing") as heard:
        wait_until(lambda: "the database is away" in caplog.text)

    assert heard == []


def test_a_follower_in_an_event_loop_outlasts_a_log_that_is_being_restored(
    ledger: Ledger, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with following(reading_in_an_event_loop, ledger.database.app_url) as heard:
        wait_until(lambda: bool(heard))
        owner.execute("ALTER TABLE ledger.events RENAME TO away")
        wait_until(lambda: "does not exist" in caplog.text)
        owner.execute("ALTER TABLE ledger.away RENAME TO events")
        before = len(heard)
        wait_until(lambda: len(heard) > before)


def reading_in_an_event_loop(
    url: str, stopping: threading.Event, hear: Callable[[bool], None]
) -> None:
    """Follow the log, and read its head each time."""
    subscription = AsyncSubscription(url, stopping.is_set, lambda: 0.01)

    async def follow(connection: AsyncConnection[Any]) -> None:
        async for change in subscription.changes(connection):
            await connection.execute(event_log.HEAD)
            hear(change)

    asyncio.run(subscription.run(follow))
