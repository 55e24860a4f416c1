"""Who was registered twice: what the roll has of merges, and what is asked of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.benefits.merged_persons import ids_in_use
from projections.core.view import SCHEMA
from projections.decision_views.roll_tables import NEVER, Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from domain.benefits.person_events import PersonMerged

ROW = "roll_merges (person, position, into_, whose)"
FOLLOWED = "UPDATE roll_merges SET whose = %s WHERE whose = %s"
KNOWN = f"SELECT person, into_ FROM {SCHEMA}.roll_merges WHERE position <= %s"
OTHERS = f"""SELECT whose, person FROM {SCHEMA}.roll_merges WHERE whose = ANY (%(holders)s)
    UNION
    SELECT m.household, g.person FROM {SCHEMA}.roll_members m
    JOIN {SCHEMA}.roll_merges g ON g.whose = m.person
    WHERE m.household = ANY (%(holders)s) AND m.withdrawn_at = {NEVER}"""


def merged(place: int, e: PersonMerged) -> Said:
    """Note under which id a person is known now; what was merged into this id follows."""
    return [
        (ROW, (e.originator_id, place, e.into, e.into)),
        (FOLLOWED, (e.into, e.originator_id)),
    ]


def same(connection: Connection[Any], at: int) -> dict[str, str]:
    """Return of the merged ids, as known at a position, the one under which the person is known."""
    return ids_in_use(connection.execute(KNOWN, (at,)).fetchall())


def under_all_ids(connection: Connection[Any], names: Sequence[str], at: int) -> tuple[str, ...]:
    """Return names with all ids that are known at a position for the persons among them."""
    known = same(connection, at)
    wanted = {known.get(name, name) for name in names}
    return (*names, *sorted({each for pair in known.items() if pair[1] in wanted for each in pair}))


def others(connection: Connection[Any], holders: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids that were merged into persons, or into members of households."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for holder, person in connection.execute(OTHERS, {"holders": list(holders)}):
        found[holder].append(person)
    return found
