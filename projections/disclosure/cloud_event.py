"""The CloudEvents record of a stored event, for both zones (docs/contract.md, section 4).

Its bytes are in the canonical form of RFC 8785, so that a line of the feed, a message of the
stream and a leaf of the proof tree are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from domain import decode
from domain.kernel.event_fields import what
from domain.kernel.money import MoneyEvent
from domain.kernel.reversals import Reversal
from projections.core.event_log import StoredEvent
from projections.disclosure import Zone
from projections.disclosure.public_record import (
    PublicData,
    commitment,
    public_data,
    without_persons,
)

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.aggregate import Event, Evidence
    from domain.kernel.money import Posting

Record: TypeAlias = dict[str, Any]

ENCODE = msgspec.json.Encoder(order="sorted").encode
URN = "urn:mingzhang:schema:"
COMMITMENT = f"{URN}commitment:1"
# What a bare commitment is called: its topic, subject and key would tell what it is about.
BARE, BARE_TYPE = "commitment", "commitment.v1"


class CloudEventRecord(msgspec.Struct, frozen=True, gc=False):
    """What a zone is told of an event; its data holds what JSON can be made of."""

    line: StoredEvent
    topic: str
    subject: str
    partitionkey: str
    dataschema: str
    data: OfficeData | PublicData | Record


def record_of(line: StoredEvent, zone: Zone) -> CloudEventRecord:
    """Tell a zone of an event; of one that this edition cannot read, what needs no reading."""
    try:
        event = decode(line.topic, line.state)
    except (KeyError, msgspec.DecodeError):
        return unread(line, zone)
    return RECORD_OF[zone](line, event)


def unread(line: StoredEvent, zone: Zone) -> CloudEventRecord:
    """Tell of an event of another edition: the office what is stored, the public a commitment."""
    if zone == "open":
        return bare(line)
    try:
        stored = msgspec.json.decode(line.state)
    except msgspec.DecodeError:
        stored = None
    urn = urn_of(line.topic)
    return CloudEventRecord(line, line.topic, line.subject, line.subject, urn, {"stored": stored})


def bare(line: StoredEvent) -> CloudEventRecord:
    """Tell the public no more than that there is an event, and what binds it."""
    data = {"commitment": commitment(line.salt, line.state)}
    return CloudEventRecord(line, BARE_TYPE, BARE, BARE, COMMITMENT, data)


def written(record: object) -> bytes:
    """Write a record, or its data, in canonical form (RFC 8785): sorted names, no spaces, UTF-8."""
    return ENCODE(record)


class Origin(NamedTuple):
    """Whose events they are: the jurisdiction's, and of its ledgers the one with this id."""

    jurisdiction: str
    ledger: str


def text(said: CloudEventRecord, origin: Origin) -> bytes:
    """Write the record of an event in canonical form: its names in the order of RFC 8785."""
    line = said.line
    schema, ledger, source, end = frame(said.dataschema, origin, said.topic, line.recorded_at)
    subject = ENCODE(said.subject)
    together = subject if said.partitionkey == said.subject else ENCODE(said.partitionkey)
    position = b"%d" % line.position
    return b"".join(
        (
            b'{"data":',
            ENCODE(said.data),
            schema,
            position,
            ledger,
            together,
            b',"sequence":"',
            position,
            source,
            subject,
            end,
        )
    )


@lru_cache(64)
def frame(
    schema: str, origin: Origin, topic: str, moment: datetime
) -> tuple[bytes, bytes, bytes, bytes]:
    """Write what the records of one append have in common, around what each has of its own."""
    place = origin.jurisdiction.encode()
    return (
        b',"datacontenttype":"application/json","dataschema":"%b","id":"%b/'
        % (schema.encode(), place),
        b'","ledgerid":"%b","partitionkey":' % origin.ledger.encode(),
        b'","source":"/%b","specversion":"1.0","subject":' % place,
        b',"time":"%b","type":"%b"}' % (instant(moment).encode(), topic.encode()),
    )


def record(line: StoredEvent, origin: Origin, zone: Zone) -> Record:
    """Return the record of an event as a zone has it."""
    made: Record = msgspec.json.decode(text(record_of(line, zone), origin))
    return made


def to_office(line: StoredEvent, event: Event) -> CloudEventRecord:
    """Tell all that an event says."""
    subject, data = line.subject, office_data(event)
    together, urn = partition_of(event), urn_of(line.topic)
    return CloudEventRecord(line, line.topic, subject, together, urn, data)


def to_open(line: StoredEvent, event: Event) -> CloudEventRecord:
    """Tell what everybody may see; where that is nothing, a bare commitment."""
    seen = public_data(event)
    if seen is None:
        return bare(line)
    seen.commitment = commitment(line.salt, line.state)
    data: PublicData | Record = seen
    subject, together = line.subject, partition_of(event)
    # The stored bytes tell quickly that there is nobody to look for.
    if b"person:" in line.state:
        plain = msgspec.json.decode(written((data, subject, together)))
        data, subject, together = without_persons(plain)
    urn = urn_of(line.topic, "public:")
    return CloudEventRecord(line, line.topic, subject, together, urn, data)


RECORD_OF: dict[Zone, Callable[[StoredEvent, Event], CloudEventRecord]] = {
    "office": to_office,
    "open": to_open,
}


class OfficeData(msgspec.Struct, gc=False):
    """What an event says, and who said it."""

    authority: str
    by: str
    evidence: tuple[Evidence, ...]
    key: str
    on: date
    postings: tuple[Posting, ...]
    reason: str
    reverses: int | None
    version: int
    what: msgspec.Struct
    booked: date | UnsetType
    confirmed_by: str | UnsetType
    proposal: str | UnsetType


def office_data(event: Event) -> OfficeData:
    """Return what an event says, and who said it."""
    act = event.act
    return OfficeData(
        act.authority,
        act.by,
        act.evidence,
        act.key,
        act.on,
        event.postings(),
        act.reason,
        event.of if isinstance(event, Reversal) else None,
        event.originator_version,
        what(event),
        act.booked if isinstance(event, MoneyEvent) or act.booked != act.on else UNSET,
        act.confirmed_by or UNSET,
        act.proposal or UNSET,
    )


def partition_of(event: Event) -> str:
    """Return what events are kept in order by: their subject, and for payments their run."""
    if event.originator_id.startswith("payment:"):
        run: str = event.run  # type: ignore[attr-defined]
        return run
    return event.originator_id


@cache
def urn_of(stored: str, zone: Literal["", "public:"] = "") -> str:
    """Name the schema of a stored name's records."""
    topic, _, version = stored.rpartition(".v")
    return f"{URN}{zone}{topic}:{version}"


# Events that were stored together have one instant.
@lru_cache(maxsize=1)
def instant(moment: datetime) -> str:
    """Write an instant as the contract does: RFC 3339, UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
