"""The way through the database's one door, `ledger.append()`: few events as arrays, many by COPY.

A batch is all or nothing: its events, its receipts, and what it seals in the vault.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

import psycopg

from domain.kernel.aggregate import stored_name
from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import PeriodClosed
from domain.office.periods import BooksClosed, PeriodSoftClosed
from infra.eventlog import libpq_statement
from infra.eventlog.binary_copy import SALT_BYTES, STAGE, packed
from infra.eventlog.mapper import ENCODER, OPENING, after_id

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.vault import Sealed

# Above this, COPY into the session's temporary table beats array parameters.
MANY = 200

# What both doors are told besides the events: see _besides().
BESIDES = (
    *(
        libpq_statement.DATE,
        libpq_statement.DATE,
        libpq_statement.TEXTS,
        libpq_statement.INT8S,
        libpq_statement.INT8,
    ),
    *(libpq_statement.TEXTS, libpq_statement.BYTEAS, libpq_statement.INT4S, libpq_statement.BYTEAS),
)
APPEND = libpq_statement.PreparedStatement(
    "mingzhang append",
    "SELECT first_position, moment"
    " FROM ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    (
        libpq_statement.TEXTS,
        libpq_statement.INT8S,
        libpq_statement.TEXTS,
        libpq_statement.BYTEAS,
        libpq_statement.BYTEAS,
        *BESIDES,
    ),
)
APPEND_STAGED = libpq_statement.PreparedStatement(
    "mingzhang append staged",
    "SELECT first_position, moment FROM ledger.append_staged($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    BESIDES,
)
SEAL = "SELECT vault.seal(%b::text[], %b::bytea[], %b::bytea[])"
# The same fact as an event's, as the first one of another subject.
Alike: TypeAlias = "tuple[Event, str]"


class Stored(NamedTuple):
    """An event as the table holds it, before it has a position."""

    subject: str
    version: int
    topic: str
    state: bytes


class Kept(NamedTuple):
    """A receipt to be written with its events: `start` counts from the batch's first event."""

    key: str
    hash: bytes
    start: int
    answer: bytes


@dataclass
class Guard:
    """What the door must know of the booked days: see ledger.append()."""

    first_booked: date | None = None
    first_booked_plain: date | None = None
    # What was closed by events that have been seen: the rest of the batch keeps to it.
    closes: date | None = None
    soft_closes: date | None = None

    def see(self, event: Event, *, may_enter_soft: bool) -> None:
        """Take an event's day, or the days that it closes, into account."""
        if isinstance(event, MoneyEvent):
            booked = event.act.booked
            self._require_open(event, booked, may_enter_soft=may_enter_soft)
            if self.first_booked is None or booked < self.first_booked:
                self.first_booked = booked
            if not may_enter_soft and (
                self.first_booked_plain is None or booked < self.first_booked_plain
            ):
                self.first_booked_plain = booked
        elif isinstance(event, BooksClosed):
            self.closes = max(event.through, self.closes or event.through)
        elif isinstance(event, PeriodSoftClosed):
            self.soft_closes = max(event.through, self.soft_closes or event.through)

    def _require_open(self, event: Event, booked: date, *, may_enter_soft: bool) -> None:
        if self.closes is not None and booked <= self.closes:
            raise PeriodClosed(event.originator_id, state="closed", through=self.closes)
        if self.soft_closes is not None and booked <= self.soft_closes and not may_enter_soft:
            raise PeriodClosed(event.originator_id, state="soft-closed", through=self.soft_closes)


@dataclass
class Batch:
    """What is appended together: facts that are alike but for their subjects, then `events`."""

    events: Sequence[Stored]
    guard: Guard = field(default_factory=Guard)
    # Streams that were only read, with the versions that were seen: they must not have moved on.
    read: Mapping[str, int] = field(default_factory=dict)
    receipts: Sequence[Kept] = ()
    sealed: Sequence[Sealed] = ()
    alike: Sequence[Alike] = ()
    # What is paid was decided by the stops up to this position: none may have come since.
    stops_known_to: int | None = None
    # All of them as COPY reads them, if they are many.
    packed: bytes = b""
    # Waits until it may be appended; it is sent to the database meanwhile.
    turn: Callable[[], object] | None = None

    @property
    def many(self) -> bool:
        """Tell whether it goes in by COPY; what closes periods never does."""
        length = len(self.alike) + len(self.events)
        return length > MANY and not any(e.topic.startswith("period.") for e in self.events)

    def pack(self) -> Self:
        """Make ready now what append() would do."""
        if self.many and not self.packed:
            self.packed = packed(self.alike, self.events)
        return self


