"""What executors share: connections, units of work on them, the vault, and one turn to decide."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from infra.commands import receipts
from infra.commands.changes import Basis
from infra.commands.pipelined_save import ChunkSaver, PipelinedSave, PlainSave
from infra.commands.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    import psycopg

    from infra.commands.caches.aggregate_cache import Aggregates
    from infra.commands.command import CommandRequest
    from infra.commands.decision_queries import DecisionQueries
    from infra.config.egress_policy import Outside
    from infra.eventlog.recorder import LedgerRecorder
    from infra.vault import Vault


@dataclass(frozen=True)
class LedgerAccess:
    """One store, as the executors of one process write to it."""

    recorder: LedgerRecorder
    aggregates: Aggregates
    decisions: DecisionQueries
    vault: Vault
    outside: Outside
    # Keys the hashes of what was sent, which may name persons.
    content_secret: bytes
    # Whether a chunk is saved while the next one is decided.
    pipelined: bool = True
    # One unit of work decides at a time, so that a busy subject costs no conflicts.
    turn: Lock = field(default_factory=Lock)

    def unit(self, connection: psycopg.Connection, basis: Basis = Basis.ALONE) -> UnitOfWork:
        """Begin a unit of work."""
        return UnitOfWork(
            connection,
            self.aggregates,
            self.decisions,
            self.vault,
            outside=self.outside,
            basis=basis,
        )

    def connection(self) -> AbstractContextManager[psycopg.Connection]:
        """Lend a connection."""
        return self.recorder.connection()

    @contextmanager
    def append_lock(self, connection: psycopg.Connection) -> Iterator[None]:
        """Hold the append lock until what the block has appended is committed."""
        with connection.transaction():
            connection.execute("SELECT ledger.take_turn()")
            yield

    def saver(self, connections: Sequence[psycopg.Connection]) -> ChunkSaver:
        """Return what saves the chunks of a streaming command."""
        kind = PipelinedSave if self.pipelined else PlainSave
        return kind(self.recorder, connections)

    def hash(self, request: CommandRequest) -> bytes:
        """Hash what a request's key stands for."""
        return receipts.content_hash(self.content_secret, request.content)
