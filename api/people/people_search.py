"""A look for people (查人): whom a text may mean, found by keyed hashes, and the event of it.

Whoever looks says what for; the event stands in the log before anything is shown. Only what is
whole is found: there are no wildcards, and nobody's half.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from uuid import uuid4

from api.commands.parsing import read_command
from api.http.problems import Problem
from api.queries.snapshot import snapshot
from domain.kernel.sentences import InvalidValue
from domain.office.vault_reads import ReadPurpose
from infra.commands.command import CommandRequest
from infra.config.clock import today
from infra.office import looks
from infra.person_marks import PLAIN
from projections.casework import people
from projections.casework.people import PAYMENT, FoundBy, PersonNow
from projections.core import view
from projections.core.view import Moment

if TYPE_CHECKING:
    from infra.commands.command import Sender
    from infra.ledger import Ledger
    from projections.core.event_log import Reading
    from projections.core.view import Row

PURPOSES: tuple[str, ...] = get_args(ReadPurpose)
VIEWS = ("registers", "payments", "roll")
LONGEST = 120
# So many are shown of one look, and so many entries of the vault are gone through for it.
MOST_SHOWN, MOST_ENTRIES = 20, 200
# What of a number is shown beside a name: enough to tell two persons apart.
LAST_SIGNS = 4
# Invisible in a text, and no control sign of its own: it is let go.
LETTERS_OF_FORMAT = "Cf"


class TooManyLooks(Problem):
    """Nobody walks through all persons."""

    CODE, STATUS, ZH, EN = "too-many-looks", 429, "查询过于频繁", "Too many looks"
    SAYS = (
        "you have looked for people too often within ten minutes, or found nobody too often: wait,"
        " and look for whom you need"
    )


class PeopleFound(NamedTuple):
    """What a look has found: rows, and whether there are more than are shown."""

    rows: Sequence[Row]
    more: bool


def question(text: str) -> str:
    """Read whom somebody looks for."""
    told = unicodedata.normalize("NFKC", text).strip()
    if not told:
        raise InvalidValue("say whom to look for: a name, an ID number, an account or an id, whole")
    if len(text) > LONGEST:
        raise InvalidValue("at most {most} signs are looked for", most=str(LONGEST))
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text):
        raise InvalidValue("must hold no control character")
    return "".join(sign for sign in told if unicodedata.category(sign) != LETTERS_OF_FORMAT)


def look(ledger: Ledger, sender: Sender, text: str, purpose: str) -> PeopleFound:
    """Find whom a text means, and note who looked and what for."""
    take_look(ledger, sender)
    with snapshot(ledger) as connection:
        found = find(ledger, connection, text)
    if not found.rows:
        with ledger.connection() as connection:
            looks.found_nobody(connection, sender.by)
    shown = [str(row["id"]) for row in found.rows]
    note(ledger, sender, purpose, of=shown[0] if len(shown) == 1 else "", shown=shown)
    return found


def take_look(ledger: Ledger, sender: Sender) -> None:
    """Count a look; raise `TooManyLooks` where there were too many of late."""
    with ledger.connection() as connection:
        if not looks.take(connection, sender.by):
            raise TooManyLooks


def find(ledger: Ledger, connection: Reading, text: str) -> PeopleFound:
    """Find whom a text means, as they stand now; of persons with what the vault says of them."""
    moment = Moment(view.position(connection, *VIEWS))
    by: dict[str, list[FoundBy]] = {}
    for name in people.ids_named(text):
        by.setdefault(name, []).append(FoundBy("id"))
    if PAYMENT.fullmatch(text):
        tags = partial(ledger.vault.tags, connection)
        holder = people.holder_of(
            connection, text, position=moment.position, tags=tags, drawings=ledger.drawings
        )
        by |= {holder: [FoundBy("payment")]} if holder else {}
    marks = {mark: part for part, mark in ledger.vault.marks.of_any(text).items()}
    marked = ledger.vault.marked(connection, marks, most=MOST_ENTRIES + 1)
    entries = [(marks[mark], entry) for mark, entry in marked]
    persons = people.persons_now(
        connection, [*by, *(entry.partition("#")[0] for _, entry in entries)], today()
    )
    for part, entry in entries:
        name = entry.partition("#")[0]
        is_now = name in persons and persons[name].entries[part] == entry
        by.setdefault(name, []).append(FoundBy(part, former=not is_now))
    standing = by_standing(by, persons)
    rows = people.rows_of(connection, moment, persons, [*standing])
    shown = rows[:MOST_SHOWN]
    papers = opened(ledger, connection, persons, [row["id"] for row in shown])
    return PeopleFound(
        [row | by_what(standing[row["id"]]) | papers.get(row["id"], {}) for row in shown],
        more=len(rows) > MOST_SHOWN or len(marked) > MOST_ENTRIES,
    )


def by_standing(
    by: Mapping[str, Sequence[FoundBy]], persons: Mapping[str, PersonNow]
) -> dict[str, list[FoundBy]]:
    """Put what was found under the ids that stand: of merged persons under the other's."""
    standing: dict[str, list[FoundBy]] = {}
    for name, found in sorted(by.items()):
        now = persons.get(name)
        standing.setdefault(now.person.id if now else name, []).extend(found)
    return standing


def by_what(found: Sequence[FoundBy]) -> Row:
    """Say by what somebody was found, and whether only by what was replaced since."""
    parts = sorted({each.part for each in found})
    return {"found_by": parts, "former": all(each.former for each in found)}


def opened(
    ledger: Ledger, connection: Reading, persons: Mapping[str, PersonNow], ids: Iterable[object]
) -> dict[str, Row]:
    """Return the name of persons, and of their numbers the last signs."""
    shown = set(ids)
    entries = {now.person.id: now.entries for now in persons.values() if now.person.id in shown}
    wanted = {entry for each in entries.values() for entry in each.values()}
    sealed = ledger.vault.read_many(connection, wanted)
    return {
        name: shown_papers(
            {part: sealed.get(entry, {}).get(part, "") for part, entry in of.items()}
        )
        for name, of in entries.items()
    }


def shown_papers(papers: Mapping[str, str]) -> dict[str, Any]:
    """Write a name whole, and of a number its end."""
    ends = {f"{part}_ends": papers[part][-LAST_SIGNS:] or None for part in ("id_number", "account")}
    return {"name": papers["name"] or None, **ends}


def note(ledger: Ledger, sender: Sender, purpose: str, *, of: str, shown: Sequence[str]) -> None:
    """Record that somebody has looked, at whose file or for nobody in particular, and who came."""
    key = uuid4().hex
    read = {
        "command": "vault.read",
        "subject": f"vault:{key}",
        "act": {"on": today().isoformat()},
        "what": {
            "purpose": purpose,
            "of": of or f"vault:{key}",
            "parts": [*PLAIN],
            "persons": {"value": len(shown), "unit": "person"},
            "shown": [*shown],
        },
    }
    ledger.execute(CommandRequest([read_command(read)], str(uuid4()), sender))
