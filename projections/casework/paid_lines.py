"""What a released run has paid, line by line with who is to have it: what the bank is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.households import Household
from domain.benefits.persons import Person
from projections.casework.pay_runs import history
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from domain.payments.pay_runs import PayRun
    from projections.casework.pay_runs import Drawings, Tags


class PaidLine(NamedTuple):
    """A payment of a run: its tag, its amount in fen, and who may receive it, in their order.

    The persons are the holder, or the household's members in the order of its forming; a body that
    is paid for them is `payee`.
    """

    payment: str
    tag: str
    amount: int
    persons: tuple[str, ...]
    payee: str


class RunNotRedrawnError(LookupError):
    """The roll's view does not give the lines that were signed: it is being grown anew."""


def paid_lines(
    connection: Connection[Any], run: PayRun, tags: Tags, drawings: Drawings
) -> list[PaidLine]:
    """Return what a released run has paid, in the order of its payments."""
    told = history(connection, run.id, event_log.head(connection).position)
    drawn = drawings.of(connection, told.drawn_up, tags)
    if drawn.digest != run.digest:
        raise RunNotRedrawnError(run.id)
    paid = [(tag, line) for tag, line, _ in drawn.lines if drawn.prefix + tag not in told.held]
    households = {line.holder: 0 for _, line in paid if line.holder.startswith("household:")}
    formed = members_in_order(connection, households)
    return [
        PaidLine(
            drawn.prefix + tag,
            tag.rpartition(":")[2],
            line.amount,
            in_order(line.members, formed.get(line.holder, {})),
            line.payee,
        )
        for tag, line in paid
    ]


def in_order(members: Sequence[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """Put the members that a line covers in the order in which they came into the household."""
    return tuple(sorted(members, key=lambda member: (places.get(member, len(places)), member)))


def members_in_order(
    connection: Connection[Any], households: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Return the place of each member of households, by household."""
    formed: dict[str, Household] = {}
    for name, event in event_log.of_subjects(connection, households) if households else ():
        formed.setdefault(name, Household(name)).replay(event)
    return {
        name: {member: place for place, member in enumerate(each.members)}
        for name, each in formed.items()
    }


def papers_of(
    connection: Connection[Any], persons: Iterable[str], day: date
) -> dict[str, tuple[str, str]]:
    """Return under which names the vault has the name and the account of persons on a day."""
    found: dict[str, Person] = {}
    wanted = dict.fromkeys(persons, 0)
    for name, event in event_log.of_subjects(connection, wanted) if wanted else ():
        found.setdefault(name, Person(name)).replay(event)
    return {
        name: (each.entry_of("name", day), each.entry_of("account", day))
        for name, each in found.items()
    }
