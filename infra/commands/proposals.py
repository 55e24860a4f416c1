"""Acts of two persons: proposed by one, confirmed by another, carried out with the confirmation."""

from __future__ import annotations

from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

import msgspec

from domain.kernel.aggregate import check_existence
from domain.kernel.refusals import AlreadyExists
from domain.office.proposals import Proposal
from infra.commands.period_guard import require_open, soft_closing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Act, Event
    from infra.commands.command import Command
    from infra.commands.unit_of_work import UnitOfWork

# Bytes of a proposal's key, written in hex.
KEY_BYTES = 10


def needs_second(unit: UnitOfWork, command: Command, act: Act) -> bool:
    """Tell whether a command is for another person to confirm."""
    spec = command.type.spec
    if not spec.second or act.confirmed_by:
        return False
    if spec.second_when is None:
        return True
    aggregate = unit.find(command.type.kind, command.subject)
    check_existence(aggregate, spec)
    return spec.second_when(aggregate, act, unit, **command.what)


def confirms(command: Command) -> bool:
    """Tell whether a command carries out another one."""
    return command.type.name == f"{Proposal.KIND}.confirm"


def propose(
    unit: UnitOfWork, command: Command, act: Act, *, nth: int | None, made: Sequence[Event]
) -> dict[str, Any]:
    """Record the proposal of a command; `made` is what it would record, carried out now.

    `nth` is its place in an array; it is named as it is under the key `<key>:<nth>` by itself.
    Returns what its receipt says of it.
    """
    require_open(made, soft_closing(unit.connection))
    stated = stated_of(command)
    digest = sha256(stated).hexdigest()
    place = act.key if nth is None else f"{act.key}:{nth}"
    key = blake2b(place.encode(), digest_size=KEY_BYTES).hexdigest()
    proposal = unit.find(Proposal, f"{Proposal.KIND}:{key}")
    if proposal.version:
        raise AlreadyExists(proposal.id)
    proposal.propose(
        act,
        of=command.type.name,
        subject=command.subject,
        stated=stated,
        digest=digest,
        second=command.type.spec.second,
        amount=amount_of(made),
    )
    return {"proposed": proposal.id, "digest": digest, "lapses": proposal.lapses.isoformat()}


def stated_of(command: Command) -> bytes:
    """Return the command as it was sent, with the version that its header expected."""
    if command.expect is None:
        return command.content
    said = msgspec.json.decode(command.content)
    return msgspec.json.encode(said | {"expect": command.expect}, order="sorted")


def amount_of(made: Sequence[Event]) -> int | None:
    """Return the fen that an act would move or give, None if it names none."""
    amounts = (getattr(event, "amount", None) for event in made)
    return next((amount for amount in amounts if amount), None)


def command_proposed(command: Command, proposal: Proposal) -> Command:
    """Read the command that was proposed, by the words that are taken today."""
    return command.read(msgspec.json.decode(proposal.stated))


def act_confirmed(proposed: Command, proposal: Proposal, act: Act) -> Act:
    """Return the act of two persons: as the first one stated it, under the key of the second."""
    stated = proposed.act_of(proposal.proposer, act.key)
    return msgspec.structs.replace(stated, confirmed_by=act.by, proposal=proposal.id)
