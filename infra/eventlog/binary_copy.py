"""Many events as COPY reads them into the session's staging table.

`BinaryRows` writes the binary form, and encodes once what facts have in common that are alike but
for their subjects. `TextRows` is its simple twin: each event encoded alone, in the text form.
"""

from __future__ import annotations

import os
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from domain.kernel.aggregate import stored_name
from infra.eventlog.batch import stored
from infra.eventlog.mapper import OPENING, after_id
from projections.core.copy_writer import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from infra.eventlog.batch import Alike, Stored

SALT_BYTES = 32
STAGE = (
    "COPY pg_temp.staged (ordinal, originator_id, originator_version, topic, state, salt)"
    " FROM STDIN"
)
# Signature, flags and length of the header's extension; the mark behind the last row.
BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
FIELDS = 6
# The number of fields, the length and value of the ordinal, the length of the subject.
ORDINAL = Struct("!hiii").pack
# The length and value of the version, the length of the topic.
VERSION = Struct("!iqi").pack
LENGTH = Struct("!i").pack
SALT_LENGTH = LENGTH(SALT_BYTES)


class Likeness(NamedTuple):
    """A row's bytes around its subject, which stands in it twice, for subjects of one length."""

    length: int
    middle: bytes
    last: bytes


def likeness(event: Event, length: int) -> Likeness:
    """Encode what facts have in common that are alike but for subjects of this length."""
    topic, rest = stored_name(type(event)).encode(), after_id(event)
    version = VERSION(8, event.originator_version, len(topic))
    state_length = LENGTH(len(OPENING) + length + len(rest))
    return Likeness(length, version + topic + state_length + OPENING, rest + SALT_LENGTH)


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
            f"\t\\\\x{e.state.hex()}\t\\\\x{os.urandom(SALT_BYTES).hex()}\n"
            for ordinal, e in rows
        ).encode()


class BinaryRows:
    """The binary form; what many have in common is encoded once."""

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
            length = len(name)
            like = known.get(id(event))
            if like is None or like[0] != length:
                like = known[id(event)] = likeness(event, length)
            salt = salts[ordinal * SALT_BYTES : (ordinal + 1) * SALT_BYTES]
            ordinal += 1
            add((ORDINAL(FIELDS, 4, ordinal, length), name, like[1], name, like[2], salt))
        for subject, version, topic, state in events:
            name, kind = subject.encode(), topic.encode()
            salt = salts[ordinal * SALT_BYTES : (ordinal + 1) * SALT_BYTES]
            ordinal += 1
            add(
                (ORDINAL(FIELDS, 4, ordinal, len(name)), name, VERSION(8, version, len(kind)), kind)
            )
            add((LENGTH(len(state)), state, SALT_LENGTH, salt))
        parts.append(END)
        return b"".join(parts)
