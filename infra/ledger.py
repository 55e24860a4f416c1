"""The open ledger: settings, database, pool, vault, executor. Everything that runs starts here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

import psycopg

from infra.commands.caches.aggregate_cache import AggregateCache
from infra.commands.decision_views import ViewDecisions
from infra.commands.executor import Executor
from infra.commands.unit_of_work import UnitOfWork
from infra.config.errors import Unavailable
from infra.eventlog.application import EventLog
from infra.eventlog.lock_watchdog import GateWatch
from infra.eventlog.recorder import URL
from infra.postgres.database import Database, open_database
from infra.postgres.migrate import migrate
from infra.vault import Vault
from projections.figures import person_counts

if TYPE_CHECKING:
    from infra.commands.command import CommandRequest, Receipts
    from infra.config.settings import Settings


class OpenLedger(EventLog):
    """The ledger as one running process has it open: the event log, and what decides and writes.

    Whoever knows the eventsourcing library finds its application here: `repository`, `recorder`,
    `mapper`, `notification_log`.
    """

    name = "ledger"

    def __init__(self, settings: Settings, database: Database) -> None:
        """Open it on a database that is laid out."""
        super().__init__({URL: database.app_url})
        self.settings = settings
        self.database = database
        self.vault = Vault(settings.secret("master-key"))
        self.decisions = ViewDecisions(database.app_url)
        self.person_counts = person_counts(remembered=settings.optimisations.remembered_counts)
        self.aggregates = AggregateCache()
        self.pool, self.connection = self.recorder.pool, self.recorder.connection
        self._secrets: dict[str, bytes] = {}
        self.executor = Executor(
            self.connection,
            self.begin_unit,
            vault=self.vault,
            content_secret=settings.secret("content-key"),
        )

    def close(self) -> None:
        """Give all connections back."""
        self.decisions.close()
        super().close()

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
def open_ledger(settings: Settings, *, watch: bool = True) -> Iterator[OpenLedger]:
    """Open the ledger for as long as the block runs; an empty database is laid out first."""
    with ExitStack() as stack:
        database = stack.enter_context(open_database(settings))
        prepare(database)
        if watch:
            stack.enter_context(GateWatch(database.app_url))
        freeze_garbage()
        yield stack.enter_context(OpenLedger(settings, database))


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
