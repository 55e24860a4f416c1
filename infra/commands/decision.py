"""Deciding one command: roles, the method that decides, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.kernel.aggregate import check_existence
from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import (
    Malformed,
    PeriodClosed,
    RoleMissing,
    SecondPersonNeeded,
    VersionConflict,
)
from domain.office.periods import Period, PeriodReopened, PeriodSoftClosed
from domain.office.roles import Role, role_of
from infra.eventlog.append import Guard
from infra.vault import TAG_KEY, Sealed
from projections.core import event_log

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act, Event
    from infra.commands.command import Command
    from infra.commands.unit_of_work import UnitOfWork
    from infra.vault import Vault

# The owner of the data folder acts as this operator, which grants the first roles.
BOOTSTRAP = "operator:local"
EventRef = tuple[str, str, int]


@dataclass
class Decision:
    """A command that was decided: which of the pending events are its own, and what it answers."""

    command: Command
    key: str
    start: int
    events: list[EventRef]
    version: int
    extra: dict[str, Any] = field(default_factory=dict)
    # Events that a streaming command has stored already, with their positions.
    before: list[tuple[int, EventRef]] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)

    def seal(self, vault: Vault, unit: UnitOfWork) -> None:
        """Seal what the command sends to the vault; what its events say is destroyed there."""
        kind = self.command.type.kind
        content = self.command.what.get("sealed") if self.command.type.seals else None
        if content:
            require_tag_key(self.command, content)
            name = unit.find(kind, self.command.subject).sealed_name
            self.sealed.append(vault.seal(name, content))
        for event in unit.pending[self.start :]:
            self.sealed += [Sealed(name, None, None) for name in event.unsealed()]


def require_tag_key(command: Command, content: Mapping[str, str]) -> None:
    """Refuse a key for a scheme's tags that none could be made with."""
    key = content.get("tag_key")
    if key is not None and not TAG_KEY.fullmatch(key):
        raise Malformed(
            command.subject, "a tag key has 16 to 64 bytes, written in hex", "/what/sealed/tag_key"
        )


def mentioned(commands: Sequence[Command], *senders: str) -> list[str]:
    """List the subjects that commands name, and their senders' roles, once each."""
    named = dict.fromkeys(role_of(by) for by in senders)
    for command in commands:
        named[command.subject] = None
        for subject in command.mentions:
            named[subject] = None
    return list(named)


def check_role(unit: UnitOfWork, command: Command, by: str, carried: frozenset[str] | None) -> None:
    """Refuse a sender without one of the command's roles, held now and carried by his token."""
    held = unit.find(Role, role_of(by)).roles
    if by == BOOTSTRAP:
        held |= {"operator"}
    effective = held if carried is None else held & carried
    wanted = command.type.spec.roles
    if not effective & set(wanted):
        raise RoleMissing(
            command.subject,
            "{command} needs one of the roles {roles}",
            command=command.type.name,
            roles=wanted,
        )


def refs(events: Sequence[Event]) -> list[EventRef]:
    """Name events as a receipt does."""
    return [(e.TOPIC, e.originator_id, e.originator_version) for e in events]


def call(unit: UnitOfWork, command: Command, act: Act) -> Any:
    """Call the method that decides, on the command's subject."""
    called = command.type
    aggregate = unit.find(called.kind, command.subject)
    check_existence(aggregate, called.spec)
    if command.expect is not None and command.expect != aggregate.version:
        raise VersionConflict(command.subject, expected=command.expect, found=aggregate.version)
    what = {**command.what, "sealed": None} if called.seals else command.what
    args = (act, unit) if called.takes_unit else (act,)
    return called.method(aggregate, *args, **what)


def decide(unit: UnitOfWork, command: Command, act: Act) -> Decision:
    """Let the aggregate decide; its events are then pending in the unit."""
    start = len(unit.pending)
    extra = call(unit, command, act)
    made = unit.pending[start:]
    if command.act.booked is not None and not any(isinstance(e, MoneyEvent) for e in made):
        raise Malformed(
            command.subject, "this command moves no money: leave booked out", "/act/booked"
        )
    version = unit.find(command.type.kind, command.subject).version
    return Decision(command, act.key, start, refs(made), version, extra or {})


class SoftClosing(NamedTuple):
    """The soft-closed days: through which, and who closed them last."""

    through: date
    by: str


NOTHING_CLOSED = SoftClosing(date.min, "")


def guard_of(unit: UnitOfWork, *, soft: bool) -> Guard:
    """Sum up the booked days that are pending. `soft`: some lie in a soft-closed period."""
    guard = Guard()
    closing = soft_closing(unit) if soft else NOTHING_CLOSED
    for event in unit.facts():
        inside = isinstance(event, MoneyEvent) and event.act.booked <= closing.through
        if inside:
            refuse_soft(event, closing)
        guard.see(event, may_enter_soft=inside)
    return guard


def soft_closing(unit: UnitOfWork) -> SoftClosing:
    """Return what all periods together have soft-closed."""
    closed: dict[str, SoftClosing] = {}
    # All events of periods: few.
    for event in event_log.of_prefix(unit.connection, Period.KIND):
        if isinstance(event, PeriodSoftClosed):
            closed[event.originator_id] = SoftClosing(event.through, event.act.by)
        elif isinstance(event, PeriodReopened):
            closed.pop(event.originator_id, None)
    return max(closed.values(), default=NOTHING_CLOSED)


def refuse_soft(event: Event, closing: SoftClosing) -> None:
    """Refuse to book into a soft-closed period without a reason, or by who closed it."""
    if not event.act.reason:
        raise PeriodClosed(
            event.originator_id,
            "booked on {booked}, soft-closed through {through}: give act.reason, or book later",
            booked=event.act.booked,
            through=closing.through,
        )
    if event.act.by == closing.by:
        raise SecondPersonNeeded(
            event.originator_id,
            "booked on {booked}, soft-closed through {through} by {closer}: another books it",
            booked=event.act.booked,
            through=closing.through,
            closer=closing.by,
        )
