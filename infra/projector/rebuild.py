"""Digests of views, and their rebuilding beside the old ones (blue/green).

New tables grow in the schema `views_next` while the old ones answer; then they take their place in
one transaction. Two rebuilds never run at once.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import psycopg

from infra.config.errors import Unavailable
from infra.projector.projector import Projector
from infra.projector.tracking import LOCK, lay_out
from projections import VIEWS
from projections.core.view import SCHEMA, Digest, digest, drop, enter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from projections.core.view import View

    Pool: TypeAlias = ConnectionPool[Connection[Any]]

LOG = logging.getLogger("mingzhang.rebuild")
NEXT = "views_next"
TURN = "hashtext('mingzhang views_next')"
TRIES, PATIENCE = 5, "2s"
TIMES_TO_LOOK, SECONDS_BETWEEN_LOOKS = 50, 0.1
# `built` tells projectors that the numbers which they remember are of tables that are gone.
NEW_POSITIONS = f"""
    UPDATE {SCHEMA}.positions old
    SET position = new.position, stopped = NULL, built = old.built + 1, shape = new.shape
    FROM {NEXT}.positions new WHERE new.view = old.view AND new.view = ANY (%s)"""
OLDER_READERS = "SELECT ledger.older_readers(%s::xid)"


def chosen(names: Sequence[str] = ()) -> list[type[View]]:
    """Return the views of these names, all if there are none; `LookupError` for an unknown one."""
    known = {view.NAME: view for view in VIEWS}
    if unknown := [name for name in names if name not in known]:
        raise LookupError(f"{unknown[0]}: there is {', '.join(known)}")
    return [view for view in VIEWS if not names or view.NAME in names]


def digests(
    connection: Connection[Any], names: Sequence[str] = (), schema: str = SCHEMA
) -> Iterator[Digest]:
    """Give the digest of each view, all as of one state of the database."""
    views = [view() for view in chosen(names)]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield from [digest(cursor, view, schema) for view in views]


def rebuild(pool: Pool, names: Sequence[str] = ()) -> list[Digest]:
    """Grow views anew and put them in the place of the old ones; give their digests."""
    views = chosen(names)
    with pool.connection() as working:
        # On a ledger that no projector has seen yet there is nothing whose place could be taken.
        lay_out(working, views)
    with pool.connection() as working, anew(working, views) as growing:
        growing.catch_up()
        for _ in range(TRIES):
            try:
                with pool.connection() as holding:
                    take_over(holding, growing)
                break
            except psycopg.errors.LockNotAvailable:
                LOG.warning("somebody reads on; the switch is tried again")
        else:
            raise Unavailable("the old views were read without a pause: try again")
        return list(digests(working, [view.NAME for view in views]))


def take_over(connection: Connection[Any], growing: Projector) -> None:
    """Hold the old views still, let the new ones reach them, and switch in one transaction."""
    names = sorted(growing.views)
    with connection.transaction(), connection.cursor() as cursor:
        enter(cursor, SCHEMA)
        cursor.execute(LOCK, (names,))
        growing.catch_up(max(position for position, _ in cursor.fetchall()))
        stopped = [stand for stand in growing.stands() if stand.stopped]
        if stopped:
            raise RuntimeError(f"view {stopped[0].view.NAME} stopped at {stopped[0].stopped}")
        outlast_readers(growing.connection)
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", (PATIENCE,))
        for view in growing.views.values():
            for table in view.TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{table.name}")
                cursor.execute(f"ALTER TABLE {NEXT}.{table.name} SET SCHEMA {SCHEMA}")
        cursor.execute(NEW_POSITIONS, (names,))


def outlast_readers(connection: Connection[Any]) -> None:
    """Wait a little for readers that began before the new rows: they must not see half of them."""
    row = connection.execute("SELECT pg_current_xact_id()::xid::text").fetchone()
    for _ in range(TIMES_TO_LOOK):
        older = connection.execute(OLDER_READERS, row).fetchone()
        if older == (0,):
            return
        time.sleep(SECONDS_BETWEEN_LOOKS)


@contextmanager
def anew(connection: Connection[Any], views: Sequence[type[View]]) -> Iterator[Projector]:
    """Give a projector over empty tables beside the old ones; they are gone afterwards."""
    connection.execute(f"SELECT pg_advisory_lock({TURN})")
    try:
        clear(connection, views)
        yield Projector(connection, views, NEXT)
        clear(connection, views)
    finally:
        if not connection.broken:
            connection.execute(f"SELECT pg_advisory_unlock({TURN})")


def clear(connection: Connection[Any], views: Sequence[type[View]]) -> None:
    """Remove what a rebuild left behind."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning")
        for view in views:
            drop(cursor, view(), NEXT)
