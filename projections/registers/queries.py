"""What a register is asked: the rows of a collection, one row, totals, the history of a kind."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from psycopg.rows import dict_row

from domain import COLLECTIONS, EVENTS
from domain.kernel.money import unit_of
from projections.core.view import streamed
from projections.registers import payments
from projections.registers.view import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row

DECODE = msgspec.json.Decoder().decode
# What stands behind a row, once it is laid over at the moment asked for.
ROWS = """
    SELECT h.subject, coalesce(seen.version, h.version) AS version,
           coalesce(seen.position, h.last_position) AS position,
           coalesce(seen.opened_on, h.opened_on) AS opened_on,
           CASE WHEN h.is_newest THEN h.row ELSE coalesce(seen.row, '{{}}') END AS row
    FROM (
        SELECT *, last_position <= %(position)s AND latest_on <= %(as_of)s AS is_newest
        FROM views.register_heads WHERE {which} AND opened_position <= %(position)s
    ) h LEFT JOIN LATERAL (
        SELECT max(p.version) AS version, max(p.position) AS position,
               (array_agg(p.on_ ORDER BY p.position))[1] AS opened_on,
               jsonb_object_agg(said.key, said.value ORDER BY p.position)
                   FILTER (WHERE said.key IS NOT NULL) AS row
        FROM views.register_patches p LEFT JOIN LATERAL jsonb_each(p.row) said ON true
        WHERE NOT h.is_newest AND p.subject = h.subject
          AND p.position <= %(position)s AND p.on_ <= %(as_of)s
    ) seen ON true
    WHERE h.is_newest OR seen.version IS NOT NULL"""
# The columns of a row that are not in its JSON.
OUTSIDE = {
    "id": "subject",
    "version": "version::text",
    "position": "position::text",
    "opened_on": "opened_on::text",
}
# The fields that add up, where a row has them as quantities.
SUMMED = ("amount", "total", "persons", "households", "count", "units")
FOR_EVER = date.max


def rows(
    connection: Connection[Any],
    collection: str,
    moment: Moment,
    *,
    where: Mapping[str, Sequence[str]],
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the rows of a collection in order of their ids, behind one of them; all without limit.

    A filter holds if the field, or one of its elements, equals one of the words given.
    """
    asked = _chosen(connection, collection, moment, where, after)
    sql = f"""SELECT subject, version, position, opened_on, row::text AS row
              FROM ({asked.ordered()}) found ORDER BY subject LIMIT %(limit)s"""
    given = asked.given | {"limit": limit}
    if limit is None:
        return map(_row, streamed(connection, sql, given))
    return map(_row, connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def key_of(row: Row) -> str:
    """Return what `after` takes to go on behind this row."""
    return str(row["id"])


def one(connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
    """Return the row of a subject as of a moment, None if it did not exist then."""
    found = ROWS.format(which="subject = %(id)s")
    if subject.startswith(f"{payments.KIND}:"):
        found += f" UNION ALL {payments.ROWS} WHERE e.originator_id = %(id)s AND {payments.THEN}"
    sql = f"""SELECT subject, version, position, opened_on, row::text AS row FROM ({found}) found"""
    given = {"id": subject, "position": moment.position, "as_of": moment.as_of or FOR_EVER}
    row = connection.cursor(row_factory=dict_row).execute(sql, given).fetchone()
    return _row(row) if row else None


def opened(
    connection: Connection[Any], collection: str, moment: Moment, where: Mapping[str, str]
) -> list[str]:
    """Return the ids of a collection's subjects whose first event says these words.

    This is far quicker than `rows`, and finds the same where no later event says such words again.
    """
    kind = COLLECTIONS[collection].KIND
    sql = """
        SELECT h.subject FROM views.register_heads h LEFT JOIN views.register_patches p
            ON p.subject = h.subject AND p.position = h.opened_position
        WHERE h.subject > %(after)s AND h.subject < %(end)s
          AND h.opened_position <= %(position)s AND h.opened_on <= %(as_of)s
          AND coalesce(p.row, h.row) @> %(where)s::jsonb"""
    given = {"after": f"{kind}:", "end": f"{kind};", "position": moment.position}
    given |= {"as_of": moment.as_of or FOR_EVER, "where": msgspec.json.encode(where).decode()}
    return [row[0] for row in connection.execute(sql, given)]


def history(connection: Connection[Any], collection: str, moment: Moment) -> list[Step]:
    """Return what each event of a collection's subjects changed, in order of position."""
    kind = COLLECTIONS[collection].KIND
    sql = """
        SELECT position, on_, version, row || jsonb_build_object('id', subject)
        FROM views.register_patches
        WHERE subject > %(after)s AND subject < %(end)s
          AND position <= %(position)s AND on_ <= %(as_of)s
        UNION ALL
        SELECT opened_position, opened_on, version, row || jsonb_build_object('id', subject)
        FROM views.register_heads
        WHERE subject > %(after)s AND subject < %(end)s AND version = 1
          AND opened_position <= %(position)s AND opened_on <= %(as_of)s
        ORDER BY 1"""
    given = {"after": f"{kind}:", "end": f"{kind};", "position": moment.position}
    rows = connection.execute(sql, {**given, "as_of": moment.as_of or FOR_EVER})
    return [Step(*row) for row in rows]


def totals(
    connection: Connection[Any],
    collection: str,
    moment: Moment,
    *,
    where: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Sum the quantities of all rows: `{"field", "value", "unit"}` for each of SUMMED there is."""
    units = summed(COLLECTIONS[collection].KIND)
    if not units:
        return []
    asked = _chosen(connection, collection, moment, where, None)
    sums = ", ".join(f"sum((row -> '{name}' ->> 'value')::bigint)::bigint" for name in units)
    found = connection.execute(f"SELECT {sums} FROM ({asked.heads}) found", asked.given).fetchall()
    if collection == payments.COLLECTION:
        sql = payments.totals(units, where)
        found += connection.execute(sql, asked.given).fetchall()
    added = [
        sum(each) if (each := [value for value in values if value is not None]) else None
        for values in zip(*found, strict=True)
    ]
    return [
        {"field": name, "value": value, "unit": unit}
        for (name, unit), value in zip(units.items(), added, strict=True)
        if value is not None
    ]


@cache
def summed(kind: str) -> dict[str, str]:
    """Return the fields of SUMMED that a kind's rows have, each with its one unit."""
    found: dict[str, str] = {}
    for event in EVENTS.values():
        if event.TOPIC.partition(".")[0] != kind:
            continue
        for field in msgspec.structs.fields(event):
            unit = unit_of(field.type)
            if unit and field.name in SUMMED and (event.ROW is None or field.name in event.ROW):
                found[field.name] = unit
    return {name: found[name] for name in SUMMED if name in found}


def _row(found: Row) -> Row:
    """Put what stands in columns before what the commands said."""
    said = DECODE(found["row"])
    return {
        "id": found["subject"],
        "state": said.pop("state", ""),
        "version": found["version"],
        "position": found["position"],
        "opened_on": found["opened_on"],
        **said,
    }


class RowsQuery(NamedTuple):
    """Queries for the rows asked for: those with a head, and payments without; and parameters."""

    heads: str
    payments: str
    given: Row

    def ordered(self) -> str:
        """Write one query for both, each cut off where the answer is."""
        if not self.payments:
            return self.heads
        cut = "ORDER BY subject LIMIT %(limit)s"
        return f"(SELECT * FROM ({self.heads}) heads {cut}) UNION ALL ({self.payments} {cut})"


def _chosen(
    connection: Connection[Any],
    collection: str,
    moment: Moment,
    where: Mapping[str, Sequence[str]],
    after: str | None,
) -> RowsQuery:
    """Write what is asked for."""
    kind = COLLECTIONS[collection].KIND
    # The character behind the colon: all ids of the kind lie before it.
    first, end = f"{kind}:", f"{kind};"
    of_payments = ""
    if collection == payments.COLLECTION:
        first, end = payments.between(connection, where) or (first, end)
        tests = [payments.THEN, payments.BETWEEN, *payments.tests(where)]
        of_payments = f"{payments.ROWS} WHERE {' AND '.join(tests)}"
    given: Row = {
        "position": moment.position,
        "as_of": moment.as_of or FOR_EVER,
        "after": first if after is None else max(first, after),
        "end": end,
    }
    tests = ["true"]
    for nth, (name, wanted) in enumerate(where.items()):
        given |= {f"field{nth}": name, f"words{nth}": list(wanted)}
        tests.append(_test(name, nth))
    rows = ROWS.format(which="subject > %(after)s AND subject < %(end)s")
    heads = f"SELECT * FROM ({rows}) found WHERE {' AND '.join(tests)}"
    return RowsQuery(heads, of_payments, given)


def _test(name: str, nth: int) -> str:
    """Write the test of a filter: a column, a word, a number, a quantity or one of a list."""
    if name in OUTSIDE:
        return f"{OUTSIDE[name]} = ANY (%(words{nth})s)"
    field = f"row -> %(field{nth})s"
    return f"""CASE jsonb_typeof({field})
        WHEN 'array' THEN {field} ?| %(words{nth})s::text[]
        WHEN 'object' THEN {field} ->> 'value' = ANY (%(words{nth})s)
        ELSE row ->> %(field{nth})s = ANY (%(words{nth})s) END"""
