"""Receipts: what a command's sender is answered, kept with its events for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from domain.kernel.aggregate import Event
from domain.kernel.refusals import KeyReused
from infra.commands.command import Receipts
from projections.core import event_log
from projections.core.sql import streamed
from projections.core.view import Moment
from projections.disclosure.clearance import READERS, is_about_persons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import psycopg

    from infra.commands.decision import Decision, EventRef
    from infra.eventlog.batch import Appended
    from projections.core.event_log import Reading, StoredEvent
    from projections.disclosure.clearance import OfficeReader

ENCODER = msgspec.json.Encoder()
Earlier: TypeAlias = list[tuple[int, Event]]

FIND = """SELECT key, hash, first_position, recorded_at, answer FROM ledger.receipts
    WHERE key = ANY (%s)"""
# A receipt stands on the day on which it was written.
LISTED = """SELECT key, hash, first_position, recorded_at, answer FROM ledger.receipts
    WHERE first_position <= %(position)s AND key >= %(key)s
      AND (recorded_at AT TIME ZONE 'UTC')::date <= coalesce(%(as_of)s::date, 'infinity')
    ORDER BY key"""


class SentAct(msgspec.Struct):
    """Of an act, who sent it."""

    by: str


class SentEvent(msgspec.Struct):
    """Of a stored event, its act."""

    act: SentAct


SENT = msgspec.json.Decoder(SentEvent)


class Answer(msgspec.Struct, frozen=True):
    """One command's part of a stored receipt; `events` are counted from the first position."""

    subject: str
    version: int
    start: int
    events: tuple[tuple[str, str, int], ...]
    extra: dict[str, Any] = {}
    before: tuple[tuple[int, tuple[str, str, int]], ...] = ()

    def receipt(
        self, key: str, first: int | None, moment: datetime | None, *, replayed: bool = False
    ) -> dict[str, Any]:
        """Return the receipt in the contract's shape; without positions for a dry run."""
        events = [_event(position, ref) for position, ref in self.before]
        events += [
            _event(None if first is None else first + self.start + n, ref)
            for n, ref in enumerate(self.events)
        ]
        return {
            "key": key,
            "subject": self.subject,
            "version": self.version,
            "positions": [e["position"] for e in events if e["position"] is not None],
            "recorded_at": instant(moment) if moment else None,
            "events": events,
            **self.extra,
            "replayed": replayed,
        }


class Answers(msgspec.Struct, frozen=True):
    """What a key's commands are answered; `listed` if they came as an array."""

    commands: list[Answer] = msgspec.field(name="orders")
    listed: bool = False

    def receipts(
        self, key: str, first: int | None, moment: datetime | None, *, replayed: bool = False
    ) -> Receipts:
        """Return the receipts; without positions for a dry run."""
        return Receipts(
            each.receipt(key, first, moment, replayed=replayed) for each in self.commands
        )


def _event(position: int | None, ref: EventRef) -> dict[str, Any]:
    topic, subject, version = ref
    return {"position": position, "topic": topic, "subject": subject, "version": version}


# Commands that were appended together share theirs.
@lru_cache(maxsize=16)
def instant(moment: datetime) -> str:
    """Write an instant as the contract does: RFC 3339, UTC, microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def answers_of(decided: Sequence[Decision], *, listed: bool = False, start: int = 0) -> Answers:
    """Return what the commands of one key are answered; offsets count from `start`."""
    return Answers([_answer(d, start) for d in decided], listed)


def _answer(decided: Decision, start: int) -> Answer:
    return Answer(
        decided.command.subject,
        decided.version,
        decided.start - start,
        tuple(decided.events),
        decided.extra,
        tuple(decided.before),
    )


def encoded(answers: Answers) -> bytes:
    """Encode answers as they are stored."""
    return ENCODER.encode(answers)


def receipts_of(key: str, answers: Answers, appended: Appended | None, start: int = 0) -> Receipts:
    """Return the receipts of commands that were just stored, or of a dry run."""
    if appended is None:
        return answers.receipts(key, None, None)
    return answers.receipts(key, appended.first_position + start, appended.recorded_at)


@dataclass(frozen=True)
class StoredReceipt:
    """A receipt that is stored already."""

    key: str
    hash: bytes
    first_position: int
    recorded_at: datetime
    answer: bytes

    def replay(self, hashed: bytes) -> Receipts:
        """Answer again what was answered, if the content is the same."""
        if hashed != self.hash:
            raise KeyReused("", key=self.key)
        return self.receipts(replayed=True)

    def receipts(self, *, replayed: bool) -> Receipts:
        """Return the receipts of the key's commands."""
        answers = msgspec.json.decode(self.answer, type=Answers)
        return answers.receipts(self.key, self.first_position, self.recorded_at, replayed=replayed)

    @property
    def listed(self) -> bool:
        """Tell whether the commands came as an array."""
        return msgspec.json.decode(self.answer, type=Answers).listed


def find(connection: psycopg.Connection, keys: Sequence[str]) -> dict[str, StoredReceipt]:
    """Find the stored receipts among some keys."""
    with connection.cursor(binary=True) as cursor:
        return {row[0]: StoredReceipt(*row) for row in cursor.execute(FIND, (list(keys),))}


def listed(connection: Reading, moment: Moment, *, key: str) -> Iterator[StoredReceipt]:
    """Give the receipts of a key and of all behind it that were stored at a moment."""
    for row in streamed(connection, LISTED, {**moment._asdict(), "key": key}):
        yield StoredReceipt(**row)


def seen_by(
    connection: Reading, reader: OfficeReader, told: Sequence[Mapping[str, Any]]
) -> list[bool]:
    """Tell of each receipt whether a reader may see it.

    Everybody sees the own ones; who may not see persons, those whose events are about none.
    """
    if reader.sees_persons:
        return [True] * len(told)
    wanted = [position for receipt in told for position in receipt["positions"]]
    events = {event.position: event for event in event_log.at_each(connection, wanted)}
    may_read = not READERS.isdisjoint(reader.roles)

    def sees(receipt: Mapping[str, Any]) -> bool:
        behind = [events[position] for position in receipt["positions"]]
        if all(sender_of(event) == reader.by for event in behind):
            return True
        return may_read and not any(is_about_persons(event) for event in behind)

    return [sees(receipt) for receipt in told]


def sender_of(event: StoredEvent) -> str:
    """Return who sent the command of an event."""
    return SENT.decode(event.state).act.by


def earlier(connection: psycopg.Connection, subject: str, key: str) -> Earlier:
    """Find a subject's events that a key has brought about, with their positions."""
    return event_log.of_key(connection, subject, key)


def content_hash(secret: bytes, content: bytes) -> bytes:
    """Hash what a key stands for; keyed, because content may name persons."""
    return hashlib.blake2b(content, key=secret, digest_size=32).digest()
