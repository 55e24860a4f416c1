"""What a command seals of a person: an ID number that can be one, and that nobody else has."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from domain.benefits.id_numbers import id_number
from domain.benefits.persons import Person, current_id
from domain.kernel.refusals import AlreadyTold, IdNumberInvalid
from infra.config.clock import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import psycopg

    from domain.kernel.aggregate import Event
    from infra.commands.command import Command
    from infra.commands.unit_of_work import UnitOfWork
    from infra.vault import Sealed, Vault


class IdNumbers:
    """Whose ID numbers these are, by their keyed hashes, as a unit of work knows it.

    From memory only what the unit itself has sealed is known: append() takes a number once.
    """

    def __init__(
        self,
        connection: psycopg.Connection,
        vault: Vault,
        recorded: Sequence[Event],
        *,
        from_memory: bool,
    ) -> None:
        """Know nobody's; `recorded` are the events of the unit that are not saved yet."""
        self._connection, self._vault, self._recorded = connection, vault, recorded
        self._from_memory = from_memory
        self._sealed: dict[str, str] = {}
        self._stored: dict[str, str | None] = {}

    def prefetch(self, numbers: Iterable[str]) -> None:
        """Ask the store about numbers in one round trip; from memory none of them is made."""
        if self._from_memory:
            return
        wanted = [number for number in numbers if number not in self._stored]
        if wanted:
            self._stored |= self._vault.numbered(self._connection, wanted)

    def forget(self) -> None:
        """Ask anew: something was saved."""
        self._stored.clear()

    def another(self, number: str, person: str) -> str | None:
        """Return the other person who has a number; it is this one's now if there is none."""
        first = self._sealed.get(number)
        if first is None or not any(event.originator_id == first for event in self._recorded):
            self.prefetch([number])
            first = self._stored.get(number)
        if first in {None, person}:
            self._sealed[number] = person
            return None
        return first


def numbers_of(commands: Iterable[Command], vault: Vault) -> Iterator[str]:
    """Give the ID numbers that commands bring, by their keyed hashes, without what is none."""
    for command in commands:
        number = (command.what.get("sealed") or {}).get("id_number")
        if number and command.type.seals and command.type.kind is Person:
            with suppress(IdNumberInvalid):
                yield vault.number_of(id_number(command.subject, number, today()))


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
    first = unit.id_numbers.another(sealed.fingerprint or "", command.subject)
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
