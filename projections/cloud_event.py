"""The CloudEvents record of a stored event, for both zones (docs/contract.md, section 4).

Its bytes are in the canonical form of RFC 8785, so that a line of the feed, a message of the
stream and a leaf of the proof tree are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec

from domain import decode
from domain.money import MoneyEvent
from domain.reversals import Reversal
from domain.wording import what
from projections.public_record import commitment, kind_of, public_data, without_persons

if TYPE_CHECKING:
    from domain.kernel import Event

Zone: TypeAlias = Literal["office", "open"]
Record: TypeAlias = dict[str, Any]

ENCODE = msgspec.json.Encoder(order="sorted").encode
URN = "urn:mingzhang:schema:"
COMMITMENT = f"{URN}commitment:1"


class Line(NamedTuple):
    """An event as the store holds it; `topic` ends in its version, `<topic>.v<version>`."""

    position: int
    recorded_at: datetime
    topic: str
    subject: str
    version: int
    state: bytes
    salt: bytes


def written(record: Record) -> bytes:
    """Write a record in canonical form (RFC 8785): sorted names, no spaces, UTF-8."""
    return ENCODE(record)


def record(line: Line, jurisdiction: str, zone: Zone) -> Record:
    """Return the record of an event as a zone has it."""
    return RECORDS[zone](line, jurisdiction)


def office_record(line: Line, jurisdiction: str) -> Record:
    """Return all that an event says."""
    event = decode(line.topic, line.state)
    made = envelope(line, jurisdiction)
    made["dataschema"] = f"{URN}{schema_of(line.topic)}"
    made["partitionkey"] = partition_of(event)
    made["data"] = office_data(event)
    return made


def open_record(line: Line, jurisdiction: str) -> Record:
    """Return what everybody may see; where that is nothing, the subject is only a kind of thing."""
    event = decode(line.topic, line.state)
    made = envelope(line, jurisdiction)
    seen = public_data(event)
    made["data"] = {"commitment": commitment(line.salt, line.state)} | (seen or {})
    if seen is None:
        made["dataschema"] = COMMITMENT
        made["subject"] = kind_of(line.subject)
    else:
        made["dataschema"] = f"{URN}public:{schema_of(line.topic)}"
    kept_with = partition_of(event)
    made["partitionkey"] = made["subject"] if kept_with == line.subject else kept_with
    # The stored bytes tell quickly that there is nobody to look for.
    return without_persons(made) if b"person:" in line.state else made


RECORDS: dict[Zone, Callable[[Line, str], Record]] = {
    "office": office_record,
    "open": open_record,
}


def envelope(line: Line, jurisdiction: str) -> Record:
    """Return what is said of every event alike."""
    return {
        "specversion": "1.0",
        "id": f"{jurisdiction}/{line.position}",
        "source": f"/{jurisdiction}",
        "type": line.topic,
        "subject": line.subject,
        "time": instant(line.recorded_at),
        "datacontenttype": "application/json",
        "sequence": str(line.position),
    }


def office_data(event: Event) -> Record:
    """Return what an event says, and who said it."""
    act = event.act
    said: Record = {
        "version": event.originator_version,
        "on": act.on.isoformat(),
        "by": act.by,
        "authority": act.authority,
        "reason": act.reason,
        "evidence": [{"name": paper.name, "sha256": paper.sha256} for paper in act.evidence],
        "key": act.key,
        "what": what(event),
        "postings": [
            {"account": line.account, "value": line.value, "unit": line.unit}
            for line in event.postings()
        ],
        "reverses": event.of if isinstance(event, Reversal) else None,
    }
    if isinstance(event, MoneyEvent) or act.booked != act.on:
        said["booked"] = act.booked.isoformat()
    return said


def partition_of(event: Event) -> str:
    """Return what events are kept in order by: their subject, and for payments their run."""
    if event.originator_id.startswith("payment:"):
        run: str = event.run  # type: ignore[attr-defined]
        return run
    return event.originator_id


def schema_of(stored: str) -> str:
    """Return `<topic>:<version>` of a stored name."""
    topic, _, version = stored.rpartition(".v")
    return f"{topic}:{version}"


def instant(moment: datetime) -> str:
    """Write an instant as the contract does: RFC 3339, UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
