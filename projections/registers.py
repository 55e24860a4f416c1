"""Registers: the current and every earlier state of each subject, for all collections alike.

A *head* is a subject's newest row. A *patch* is what one event changed; a subject with a single
event has none, for its head says all. A row as of a day and a position is the head if nothing came
later, else the patches up to there, laid over one another in order of position.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from psycopg.rows import dict_row

from domain import COLLECTIONS
from domain.wording import row as words
from projections.view import Table, View, copy, streamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection, Cursor

    from projections.view import Moment, Recorded, Row

ENCODE = msgspec.json.Encoder().encode
DECODE = msgspec.json.Decoder().decode
HEADS = (
    "register_heads (subject, version, opened_position, last_position, opened_on, latest_on, row)"
)
PATCHES = "register_patches (subject, position, on_, version, row)"
CHANGED = (
    "jsonb_to_recordset(%s::jsonb) AS c"
    " (subject text, version bigint, last_position bigint, latest_on date, row jsonb)"
)
KEEP_FIRST = f"""
    INSERT INTO {PATCHES}
    SELECT h.subject, h.opened_position, h.opened_on, 1, h.row
    FROM register_heads h JOIN {CHANGED} ON h.subject = c.subject WHERE h.version = 1"""
LAY_OVER = f"""
    UPDATE register_heads h
    SET version = c.version, row = h.row || c.row, last_position = c.last_position,
        latest_on = greatest(h.latest_on, c.latest_on)
    FROM {CHANGED} WHERE h.subject = c.subject"""
# What stands behind a row, once it is laid over at the moment asked for.
ROWS = """
    SELECT subject, version, last_position AS position, opened_on, row
    FROM views.register_heads
    WHERE {which} AND last_position <= %(position)s AND latest_on <= %(as_of)s
    UNION ALL
    SELECT h.subject, seen.version, seen.position, seen.opened_on, laid.row
    FROM views.register_heads h, LATERAL (
        SELECT max(p.version) AS version, max(p.position) AS position,
               (array_agg(p.on_ ORDER BY p.position))[1] AS opened_on
        FROM views.register_patches p
        WHERE p.subject = h.subject AND p.position <= %(position)s AND p.on_ <= %(as_of)s
    ) seen, LATERAL (
        SELECT coalesce(jsonb_object_agg(said.key, said.value ORDER BY p.position), '{{}}') AS row
        FROM views.register_patches p, jsonb_each(p.row) said
        WHERE p.subject = h.subject AND p.position <= %(position)s AND p.on_ <= %(as_of)s
    ) laid
    WHERE {which} AND opened_position <= %(position)s
      AND (last_position > %(position)s OR latest_on > %(as_of)s) AND seen.version IS NOT NULL"""
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


class Step(NamedTuple):
    """What one event changed of its subject."""

    position: int
    on: date
    version: int
    row: Row


class Registers(View):
    """Heads and patches of every subject."""

    NAME = "registers"
    TABLES = (
        Table(
            "register_heads",
            'subject text COLLATE "C" PRIMARY KEY, version bigint NOT NULL,'
            " opened_position bigint NOT NULL, last_position bigint NOT NULL,"
            " opened_on date NOT NULL, latest_on date NOT NULL, row jsonb NOT NULL",
            indexes=("((row ->> 'run'), subject) WHERE row ? 'run'",),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, version,"
            " opened_position, last_position, opened_on, latest_on, row), ',' ORDER BY subject))"
            " FROM register_heads GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
        ),
        Table(
            "register_patches",
            'subject text COLLATE "C" NOT NULL, position bigint NOT NULL, on_ date NOT NULL,'
            " version bigint NOT NULL, row jsonb NOT NULL, PRIMARY KEY (subject, position)",
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, position, on_,"
            " version, row), ',' ORDER BY subject, position)) FROM register_patches"
            " GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
        ),
    )

    def fold(self, cursor: Cursor[Any], page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write the heads of new subjects, and what changed of the others."""
        subjects = steps(page)
        old = {subject: each for subject, each in subjects.items() if each[0].version > 1}
        if old:
            changed = ENCODE([_change(subject, each) for subject, each in old.items()]).decode()
            cursor.execute(KEEP_FIRST, (changed,))
            cursor.execute(LAY_OVER, (changed,))
        new = {subject: each for subject, each in subjects.items() if each[0].version == 1}
        copy(cursor, HEADS, (_head(subject, each) for subject, each in new.items()))
        many = {subject: each for subject, each in new.items() if len(each) > 1} | old
        copy(
            cursor,
            PATCHES,
            (_patch(subject, step) for subject, each in many.items() for step in each),
        )


