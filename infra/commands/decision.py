"""Deciding one command: roles, the method that decides, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.benefits.persons import Person, require_current
from domain.kernel.aggregate import check_existence
from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import (
    Malformed,
    NotYet,
    RoleMissing,
    VersionConflict,
    WrongState,
)
from domain.office.proposals import Proposal
from domain.office.roles import BOOTSTRAP, Role, role_of
from infra.commands.papers import seal_papers
from infra.commands.proposals import (
    act_confirmed,
    command_proposed,
    confirms,
    needs_second,
    propose,
)
from infra.config.clock import today
from infra.vault import TAG_KEY, Sealed

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act, Event
    from infra.commands.changes import Savepoint
    from infra.commands.command import Command, CommandRequest, Sender
    from infra.commands.unit_of_work import UnitOfWork
    from infra.vault import Vault

# Every act of these is on money, leads to one, closes the books over it, or tells what it is.
ON_MONEY = frozenset(
    {"contract", "donation", "fund", "grant", "pay-run", "payment", "period", "proposal"}
    | {"publication", "recovery", "relief"}
)
PERSON = f"{Person.KIND}:"
EventRef = tuple[str, str, int]


@dataclass
class Decision:
    """A command that was decided: where its events stand in their unit, and what it answers."""

    command: Command
    start: int
    events: list[EventRef]
    version: int
    extra: dict[str, Any] = field(default_factory=dict)
    # Events that a streaming command has stored already, with their positions.
    before: list[tuple[int, EventRef]] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)


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


def roles_held(unit: UnitOfWork, by: str) -> frozenset[str]:
    """Return the roles that somebody holds now."""
    held = unit.find(Role, role_of(by)).roles
    return held | {"operator"} if by == BOOTSTRAP else held


def effective_roles(unit: UnitOfWork, sender: Sender) -> frozenset[str]:
    """Return the roles that a sender holds now and that his token carries."""
    held = roles_held(unit, sender.by)
    return held if sender.roles is None else held & sender.roles


def check_role(unit: UnitOfWork, command: Command, sender: Sender) -> None:
    """Refuse a sender without one of the command's roles, held now and carried by his token."""
    wanted = command.type.spec.roles
    if effective_roles(unit, sender).isdisjoint(wanted):
        raise RoleMissing(
            command.subject,
            "{command} needs one of the roles {roles}",
            command=command.type.name,
            roles=wanted,
        )


def require_come(command: Command) -> None:
    """Refuse an act that is dated after today."""
    stated, now = command.act, today()
    latest = stated.on if stated.booked is None else max(stated.on, stated.booked)
    if latest > now:
        raise NotYet(command.subject, day=latest, today=now)


def refs(events: Sequence[Event]) -> list[EventRef]:
    """Name events as a receipt does."""
    return [(e.TOPIC, e.originator_id, e.originator_version) for e in events]


def call(unit: UnitOfWork, command: Command, act: Act) -> Any:
    """Call the method that decides, on the command's subject."""
    called = command.type
    aggregate = unit.find(called.kind, command.subject)
    check_existence(aggregate, called.spec)
    require_persons(unit, command)
    if command.expect is not None and command.expect != aggregate.version:
        raise VersionConflict(command.subject, expected=command.expect, found=aggregate.version)
    what = command.what
    if called.seals:
        # The domain learns what is sealed, never what it says.
        what = {**what, "sealed": dict.fromkeys(what["sealed"] or (), "")}
    args = (act, unit) if called.takes_unit else (act,)
    return called.method(aggregate, *args, **what)


def require_persons(unit: UnitOfWork, command: Command) -> None:
    """Refuse who is named by an id that was merged; append() checks that nobody was since."""
    persons = [each for each in command.mentions if each.startswith(PERSON)]
    require_current(unit, [command.subject, *persons])
    unit.watch(persons)


def decide(unit: UnitOfWork, request: CommandRequest, command: Command, vault: Vault) -> Decision:
    """Let the aggregate decide a command of a request; its events are then in the unit."""
    sender = request.sender_of(command)
    check_role(unit, command, sender)
    act = command.act_of(sender.by, request.key)
    with unit.savepoint() as point:
        if needs_second(unit, command, act):
            with unit.taken_back() as tried:
                carry_out(unit, command, act, tried)
                made = tried.events
                unit.duplicates.require_unstored(made)
            nth = request.place_of(command)
            extra = propose(unit, command, act, nth=nth, made=made)
        else:
            extra = carry_out(unit, command, act, point)
            if command.type.kind is Proposal:
                extra = settle(unit, command, act, sender)
        made = point.events
        aggregate = unit.find(command.type.kind, command.subject)
        sealed = sealed_by(unit, command, aggregate.sealed_name, made, vault)
    return Decision(
        command, point.start, refs(made), aggregate.version, extra=extra or {}, sealed=sealed
    )


def carry_out(unit: UnitOfWork, command: Command, act: Act, point: Savepoint) -> dict[str, Any]:
    """Let the aggregate decide; check what it recorded, from a point on, by the rules of all."""
    extra = call(unit, command, act)
    made = point.events
    moves_money = any(isinstance(event, MoneyEvent) for event in made)
    if moves_money or command.type.kind.KIND in ON_MONEY:
        require_come(command)
    unit.duplicates.require_new(made)
    unit.sums.require_room()
    if unit.asks_each:
        unit.duplicates.require_unstored(made)
    if command.act.booked is not None and not moves_money:
        raise Malformed(
            command.subject, "this command moves no money: leave booked out", "/act/booked"
        )
    return extra or {}


def settle(unit: UnitOfWork, command: Command, act: Act, sender: Sender) -> dict[str, Any]:
    """Let go who proposed and who may confirm; of a confirmation decide anew what was proposed."""
    proposal = unit[Proposal, command.subject]
    if act.by != proposal.proposer:
        proposal.require_second(effective_roles(unit, sender))
    if not confirms(command):
        return {}
    proposed = command_proposed(command, proposal)
    wanted = proposed.type.spec.roles
    if not roles_held(unit, proposal.proposer) & set(wanted):
        raise WrongState(
            proposal.id, "proposer-without-role", proposer=proposal.proposer, roles=wanted
        )
    with unit.savepoint() as point:
        return carry_out(unit, proposed, act_confirmed(proposed, proposal, act), point)


def sealed_by(
    unit: UnitOfWork, command: Command, name: str, events: Sequence[Event], vault: Vault
) -> list[Sealed]:
    """Seal what a command sends to the vault; what its events say is destroyed there."""
    content = command.what.get("sealed") if command.type.seals else None
    sealed = []
    if content:
        require_tag_key(command, content)
        sealed.append(seal_papers(unit, command, name, content, vault))
    return sealed + [Sealed(gone, None, None) for event in events for gone in event.unsealed()]
