"""Lays out an empty database, and brings a ledger of an earlier format up to this program's.

`migrations/NNNN_*.sql` run once, in the order of their numbers; the number of the last one that ran
is the ledger's format. `functions/*.sql` and `comments.sql` are repeatable: they are laid as they
are today after the last migration, never in the middle of an upgrade. Whatever changes the schema
or a function gets a migration with the next number, if only to say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from infra.config.errors import Unavailable
from infra.master_keys import MASTER
from infra.postgres.id_numbers import mark_persons, number_persons
from infra.postgres.identity import (
    LedgerIdentity,
    adopt_ledger,
    found_ledger,
    know_token_key,
    knows_topics,
    require_same,
    tell_topics,
)
from infra.postgres.roles import let_create, may_own_schemas, may_still_create, prepare_roles

if TYPE_CHECKING:
    from infra.postgres.database import Database

HERE = Path(__file__).parent
MIGRATIONS = tuple(sorted((HERE / "migrations").glob("[0-9]*.sql")))
FUNCTIONS = tuple(sorted((HERE / "functions").glob("*.sql")))
DROP_FUNCTIONS, COMMENTS = HERE / "drop_functions.sql", HERE / "comments.sql"
# The contract with other programs: each works on ledgers of its own format only.
FORMAT = len(MIGRATIONS)
# The format from which on a ledger has an id, and that from which on it knows the key of tokens.
WITH_IDENTITY, WITH_TOKEN_KEY = 7, 8
# The format from which on a ledger knows whose ID number it is.
WITH_ID_NUMBERS = 8
# The format from which on it knows by which keyed hashes persons are found.
WITH_MARKS = 10
PATIENCE = "SET LOCAL lock_timeout = '30s'"
# Two processes never lay out one database at once.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('mingzhang migrate'))"
# Roles belong to the server: databases that are laid out side by side may get in each other's way.
PASSING = ("XX000", "23505", "42710", "40001")
TRIES = 5


def migrate(database: Database) -> LedgerIdentity:
    """Make roles, schemas and functions where they are missing; upgrade an earlier format.

    All or nothing, in one transaction; safe to run again and side by side. Raises `Unavailable`
    where the owner may not, where the ledger has a format that this program does not know, or
    where the settings or the keys are another ledger's. Returns whose ledger it is.
    """
    if not _stands(database.app_url):
        _lay_out_at_last(database)
    with psycopg.connect(database.app_url) as connection:
        return require_same(connection, database.settings)


def prepare_restore(database: Database) -> bool:
    """Make the roles that a dump asks for, on a server that has none; True if there is no ledger.

    Until the restored ledger is opened for the first time its roles may make schemas.
    """
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(PATIENCE)
        connection.execute(ALONE)
        prepare_roles(connection, database.app_url)
        empty = _is_empty(connection)
        if empty:
            let_create(connection)
        return empty


def _lay_out_at_last(database: Database) -> None:
    """Lay it out; try again where databases that are laid out side by side get in the way."""
    for last_try in (False,) * (TRIES - 1) + (True,):
        try:
            with psycopg.connect(database.owner_url) as connection:
                _lay_out(connection, database)
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
        "the ledger cannot be laid out: {reason}. The user of DATABASE_URL owns"
        " the database, has CREATEROLE, and has made the roles mingzhang_* if"
        " they are there",
        reason=str(error.diag.message_primary),
    )


def _stands(app_url: str) -> bool:
    """Tell whether the application gets in and finds the ledger that this program wants."""
    try:
        with psycopg.connect(app_url) as connection:
            return (
                _format_of(connection) == FORMAT
                and knows_topics(connection)
                and not may_still_create(connection)
            )
    except (psycopg.OperationalError, psycopg.ProgrammingError):
        return False


def _format_of(connection: psycopg.Connection) -> int:
    """Return the format of the ledger, if this program can use it or bring it up to its own."""
    found = connection.execute("SELECT version FROM ledger.format").fetchone()
    if found is None or not 1 <= found[0] <= FORMAT:
        raise Unavailable(
            "the ledger in this database has format {found}, this program wants"
            " {wanted}: use the program that wrote it, or point to another database",
            found=str(found and found[0]),
            wanted=str(FORMAT),
        )
    return int(found[0])


def _is_empty(connection: psycopg.Connection) -> bool:
    return connection.execute("SELECT to_regclass('ledger.format')").fetchone() == (None,)


def _lay_out(connection: psycopg.Connection, database: Database) -> None:
    """Do what is missing, in the transaction of the connection."""
    connection.execute(PATIENCE)
    connection.execute(ALONE)
    prepare_roles(connection, database.app_url)
    found = 0 if _is_empty(connection) else _format_of(connection)
    with may_own_schemas(connection):
        if found < FORMAT:
            _upgrade(connection, found)
    if found == 0:
        found_ledger(connection, database.settings)
    elif found < WITH_IDENTITY:
        adopt_ledger(connection, database.settings)
    tell_topics(connection)
    _run(connection, COMMENTS)
    # Before anything is committed: another ledger's keys do not set this one's password either.
    require_same(connection, database.settings)
    if 0 < found < WITH_TOKEN_KEY:
        know_token_key(connection, database.settings)
    if 0 < found < WITH_ID_NUMBERS:
        number_persons(connection, database.settings.saved_secret(MASTER))
    if 0 < found < WITH_MARKS:
        mark_persons(connection, database.settings.saved_secret(MASTER))


def _upgrade(connection: psycopg.Connection, found: int) -> None:
    """Run the migrations after a format, then lay today's functions."""
    _run(connection, *MIGRATIONS[found:], DROP_FUNCTIONS, *FUNCTIONS)
    connection.execute("UPDATE ledger.format SET version = %s", (FORMAT,))


def _run(connection: psycopg.Connection, *scripts: Path) -> None:
    """Run files of SQL, one after another."""
    for script in scripts:
        connection.execute(script.read_text(encoding="utf-8"))
