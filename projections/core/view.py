"""What every view shares: how it is fed, laid out, positioned and digested, and when it is asked.

The tables of all views live in the schema `views`. A fold names its tables without a schema,
because a rebuild grows them in `views_next`; a question names `views`.
"""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import msgspec

from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from psycopg import Connection, Cursor

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting
    from projections.core.copy_writer import CopyWriter

SCHEMA = "views"
# Positions are summed in blocks of so many; the projector's pages end where a block ends.
BLOCK = 4096

Row = dict[str, Any]

POSITIONS = """
CREATE TABLE IF NOT EXISTS positions (
    view text PRIMARY KEY, position bigint NOT NULL DEFAULT 0, stopped text,
    built int NOT NULL DEFAULT 0, shape text NOT NULL DEFAULT ''
)"""
# Ledgers that are older than shapes have no column for them.
SHAPED = (
    "SELECT true FROM pg_attribute WHERE attrelid = 'positions'::regclass AND attname = 'shape'"
)
ADD_SHAPES = "ALTER TABLE positions ADD COLUMN IF NOT EXISTS shape text NOT NULL DEFAULT ''"
# `built` tells those who remember numbers of rows that these are gone.
BEGIN_ANEW = """
    UPDATE positions SET position = 0, stopped = NULL, built = built + 1, shape = %(shape)s
    WHERE view = %(view)s"""


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A stored event, read; its postings stated once for all views that want them."""

    position: int
    topic: str
    event: Event
    lines: tuple[Posting, ...]


def recorded(position: int, event: Event) -> Recorded:
    """Put a stored event before the views."""
    return Recorded(position, event.TOPIC, event, event.postings())


class Moment(NamedTuple):
    """What is asked for: events up to a position (`known_at`), facts up to a day (`as_of`).

    `is_named`: the reader named the position, instead of asking for what is known now.
    """

    position: int
    as_of: date | None = None
    is_named: bool = False


class Table(NamedTuple):
    """A table of a view: its columns, its indexes (`{t}` is the table), and how it is digested.

    `packed` names columns that are not worth compressing, and that nobody searches by. `digest` is
    a query that gives, per chunk and in order, the number of rows and an MD5. `says` tells what the
    table ("") and each column holds, for docs/data-model.md.
    """

    name: str
    columns: str
    indexes: tuple[str, ...] = ()
    digest: str = ""
    packed: tuple[str, ...] = ()
    says: Mapping[str, str] = MappingProxyType({})


class View:
    """A box of tables grown from events and from nothing else."""

    NAME: ClassVar[str]
    # Another number lets the view grow anew where it stands: its tables will hold something else.
    EDITION: ClassVar[int] = 1
    # The topics that it wants, without version; None = all.
    TOPICS: ClassVar[Collection[str] | None] = None
    # Whether commands decide by it and so bring it up to date themselves.
    DECIDES: ClassVar[bool] = False
    TABLES: ClassVar[tuple[Table, ...]]
    # Tables of earlier editions, dropped when the view grows anew.
    FORMER_TABLES: ClassVar[tuple[str, ...]] = ()

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:
        """Write what the page says; the page holds all events wanted up to `through`."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop what is remembered between pages, because a page was rolled back."""


def shape(view: View) -> str:
    """Name the layout of a view's tables and what is written into them."""
    said = [(table.name, table.columns, table.indexes, table.packed) for table in view.TABLES]
    return hashlib.sha256(repr((view.EDITION, said)).encode()).hexdigest()[:16]


