"""Nobody holds up those who append: not by locks, not by open transactions, not by stalling."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
from psycopg import errors

from infra.eventlog.append import append
from infra.eventlog.batch import Batch
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
        holders = owner.execute("SELECT holders FROM ledger.end_stalled('{}')").fetchone()
    assert holders == ([],)
