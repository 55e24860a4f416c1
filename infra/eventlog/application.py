"""The event log as the eventsourcing library's application: recorder, mapper, repository.

`EventLog` is opened from an address alone, as the library's runners do it; the open ledger of a
process (infra/ledger.py) is one too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from eventsourcing.application import Application, Repository

from domain import KINDS
from domain.kernel.aggregate import Aggregate
from infra.eventlog.recorder import LedgerRecorder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventsourcing.utils import EnvType

    from domain.kernel.aggregate import Event


def replayed(aggregate: Aggregate | None, events: Iterable[Event]) -> Aggregate | None:
    """Bring an aggregate up to date by events; the first one tells which it is."""
    for event in events:
        if aggregate is None:
            subject = event.originator_id
            aggregate = KINDS[subject.partition(":")[0]](subject)
        aggregate.replay(event)
    return aggregate


class AggregateRepository(Repository[str]):
    """The library's repository over our aggregates, whose class their id tells."""

    def get(self, aggregate_id: str, *, version: int | None = None, **how: Any) -> Any:
        """Return an aggregate as of now or of a version; `AggregateNotFoundError` if there is none.

        It belongs to the caller. What commands decide by comes from the aggregate cache instead,
        which reads several subjects in one round trip.
        """
        how.setdefault("projector_func", replayed)
        return super().get(aggregate_id, version=version, **how)


class EventLog(Application[str]):
    """The library's application on our log: text ids, `StructMapper`, `LedgerRecorder`."""

    name = "ledger"
    recorder: LedgerRecorder

    def __init__(self, env: EnvType | None = None) -> None:
        """Open it at the address `URL` of the environment given."""
        super().__init__({**(env or {}), **PARTS})

    @property
    def repository(self) -> AggregateRepository:
        """The repository over this log."""
        return cast("AggregateRepository", super().repository)

    def construct_repository(self) -> AggregateRepository:
        """Make the repository."""
        return AggregateRepository(event_store=self.events)

    def construct_recorder(self) -> LedgerRecorder:
        """Give the one object that reads the log and appends to it."""
        return cast("LedgerRecorder", super().construct_recorder())


# What the library is told of its parts, whatever the process's environment says.
PARTS = {
    "PERSISTENCE_MODULE": "infra.eventlog.recorder",
    "MAPPER_TOPIC": "infra.eventlog.mapper:StructMapper",
}
