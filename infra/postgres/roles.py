"""The database's roles, and what they may do on the database itself.

They belong to the server and are in no dump: a ledger that is restored on a new server needs them
before its tables come.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

APP_ROLE = "mingzhang_app"
APPEND_ROLE = "mingzhang_append"
VAULT_ROLE = "mingzhang_vault"
# The roles that come to own what is laid out.
OWNERS = (APPEND_ROLE, VAULT_ROLE, APP_ROLE)
ROLES = Path(__file__).with_name("roles.sql")
# What is granted on the database itself: staging needs temporary tables.
ON_DATABASE = (
    sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO mingzhang_app"),
    sql.SQL("GRANT TEMPORARY ON DATABASE {} TO mingzhang_append, mingzhang_vault"),
)
# PostgreSQL asks CREATE of the role that becomes a schema's owner.
MAY_CREATE = sql.SQL(
    "GRANT CREATE ON DATABASE {} TO mingzhang_append, mingzhang_vault, mingzhang_app"
)
MAY_NOT_CREATE = sql.SQL(
    "REVOKE CREATE ON DATABASE {} FROM mingzhang_append, mingzhang_vault, mingzhang_app"
)


def prepare_roles(connection: psycopg.Connection, app_url: str) -> None:
    """Make the roles that are missing, set the application's password, grant what they need.

    `connection` is the owner's, in a transaction that the caller commits; `app_url` bears the
    application's password. Safe to run again. Raises `psycopg.errors.InsufficientPrivilege`
    where the owner may not.
    """
    connection.execute(ROLES.read_text(encoding="utf-8"))
    connection.execute(
        sql.SQL("ALTER ROLE mingzhang_app PASSWORD {}").format(
            sql.Literal(_scrambled(connection, app_url))
        )
    )
    connection.execute("ALTER ROLE mingzhang_app RESET ALL")
    for role in OWNERS:
        if not _acts_as(connection, role):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    # ledger.end_stalled() ends sessions of the application.
    connection.execute("GRANT mingzhang_app TO mingzhang_append")
    for grant in ON_DATABASE:
        _on_database(connection, grant)


@contextmanager
def may_own_schemas(connection: psycopg.Connection) -> Iterator[None]:
    """Let the roles come to own schemas for as long as the block runs, in the same transaction."""
    _on_database(connection, MAY_CREATE)
    yield
    _on_database(connection, MAY_NOT_CREATE)


def _on_database(connection: psycopg.Connection, statement: sql.SQL) -> None:
    """Run a statement about the database of the connection."""
    connection.execute(statement.format(sql.Identifier(connection.info.dbname)))


def _scrambled(connection: psycopg.Connection, app_url: str) -> str:
    """Return the application's password as a SCRAM verifier, for no log of statements to hold."""
    password = psycopg.conninfo.conninfo_to_dict(app_url).get("password") or ""
    verifier = connection.pgconn.encrypt_password(
        str(password).encode(), APP_ROLE.encode(), b"scram-sha-256"
    )
    return verifier.decode()


def _acts_as(connection: psycopg.Connection, role: str) -> bool:
    """Tell whether the owner may act as a role without being made a member of it."""
    row = connection.execute(
        "SELECT rolsuper OR rolname = %s FROM pg_roles WHERE rolname = current_user", (role,)
    ).fetchone()
    return row == (True,)
