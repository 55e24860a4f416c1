"""Lays out an empty database, and lets the application's role in. Run with an owner's address."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from infra.unavailable import Unavailable

FORMAT = 1
SQL = Path(__file__).with_name("sql")
OURS = ("mingzhang_owner", "mingzhang_append", "mingzhang_vault", "mingzhang_app")


def migrate(owner_url: str, app_password: str) -> None:
    """Make roles, schemas and doors where they are missing. Safe to run again and side by side."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('mingzhang migrate'))")
        connection.execute(_script("roles"))
        _let_in(connection, app_password)
        if connection.execute("SELECT to_regclass('ledger.format')").fetchone() == (None,):
            _lay_out(connection)
        found = connection.execute("SELECT version FROM ledger.format").fetchone()
        if found != (FORMAT,):
            raise Unavailable(
                f"the ledger in this database has format {found}, this program wants {FORMAT}:"
                " use the program that wrote it, or point to another database"
            )


def _script(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _let_in(connection: psycopg.Connection, app_password: str) -> None:
    """Set the application's password, and make the owner a member of our roles if he is not."""
    connection.execute(
        sql.SQL("ALTER ROLE mingzhang_app PASSWORD {}").format(sql.Literal(app_password))
    )
    for role in OURS:
        if not _is_member(connection, role):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.execute("GRANT mingzhang_app TO mingzhang_append")


def _is_member(connection: psycopg.Connection, role: str) -> bool:
    row = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", (role,)).fetchone()
    return bool(row and row[0])


def _lay_out(connection: psycopg.Connection) -> None:
    """Make the schemas of an empty database."""
    database = connection.info.dbname
    for grant in (
        "GRANT CONNECT, TEMPORARY ON DATABASE {} TO mingzhang_app",
        "GRANT TEMPORARY, CREATE ON DATABASE {} TO mingzhang_append, mingzhang_vault",
    ):
        connection.execute(sql.SQL(grant).format(sql.Identifier(database)))
    for name in ("ledger", "vault", "views"):
        connection.execute(_script(name))