def steps(page: Sequence[Recorded]) -> dict[str, list[Step]]:
    """Group what the page's events change by their subject."""
    found: dict[str, list[Step]] = {}
    for position, _, _, event, _ in page:
        row = words(event)
        if row.get("state", "") is None:
            del row["state"]
        step = Step(position, event.act.on, event.originator_version, row)
        found.setdefault(event.originator_id, []).append(step)
    return found


def _merged(each: Sequence[Step]) -> Row:
    merged: Row = {}
    for step in each:
        merged.update(step.row)
    return merged


def _change(subject: str, each: Sequence[Step]) -> Row:
    return {
        "subject": subject,
        "version": each[-1].version,
        "last_position": each[-1].position,
        "latest_on": max(step.on for step in each),
        "row": _merged(each),
    }


def _head(subject: str, each: Sequence[Step]) -> str:
    first, last = each[0], each[-1]
    latest = max(step.on for step in each)
    return (
        f"{subject}\t{last.version}\t{first.position}\t{last.position}\t{first.on}\t{latest}"
        f"\t{_json(_merged(each) if len(each) > 1 else first.row)}\n"
    )


def _patch(subject: str, step: Step) -> str:
    return f"{subject}\t{step.position}\t{step.on}\t{step.version}\t{_json(step.row)}\n"


def _json(row: Row) -> str:
    return ENCODE(row).decode().replace("\\", "\\\\")


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
    source, given = _chosen(collection, moment, where, after)
    sql = f"""SELECT subject, version, position, opened_on, row::text AS row FROM {source}
              ORDER BY subject LIMIT %(limit)s"""
    given["limit"] = limit
    if limit is None:
        return map(_row, streamed(connection, sql, given))
    return map(_row, connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def key_of(row: Row) -> str:
    """Return what `after` takes to go on behind this row."""
    return str(row["id"])


def one(connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
    """Return the row of a subject as of a moment, None if it did not exist then."""
    sql = f"""SELECT subject, version, position, opened_on, row::text AS row
              FROM ({ROWS.format(which="subject = %(id)s")}) found"""
    given = {"id": subject, "position": moment.position, "as_of": moment.as_of or FOR_EVER}
    found = connection.cursor(row_factory=dict_row).execute(sql, given).fetchone()
    return _row(found) if found else None


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
    source, given = _chosen(collection, moment, where, None)
    sql = f"""
        SELECT field, sum((row -> field ->> 'value')::bigint)::bigint AS value,
               row -> field ->> 'unit' AS unit
        FROM (SELECT row FROM {source}) chosen,
             unnest(%(summed)s::text[]) WITH ORDINALITY AS s (field, nth)
        WHERE jsonb_typeof(row -> field -> 'value') = 'number'
        GROUP BY field, nth, unit ORDER BY nth, unit"""
    given["summed"] = list(SUMMED)
    return connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()


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


def _chosen(
    collection: str, moment: Moment, where: Mapping[str, Sequence[str]], after: str | None
) -> tuple[str, Row]:
    """Write the source of a question, and give its parameters."""
    kind = COLLECTIONS[collection].KIND
    given: Row = {
        "position": moment.position,
        "as_of": moment.as_of or FOR_EVER,
        "after": f"{kind}:" if after is None else after,
        # The character behind the colon: all ids of the kind lie before it.
        "end": f"{kind};",
    }
    which = "subject > %(after)s AND subject < %(end)s"
    tests = ["true"]
    for nth, (name, wanted) in enumerate(where.items()):
        given |= {f"field{nth}": name, f"words{nth}": list(wanted)}
        if name == "run":
            which += f" AND row ->> 'run' = ANY (%(words{nth})s)"
        tests.append(_test(name, nth))
    return f"({ROWS.format(which=which)}) found WHERE {' AND '.join(tests)}", given


def _test(name: str, nth: int) -> str:
    """Write the test of a filter: a column, a word, a number, a quantity or one of a list."""
    if name in OUTSIDE:
        return f"{OUTSIDE[name]} = ANY (%(words{nth})s)"
    field = f"row -> %(field{nth})s"
    return f"""CASE jsonb_typeof({field})
        WHEN 'array' THEN {field} ?| %(words{nth})s::text[]
        WHEN 'object' THEN {field} ->> 'value' = ANY (%(words{nth})s)
        ELSE row ->> %(field{nth})s = ANY (%(words{nth})s) END"""
