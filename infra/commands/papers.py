"""What a command seals of a person: an ID number that can be one, and that nobody else has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.benefits.id_numbers import id_number
from domain.benefits.persons import Person, current_id
from domain.kernel.refusals import AlreadyTold
from infra.config.clock import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.commands.command import Command
    from infra.commands.unit_of_work import UnitOfWork
    from infra.vault import Sealed, Vault


def seal_papers(
    unit: UnitOfWork, command: Command, name: str, content: Mapping[str, str], vault: Vault
) -> Sealed:
    """Seal what a command brings under a name; a person's ID number in its eighteen signs.

    `AlreadyTold` where another person has the number. From memory nobody is asked: the append takes
    a number once.
    """
    number = content.get("id_number")
    if command.type.kind is not Person or not number:
        return vault.seal(name, dict(content))
    read = id_number(command.subject, number, today())
    sealed = vault.seal(name, {**content, "id_number": read})
    first = unit.numbered(sealed.fingerprint or "", command.subject)
    first = current_id(unit, first) if first else None
    if first == command.subject:
        # It stays with the id under which it was told first.
        return sealed._replace(fingerprint="")
    if first is not None:
        raise AlreadyTold(
            command.subject,
            "{first} has this ID number: use that one, or read the number again",
            first=first,
        )
    return sealed
