"""Lays out an empty database, and lets the application's role in. Run with an owner's address."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from infra.config.errors import Unavailable

FORMAT = 6
# What makes a ledger of one format one of the next: a script each. Those of new ledgers run too.
UPGRADES = {1: "delivery", 2: "doors", 3: "relay", 4: "relay_topics", 5: "doors"}
SQL = Path(__file__).with_name("sql")
# The roles that come to own what is laid out.
OWNERS = ("mingzhang_append", "mingzhang_vault", "mingzhang_app")
PATIENCE = "SET LOCAL lock_timeout = '30s'"
# Roles belong to the server: databases that are laid out side by side may get in each other's way.
PASSING = ("XX000", "23505", "42710", "40001")
TRIES = 5


def migrate(owner_url: str, app_url: str) -> None:
    """Make roles, schemas and doors where they are missing; bring an older format up to ours.

    Safe to run again and side by side.
    """
    if _stands(app_url):
        return
    for last_try in (False,) * (TRIES - 1) + (True,):
        try:
            with psycopg.connect(owner_url) as connection:
                _lay_out(connection, app_url)
        except psycopg.Error as error:
            if last_try or error.sqlstate not in PASSING:
                raise _in_plain_words(error) from error
        else:
            return


def _in_plain_words(error: psycopg.Error) -> Exception:
    """Say what an owner lacks who may not lay a ledger out."""
    if not isinstance(error, psycopg.errors.InsufficientPrivilege):
        return error
    return Unavailable(
        f"the ledger cannot be laid out: {error.diag.message_primary}. The user of DATABASE_URL"
        " owns the database, has CREATEROLE, and has made the roles mingzhang_* if they are there"
    )


def _stands(app_url: str) -> bool:
    """Tell whether the application gets in and finds the ledger that this program wants."""
    try:
        with psycopg.connect(app_url) as connection:
            return _format_of(connection) == FORMAT
    except (psycopg.OperationalError, psycopg.ProgrammingError):
        return False


def _format_of(connection: psycopg.Connection) -> int | None:
    """Return the format of the ledger, if this program can use it or bring it up to its own."""
    found = connection.execute("SELECT version FROM ledger.format").fetchone()
    if found is None or (found[0] != FORMAT and found[0] not in UPGRADES):
        raise Unavailable(
            f"the ledger in this database has format {found and found[0]}, this program wants"
            f" {FORMAT}: use the program that wrote it, or point to another database"
        )
    return int(found[0])


def _lay_out(connection: psycopg.Connection, app_url: str) -> None:
    connection.execute(PATIENCE)
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('mingzhang migrate'))")
    connection.execute(_script("roles"))
    _let_in(connection, app_url)
    if connection.execute("SELECT to_regclass('ledger.format')").fetchone() == (None,):
        _make_schemas(connection)
    _upgrade(connection)


def _upgrade(connection: psycopg.Connection) -> None:
    """Run what lies between the format of the ledger and ours."""
    found = _format_of(connection) or FORMAT
    for version in range(found, FORMAT):
        connection.execute(_script(UPGRADES[version]))
        connection.execute("UPDATE ledger.format SET version = %s", (version + 1,))


def _script(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _let_in(connection: psycopg.Connection, app_url: str) -> None:
    """Set the application's password, and what roles need of each other."""
    password = psycopg.conninfo.conninfo_to_dict(app_url).get("password") or ""
    # Scrambled here, so that no log of statements holds the password.
    scrambled = connection.pgconn.encrypt_password(
        str(password).encode(), b"mingzhang_app", b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("ALTER ROLE mingzhang_app PASSWORD {}").format(sql.Literal(scrambled.decode()))
    )
    connection.execute("ALTER ROLE mingzhang_app RESET ALL")
    for role in OWNERS:
        if not _acts_as(connection, role):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    # Whose sessions the watch may end.
    connection.execute("GRANT mingzhang_app TO mingzhang_append")


def _acts_as(connection: psycopg.Connection, role: str) -> bool:
    """Tell whether the owner may act as a role without being made a member of it."""
    row = connection.execute(
        "SELECT rolsuper OR rolname = %s FROM pg_roles WHERE rolname = current_user", (role,)
    ).fetchone()
    return row == (True,)


def _make_schemas(connection: psycopg.Connection) -> None:
    """Make the schemas of an empty database, in the first format."""
    database = sql.Identifier(connection.info.dbname)
    for grant in (
        "GRANT CONNECT, TEMPORARY ON DATABASE {} TO mingzhang_app",
        "GRANT TEMPORARY, CREATE ON DATABASE {} TO mingzhang_append, mingzhang_vault",
    ):
        connection.execute(sql.SQL(grant).format(database))
    for name in ("ledger", "vault", "views"):
        connection.execute(_script(name))
    # Only who makes a schema needs this, to become its owner.
    connection.execute(
        sql.SQL("REVOKE CREATE ON DATABASE {} FROM mingzhang_append, mingzhang_vault").format(
            database
        )
    )
