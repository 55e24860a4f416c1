"""Nobody holds up those who append: not by locks, not by open transactions, not by stalling."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import TypeAlias

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from infra.eventlog.append import append
from infra.eventlog.batch import Batch
from infra.eventlog.lock_watchdog import (
    SECONDS_BETWEEN_LOOKS,
    SECONDS_IN_VAIN,
    SECONDS_TO_HOLD,
    Seen,
    Turns,
)
from infra.ledger import Ledger
from infra.postgres.roles import prepare_roles
from tests.infra.eventlog.appends import A_FUND, PLAIN_APPEND, append_one

SECONDS_TO_BE_ENDED = 5


def hold_a_snapshot(app: psycopg.Connection) -> None:
    app.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    app.execute("SELECT count(*) FROM ledger.events")


def hold_the_lightest_lock(app: psycopg.Connection) -> None:
    app.execute("BEGIN")
    for table in ("events", "receipts", "periods", "format"):
        app.execute(f"LOCK TABLE ledger.{table} IN ACCESS SHARE MODE")


def hold_a_cursor(app: psycopg.Connection) -> None:
    app.execute("BEGIN")
    app.execute("DECLARE c CURSOR FOR SELECT * FROM ledger.events")
    app.execute("FETCH 1 FROM c")


def hold_advisory_locks(app: psycopg.Connection) -> None:
    """Whole ranges of both kinds, and those names that this program takes."""
    app.execute("SELECT pg_advisory_lock(n), pg_advisory_lock(0, n) FROM generate_series(0, 999) n")
    app.execute("SELECT pg_advisory_lock('ledger.events'::regclass::oid::bigint)")
    app.execute("SELECT pg_advisory_lock(hashtext('mingzhang migrate'))")
    app.execute("SELECT pg_advisory_lock(hashtextextended('entitlements', 0))")


def hold_staged_rows(app: psycopg.Connection) -> None:
    app.execute("SELECT ledger.stage()")
    app.execute("BEGIN")
    app.execute("INSERT INTO pg_temp.staged VALUES (1, 'fund:x', 1, 't', '', '')")


def hold_back_in_a_copy(app: psycopg.Connection) -> None:
    app.execute("SELECT ledger.stage()")
    app.pgconn.exec_(b"COPY pg_temp.staged FROM STDIN")


def hold_a_notification(app: psycopg.Connection) -> None:
    app.execute("LISTEN ledger")
    app.execute("BEGIN")
    app.execute("NOTIFY ledger, '7'")


@pytest.mark.parametrize(
    "hold",
    [
        hold_a_snapshot,
        hold_the_lightest_lock,
        hold_a_cursor,
        hold_advisory_locks,
        hold_staged_rows,
        hold_back_in_a_copy,
        hold_a_notification,
    ],
)
def test_no_open_transaction_or_lock_holds_up_an_append(
    server_ledger: Ledger, hold: Callable[[psycopg.Connection], None]
) -> None:
    subjects = (f"fund:{hold.__name__.replace('_', '-')}", f"fund:many-{id(hold)}")
    with closing(psycopg.connect(server_ledger.database.app_url, autocommit=True)) as app:
        hold(app)
        started = time.monotonic()
        append_one(server_ledger, subjects[0])
        with server_ledger.connection() as connection:
            many = [A_FUND._replace(subject=subjects[1], version=n) for n in range(1, 301)]
            append(connection, Batch(many))
        assert time.monotonic() - started < SECONDS_TO_BE_ENDED


@pytest.mark.parametrize("stall", [PLAIN_APPEND, "SELECT ledger.take_turn()"])
def test_a_session_that_stalls_behind_the_gate_is_ended(ledger: Ledger, stall: str) -> None:
    with psycopg.connect(ledger.database.app_url) as app:
        app.execute(stall.encode())
        assert seconds_until_others_may_append(ledger) < SECONDS_TO_BE_ENDED
        with pytest.raises(psycopg.OperationalError):
            app.execute("COMMIT")


def test_a_session_that_is_busy_behind_the_gate_is_ended(ledger: Ledger) -> None:
    with psycopg.connect(ledger.database.app_url) as app, ThreadPoolExecutor() as pool:
        app.execute(PLAIN_APPEND)
        asleep = pool.submit(app.execute, "SELECT pg_sleep(60)")
        assert seconds_until_others_may_append(ledger) < SECONDS_TO_BE_ENDED
        assert isinstance(asleep.exception(), psycopg.OperationalError)


def seconds_until_others_may_append(ledger: Ledger) -> float:
    started = time.monotonic()
    assert append_one(ledger).first_position == 1
    return time.monotonic() - started


def take_turns(app_url: str, stop: threading.Event, *, seconds: float) -> None:
    """Take the append lock in vain, again and again, on a new connection when one is ended."""
    while not stop.is_set():
        with suppress(psycopg.OperationalError), psycopg.connect(app_url) as app:
            while not stop.is_set():
                app.execute("SELECT ledger.take_turn()")
                stop.wait(seconds)
                app.rollback()


@pytest.mark.parametrize("seconds", [0.4, 3.0])
def test_sessions_that_take_turns_in_vain_do_not_hold_up_others(
    ledger: Ledger, seconds: float
) -> None:
    """Three of them would otherwise keep each append waiting for three of their turns."""
    stop, url = threading.Event(), ledger.database.app_url
    with ThreadPoolExecutor(3) as pool:
        idlers = [pool.submit(take_turns, url, stop, seconds=seconds) for _ in range(3)]
        try:
            # What the watchdog has to see before it knows them.
            stop.wait(SECONDS_IN_VAIN + SECONDS_TO_HOLD)
            waited = []
            for number in range(4):
                started = time.monotonic()
                append_one(ledger, f"fund:among-{number}")
                waited.append(time.monotonic() - started)
        finally:
            stop.set()
        assert [each.exception(timeout=10) for each in idlers] == [None] * 3
    assert max(waited) < SECONDS_TO_BE_ENDED


Told: TypeAlias = tuple[str | None, bool]


def watched(looks: Iterable[Told]) -> Turns:
    """See, at each look, a holder, and whether the turn before has appended something."""
    turns, head = Turns(), 0
    for number, (holder, appended) in enumerate(looks):
        head += appended
        seen = Seen(holder, None, inserting=False, head=head, appended=appended, ended=0)
        turns.see(number * SECONDS_BETWEEN_LOOKS, seen)
    return turns


@given(st.lists(st.sampled_from(["1 3/1", "1 3/2", "2 4/1", None]), max_size=60))
def test_nobody_is_ended_whose_turns_all_append(holders: list[str | None]) -> None:
    """However often: a load of many chunks has the lock most of the time."""
    appended = [a != b and a is not None for a, b in itertools.pairwise([None, *holders])]
    turns = watched(zip(holders, appended, strict=True))
    assert turns.repeated() == []
    assert turns.seconds_in_vain() == 0


@given(st.integers(1, 3), st.integers(1, 6))
def test_turns_in_vain_add_up(sessions: int, looks: int) -> None:
    """Many short ones of a session count as a long one, with or without others between them."""
    turn = [f"{n % sessions + 1} 3/{n}" for n in range(60) for _ in range(looks)]
    turns = watched((holder, False) for holder in turn)
    assert set(turns.repeated()) == set(range(1, sessions + 1))
    turns.forget(turns.repeated())
    assert turns.repeated() == []


def test_a_turn_in_vain_is_forgotten_after_a_while() -> None:
    looks: list[Told] = [("1 3/1", False)] * 6 + [(None, False)] * 41
    assert watched(looks[:7]).seconds_in_vain() == 3.0
    assert watched(looks).seconds_in_vain() == 0


def test_an_append_cannot_be_left_prepared(app: psycopg.Connection) -> None:
    """A prepared transaction would keep the gate without a session that could be ended."""
    app.execute("BEGIN")
    app.execute(PLAIN_APPEND)
    with pytest.raises((errors.FeatureNotSupported, errors.ObjectNotInPrerequisiteState)):
        app.execute("PREPARE TRANSACTION 'kept'")


def test_an_append_reads_what_others_have_just_written(app: psycopg.Connection) -> None:
    """From an old snapshot it would not see a period that has been closed meanwhile."""
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        app.execute(f"BEGIN ISOLATION LEVEL {level}")
        with pytest.raises(psycopg.Error) as refused:
            app.execute(PLAIN_APPEND)
        assert refused.value.sqlstate == "MZ003"
        app.execute("ROLLBACK")


def test_what_the_application_sets_for_itself_does_not_keep_it_from_writing(
    ledger: Ledger, app: psycopg.Connection
) -> None:
    app.execute("SET ROLE NONE")
    for setting in (
        "role = none",
        "default_transaction_read_only = on",
        "default_transaction_isolation = serializable",
        "statement_timeout = 1",
        "search_path = views",
    ):
        app.execute(f"ALTER ROLE {app.info.user} SET {setting}".encode())
    try:
        ledger.pool.drain()
        assert append_one(ledger).first_position == 1
    finally:
        with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
            prepare_roles(owner, ledger.database.app_url)


def test_a_backup_may_read_everything_while_others_append(
    ledger: Ledger, owner: psycopg.Connection
) -> None:
    """It locks every table as a reader does, the gate too, and is not taken for one that stalls."""
    with owner.transaction():
        owner.execute("LOCK TABLE ledger.gate, ledger.events IN ACCESS SHARE MODE")
        append_one(ledger)
        query = "SELECT holder FROM ledger.end_stalled(NULL, '{}', 0, '{}')"
        assert owner.execute(query).fetchone() == (None,)
