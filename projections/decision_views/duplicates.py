"""What may be told once, and by whom it was: a decision view, by the words of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain import EVENTS
from domain.kernel.aggregate import Event
from domain.kernel.reversals import Reversal
from projections.core.view import SCHEMA, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

TELLING = {kind for kind in EVENTS.values() if kind.tells is not Event.tells}
REVERSALS = {kind for kind in EVENTS.values() if issubclass(kind, Reversal)}
# What is taken back by these is the subject's own telling.
WITHDRAWN = frozenset({"honour.withdrawn"})
ADD = "INSERT INTO told (position, words, subject) VALUES (%s, %s, %s)"
REVERSED = "DELETE FROM told WHERE position = %s"
TAKEN_BACK = "DELETE FROM told WHERE subject = %s"
FIRST = f"""SELECT DISTINCT ON (words) words, subject FROM {SCHEMA}.told
    WHERE words = ANY (%s COLLATE "C") ORDER BY words, position"""


class Duplicates(View):
    """What stands of all that may be told once."""

    NAME = "told"
    DECIDES = True
    TOPICS = tuple(sorted({kind.TOPIC for kind in TELLING | REVERSALS} | WITHDRAWN))
    TABLES = (
        Table(
            "told",
            """position bigint PRIMARY KEY, words text COLLATE "C" NOT NULL,
            subject text COLLATE "C" NOT NULL""",
            ("(words)", "(subject)"),
            """SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY position)) FROM told t""",
            says={
                "": "What may be told once, and stands.",
                "position": "The position of the event that tells it.",
                "words": "What is told: its kind and what makes it the same.",
                "subject": "Whose event it is.",
            },
        ),
    )

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Enter what is told, and take out what is reversed or withdrawn, in the log's order."""
        cursor = writer.settled()
        told: list[tuple[int, str, str]] = []

        def enter() -> None:
            """Enter what was told so far, in one round trip."""
            if told:
                cursor.executemany(ADD, told)
                told.clear()

        for one in page:
            event: Any = one.event
            if isinstance(event, Reversal):
                enter()
                cursor.execute(REVERSED, (event.of,))
            elif one.topic in WITHDRAWN:
                enter()
                cursor.execute(TAKEN_BACK, (event.originator_id,))
            elif words := event.tells():
                told.append((one.position, words, event.originator_id))
        enter()


def first(connection: Connection[Any], words: Sequence[str]) -> dict[str, str]:
    """Return by words the subject that told this first, where it stands."""
    return dict(connection.execute(FIRST, (list(words),)).fetchall())
