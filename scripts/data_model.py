"""Writes docs/data-model.md: every schema, table and column, what it holds, who may do what.

`make data-model` lays out a new ledger in a folder that it removes again, and reads
the catalogue. Meanings come from COMMENT ON (infra/postgres) and from what views say of their
tables; who writes a table is read from the functions of the database and from the code.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg

from infra.config.settings import Settings
from infra.postgres.database import open_database
from infra.postgres.migrate import FORMAT, migrate
from infra.projector.tracking import lay_out
from projections import VIEWS
from projections.core.meanings import POSITIONS
from scripts import data_model_queries as queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

ROOT = Path(__file__).parent.parent
PLACE = ROOT / "docs" / "data-model.md"
HEAD = f"""\
# The data model

Every schema, table and column of a ledger of format {FORMAT}, what it holds, who owns it, who may
do what, and which module writes it. Written by `make data-model` from the catalogue of a new
ledger; a test fails when it is not what the catalogue says.

Money is in fen. A position is a place in the log. Names of subjects are ids such as `fund:lottery`;
nobody's name stands outside the vault.
"""
ROLES = {
    "mingzhang_owner": "Lays ledgers out where the program runs a PostgreSQL of its own.",
    "mingzhang_append": "Owns the log and the functions that append to it.",
    "mingzhang_vault": "Owns the vault and its functions.",
    "mingzhang_app": "What every process of the program acts as: reads the log, appends by "
    "functions, owns the views, the delivery state and what the office works with.",
}
LOGIN = (
    "| `mingzhang_app_`*database* | yes | How the program enters one database, and no other:"
    " it acts as `mingzhang_app` there. |"
)


class Table(NamedTuple):
    """A table of the catalogue; `says` holds a text for each column, and for the table under ""."""

    schema: str
    name: str
    owner: str
    allowed: str
    says: dict[str, str]
    columns: list[tuple[str, str]]
    keys: list[str]
    writers: str


def main() -> int:
    """Write the page."""
    with TemporaryDirectory(prefix="mingzhang-data-model-") as folder:
        # PostgreSQL's own system user must get there.
        Path(folder).chmod(0o711)
        settings = Settings(data_folder=Path(folder) / "data", database_url=None)
        with open_database(settings) as database:
            migrate(database)
            with psycopg.connect(database.app_url, autocommit=True) as connection:
                lay_out(connection)
            with psycopg.connect(database.owner_url) as connection:
                PLACE.write_text(page(connection), encoding="utf-8")
    return 0


def page(connection: Connection[Any]) -> str:
    """Return the page for the ledger of an owner's connection, whose views are laid out.

    Raises `LookupError` for a table or a column of which nothing says what it holds.
    """
    connection.execute(queries.FUNCTIONS_OF_A_SESSION)
    parts = [HEAD, _roles(connection)]
    tables = list(read_tables(connection))
    for schema, owner, allowed, says in connection.execute(queries.SCHEMAS).fetchall():
        parts.append(
            f"## Schema `{schema}`\n\n{_prose(says)}\n\nOwner: `{owner}`. {_may(allowed)}\n"
        )
        parts += [_section(table) for table in tables if table.schema == schema]
        parts.append(_functions(connection, schema))
    return "\n".join(part for part in parts if part)


def read_tables(connection: Connection[Any]) -> Iterator[Table]:
    """Read the tables of a ledger, with what they say."""
    of_views = {
        ("views", table.name): (view, dict(table.says)) for view in VIEWS for table in view.TABLES
    }
    for schema, name, owner, allowed in connection.execute(queries.TABLES).fetchall():
        given = f"{schema}.{name}"
        columns = connection.execute(queries.COLUMNS, (given,)).fetchall()
        commented = dict(connection.execute(queries.COMMENTS, (given,)).fetchall())
        view, says = of_views.get((schema, name), (None, POSITIONS if name == "positions" else {}))
        says = commented | says
        if missing := [each for each in ("", *(row[0] for row in columns)) if not says.get(each)]:
            raise LookupError(f"{schema}.{name}: nothing says what {missing[0] or 'it'} holds")
        keys = [row[0] for row in connection.execute(queries.KEYS, {"table": given}).fetchall()]
        writers = f"`{_module(view.__module__)}`" if view else _writers(connection, schema, name)
        yield Table(schema, name, owner, allowed, says, columns, keys, writers)


def _module(name: str) -> str:
    """Return the path of a module, or of the folder that it is."""
    path = name.replace(".", "/")
    return path if (ROOT / path).is_dir() else f"{path}.py"


def _writers(connection: Connection[Any], schema: str, table: str) -> str:
    """Name the database's functions that write a table, and the modules that do or call them."""
    bodies = dict(connection.execute(queries.BODIES).fetchall())
    # After a colon it is advice in a message.
    writes = re.compile(rf"(?<!: )\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?:{schema}\.)?{table}\b")
    names = {name for name, body in bodies.items() if writes.search(body)}
    called = {name: re.compile(rf"\b(?:SELECT|FROM|PERFORM)\s+{name}\(") for name in bodies}
    while more := {
        name
        for name, body in bodies.items()
        if name not in names and any(called[each].search(body) for each in names)
    }:
        names |= more
    modules = [
        place
        for place, text in _sources()
        if writes.search(text) or any(called[name].search(text) for name in names)
    ]
    return ", ".join([f"`{name}()`" for name in sorted(names)] + [f"`{m}`" for m in modules])


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    """Return the code that runs, by place."""
    places = sorted(
        place for top in ("infra", "projections") for place in (ROOT / top).rglob("*.py")
    )
    return tuple((str(p.relative_to(ROOT)), p.read_text(encoding="utf-8")) for p in places)


