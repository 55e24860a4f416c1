"""Many events as COPY reads them into the session's staging table.

`BinaryRows` writes the binary form, and sends once what facts have in common that are alike but for
their subjects. `TextRows` is its simple twin: each event encoded alone, in the text form.
"""

from __future__ import annotations

import os
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from infra.eventlog.batch import stored, stored_alike
from projections.core.copy_writer import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from infra.eventlog.batch import Alike, Stored

SALT_BYTES = 32
STAGE = (
    "COPY pg_temp.staged (ordinal, originator_id, originator_version, topic, state, salt, alike)"
    " FROM STDIN"
)
# Signature, flags and length of the header's extension; the mark behind the last row.
BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
FIELDS = 7
# The number of fields, the length and value of the ordinal, the length of the subject.
ORDINAL = Struct("!hiii").pack
# The length and value of the version, the length of the topic.
VERSION = Struct("!iqi").pack
LENGTH = Struct("!i").pack
NULL = LENGTH(-1)
SALT_LENGTH = LENGTH(SALT_BYTES)


class Likeness(NamedTuple):
    """A row's bytes before and behind its salt: no content but that of another row."""

    before_salt: bytes
    behind_salt: bytes


def likeness(event: Event, ordinal: int) -> Likeness:
    """Say that a row is as the one of this ordinal, but for its subject."""
    return Likeness(
        LENGTH(8) + event.originator_version.to_bytes(8, "big") + NULL + NULL + SALT_LENGTH,
        LENGTH(4) + LENGTH(ordinal),
    )


class StagedRows(Protocol):
    """A form in which COPY reads many events."""

    copy: str

    def packed(self, alike: Sequence[Alike], events: Sequence[Stored]) -> bytes:
        """Write facts of other subjects, then events; each gets its ordinal and a new salt."""


class TextRows:
    """The text form, row by row."""

    copy = STAGE

    def packed(self, alike: Sequence[Alike], events: Sequence[Stored]) -> bytes:
        """Write facts of other subjects, then events; each gets its ordinal and a new salt."""
        alone = [stored(replace(event, originator_id=subject)) for event, subject in alike]
        rows = enumerate([*alone, *events], 1)
        return "".join(
            f"{ordinal}\t{plain(e.subject)}\t{e.version}\t{plain(e.topic)}"
            f"\t\\\\x{e.state.hex()}\t\\\\x{os.urandom(SALT_BYTES).hex()}\t\\N\n"
            for ordinal, e in rows
        ).encode()


def whole(event: Stored, salt: bytes) -> tuple[bytes, ...]:
    """Write what stands behind the subject of an event that is as no other."""
    _, version, topic, state = event
    kind = topic.encode()
    return (
        VERSION(8, version, len(kind)) + kind,
        LENGTH(len(state)),
        state,
        SALT_LENGTH + salt + NULL,
    )


class BinaryRows:
    """The binary form; what many have in common is sent once, and the database repeats it."""

    copy = f"{STAGE} (FORMAT BINARY)"

    def packed(self, alike: Sequence[Alike], events: Sequence[Stored]) -> bytes:
        """Write facts of other subjects, then events; each gets its ordinal and a new salt."""
        salts = os.urandom(SALT_BYTES * (len(alike) + len(events)))
        parts = [BEGIN]
        add = parts.extend
        known: dict[int, Likeness] = {}
        ordinal = 0
        for event, subject in alike:
            name = subject.encode()
            salt = salts[ordinal * SALT_BYTES : (ordinal + 1) * SALT_BYTES]
            ordinal += 1
            head = ORDINAL(FIELDS, 4, ordinal, len(name))
            like = known.get(id(event))
            if like:
                add((head, name, like[0], salt, like[1]))
                continue
            known[id(event)] = likeness(event, ordinal)
            add((head, name, *whole(stored_alike((event, subject)), salt)))
        for each in events:
            name = each.subject.encode()
            salt = salts[ordinal * SALT_BYTES : (ordinal + 1) * SALT_BYTES]
            ordinal += 1
            add((ORDINAL(FIELDS, 4, ordinal, len(name)), name, *whole(each, salt)))
        parts.append(END)
        return b"".join(parts)
