"""The check of marks: by them papers are found, and by nothing that is not sealed any more."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from infra.verify.check import CheckContext, Findings, QueryCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE = (
    "By its marks every paper of a person is found that the vault holds, and none that was erased."
)
# Both in one order, so that they are read side by side.
ENTRIES = """SELECT subject COLLATE "C" FROM vault.subjects()
    WHERE subject LIKE 'person:%' AND NOT emptied ORDER BY 1"""
MARKS = 'SELECT entry COLLATE "C", mark FROM vault.all_marks() ORDER BY 1, 2'


def ask(asked: CheckContext) -> Findings:
    """Open what is sealed of every person, and hold the marks against it."""
    found = Findings()
    kept = {
        entry: {mark for _, mark in each}
        for entry, each in groupby(asked.rows("marks", MARKS, ()), itemgetter(0))
    }
    for entry, marks in sealed_marks(asked):
        found.examined += 1
        stands = kept.pop(entry, set())
        if marks is not None and stands != marks:
            found.breach([], entry, "its marks are not those of what is sealed")
    for entry in kept:
        found.breach([], entry, "the vault has marks of it and no content")
    return found


def sealed_marks(asked: CheckContext) -> Iterator[tuple[str, set[str] | None]]:
    """Give the marks of every entry's content; none of what does not open: `keys-known` tells."""
    for (entry,) in asked.connection.execute(ENTRIES).fetchall():
        try:
            told = asked.vault.read(asked.connection, entry)
        except (InvalidTag, ValueError):
            yield entry, None
        else:
            yield entry, set(asked.vault.marks.of(told or {}).values())


QUESTION = QueryCheck("person-marks", SENTENCE, ask)