def _roles(connection: Connection[Any]) -> str:
    """Write who there is."""
    rows = [
        f"| `{name}` | {'yes' if login else 'no'} | {ROLES[name]} |"
        for name, login in connection.execute(queries.ROLES).fetchall()
    ]
    return "\n".join(
        ["## Roles\n", "| role | logs in | what it does |", "|---|---|---|", *rows, LOGIN, ""]
    )


def _section(table: Table) -> str:
    """Write a table."""
    rows = [f"| `{name}` | {kind} | {_cell(table.says[name])} |" for name, kind in table.columns]
    lines = [f"### `{table.schema}.{table.name}`\n", f"{_prose(table.says[''])}\n"]
    written = f"Written by {table.writers}." if table.writers else "Nothing writes it."
    lines.append(_prose(f"Owner: `{table.owner}`. {_may(table.allowed)} {written}") + "\n")
    if rows:
        lines += ["| column | type | what it holds |", "|---|---|---|", *rows, ""]
    return "\n".join([*lines, *(f"- `{key}`" for key in table.keys), *([""] if table.keys else [])])


def _functions(connection: Connection[Any], schema: str) -> str:
    """Write the functions of a schema; nothing if there is none."""
    found = connection.execute(queries.FUNCTIONS, (schema,)).fetchall()
    rows = [
        f"| `{name}` | {_cell(by) or 'its owner only'} | {_cell(says)} |"
        for name, by, says in found
    ]
    table = ["| function | who may call it | what it does |", "|---|---|---|", *rows, ""]
    return "\n".join([f"### Functions of `{schema}`\n", *table]) if rows else ""


def _may(allowed: str) -> str:
    """Say what others than the owner may do."""
    return f"Others: {allowed}." if allowed else "Nobody else has a right to it."


def _prose(text: str) -> str:
    """Break a text into lines of the docs."""
    return fill(" ".join(text.split()), 120, break_long_words=False, break_on_hyphens=False)


def _cell(text: str) -> str:
    """Write a text into a cell of a table."""
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    sys.exit(main())
