"""The database's roles, and what they may do on the database itself.

They belong to the server and are in no dump: a ledger that is restored on a new server needs them
before its tables come. The application logs in by a role that one database has alone, and acts as
`mingzhang_app` there: the address of one ledger opens no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

APP_ROLE = "mingzhang_app"
APPEND_ROLE = "mingzhang_append"
VAULT_ROLE = "mingzhang_vault"
# The roles that come to own what is laid out.
OWNERS = (APPEND_ROLE, VAULT_ROLE, APP_ROLE)
ROLES = Path(__file__).with_name("roles.sql")
# Names of databases that stand in the name of a login as they are.
PLAIN = re.compile(r"[a-z0-9_]{1,40}")
# What is granted on the database itself: staging needs temporary tables.
ON_DATABASE = (
    sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC, mingzhang_app"),
    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}"),
    sql.SQL("GRANT TEMPORARY ON DATABASE {} TO mingzhang_app, mingzhang_append, mingzhang_vault"),
)
# The login has no rights of its own but to enter; `role` lets it act as the application from the
# beginning. ledger.end_stalled() ends its sessions.
LOGIN = (
    "ALTER ROLE {} LOGIN NOINHERIT PASSWORD {}",
    "ALTER ROLE {} RESET ALL",
    "ALTER ROLE {} SET role TO mingzhang_app",
    "GRANT mingzhang_app TO {}",
    "GRANT {} TO mingzhang_append",
)
MAY_STILL_CREATE = "SELECT has_database_privilege('mingzhang_append', current_database(), 'CREATE')"
# PostgreSQL asks CREATE of the role that becomes a schema's owner.
MAY_CREATE = sql.SQL(
    "GRANT CREATE ON DATABASE {} TO mingzhang_append, mingzhang_vault, mingzhang_app"
)
MAY_NOT_CREATE = sql.SQL(
    "REVOKE CREATE ON DATABASE {} FROM mingzhang_append, mingzhang_vault, mingzhang_app"
)


def login_of(database: str) -> str:
    """Name the role by which the application enters a database."""
    known = PLAIN.fullmatch(database)
    name = database if known else sha256(database.encode()).hexdigest()[:32]
    return f"{APP_ROLE}_{name}"


def prepare_roles(connection: psycopg.Connection, app_url: str) -> None:
    """Make the roles that are missing, set the application's password, grant what they need.

    `connection` is the owner's, in a transaction that the caller commits; `app_url` bears the
    application's password. Safe to run again. Raises `psycopg.errors.InsufficientPrivilege`
    where the owner may not.
    """
    connection.execute(ROLES.read_text(encoding="utf-8"))
    login = sql.Identifier(login_of(connection.info.dbname))
    _make_login(connection, app_url)
    for role in OWNERS:
        if not _acts_as(connection, role):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    for grant in ON_DATABASE:
        connection.execute(grant.format(sql.Identifier(connection.info.dbname), login))


def may_still_create(connection: psycopg.Connection) -> bool:
    """Tell whether a restore was prepared, and the roles may make schemas since."""
    return connection.execute(MAY_STILL_CREATE).fetchone() == (True,)


def let_create(connection: psycopg.Connection) -> None:
    """Let the roles own schemas until the ledger is opened: a restore needs it."""
    _on_database(connection, MAY_CREATE)


def _make_login(connection: psycopg.Connection, app_url: str) -> None:
    """Make the login of this database's application, or set it right."""
    name = login_of(connection.info.dbname)
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    if known is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    verifier = sql.Literal(_scrambled(connection, app_url, name))
    for statement in LOGIN:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name), verifier))


@contextmanager
def may_own_schemas(connection: psycopg.Connection) -> Iterator[None]:
    """Let the roles come to own schemas for as long as the block runs, in the same transaction."""
    _on_database(connection, MAY_CREATE)
    yield
    _on_database(connection, MAY_NOT_CREATE)


def _on_database(connection: psycopg.Connection, statement: sql.SQL) -> None:
    """Run a statement about the database of the connection."""
    connection.execute(statement.format(sql.Identifier(connection.info.dbname)))


def _scrambled(connection: psycopg.Connection, app_url: str, name: str) -> str:
    """Return the application's password as a SCRAM verifier, for no log of statements to hold."""
    password = psycopg.conninfo.conninfo_to_dict(app_url).get("password") or ""
    verifier = connection.pgconn.encrypt_password(
        str(password).encode(), name.encode(), b"scram-sha-256"
    )
    return verifier.decode()


def _acts_as(connection: psycopg.Connection, role: str) -> bool:
    """Tell whether the owner may act as a role without being made a member of it."""
    row = connection.execute(
        "SELECT rolsuper OR rolname = %s FROM pg_roles WHERE rolname = current_user", (role,)
    ).fetchone()
    return row == (True,)
