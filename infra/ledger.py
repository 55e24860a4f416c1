"""The open ledger: settings, database, pool, vault, executor. Everything that runs starts here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from infra.commands.caches.aggregate_cache import AggregateCache
from infra.commands.decision_views import ViewDecisions
from infra.commands.executor import Executor
from infra.commands.unit_of_work import UnitOfWork
from infra.config.errors import Unavailable
from infra.eventlog.lock_watchdog import GateWatch
from infra.postgres.database import Database, open_database
from infra.postgres.migrate import migrate
from infra.postgres.session import begin
from infra.vault import Vault
from projections.figures import PersonCounts, person_counts

if TYPE_CHECKING:
    from infra.commands.command import CommandRequest, Receipts
    from infra.config.settings import Settings

# FastAPI runs plain routes in 40 threads; each needs one connection at a time, a release three.
MOST_CONNECTIONS = 44
SECONDS_TO_WAIT, SECONDS_TO_WAIT_IN_DOUBT = 5.0, 0.3
# A new attempt to connect is not put off for longer than this, however long the database was away.
SECONDS_BETWEEN_ATTEMPTS = 10.0


@dataclass
class OpenLedger:
    """The ledger as one running process has it open."""

    settings: Settings
    database: Database
    pool: ConnectionPool
    vault: Vault
    content_secret: bytes
    decisions: ViewDecisions
    person_counts: PersonCounts
    aggregates: AggregateCache = field(default_factory=AggregateCache)
    _secrets: dict[str, bytes] = field(default_factory=dict)
    _doubtful: bool = False

    def __post_init__(self) -> None:
        """Make the executor."""
        self.executor = Executor(
            self.connection,
            self.begin_unit,
            vault=self.vault,
            content_secret=self.content_secret,
        )

    def execute(self, request: CommandRequest, *, dry_run: bool = False) -> Receipts:
        """Carry out a request and return a receipt for each of its commands, or raise `Refused`."""
        return self.executor.execute(request, dry_run=dry_run)

    def begin_unit(
        self, connection: psycopg.Connection, *, trusting: bool = False, grouped: bool = False
    ) -> UnitOfWork:
        """Begin a unit of work on a connection of this ledger."""
        return UnitOfWork(
            connection,
            self.aggregates,
            self.decisions,
            self.vault,
            outside=self.settings.outside,
            trusting=trusting,
            grouped=grouped,
        )

    def secret(self, name: str) -> bytes:
        """Give a key of the data folder; it is read once."""
        if name not in self._secrets:
            self._secrets[name] = self.settings.secret(name)
        return self._secrets[name]

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """Lend a connection of the application's role, in autocommit.

        While the database is away no caller waits for long: the next one tries again.
        """
        if self._doubtful:
            self.pool.check()
        patience = SECONDS_TO_WAIT_IN_DOUBT if self._doubtful else SECONDS_TO_WAIT
        try:
            connection = self.pool.getconn(patience)
            try:
                yield connection
            finally:
                self.pool.putconn(connection)
        except PoolTimeout as error:
            self._doubtful = True
            raise Unavailable(
                "the database does not answer: send the same key again later"
            ) from error
        except psycopg.OperationalError:
            self._doubtful = True
            raise
        else:
            self._doubtful = False


@contextmanager
def open_ledger(settings: Settings, *, watch: bool = True) -> Iterator[OpenLedger]:
    """Open the ledger for as long as the block runs; an empty database is laid out first."""
    with ExitStack() as stack:
        database = stack.enter_context(open_database(settings))
        prepare(database)
        pool = stack.enter_context(open_pool(database))
        if watch:
            stack.enter_context(GateWatch(database.app_url))
        decisions = ViewDecisions(database.app_url)
        stack.callback(decisions.close)
        freeze_garbage()
        yield OpenLedger(
            settings=settings,
            database=database,
            pool=pool,
            vault=Vault(settings.secret("master-key")),
            content_secret=settings.secret("content-key"),
            decisions=decisions,
            person_counts=person_counts(remembered=settings.optimisations.remembered_counts),
        )


@cache
def freeze_garbage() -> None:
    """Leave the program's own modules out of every later garbage collection; once a process."""
    gc.collect()
    gc.freeze()


def prepare(database: Database) -> None:
    """Lay out the database if it is empty, and let the application in."""
    try:
        migrate(database.owner_url, database.app_url)
    except psycopg.OperationalError as error:
        raise Unavailable("the database does not answer: {reason}", reason=error) from error


def open_pool(database: Database) -> ConnectionPool:
    """Make a pool of connections as the application's role."""
    return ConnectionPool(
        database.app_url,
        min_size=1,
        max_size=MOST_CONNECTIONS,
        kwargs={"autocommit": True},
        configure=begin,
        open=True,
        timeout=SECONDS_TO_WAIT,
        reconnect_timeout=SECONDS_BETWEEN_ATTEMPTS,
    )
