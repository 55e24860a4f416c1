"""Heads and patches: how the current and every earlier row of a subject is kept, and read back.

A *head* is a subject's newest row. A *patch* is what one event changed; a subject with a single
event has none, for its head says all. A row as of a day and a position is the head if nothing came
later, else the patches up to there, laid over one another in order of position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain import EVENTS
from domain.kernel.aggregate import subject_kind
from domain.kernel.event_fields import row as words
from domain.kernel.reversals import Reversal
from projections.core import event_log
from projections.core.copy_writer import CopyWriter
from projections.core.view import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from projections.core.view import Recorded, Row

ENCODE = msgspec.json.Encoder().encode
# Kinds with streams so long that a reversal does not read them again: it changes no word of theirs.
LONG = frozenset({"fund", "lottery"})
CHANGED = (
    "jsonb_to_recordset(%s::jsonb) AS c"
    " (subject text, version bigint, last_position bigint, latest_on date, row jsonb)"
)

SAYS_OF_HEADS = {
    "": "The newest row of each subject.",
    "subject": "The subject.",
    "version": "The number of its last event.",
    "opened_position": "The position of its first event.",
    "last_position": "The position of its last event.",
    "opened_on": "The day on which its first event takes effect.",
    "latest_on": "The latest day on which one of its events takes effect.",
    "row": "The row as its collection shows it.",
}
SAYS_OF_PATCHES = {
    "": "What each event changed of its subject, where there is more than one event.",
    "subject": "The subject.",
    "position": "The position of the event.",
    "on_": "The day on which it takes effect.",
    "version": "The number of the event in the stream of its subject.",
    "row": "The fields of the row that it sets.",
}


class Step(NamedTuple):
    """What one event changed of its subject; `said_on` is its own day, where it counts on another.

    A reversal counts on the day of what it reverses, unless that period was closed; so does what
    takes a decision back.
    """

    position: int
    on: date
    version: int
    row: Row
    said_on: date | None = None

    @property
    def latest_on(self) -> date:
        """Return the later of its days."""
        return max(self.on, self.said_on or self.on)


class Heads:
    """Two tables, `<name>_heads` and `<name>_patches`, and how a fold writes them."""

    def __init__(self, name: str) -> None:
        """Name the tables."""
        self.heads, self.patches = f"{name}_heads", f"{name}_patches"
        self._keep_first = f"""
            INSERT INTO {self.patches} (subject, position, on_, version, row)
            SELECT h.subject, h.opened_position, h.opened_on, 1, h.row
            FROM {self.heads} h JOIN {CHANGED} ON h.subject = c.subject WHERE h.version = 1"""
        self._lay_over = f"""
            UPDATE {self.heads} h
            SET version = c.version, row = h.row || c.row, last_position = c.last_position,
                latest_on = greatest(h.latest_on, c.latest_on)
            FROM {CHANGED} WHERE h.subject = c.subject"""

    def layout(self) -> tuple[Table, ...]:
        """Return the tables."""
        heads = Table(
            self.heads,
            'subject text COLLATE "C" PRIMARY KEY, version bigint NOT NULL,'
            " opened_position bigint NOT NULL, last_position bigint NOT NULL,"
            " opened_on date NOT NULL, latest_on date NOT NULL, row jsonb NOT NULL",
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, version,"
            " opened_position, last_position, opened_on, latest_on, row), ',' ORDER BY subject))"
            f" FROM {self.heads} GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
            says=SAYS_OF_HEADS,
        )
        patches = Table(
            self.patches,
            'subject text COLLATE "C" NOT NULL, position bigint NOT NULL, on_ date NOT NULL,'
            " version bigint NOT NULL, row jsonb NOT NULL, PRIMARY KEY (subject, position)",
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, position, on_,"
            f" version, row), ',' ORDER BY subject, position)) FROM {self.patches}"
            " GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
            says=SAYS_OF_PATCHES,
        )
        return heads, patches

    def write(self, writer: CopyWriter, subjects: Mapping[str, Sequence[Step]]) -> None:
        """Write the heads of new subjects, and what changed of the others."""
        old = {subject: each for subject, each in subjects.items() if each[0].version > 1}
        if old:
            changed = ENCODE([_change(subject, each) for subject, each in old.items()]).decode()
            writer.write(self._keep_first, (changed,))
            writer.write(self._lay_over, (changed,))
        new = {subject: each for subject, each in subjects.items() if each[0].version == 1}
        writer.copy(
            f"{self.heads} (subject, version, opened_position, last_position, opened_on,"
            " latest_on, row)",
            (_head(subject, each) for subject, each in new.items()),
        )
        many = {subject: each for subject, each in new.items() if len(each) > 1} | old
        writer.copy(
            f"{self.patches} (subject, position, on_, version, row)",
            (_patch(subject, step) for subject, each in many.items() for step in each),
        )

    def rows(self, which: str) -> str:
        """Write a query for rows (subject, version, position, opened_on, row) as of a moment.

        `which` is a test on heads; `%(position)s` and `%(as_of)s` are the moment.
        """
        return f"""
            SELECT h.subject, coalesce(seen.version, h.version) AS version,
                   coalesce(seen.position, h.last_position) AS position,
                   coalesce(seen.opened_on, h.opened_on) AS opened_on,
                   CASE WHEN h.is_newest THEN h.row ELSE coalesce(seen.row, '{{}}') END AS row
            FROM (
                SELECT *, last_position <= %(position)s AND latest_on <= %(as_of)s AS is_newest
                FROM views.{self.heads} WHERE {which} AND opened_position <= %(position)s
            ) h LEFT JOIN LATERAL (
                SELECT max(p.version) AS version, max(p.position) AS position,
                       (array_agg(p.on_ ORDER BY p.position))[1] AS opened_on,
                       jsonb_object_agg(said.key, said.value ORDER BY p.position)
                           FILTER (WHERE said.key IS NOT NULL) AS row
                FROM views.{self.patches} p LEFT JOIN LATERAL jsonb_each(p.row) said ON true
                WHERE NOT h.is_newest AND p.subject = h.subject
                  AND p.position <= %(position)s AND p.on_ <= %(as_of)s
            ) seen ON true
            WHERE h.is_newest OR seen.version IS NOT NULL"""


def topics_of(kinds: Collection[str]) -> frozenset[str]:
    """Return the topics of the events of some kinds of subjects."""
    return frozenset(event.TOPIC for event in EVENTS.values() if subject_kind(event) in kinds)


def steps(writer: CopyWriter, page: Sequence[Recorded]) -> dict[str, list[Step]]:
    """Group what the page's events change by their subject."""
    found: dict[str, list[Step]] = {}
    for one in page:
        subject = one.event.originator_id
        made = step(one)
        if isinstance(one.event, Reversal):
            made = undone(writer, one, made)
        if subject in found:
            found[subject].append(made)
        else:
            found[subject] = [made]
    return found