class Appended(NamedTuple):
    """Where a batch stands: the position of its first event, and the moment it was taken."""

    first_position: int
    recorded_at: datetime


def stored(event: Event) -> Stored:
    """Encode an event for the table."""
    return Stored(
        event.originator_id,
        event.originator_version,
        stored_name(type(event)),
        ENCODER.encode(event),
    )


def stored_alike(alike: Alike) -> Stored:
    """Encode the same fact as the event of another subject."""
    event, subject = alike
    state = OPENING + subject.encode() + after_id(event)
    return Stored(subject, event.originator_version, stored_name(type(event)), state)


def append(connection: psycopg.Connection, batch: Batch) -> Appended:
    """Append a batch, all or nothing."""
    many = batch.pack().many
    if batch.turn and not many:
        # Nothing is sent ahead: it waits here, and fails with the batch before it.
        batch.turn()
    if not many and not batch.sealed:
        # One statement is a transaction of its own.
        return _append_few(connection, batch)
    with connection.transaction():
        if batch.sealed:
            _seal(connection, batch.sealed)
        return _append_many(connection, batch) if many else _append_few(connection, batch)


def _append_few(connection: psycopg.Connection, batch: Batch) -> Appended:
    events = [*map(stored_alike, batch.alike), *batch.events]
    salts = os.urandom(SALT_BYTES * len(events))
    position, moment = APPEND.row(
        connection,
        (
            libpq_statement.texts([e.subject for e in events]),
            libpq_statement.int8s([e.version for e in events]),
            libpq_statement.texts([e.topic for e in events]),
            libpq_statement.byteas([e.state for e in events]),
            libpq_statement.byteas(
                [salts[n : n + SALT_BYTES] for n in range(0, len(salts), SALT_BYTES)]
            ),
            *_besides(batch),
        ),
    )
    return Appended(libpq_statement.number(position), libpq_statement.instant(moment))


def _append_many(connection: psycopg.Connection, batch: Batch) -> Appended:
    with connection.cursor(binary=True) as cursor:
        _stage(connection, cursor, batch.packed)
    if batch.turn:
        batch.turn()
    position, moment = APPEND_STAGED.row(connection, _besides(batch))
    return Appended(libpq_statement.number(position), libpq_statement.instant(moment))


def _besides(batch: Batch) -> tuple[bytes | None, ...]:
    """Write what the doors check, and the receipts."""
    guard, kept = batch.guard, batch.receipts
    return (
        libpq_statement.day(guard.first_booked),
        libpq_statement.day(guard.first_booked_plain),
        libpq_statement.texts(list(batch.read)),
        libpq_statement.int8s(list(batch.read.values())),
        libpq_statement.int8(batch.stops_known_to),
        libpq_statement.texts([k.key for k in kept]),
        libpq_statement.byteas([k.hash for k in kept]),
        libpq_statement.int4s([k.start for k in kept]),
        libpq_statement.byteas([k.answer for k in kept]),
    )


def _seal(connection: psycopg.Connection, sealed: Sequence[Sealed]) -> None:
    """Keep what is last said of each subject, in an order that all keep to: no deadlocks."""
    last_said = {s.subject: s for s in sealed}
    subjects = sorted(last_said)
    connection.execute(
        SEAL,
        (
            subjects,
            [last_said[s].wrapped_key for s in subjects],
            [last_said[s].content for s in subjects],
        ),
    )


def _stage(connection: psycopg.Connection, cursor: psycopg.Cursor, rows: bytes) -> None:
    """Fill the session's temporary table; no lock is held meanwhile."""
    cursor.execute("SELECT to_regclass('pg_temp.staged') IS NULL")
    if (cursor.fetchone() or (True,))[0]:
        cursor.execute("SELECT ledger.stage()")
    with connection.cursor() as filler, filler.copy(STAGE) as copy:
        copy.write(rows)
