"""Many events in the binary form that COPY reads; what they have in common is encoded once."""

from __future__ import annotations

import os
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.aggregate import stored_name
from infra.eventlog.mapper import OPENING, after_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event

SALT_BYTES = 32
STAGE = (
    "COPY pg_temp.staged (ordinal, originator_id, originator_version, topic, state, salt)"
    " FROM STDIN (FORMAT BINARY)"
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


def packed(
    alike: Sequence[tuple[Event, str]], events: Sequence[tuple[str, int, str, bytes]]
) -> bytes:
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
        add((ORDINAL(FIELDS, 4, ordinal, len(name)), name, VERSION(8, version, len(kind)), kind))
        add((LENGTH(len(state)), state, SALT_LENGTH, salt))
    parts.append(END)
    return b"".join(parts)
