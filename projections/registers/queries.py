"""What a collection is asked: its rows, one row, totals; and the stores that answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec
from psycopg.rows import dict_row

from domain import EVENTS
from domain.kernel.aggregate import subject_kind
from domain.kernel.money import unit_of
from projections.core.sql import streamed
from projections.registers.heads import Heads, Step
from projections.registers.view import HEADS, Registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row

DECODE = msgspec.json.Decoder().decode
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


class CollectionStore(Protocol):
    """Answers for one collection: rows are dicts with id, state, version, position, opened_on."""

    @property
    def view(self) -> str:
        """Return the name of the view that must have reached the position asked for."""

    def rows(
        self,
        connection: Connection[Any],
        moment: Moment,
        *,
        where: Mapping[str, Sequence[str]],
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Row]:
        """Give the rows in order of their ids, behind one of them; all without limit.

        A filter holds if the field, or one of its elements, equals one of the words given.
        """

    def one(self, connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
        """Return the row of a subject as of a moment, None if it did not exist then."""

    def totals(
        self, connection: Connection[Any], moment: Moment, *, where: Mapping[str, Sequence[str]]
    ) -> list[Row]:
        """Sum the quantities of all rows: `{"field", "value", "unit"}` for each of SUMMED."""


class RowsQuery(NamedTuple):
    """A query for rows, and its parameters."""

    sql: str
    given: Row


class RegisterStore:
    """Answers from heads and patches."""

    view = Registers.NAME

    def __init__(self, kind: str, heads: Heads = HEADS) -> None:
        """Answer for the subjects of a kind, from these tables."""
        self.kind, self.heads = kind, heads

    def rows(
        self,
        connection: Connection[Any],
        moment: Moment,
        *,
        where: Mapping[str, Sequence[str]],
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Row]:
        """Give the rows in order of their ids."""
        asked = self.query(moment, where, ids=ids_of(self.kind, after))
        return read(connection, asked.sql, asked.given, limit)

    def one(self, connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
        """Return the row of a subject."""
        return read_one(connection, self.found("subject = %(id)s"), subject, moment)

    def totals(
        self, connection: Connection[Any], moment: Moment, *, where: Mapping[str, Sequence[str]]
    ) -> list[Row]:
        """Sum the quantities of all rows."""
        units = summed(self.kind)
        if not units:
            return []
        asked = self.query(moment, where, ids=ids_of(self.kind))
        return added(units, [connection.execute(sums(units, asked.sql), asked.given).fetchone()])

    def query(
        self, moment: Moment, where: Mapping[str, Sequence[str]], *, ids: tuple[str, str]
    ) -> RowsQuery:
        """Write a query for the rows whose ids lie between two texts."""
        given: Row = {"after": ids[0], "end": ids[1], **at(moment)}
        tests = ["true"]
        for nth, (name, wanted) in enumerate(where.items()):
            given |= {f"field{nth}": name, f"words{nth}": list(wanted)}
            tests.append(_test(name, nth))
        rows = self.found("subject > %(after)s AND subject < %(end)s")
        return RowsQuery(f"SELECT * FROM ({rows}) found WHERE {' AND '.join(tests)}", given)

    def found(self, which: str) -> str:
        """Write a query for the rows of heads that a test leaves."""
        return self.heads.rows(which)

    def opened(
        self, connection: Connection[Any], moment: Moment, where: Mapping[str, str]
    ) -> list[str]:
        """Return the ids of the subjects whose first event says these words.

        This is far quicker than `rows`, and finds the same where no later event says such words.
        """
        sql = f"""
            SELECT h.subject FROM views.{self.heads.heads} h LEFT JOIN views.{self.heads.patches} p
                ON p.subject = h.subject AND p.position = h.opened_position
            WHERE h.subject > %(after)s AND h.subject < %(end)s
              AND h.opened_position <= %(position)s AND h.opened_on <= %(as_of)s
              AND coalesce(p.row, h.row) @> %(where)s::jsonb"""
        first, end = ids_of(self.kind)
        given = {"after": first, "end": end, **at(moment)}
        given["where"] = msgspec.json.encode(where).decode()
        return [row[0] for row in connection.execute(sql, given)]

    def history(self, connection: Connection[Any], moment: Moment) -> list[Step]:
        """Return what each event of the subjects changed, in order of position."""
        sql = f"""
            SELECT position, on_, version, row || jsonb_build_object('id', subject)
            FROM views.{self.heads.patches}
            WHERE subject > %(after)s AND subject < %(end)s
              AND position <= %(position)s AND on_ <= %(as_of)s
            UNION ALL
            SELECT opened_position, opened_on, version, row || jsonb_build_object('id', subject)
            FROM views.{self.heads.heads}
            WHERE subject > %(after)s AND subject < %(end)s AND version = 1
              AND opened_position <= %(position)s AND opened_on <= %(as_of)s
            ORDER BY 1"""
        first, end = ids_of(self.kind)
        rows = connection.execute(sql, {"after": first, "end": end, **at(moment)})
        return [Step(*row) for row in rows]


def lies_between(
    connection: Connection[Any], position: int, since: date | None, until: date | None
) -> bool:
    """Tell whether a subject has an event on a day or after it, or on a day or before it."""
    sql = f"""SELECT EXISTS (SELECT FROM views.{HEADS.heads} WHERE opened_position <= %(position)s
        AND latest_on >= coalesce(%(since)s::date, '-infinity')
        AND opened_on <= coalesce(%(until)s::date, 'infinity'))"""
    given = {"position": position, "since": since, "until": until}
    found = connection.execute(sql, given).fetchone()
    return bool(found and found[0])


def ends(connection: Connection[Any], position: int) -> list[date]:
    """Return the first day and the last on which a subject has an event; none if there is none."""
    sql = f"""SELECT min(opened_on), max(latest_on) FROM views.{HEADS.heads}
        WHERE opened_position <= %s"""
    found = connection.execute(sql, (position,)).fetchone()
    return [day for day in found or () if day is not None]


def at(moment: Moment) -> Row:
    """Return the parameters of a moment."""
    return {"position": moment.position, "as_of": moment.as_of or FOR_EVER}


def ids_of(kind: str, after: str | None = None) -> tuple[str, str]:
    """Return two texts between which the ids of a kind lie, or those behind one of them."""
    # The character behind the colon: all ids of the kind lie before it.
    first, end = f"{kind}:", f"{kind};"
    return (first if after is None else max(first, after)), end


def read(connection: Connection[Any], rows: str, given: Row, limit: int | None) -> Iterator[Row]:
    """Give the rows of a query in order of their ids: so many, or all as they come."""
    sql = f"""SELECT subject, version, position, opened_on, row::text AS row
              FROM ({rows}) found ORDER BY subject LIMIT %(limit)s"""
    given = given | {"limit": limit}
    if limit is None:
        return map(_row, streamed(connection, sql, given))
    return map(_row, connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def read_one(connection: Connection[Any], rows: str, subject: str, moment: Moment) -> Row | None:
    """Return the row that a query finds for `%(id)s`."""
    sql = f"SELECT subject, version, position, opened_on, row::text AS row FROM ({rows}) found"
    given = {"id": subject, **at(moment)}
    row = connection.cursor(row_factory=dict_row).execute(sql, given).fetchone()
    return _row(row) if row else None


def key_of(row: Row) -> str:
    """Return what `after` takes to go on behind this row."""
    return str(row["id"])


@cache
def summed(kind: str) -> dict[str, str]:
    """Return the fields of SUMMED that a kind's rows have, each with its one unit."""
    found: dict[str, str] = {}
    for event in EVENTS.values():
        if subject_kind(event) != kind:
            continue
        for field in msgspec.structs.fields(event):
            unit = unit_of(field.type)
            if unit and field.name in SUMMED and (event.ROW is None or field.name in event.ROW):
                found[field.name] = unit
    return {name: found[name] for name in SUMMED if name in found}


