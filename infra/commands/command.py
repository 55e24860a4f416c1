"""What comes to an executor: a command, read and checked, and the request that carries it.

A `CommandType` says what the ledger must know of a command; how its body is read from JSON stands
in api/commands/schemas.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import msgspec

from domain.kernel.aggregate import Act, Aggregate, CommandSpec, Evidence
from domain.kernel.refusals import Refused

Receipt: TypeAlias = dict[str, Any]


class Receipts(list[Receipt]):
    """A request was carried out: one receipt a command, in the contract's shape."""


class Undecided(msgspec.Struct, frozen=True):
    """Neither carried out for certain nor refused: the same key, sent again, finds out."""

    cause: Exception


Outcome: TypeAlias = Receipts | Refused | Undecided


def receipts_or_raise(outcome: Outcome) -> Receipts:
    """Return the receipts; raise the refusal, or what kept the request from being decided."""
    if isinstance(outcome, Receipts):
        return outcome
    raise outcome.cause if isinstance(outcome, Undecided) else outcome


@dataclass(frozen=True)
class CommandType:
    """A command's name, the aggregate it belongs to, and the method that decides it.

    `fields` are the parameters of its body, `takes_unit` tells whether the method asks for the unit
    of work, `seals` whether the body brings something for the vault.
    """

    name: str
    kind: type[Aggregate]
    spec: CommandSpec
    method: Callable[..., Any]
    fields: tuple[str, ...]
    takes_unit: bool
    seals: bool


class StatedAct(msgspec.Struct, frozen=True):
    """An act as its sender states it; who acts, and under which key, is known from elsewhere."""

    on: date
    booked: date | None = None
    authority: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class Command(msgspec.Struct, frozen=True):
    """One command, read and checked; `content` (canonical JSON) is what its key stands for.

    `mentions` are the ids that its body names, so that they are loaded together. `read` reads the
    command that this one carries out.
    """

    type: CommandType
    subject: str
    act: StatedAct
    what: dict[str, Any]
    key: str | None
    expect: int | None
    by: str | None
    content: bytes
    mentions: tuple[str, ...]
    read: Callable[[object], Command]

    @property
    def opens(self) -> bool:
        """Tell whether the command is the first that its subject takes."""
        return bool(self.type.spec.opens)

    def act_of(self, by: str, key: str) -> Act:
        """Return the act as the event keeps it."""
        stated = self.act
        return Act(
            by=by,
            on=stated.on,
            booked=stated.booked or stated.on,
            key=key,
            authority=stated.authority,
            reason=stated.reason,
            evidence=stated.evidence,
        )


class Sender(msgspec.Struct, frozen=True):
    """Who sends a request: an id, and the roles that the token carries (None: all held)."""

    by: str
    roles: frozenset[str] | None = None


class CommandRequest(msgspec.Struct, frozen=True):
    """What one key stands for: a command, or several as all or nothing, and who sends them."""

    commands: Sequence[Command]
    key: str
    # None: each command names its sender, who is held to the roles that he has.
    sender: Sender | None
    # The commands came as an array, and so do their receipts.
    listed: bool = False

    @property
    def content(self) -> bytes:
        """What the key stands for: who says what."""
        parts: list[bytes] = []
        for one in self.commands:
            parts += self.sender_of(one).by.encode(), one.content
        return b"\n".join(parts)

    def sender_of(self, command: Command) -> Sender:
        """Return who sends a command."""
        return self.sender or Sender(command.by or "")

    def place_of(self, command: Command) -> int | None:
        """Return where a command stands in an array, None if it did not come in one."""
        if not self.listed:
            return None
        return next(n for n, one in enumerate(self.commands) if one is command)

    def senders(self) -> set[str]:
        """Return the ids of all senders."""
        if self.sender:
            return {self.sender.by}
        return {self.sender_of(command).by for command in self.commands}

    @property
    def streams(self) -> bool:
        """Tell whether it is saved chunk by chunk."""
        return any(command.type.spec.streams for command in self.commands)

    @property
    def single(self) -> bool:
        """Tell whether it is one command that is saved at once."""
        return len(self.commands) == 1 and not self.streams
