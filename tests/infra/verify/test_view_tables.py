"""Whatever is changed in a table of a view, `verify` finds it: each table and each column.

The plants are generated from the views themselves: one more row, one row less, another value in
each column. All tables are spoilt at once, and each must be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
import pytest

from projections import VIEWS
from tests.infra.conftest import copied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from infra.postgres.database import Database
    from tests.infra.verify.spoilt_store import Store

TABLES = {table.name: view for view in VIEWS if view.DECIDES for table in view.TABLES}
COLUMNS = """SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
# One less or one more, whichever lies nearer to nought.
NUMBER = "CASE WHEN {column} > 0 THEN {column} - 1 ELSE coalesce({column}, 0) + 1 END"
ANOTHER = {
    "text": "'planted:' || coalesce({column}, '')",
    "integer": NUMBER,
    "bigint": NUMBER,
    "smallint": NUMBER,
    "numeric": NUMBER,
    "date": "coalesce({column}, '2007-01-01') + 77",
    "boolean": "NOT coalesce({column}, false)",
    "integer[]": "coalesce({column}, '{{}}') || '{{77}}'",
    "bigint[]": "coalesce({column}, '{{}}') || '{{77}}'",
    "smallint[]": "coalesce({column}, '{{}}') || '{{7}}'",
    "jsonb": "coalesce({column}, '{{}}') || '{{\"planted\": 77}}'",
}


class Column(NamedTuple):
    """A column of a table, and its type."""

    name: str
    type: str

    def another(self, column: str) -> str:
        """Write another value than a column's own."""
        return ANOTHER[self.type].format(column=column)


@pytest.fixture(scope="module")
def standing(good_story: tuple[Settings, Database]) -> Iterator[Store]:
    """Give one store that every plant is taken out of again."""
    with copied(*good_story) as store:
        assert store.check("views-equal-fold")["holds"]
        yield store


@pytest.fixture
def owner(standing: Store) -> Iterator[psycopg.Connection[Any]]:
    """Give the owner of the database; what it spoils is put right afterwards."""
    with psycopg.connect(standing.owner_url, autocommit=True) as connection:
        connection.execute("SET search_path = views")
        connection.execute("CREATE SCHEMA IF NOT EXISTS aside")
        for table in TABLES:
            connection.execute(f"CREATE TABLE aside.{table} AS TABLE {table}".encode())
        yield connection
        put_right(connection)
        connection.execute("DROP SCHEMA aside CASCADE")


def put_right(owner: psycopg.Connection[Any]) -> None:
    """Let every table hold again what it held."""
    for table in TABLES:
        owner.execute(f"TRUNCATE {table}".encode())
        owner.execute(f"INSERT INTO {table} TABLE aside.{table}".encode())


def columns(owner: psycopg.Connection[Any], table: str) -> list[Column]:
    """Return the columns of a table."""
    return [Column(*row) for row in owner.execute(COLUMNS, (table,))]


def told(store: Store) -> set[str]:
    """Return the tables that the check names."""
    answer = store.check("views-equal-fold")
    return {breach["detail"].partition(" ")[0] for breach in answer["breaches"]} & {*TABLES}


def filled(owner: psycopg.Connection[Any]) -> list[str]:
    """Return the tables that hold rows."""
    return [t for t in TABLES if owner.execute(f"SELECT 1 FROM {t} LIMIT 1".encode()).fetchone()]


def test_a_row_too_many_is_found_in_every_table(
    standing: Store, owner: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        kinds = columns(owner, table)
        values = ", ".join(each.another(f"NULL::{each.type}") for each in kinds)
        owner.execute(f"INSERT INTO {table} VALUES ({values})".encode())
    assert told(standing) == {*TABLES}


def test_a_row_too_few_is_found_in_every_table_that_holds_any(
    standing: Store, owner: psycopg.Connection[Any]
) -> None:
    tables = filled(owner)
    for table in tables:
        owner.execute(f"DELETE FROM {table} WHERE ctid = (SELECT min(ctid) FROM {table})".encode())
    assert len(tables) > len(TABLES) // 2
    assert told(standing) == {*tables}


def test_another_value_is_found_in_every_column(
    standing: Store, owner: psycopg.Connection[Any]
) -> None:
    kinds = {table: columns(owner, table) for table in filled(owner)}
    missed = []
    for nth in range(max(map(len, kinds.values()))):
        spoilt = {table: each[nth] for table, each in kinds.items() if nth < len(each)}
        for table, column in spoilt.items():
            name, other = column.name, column.another(column.name)
            first = f"ctid = (SELECT min(ctid) FROM {table})"
            owner.execute(f"UPDATE {table} SET {name} = {other} WHERE {first}".encode())
        found = told(standing)
        missed += [f"{table}.{spoilt[table].name}" for table in spoilt if table not in found]
        put_right(owner)
    assert missed == []
