"""Events of great amounts, so that no sum outgrows its number: a decision view, by position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain import EVENTS
from domain.kernel.aggregate import Event
from domain.kernel.great_sums import GREAT, weight
from domain.kernel.reversals import Reversal
from projections.core.view import BLOCK, SCHEMA, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

# Money of a run was promised before, by one event; these count persons, bodies and beds.
BOUNDED = frozenset({"payment.made"})
COUNTS_ONE = frozenset(
    {"entitlement", "entry", "facility", "honour", "household", "organisation", "placement"}
    | {"registration", "veteran", "worker"}
)
ADD = "INSERT INTO great_acts (position, weight, stands) VALUES (%s, %s, %s)"
FALLS = "UPDATE great_acts SET stands = false WHERE position = %s"
HELD = f"""SELECT coalesce(sum(weight) FILTER (WHERE stands), 0),
        coalesce(sum(weight) FILTER (WHERE position > %(since)s), 0)
    FROM {SCHEMA}.great_acts"""


def adds_up(kind: type[Event]) -> bool:
    """Tell whether events of a class add to sums what somebody said in a number."""
    counts = kind.facts is not Event.facts or kind.postings is not Event.postings
    topic = kind.TOPIC
    return counts and topic not in BOUNDED and topic.partition(".")[0] not in COUNTS_ONE


class GreatActs(View):
    """Which events weigh much, and whether they stand."""

    NAME = "great"
    DECIDES = True
    TOPICS = tuple(sorted({kind.TOPIC for kind in EVENTS.values() if adds_up(kind)}))
    TABLES = (
        Table(
            "great_acts",
            "position bigint PRIMARY KEY, weight numeric NOT NULL, stands boolean NOT NULL",
            (),
            """SELECT count(*), md5(string_agg(g::text, E'\\n' ORDER BY position))
            FROM great_acts g""",
            says={
                "": f"Events that add {GREAT} or more to a sum.",
                "position": "The position of the event.",
                "weight": "The most that it adds to one sum, in the unit of what it says.",
                "stands": "Whether it stands: it is not reversed, and is no reversal.",
            },
        ),
    )

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Enter what weighs much; what is reversed stands no longer."""
        cursor = writer.settled()
        for one in page:
            event: Any = one.event
            undoes = isinstance(event, Reversal)
            if undoes:
                cursor.execute(FALLS, (event.of,))
            heavy = weight(event)
            if heavy >= GREAT:
                cursor.execute(ADD, (one.position, heavy, not undoes))


class GreatSums(NamedTuple):
    """What great events weigh together: those that stand, and those of the last positions."""

    standing: int
    lately: int


def held(connection: Connection[Any], head: int) -> GreatSums:
    """Return the weights of what stands, and of what lies in the last two blocks of positions."""
    row = connection.execute(HELD, {"since": head - 2 * BLOCK}).fetchone()
    return GreatSums(*map(int, row)) if row else GreatSums(0, 0)