def sums(names: Mapping[str, str], rows: str) -> str:
    """Write the sums of quantities over a query for rows; what is reversed is in none."""
    each = ", ".join(f"sum((row -> '{name}' ->> 'value')::numeric)" for name in names)
    stands = "row ->> 'state' IS DISTINCT FROM 'reversed'"
    return f"SELECT {each} FROM ({rows}) found WHERE {stands}"


def added(units: Mapping[str, str], found: Sequence[tuple[int | None, ...] | None]) -> list[Row]:
    """Add up the sums of several queries; a quantity that no row has is left out."""
    columns = zip(*(row for row in found if row), strict=True)
    values = [[value for value in column if value is not None] for column in columns]
    return [
        {"field": name, "value": sum(each), "unit": unit}
        for (name, unit), each in zip(units.items(), values, strict=True)
        if each
    ]


def _row(found: Row) -> Row:
    """Put what stands in columns before what the commands said; None is said no more."""
    said = {name: word for name, word in DECODE(found["row"]).items() if word is not None}
    if said.get("reversed_by") != found["position"]:
        # Something was said since.
        said.pop("reversed_by", None)
    return {
        "id": found["subject"],
        "state": said.pop("state", ""),
        "version": found["version"],
        "position": found["position"],
        "opened_on": found["opened_on"],
        **said,
    }


def _test(name: str, nth: int) -> str:
    """Write the test of a filter: a column, a word, a number, a quantity or one of a list."""
    if name in OUTSIDE:
        return f"{OUTSIDE[name]} = ANY (%(words{nth})s)"
    field = f"row -> %(field{nth})s"
    return f"""CASE jsonb_typeof({field})
        WHEN 'array' THEN {field} ?| %(words{nth})s::text[]
        WHEN 'object' THEN {field} ->> 'value' = ANY (%(words{nth})s)
        ELSE row ->> %(field{nth})s = ANY (%(words{nth})s) END"""
