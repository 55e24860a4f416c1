"""The events behind a figure, page by page; in public months of some, the whole of others."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from projections.core import event_log
from projections.core.block_sums import Asked, block_of
from projections.core.view import Moment, streamed
from projections.disclosure.small_counts import hidden, hidden_parts, quantity
from projections.figures.evaluate import askers
from projections.figures.registry import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from projections.core.view import Row
    from projections.figures.definition import Term
    from projections.figures.evaluate import Which
    from projections.figures.query import Asker

EVENTS = f"""
    SELECT found.position, e.originator_id AS subject,
           (convert_from(e.state, 'UTF8')::jsonb #>> '{{{{act,on}}}}')::date AS "on",
           %(role)s::text AS term, found.value
    FROM (
        SELECT position, sum(value)::bigint AS value FROM ({{lines}}) lines
        WHERE position > %(after)s GROUP BY position ORDER BY position LIMIT %(limit)s
    ) found {event_log.joined("found.position")}
    ORDER BY found.position"""
MONTHS = """
    SELECT max(position) AS position, NULL AS subject, max(booked) AS "on",
           %(role)s::text AS term, sum(value)::bigint AS value
    FROM ({lines}) lines GROUP BY date_trunc('month', booked)
    HAVING max(position) > %(after)s ORDER BY 1 LIMIT %(limit)s"""


def events(
    connection: Connection[Any],
    figure: str,
    moment: Moment,
    which: Which,
    *,
    term: str | None = None,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> Iterator[Row]:
    """Give what each event contributes to a figure: per term they sum to the term's value.

    In public, what goes to persons is summed per month, without subjects; of some figures only the
    whole is told, by the position at which it is known.
    """
    found = KNOWN[figure]
    ask = askers(connection, moment, which, [found])[found.from_beginning]
    left = limit
    for nth, part in enumerate(found.terms):
        if nth < after[0] or term not in (None, part.role):
            continue
        behind = after[1] if nth == after[0] else 0
        for row in lines_of(connection, part, ask, which, behind=behind, limit=left):
            yield row
            left = None if left is None else left - 1
        if left == 0:
            return


def lines_of(
    connection: Connection[Any],
    part: Term,
    ask: Asker,
    which: Which,
    *,
    behind: int,
    limit: int | None,
) -> Iterator[Row]:
    """Give what each event contributes to a term, or in public each month, or all of it at once."""
    if which.zone == "open" and part.whole:
        yield from in_one(part, ask) if not behind else ()
        return
    if which.zone == "open" and part.personal:
        later = (row for row in in_months(connection, part, ask) if row["position"] > behind)
        yield from islice(later, limit)
        return
    asked = part.source.lines(ask)
    given = {**asked.given, "after": behind, "limit": limit, "role": part.role}
    asked = Asked(EVENTS.format(lines=asked.sql), given, asked.blocks)
    for row in told(connection, asked, behind, limit=limit):
        row["contributes"] = quantity(row.pop("value"), part.unit, which.zone)
        yield row


def in_months(connection: Connection[Any], part: Term, ask: Asker) -> list[Row]:
    """Give the months of a term, as the open zone sees them."""
    asked = part.source.lines(ask, apart=False)
    given = {**asked.given, "after": 0, "limit": None, "role": part.role}
    # A month is summed over all blocks.
    asked = Asked(MONTHS.format(lines=asked.sql), given, "")
    rows = list(told(connection, asked, 0, limit=None))
    not_shown = hidden_parts([row["value"] for row in rows], part.unit)
    for nth, row in enumerate(rows):
        value = quantity(row.pop("value"), part.unit, "open")
        row["contributes"] = hidden(part.unit) if nth in not_shown else value
    return rows


def in_one(part: Term, ask: Asker) -> Iterator[Row]:
    """Give all that a term sums as one row, by the position at which it is known."""
    value = quantity(part.source.total(ask).value, part.unit, "open")
    told: Row = {"position": ask.moment.position, "subject": None, "on": ask.until().as_of}
    yield told | {"term": part.role, "contributes": value}


def told(
    connection: Connection[Any], asked: Asked, after: int, *, limit: int | None
) -> Iterator[Row]:
    """Give some rows behind a position, from as few blocks as hold them; or all as they come."""
    if limit is None:
        yield from streamed(connection, asked.sql, asked.given)
        return
    cursor = connection.cursor(row_factory=dict_row)
    found = 0
    for within in windows(connection, asked, after, limit):
        # Planned anew each time, for the series that are asked for: some have many lines, some few.
        given = {**asked.given, **within, "limit": limit - found}
        rows = cursor.execute(asked.sql, given, prepare=False).fetchall()
        yield from rows
        found += len(rows)
        if found >= limit:
            return


def windows(
    connection: Connection[Any], asked: Asked, after: int, many: int
) -> Iterator[dict[str, int]]:
    """Give the blocks behind a position, so many at a time as hold so many lines."""
    if not asked.blocks:
        yield {}
        return
    first = block_of(after + 1)
    lines = 0
    counted = connection.execute(asked.blocks, {**asked.given, "from_block": first}).fetchall()
    for block, held in counted:
        lines += held
        if lines >= many:
            yield {"from_block": first, "to_block": block}
            first, lines = block + 1, 0
    yield {"from_block": first}


def key_of(figure: str, row: Row) -> tuple[int, int]:
    """Return what `after` takes to go on behind this row."""
    roles = [term.role for term in KNOWN[figure].terms]
    return roles.index(row["term"]), row["position"]