def create(cursor: Cursor[Any], view: View, schema: str = SCHEMA) -> bool:
    """Make the view's tables and its position row where they are missing.

    Tables of another shape are dropped, so that the view grows anew; tell whether any were. So are
    tables of these names that no position tells of: nobody knows what they hold.
    """
    enter(cursor, schema)
    cursor.execute(POSITIONS)
    if cursor.execute(SHAPED).fetchone() is None:
        cursor.execute(ADD_SHAPES)
    given = {"view": view.NAME, "shape": shape(view)}
    found = cursor.execute("SELECT shape FROM positions WHERE view = %(view)s", given).fetchone()
    changed = found is not None and found[0] != given["shape"]
    if changed or found is None:
        for name in (*(table.name for table in view.TABLES), *view.FORMER_TABLES):
            cursor.execute(f"DROP TABLE IF EXISTS {schema}.{name}")
    if changed:
        cursor.execute(BEGIN_ANEW, given)
    for table in view.TABLES:
        create_table(cursor, table, is_new=found is None or changed)
    if found is None:
        cursor.execute(
            "INSERT INTO positions (view, shape) VALUES (%(view)s, %(shape)s)"
            " ON CONFLICT DO NOTHING",
            given,
        )
    return changed


def create_table(cursor: Cursor[Any], table: Table, *, is_new: bool) -> None:
    """Make a table and its indexes where they are missing."""
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({table.columns})")
    for number, columns in enumerate(table.indexes):
        name = f"{table.name}_by_{number}"
        # Asking for one that there is already would wait for who writes into the table.
        if cursor.execute("SELECT to_regclass(%s)", (name,)).fetchone() == (None,):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table.name} {columns}")
    if table.packed and is_new:
        stored = ", ".join(
            f"ALTER {column} SET STORAGE EXTERNAL, ALTER {column} SET STATISTICS 0"
            for column in table.packed
        )
        cursor.execute(f"ALTER TABLE {table.name} {stored}")


def drop(cursor: Cursor[Any], view: View, schema: str = SCHEMA) -> None:
    """Remove the view's tables and its position row."""
    enter(cursor, schema)
    for table in view.TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS {schema}.{table.name}")
    cursor.execute(POSITIONS)
    cursor.execute("DELETE FROM positions WHERE view = %s", (view.NAME,))


def enter(cursor: Cursor[Any], schema: str) -> None:
    """Let the unqualified names of folds mean this schema, for this transaction."""
    cursor.execute("SELECT set_config('search_path', %s, true)", (schema,))


class Digest(NamedTuple):
    """What a view holds at its position, in one hash."""

    view: str
    position: int
    rows: int
    digest: str


def digest(cursor: Cursor[Any], view: View, schema: str = SCHEMA) -> Digest:
    """Hash the ordered rows of the view, chunk by chunk inside PostgreSQL."""
    enter(cursor, schema)
    total, whole = 0, hashlib.sha256()
    for table in view.TABLES:
        if not table.digest:
            continue
        for rows, chunk in cursor.execute(table.digest).fetchall():
            total += rows
            # An aggregate over no row at all gives NULL.
            whole.update((chunk or "").encode())
        whole.update(b"\n")
    found = cursor.execute("SELECT position FROM positions WHERE view = %s", (view.NAME,))
    row = found.fetchone()
    return Digest(view.NAME, row[0] if row else 0, total, whole.hexdigest())


def position(connection: Connection[Any], *views: str) -> int:
    """Return the position that all these views (all there are, if none is named) have reached."""
    found = connection.execute(
        f"SELECT coalesce(min(position), 0) FROM {SCHEMA}.positions"
        " WHERE cardinality(%(v)s::text[]) = 0 OR view = ANY (%(v)s)",
        {"v": list(views)},
    ).fetchone()
    return int(found[0]) if found else 0


def told_by(event: Event) -> Event:
    """Return the event that tells of an area or a class: itself, or the one that it reverses."""
    return event.event() if isinstance(event, Reversal) else event


class ViewPosition(NamedTuple):
    """How far a view is, and why it stopped if it did."""

    view: str
    position: int
    stopped: str | None


def stands(connection: Connection[Any]) -> list[ViewPosition]:
    """Return how far each view is."""
    rows = connection.execute(
        f"SELECT view, position, stopped FROM {SCHEMA}.positions ORDER BY view"
    )
    return [ViewPosition(*row) for row in rows]
