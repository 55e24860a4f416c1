"""The check of ID numbers: each is one person's, as the vault itself has them sealed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from domain.benefits.id_numbers import id_number
from domain.benefits.merged_persons import ids_in_use
from domain.kernel.refusals import IdNumberInvalid
from infra.config.clock import today
from infra.verify.check import CheckContext, Findings, QueryCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE = (
    "No two persons have one ID number, and the vault's table of the numbers says what it holds of"
    " the persons, opened one by one."
)
ENTRIES = """SELECT subject FROM vault.subjects() WHERE subject LIKE 'person:%' AND NOT emptied
    ORDER BY split_part(subject, '#', 1), length(subject) DESC, subject DESC"""
NUMBERS = "SELECT number, person FROM vault.numbers() ORDER BY person"
MERGES = """SELECT originator_id, convert_from(state, 'UTF8')::json ->> 'into'
    FROM ledger.events WHERE topic = 'person.merged.v1' AND originator_id LIKE 'person:%'"""
BEGUN = """SELECT notification_id, originator_id FROM ledger.events
    WHERE originator_id = ANY (%s) AND originator_version = 1 ORDER BY 1"""


def ask(asked: CheckContext) -> Findings:
    """Open what is sealed of every person, and hold the table against it."""
    found = Findings()
    sealed: defaultdict[str, list[str]] = defaultdict(list)
    for number, person in sealed_numbers(asked, found):
        sealed[number].append(person)
    stands = dict(asked.connection.execute(NUMBERS).fetchall())
    same = ids_in_use(asked.connection.execute(MERGES).fetchall())
    for number, persons in sealed.items():
        if len({same.get(person, person) for person in persons}) > 1:
            one_number(asked, found, persons)
        elif stands.get(number) not in persons:
            found.breach([], persons[0], "the vault's table does not know its ID number")
    for number, person in stands.items():
        if person not in sealed.get(number, ()):
            found.breach([], person, "the vault's table has an ID number of it that is not sealed")
    return found


def sealed_numbers(asked: CheckContext, found: Findings) -> Iterator[tuple[str, str]]:
    """Give the keyed hash of each person's ID number, and the person: of several the last told."""
    known = ""
    for (entry,) in asked.connection.execute(ENTRIES).fetchall():
        person = entry.partition("#")[0]
        if person == known:
            continue
        found.examined += 1
        number = sealed_in(asked, entry)
        if number is None:
            continue
        known = person
        try:
            yield asked.vault.number_of(id_number(person, number, today())), person
        except IdNumberInvalid:
            continue


def sealed_in(asked: CheckContext, entry: str) -> str | None:
    """Return the ID number that an entry of the vault holds, if it opens and has one."""
    try:
        return (asked.vault.read(asked.connection, entry) or {}).get("id_number")
    except (InvalidTag, ValueError):
        return None


def one_number(asked: CheckContext, found: Findings, persons: list[str]) -> None:
    """Take down who has a number that another had first."""
    rows = asked.connection.execute(BEGUN, (persons,)).fetchall()
    first_at, first = rows[0]
    for position, person in rows[1:]:
        found.breach([first_at, position], person, f"{first} has the same ID number")


QUESTION = QueryCheck("id-numbers", SENTENCE, ask)
