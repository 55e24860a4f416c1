"""Commands that save chunk by chunk: while one chunk is being saved, the next one is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.kernel.refusals import KeyReused
from infra.commands import receipts
from infra.commands.decision import Decision, call, check_role, mentioned, refs
from infra.commands.pipelined_save import PipelinedSave, batch_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg

    from infra.commands.command import CommandRequest
    from infra.commands.retry import Try
    from infra.commands.unit_of_work import UnitOfWork


class ChunkedDecision:
    """One command that is decided chunk by chunk."""

    def __init__(self, unit: UnitOfWork, request: CommandRequest, how: Try) -> None:
        """Check what can be checked before the first chunk."""
        self._unit = unit
        self._command = command = request.commands[0]
        self._how = how
        self._extra: dict[str, Any] = {}
        sender = request.sender_of(command)
        unit.prefetch(mentioned(request.commands, sender.by))
        check_role(unit, command, sender.by, sender.roles)
        self._act = command.act_of(sender.by, request.key)
        if any(event.act != self._act for _, event in self._earlier()):
            raise KeyReused("", key=request.key)

    def decided(self, saving: Sequence[psycopg.Connection]) -> Decision:
        """Decide to the end. The last chunk is then pending, those before it are saved."""
        unit = self._unit
        with PipelinedSave(saving) as behind:
            for _ in self._chunks():
                if not self._how.dry_run:
                    behind.save(batch_of(unit, soft=self._how.soft))
                unit.discard()
        command, made = self._command, refs(unit.pending)
        version = unit.find(command.type.kind, command.subject).version
        before = [(place, refs([event])[0]) for place, event in self._earlier()]
        start = len(unit.alike)
        return Decision(command, self._act.key, start, made, version, self._extra, before)

    def _chunks(self) -> Iterator[None]:
        self._extra = (yield from call(self._unit, self._command, self._act)) or {}

    def _earlier(self) -> receipts.Earlier:
        """Return what the key has done to the subject before: an earlier try may have died."""
        if self._how.dry_run:
            return []
        connection = self._unit.connection
        return receipts.earlier(connection, self._command.subject, self._act.key)
