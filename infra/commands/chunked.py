"""Commands that save chunk by chunk: while one chunk is being saved, the next one is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.kernel.refusals import KeyReused
from infra.commands import receipts
from infra.commands.command_batch import batch_of
from infra.commands.decision import Decision, call, check_role, mentioned, refs, require_come

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.commands.command import CommandRequest
    from infra.commands.pipelined_save import ChunkSaver
    from infra.commands.retry import Attempt
    from infra.commands.unit_of_work import UnitOfWork


class ChunkedDecision:
    """One command that is decided chunk by chunk."""

    def __init__(self, unit: UnitOfWork, request: CommandRequest, attempt: Attempt) -> None:
        """Check what can be checked before the first chunk."""
        self._unit = unit
        self._command = command = request.commands[0]
        self._attempt = attempt
        self._extra: dict[str, Any] = {}
        sender = request.sender_of(command)
        unit.prefetch(mentioned(request.commands, sender.by))
        check_role(unit, command, sender)
        require_come(command)
        self._act = command.act_of(sender.by, request.key)
        if any(event.act != self._act for _, event in self._earlier()):
            raise KeyReused("", key=request.key)

    def decided(self, saver: ChunkSaver) -> Decision:
        """Decide to the end. The last chunk is then in the unit, those before it are saved."""
        unit, command = self._unit, self._command
        with saver:
            for _ in self._chunks():
                chunk = unit.give()
                if not self._attempt.dry_run:
                    saver.save(batch_of(unit, chunk, soft=self._attempt.soft))
        last = unit.changes()
        return Decision(
            command,
            len(last.alike),
            refs(last.events),
            unit.find(command.type.kind, command.subject).version,
            extra=self._extra,
            before=[(place, refs([event])[0]) for place, event in self._earlier()],
        )

    def _chunks(self) -> Iterator[None]:
        self._extra = (yield from call(self._unit, self._command, self._act)) or {}

    def _earlier(self) -> receipts.Earlier:
        """Return what the key has done to the subject before: an earlier attempt may have died."""
        if self._attempt.dry_run:
            return []
        connection = self._unit.connection
        return receipts.earlier(connection, self._command.subject, self._act.key)
