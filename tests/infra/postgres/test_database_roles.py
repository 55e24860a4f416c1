"""The application's database role can neither change the log nor what guards it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors

from infra.ledger import Ledger
from tests.infra.eventlog.appends import MONEY_APPEND, PLAIN_APPEND, append_one

WRITING = [
    "INSERT INTO ledger.events VALUES ('fund:y', 1, 't', '', 1, now(), sha256(''))",
    "UPDATE ledger.events SET topic = 'x'",
    "DELETE FROM ledger.events",
    "TRUNCATE ledger.events",
    "MERGE INTO ledger.events e USING ledger.events o ON true WHEN MATCHED THEN DELETE",
    "COPY ledger.events FROM STDIN",
    "INSERT INTO ledger.receipts VALUES ('k', '', 1, now(), '')",
    "UPDATE ledger.receipts SET answer = ''",
    "DELETE FROM ledger.receipts",
    "UPDATE ledger.periods SET closed_through = '2199-12-31'",
    "DELETE FROM ledger.periods",
    "INSERT INTO ledger.periods DEFAULT VALUES",
    "UPDATE ledger.format SET version = 2",
    "UPDATE ledger.identity SET jurisdiction = '440304'",
    "UPDATE ledger.keys SET fingerprint = ''",
    "DELETE FROM ledger.keys",
    "INSERT INTO ledger.keys VALUES ('scheme:x', '')",
    "UPDATE ledger.topics SET books = false",
    "DELETE FROM ledger.topics",
    "TRUNCATE ledger.events, ledger.receipts",
    "REFRESH MATERIALIZED VIEW ledger.events",
]
CHANGING = [
    "DROP TABLE ledger.events",
    "DROP SCHEMA ledger CASCADE",
    "DROP FUNCTION ledger.append",
    "DROP INDEX ledger.events_by_position",
    "DROP OWNED BY mingzhang_append",
    "REASSIGN OWNED BY mingzhang_append TO mingzhang_app",
    "ALTER TABLE ledger.events ADD COLUMN note text",
    "ALTER TABLE ledger.events ALTER COLUMN recorded_at SET DEFAULT now()",
    "ALTER TABLE ledger.events DISABLE TRIGGER ALL",
    "ALTER TABLE ledger.events ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE ledger.events OWNER TO mingzhang_app",
    "ALTER TABLE ledger.events RENAME TO gone",
    "ALTER TABLE ledger.events SET SCHEMA views",
    "ALTER TABLE ledger.events SET (fillfactor = 10)",
    "ALTER FUNCTION ledger.append OWNER TO mingzhang_app",
    "ALTER FUNCTION ledger.append SET search_path = views",
    "ALTER SCHEMA ledger RENAME TO gone",
    "CREATE TABLE ledger.more (x int)",
    "CREATE FUNCTION ledger.more() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE TRIGGER hostile BEFORE INSERT ON ledger.events EXECUTE FUNCTION views.hostile()",
    "CREATE TRIGGER hostile AFTER INSERT ON ledger.receipts EXECUTE FUNCTION views.hostile()",
    "CREATE RULE hostile AS ON INSERT TO ledger.events DO INSTEAD NOTHING",
    "CREATE RULE hostile AS ON SELECT TO ledger.periods DO INSTEAD SELECT 1",
    "CREATE POLICY hostile ON ledger.events USING (false)",
    "CREATE INDEX ON ledger.events (topic)",
    "CREATE STATISTICS views.s ON topic, state FROM ledger.events",
    "CREATE TABLE views.child () INHERITS (ledger.events)",
    "CREATE TABLE views.bound (key text REFERENCES ledger.receipts)",
    "CREATE EVENT TRIGGER hostile ON ddl_command_end EXECUTE FUNCTION views.hostile()",
    "CREATE PUBLICATION p FOR TABLE ledger.events",
    "CREATE SCHEMA more",
    "CREATE CAST (date AS text) WITHOUT FUNCTION",
    "COMMENT ON TABLE ledger.events IS 'x'",
    "REINDEX TABLE ledger.events",
    "CLUSTER ledger.events USING events_by_position",
    "GRANT SELECT ON ledger.gate TO mingzhang_app",
    "GRANT mingzhang_append TO mingzhang_app",
]
BECOMING = [
    "SET ROLE mingzhang_append",
    "SET ROLE mingzhang_vault",
    "SET ROLE mingzhang_owner",
    "SET SESSION AUTHORIZATION mingzhang_owner",
    "SET SESSION AUTHORIZATION mingzhang_append",
    "ALTER ROLE mingzhang_append LOGIN",
    "ALTER ROLE mingzhang_app SUPERUSER",
    "CREATE ROLE other",
    "SET session_replication_role = replica",
    "SELECT pg_read_file('/etc/hostname')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_import('/etc/hostname')",
]
BEHIND_THE_DOOR = [
    "SELECT ledger.enter(NULL, '{}', '{}', NULL)",
    "SELECT ledger.seal('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT vault.seal('{person:p}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{}', '{}', '{p}')",
    "SELECT vault.number('{person:p}', '{NULL}', '{NULL}')",
    "SELECT FROM vault.id_numbers",
    "SELECT vault.mark('{person:p}', '{NULL}')",
    "SELECT FROM vault.marks",
    "DELETE FROM vault.id_numbers",
    "SELECT ledger.leave(0, now(), 1, '{}', '{}', '{}', '{}')",
    "SELECT ledger.keep_periods()",
    "SELECT FROM ledger.gate",
    "LOCK TABLE ledger.gate IN ACCESS SHARE MODE",
    "LOCK TABLE ledger.gate IN EXCLUSIVE MODE",
    "SELECT FROM vault.sealed",
    "UPDATE vault.sealed SET content = NULL",
    "DELETE FROM vault.sealed",
    "LOCK TABLE vault.sealed",
    "CREATE TABLE vault.more (x int)",
]
LOCKING = [
    *(
        f"LOCK TABLE ledger.events IN {mode} MODE"
        for mode in (
            "ROW SHARE",
            "ROW EXCLUSIVE",
            "SHARE UPDATE EXCLUSIVE",
            "SHARE",
            "SHARE ROW EXCLUSIVE",
            "EXCLUSIVE",
            "ACCESS EXCLUSIVE",
        )
    ),
    "LOCK TABLE ledger.receipts",
    "LOCK TABLE ledger.periods",
    *(
        f"SELECT FROM ledger.events FOR {strength}"
        for strength in ("UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE")
    ),
    "SELECT FROM ledger.periods FOR UPDATE",
    "SELECT FROM ledger.receipts FOR SHARE",
]


@pytest.mark.parametrize("statement", WRITING + CHANGING + BECOMING + BEHIND_THE_DOOR + LOCKING)
def test_the_application_may_not(
    shared: tuple[psycopg.Connection, Callable[[], list[tuple[object, ...]]]], statement: str
) -> None:
    """Whatever is refused leaves the log as it was."""
    app, log = shared
    before = log()
    app.execute("BEGIN")
    with pytest.raises((errors.InsufficientPrivilege, errors.WrongObjectType)):
        app.execute(statement.encode())
    app.execute("ROLLBACK")
    assert log() == before


@pytest.fixture(scope="module")
def shared(
    server_ledger: Ledger,
) -> Iterator[tuple[psycopg.Connection, Callable[[], list[tuple[object, ...]]]]]:
    """One ledger for all statements that are refused."""
    append_one(server_ledger)
    with psycopg.connect(server_ledger.database.app_url, autocommit=True) as app:
        app.execute(
            "CREATE FUNCTION views.hostile() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NULL; END $$"
        )
        yield app, lambda: app.execute("SELECT * FROM ledger.events, ledger.periods").fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE pg_temp.staged",
        "ALTER TABLE pg_temp.staged RENAME TO gone",
        "ALTER TABLE pg_temp.staged ADD COLUMN note text",
        "CREATE TRIGGER t BEFORE INSERT ON pg_temp.staged EXECUTE FUNCTION pg_temp.hostile()",
        "CREATE RULE r AS ON INSERT TO pg_temp.staged DO ALSO SELECT 1",
        "CREATE POLICY p ON pg_temp.staged USING (true)",
        "CREATE TEMPORARY TABLE child () INHERITS (pg_temp.staged)",
        "SELECT * FROM pg_temp.staged",
        "UPDATE pg_temp.staged SET topic = 'x'",
        "DELETE FROM pg_temp.staged",
        "TRUNCATE pg_temp.staged",
    ],
)
def test_the_staging_table_can_only_be_filled(app: psycopg.Connection, statement: str) -> None:
    app.execute("SELECT ledger.stage()")
    app.execute(
        "CREATE FUNCTION pg_temp.hostile() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN DELETE FROM ledger.events; RETURN NULL; END $$"
    )
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE staged (LIKE ledger.events)",
        "CREATE TEMPORARY VIEW staged AS SELECT 1 AS ordinal, pg_temp.hostile() AS originator_id",
    ],
)
def test_nothing_takes_the_place_of_the_staging_table(
    app: psycopg.Connection, statement: str
) -> None:
    """Also not after it was discarded: its code would run with the rights of the door."""
    app.execute(
        "CREATE FUNCTION pg_temp.hostile() RETURNS text LANGUAGE plpgsql AS"
        " $$ BEGIN DELETE FROM ledger.events; RETURN 'x'; END $$"
    )
    app.execute(statement.encode())
    with pytest.raises(psycopg.Error) as refused:
        app.execute(
            "SELECT ledger.append_staged('{}', '{}', NULL, '{}', '{}', '{}', '{}',"
            " '{}', '{}', '{}', '{}', '{}', '{}')"
        )
    assert refused.value.sqlstate == "MZ003"


def test_no_name_of_the_senders_shadows_one_of_the_door(
    app: psycopg.Connection, owner: psycopg.Connection
) -> None:
    """The doors look names up in pg_catalog first, whatever the session's search path says."""
    for statement in (
        "CREATE FUNCTION views.clock_timestamp() RETURNS date LANGUAGE sql RETURN '1990-1-1'::date",
        "CREATE FUNCTION views.le(date, date) RETURNS bool LANGUAGE sql RETURN false",
        "CREATE OPERATOR views.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = views.le)",
        "CREATE TEMPORARY TABLE pg_class (oid oid, relowner oid)",
        "CREATE TEMPORARY TABLE pg_locks (pid int)",
        "CREATE TEMPORARY TABLE periods (closed_through date, soft_through date)",
        "SET search_path = views, pg_temp, pg_catalog",
    ):
        app.execute(statement.encode())
    owner.execute("UPDATE ledger.periods SET closed_through = '2007-12-31'")
    with pytest.raises(psycopg.Error) as closed:
        app.execute(MONEY_APPEND)
    assert closed.value.sqlstate == "MZ001"
    app.execute(PLAIN_APPEND)
    app.execute("SELECT ledger.end_stalled(NULL, '{}', 0, '{}')")
    row = app.execute("SELECT recorded_at > '2000-01-01' FROM ledger.events").fetchone()
    assert row == (True,)


def test_the_application_ends_no_session_of_the_owner(
    app: psycopg.Connection, owner: psycopg.Connection
) -> None:
    for function in ("pg_terminate_backend", "pg_cancel_backend"):
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute(f"SELECT {function}({owner.info.backend_pid})")