def step(one: Recorded) -> Step:
    """Say what an event changes."""
    event = one.event
    row = words(event)
    if row.get("state", "") is None:
        del row["state"]
    row = dict.fromkeys(event.CLEARS) | row
    back = event.back_to()
    version = event.originator_version
    if back is not None:
        return Step(one.position, back, version, row, said_on=event.act.on)
    return Step(one.position, event.act.on, version, row)


def undone(writer: CopyWriter, one: Recorded, made: Step) -> Step:
    """Let a reversal leave the row as the events that stand say it, and name itself."""
    event = one.event
    if event.originator_id.partition(":")[0] in LONG:
        return made
    history = [
        (position, each)
        for position, each in event_log.positioned(writer.settled().connection, event.originator_id)
        if position <= one.position
    ]
    row = made.row | {"reversed_by": one.position} | standing(history)
    return made._replace(on=event.act.booked, row=row, said_on=event.act.on)


def standing(history: Sequence[tuple[int, Event]]) -> Row:
    """Return what changes of a row when only the events that stand are laid over one another.

    What no event says any more is None. Where none stands, the row keeps its words.
    """
    fallen = {each.of for _, each in history if isinstance(each, Reversal)}
    said: Row = {}
    left: Row = {}
    for position, each in history:
        if isinstance(each, Reversal):
            continue
        row = {name: word for name, word in words(each).items() if word is not None}
        said |= row
        left |= {} if position in fallen else row
    if not left:
        return {"state": "reversed"}
    gone: Row = dict.fromkeys(said.keys() - left.keys())
    return gone | left


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
        "latest_on": max(step.latest_on for step in each),
        "row": _merged(each),
    }


def _head(subject: str, each: Sequence[Step]) -> str:
    first, last = each[0], each[-1]
    on = latest = first.on.isoformat()
    row = first.row
    if len(each) > 1:
        latest = max(step.latest_on for step in each).isoformat()
        row = _merged(each)
    return (
        f"{subject}\t{last.version}\t{first.position}\t{last.position}\t{on}\t{latest}"
        f"\t{_json(row)}\n"
    )


def _patch(subject: str, step: Step) -> str:
    return f"{subject}\t{step.position}\t{step.on}\t{step.version}\t{_json(step.row)}\n"


def _json(row: Row) -> str:
    return ENCODE(row).decode().replace("\\", "\\\\")
