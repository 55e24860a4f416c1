"""People as they are found: by ids, by papers' entries, by a payment; each as they stand today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.persons import Person
from domain.payments.payment_events import PaymentMade
from projections import registers
from projections.casework.pay_runs import history
from projections.core import event_log
from projections.decision_views import held_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from projections.casework.pay_runs import Drawings, Tags
    from projections.core.event_log import Reading
    from projections.core.view import Moment, Row

KEY = r"[a-z0-9][a-z0-9.:-]{0,95}"
KINDS = ("person", "household")
NAMED = re.compile(rf"({'|'.join(KINDS)}):{KEY}")
BARE = re.compile(KEY)
PAYMENT = re.compile(rf"payment:{KEY}")


class FoundBy(NamedTuple):
    """By what somebody was found: part of papers, `id` or `payment`; whether it was replaced."""

    part: str
    former: bool = False


class PersonNow(NamedTuple):
    """A person as registered now: which entries of the vault say what, and all ids."""

    person: Person
    entries: Mapping[str, str]


def ids_named(text: str) -> list[str]:
    """Return the persons and households that a text may name, by id or by key."""
    told = text.lower()
    if NAMED.fullmatch(told):
        return [told]
    return [f"{kind}:{told}" for kind in KINDS] if BARE.fullmatch(told) else []


def holder_of(
    connection: Reading, payment: str, *, position: int, tags: Tags, drawings: Drawings
) -> str | None:
    """Return whom a payment was made to, by its run drawn again; None if nobody is known by it."""
    made = next(
        (
            each
            for each in event_log.of_subject(connection, payment)
            if isinstance(each, PaymentMade)
        ),
        None,
    )
    if made is None:
        return None
    first = made.completes or made.redirects
    if first:
        return holder_of(connection, first, position=position, tags=tags, drawings=drawings)
    drawn = drawings.of(connection, history(connection, made.run, position).drawn_up, tags)
    return next(
        (line.holder for each, line, _ in drawn.lines if drawn.prefix + each == payment), None
    )


def persons_now(connection: Reading, ids: Iterable[str], day: date) -> dict[str, PersonNow]:
    """Return persons by the ids asked for: those that were merged as the one that stands."""
    known: dict[str, Person] = {}
    wanted = {each for each in ids if each.startswith("person:")}
    while new := wanted - known.keys():
        for name, event in event_log.of_subjects(connection, dict.fromkeys(new, 0)):
            known.setdefault(name, Person(name)).replay(event)
        known |= {name: Person(name) for name in new - known.keys()}
        wanted = {each.into for each in known.values() if each.into}
    standing = {name: stands(known, name) for name in known}
    return {
        name: PersonNow(each, entries_of(each, day))
        for name, each in standing.items()
        if each.version
    }


def stands(known: Mapping[str, Person], name: str) -> Person:
    """Return the person that an id leads to."""
    person = known[name]
    return stands(known, person.into) if person.into else person


def entries_of(person: Person, day: date) -> dict[str, str]:
    """Return under which name the vault keeps each part of a person's papers."""
    return {part: person.entry_of(part, day) for part in ("name", "id_number", "account")}


def person_row(person: Person, households: Sequence[str]) -> Row:
    """Say who a person is, without what the vault holds."""
    return {
        "id": person.id,
        "kind": "person",
        "state": state_of(person),
        "merged": list(person.others),
        "households": list(households),
    }


def state_of(person: Person) -> str:
    """Say how a person stands; who was erased is so, alive or dead."""
    if person.erased:
        return "erased"
    return "dead" if person.died else "registered"


def rows_of(
    connection: Reading, moment: Moment, found: Mapping[str, PersonNow], ids: Sequence[str]
) -> list[Row]:
    """Return the rows of persons and households by the ids that stand, in their order."""
    people = {now.person.id: now for now in found.values()}
    lived = held_claims.stays(connection, people)
    rows: list[Row] = []
    for name in ids:
        if name in people:
            now = [stay.household for stay in lived.get(name, ()) if stay.until is None]
            rows.append(person_row(people[name].person, now))
        elif name.startswith("household:"):
            row = registers.one(connection, name, moment)
            rows += [household_row(row)] if row else []
    return rows


def household_row(row: Mapping[str, Any]) -> Row:
    """Say of a household where it is, and who lives there."""
    return {
        "id": row["id"],
        "kind": "household",
        "state": row["state"],
        "area": row.get("area"),
        "members": list(row.get("members", ())),
    }
