"""The open ledger: settings, database, pool, vault, executor. Everything that runs starts here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

import psycopg

from infra.commands.caches.aggregate_cache import AggregateCache, Aggregates, StoredAggregates
from infra.commands.caches.pay_run_cache import NoDrawnRuns, PayRunCache
from infra.commands.command import receipts_or_raise
from infra.commands.decision_queries import DecisionQueries
from infra.commands.executor import Executor, FreshExecutor
from infra.commands.group_commit import GroupCommitExecutor
from infra.commands.ledger_access import LedgerAccess
from infra.config.errors import Unavailable
from infra.eventlog.append import Appender
from infra.eventlog.application import EventLog
from infra.eventlog.lock_watchdog import LockWatchdog
from infra.eventlog.recorder import URL
from infra.master_keys import MASTER
from infra.postgres.database import Database, open_database
from infra.postgres.identity import CONTENT, LedgerIdentity
from infra.postgres.migrate import migrate
from infra.postgres.troubles import trouble_of
from infra.vault import Vault
from projections.casework.pay_runs import Drawings
from projections.figures import person_counts

if TYPE_CHECKING:
    from infra.commands.command import CommandRequest, Receipts
    from infra.config.settings import Settings


class Ledger(EventLog):
    """The ledger as one running process has it open: the event log, and what decides and writes.

    It is the eventsourcing library's application: `repository`, `recorder`,
    `mapper`, `notification_log`.
    """

    name = "ledger"

    def __init__(self, settings: Settings, database: Database, identity: LedgerIdentity) -> None:
        """Open it on a database that is laid out."""
        super().__init__({URL: database.app_url})
        self.identity = identity
        self.settings = settings
        self.database = database
        self.vault = Vault(settings.saved_secret(MASTER), settings.key_folder())
        on = settings.optimisations
        drawn_runs = PayRunCache() if on.pay_run_cache else NoDrawnRuns()
        self.decisions = DecisionQueries(database.app_url, drawn_runs)
        self.drawings = Drawings() if on.pay_run_cache else Drawings(most_lines=0)
        self.person_counts = person_counts(remembered=on.remembered_counts)
        self.aggregates: Aggregates = AggregateCache() if on.aggregate_cache else StoredAggregates()
        self.recorder.appender = Appender.of(on)
        self.pool, self.connection = self.recorder.pool, self.recorder.connection
        self._secrets: dict[str, bytes] = {}
        self.executor = self._executor()

    def _executor(self) -> Executor:
        """Make the executor that the settings ask for."""
        access = LedgerAccess(
            self.recorder,
            self.aggregates,
            self.decisions,
            self.vault,
            self.settings.outside,
            self.settings.saved_secret(CONTENT),
            pipelined=self.settings.optimisations.pipelined_save,
        )
        fresh = FreshExecutor(access)
        grouped = self.settings.optimisations.group_commit
        return GroupCommitExecutor(fresh, access) if grouped else fresh

    def close(self) -> None:
        """End what the executor runs, and give all connections back."""
        self.executor.close()
        self.decisions.close()
        super().close()

    def execute(self, request: CommandRequest, *, dry_run: bool = False) -> Receipts:
        """Carry out a request and return a receipt for each of its commands, or raise `Refused`."""
        [outcome] = self.executor.execute([request], dry_run=dry_run)
        return receipts_or_raise(outcome)

    def secret(self, name: str) -> bytes:
        """Give a key of the data folder; it is read once."""
        if name not in self._secrets:
            self._secrets[name] = self.settings.secret(name)
        return self._secrets[name]


@contextmanager
def open_ledger(settings: Settings, *, watch: bool = True, whole: bool = True) -> Iterator[Ledger]:
    """Open the ledger for as long as the block runs; an empty database is laid out first.

    One whose vault has lost a scheme's key is refused, but where it need not be `whole`.
    """
    with ExitStack() as stack:
        database = stack.enter_context(open_database(settings))
        identity = prepare(database)
        if watch:
            stack.enter_context(LockWatchdog(database.app_url))
        freeze_garbage()
        ledger = stack.enter_context(Ledger(settings, database, identity))
        if whole:
            with ledger.connection() as connection:
                ledger.vault.require_tag_keys(connection)
        yield ledger


@cache
def freeze_garbage() -> None:
    """Leave the program's own modules out of every later garbage collection; once a process."""
    gc.collect()
    gc.freeze()


def prepare(database: Database) -> LedgerIdentity:
    """Lay out the database if it is empty, let the application in, and say whose ledger it is."""
    try:
        return migrate(database)
    except psycopg.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise Unavailable(
            "the database is not opened: {trouble} ({reason})", trouble=trouble, reason=error
        ) from error
