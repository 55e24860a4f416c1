"""Registers: the current and every earlier state of each subject, for all collections alike.

A *head* is a subject's newest row. A *patch* is what one event changed; a subject with a single
event has none, for its head says all. Payments with a single event have no head either (see
singles.py). A row as of a day and a position is the head if nothing came later, else the patches up
to there, laid over one another in order of position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from domain.kernel.event_fields import row as words
from domain.payments.payment_events import PaymentMade
from projections.core.copy_writer import copy, write
from projections.core.view import Table, View
from projections.registers import payments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from psycopg import Cursor

    from projections.core.view import Recorded, Row

ENCODE = msgspec.json.Encoder().encode
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
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, version,"
            " opened_position, last_position, opened_on, latest_on, row), ',' ORDER BY subject))"
            " FROM register_heads GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
            says={
                "": "The newest row of each subject.",
                "subject": "The subject.",
                "version": "The number of its last event.",
                "opened_position": "The position of its first event.",
                "last_position": "The position of its last event.",
                "opened_on": "The day on which its first event takes effect.",
                "latest_on": "The latest day on which one of its events takes effect.",
                "row": "The row as its collection shows it.",
            },
        ),
        Table(
            "register_patches",
            'subject text COLLATE "C" NOT NULL, position bigint NOT NULL, on_ date NOT NULL,'
            " version bigint NOT NULL, row jsonb NOT NULL, PRIMARY KEY (subject, position)",
            digest="SELECT count(*), md5(string_agg(concat_ws('|', subject, position, on_,"
            " version, row), ',' ORDER BY subject, position)) FROM register_patches"
            " GROUP BY left(md5(subject), 2) ORDER BY left(md5(subject), 2)",
            says={
                "": "What each event changed of its subject, where there is more than one event.",
                "subject": "The subject.",
                "position": "The position of the event.",
                "on_": "The day on which it takes effect.",
                "version": "The number of the event in the stream of its subject.",
                "row": "The fields of the row that it sets.",
            },
        ),
        *payments.layout(),
    )

    def __init__(self) -> None:
        """Know no words of payments yet."""
        self.singles = payments.Singles()

    def fold(self, cursor: Cursor[Any], page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write the heads of new subjects, and what changed of the others."""
        made = {one.event.originator_id: one for one in page if type(one.event) is PaymentMade}
        subjects = steps([one for one in page if type(one.event) is not PaymentMade])
        for subject in subjects.keys() & made.keys():
            subjects[subject].insert(0, step(made.pop(subject)))
        old = {subject: each for subject, each in subjects.items() if each[0].version > 1}
        if old:
            self.singles.take_out(cursor, old)
            changed = ENCODE([_change(subject, each) for subject, each in old.items()]).decode()
            write(cursor, KEEP_FIRST, (changed,))
            write(cursor, LAY_OVER, (changed,))
        new = {subject: each for subject, each in subjects.items() if each[0].version == 1}
        copy(cursor, HEADS, (_head(subject, each) for subject, each in new.items()))
        many = {subject: each for subject, each in new.items() if len(each) > 1} | old
        copy(
            cursor,
            PATCHES,
            (_patch(subject, step) for subject, each in many.items() for step in each),
        )
        self.singles.add(cursor, made.values())

    def forget(self) -> None:
        """Look the words up again."""
        self.singles.forget()


def steps(page: Sequence[Recorded]) -> dict[str, list[Step]]:
    """Group what the page's events change by their subject."""
    found: dict[str, list[Step]] = {}
    for one in page:
        subject = one.event.originator_id
        if subject in found:
            found[subject].append(step(one))
        else:
            found[subject] = [step(one)]
    return found


def step(one: Recorded) -> Step:
    """Say what an event changes."""
    event = one.event
    row = words(event)
    if row.get("state", "") is None:
        del row["state"]
    return Step(one.position, event.act.on, event.originator_version, row)


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
    on = latest = first.on.isoformat()
    row = first.row
    if len(each) > 1:
        latest = max(step.on for step in each).isoformat()
        row = _merged(each)
    return (
        f"{subject}\t{last.version}\t{first.position}\t{last.position}\t{on}\t{latest}"
        f"\t{_json(row)}\n"
    )


def _patch(subject: str, step: Step) -> str:
    return f"{subject}\t{step.position}\t{step.on}\t{step.version}\t{_json(step.row)}\n"


def _json(row: Row) -> str:
    return ENCODE(row).decode().replace("\\", "\\\\")
