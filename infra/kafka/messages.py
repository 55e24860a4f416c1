"""An event as Kafka's messages: the binary mode of CloudEvents' binding, as the feed has it.

The value is the `data` of the feed's record, to the byte; its other members are headers, in the
order of their names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from domain import decode
from projections.core.event_log import StoredEvent
from projections.disclosure import Zone
from projections.disclosure.cloud_event import (
    RECORD_OF,
    CloudEventRecord,
    Origin,
    instant,
    record_of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

TOPICS: dict[Zone, str] = {"office": "events.v1", "open": "public.v1"}
SEQUENCE, ID, TYPE, TIME = "ce_sequence", "ce_id", "ce_type", "ce_time"
KEY, SUBJECT = "ce_partitionkey", "ce_subject"


class KafkaMessage(NamedTuple):
    """What is sent of one event to one topic."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]
    milliseconds: int


def topic_of(jurisdiction: str, zone: Zone) -> str:
    """Name the topic of a zone."""
    return f"{jurisdiction}.{TOPICS[zone]}"


def messages(lines: Iterable[StoredEvent], origin: Origin) -> list[KafkaMessage]:
    """Make the messages of some events, in order: each event is decoded once for all zones."""
    tellers = [(RECORD_OF[zone], topic_of(origin.jurisdiction, zone)) for zone in TOPICS]
    return [
        bound(tell(line, event), topic, origin)
        for line in lines
        for event in (decode(line.topic, line.state),)
        for tell, topic in tellers
    ]


def message(line: StoredEvent, origin: Origin, zone: Zone) -> KafkaMessage:
    """Make the message of an event in a zone's topic."""
    return bound(record_of(line, zone), topic_of(origin.jurisdiction, zone), origin)


def bound(said: CloudEventRecord, topic: str, origin: Origin) -> KafkaMessage:
    """Write what a zone is told as the binding does."""
    line = said.line
    position = str(line.position)
    key = said.partitionkey.encode()
    headers = [
        shared("datacontenttype", "application/json"),
        shared("dataschema", said.dataschema),
        (ID, f"{origin.jurisdiction}/{position}".encode()),
        shared("ledgerid", origin.ledger),
        (KEY, key),
        (SEQUENCE, position.encode()),
        shared("source", f"/{origin.jurisdiction}"),
        shared("specversion", "1.0"),
        (SUBJECT, said.subject.encode()),
        shared("time", instant(line.recorded_at)),
        shared("type", said.topic),
    ]
    milliseconds = int(line.recorded_at.timestamp() * 1000)
    return KafkaMessage(topic, key, written(said.data), headers, milliseconds)


@lru_cache(10_000)
def shared(attribute: str, value: str) -> tuple[str, bytes]:
    """Write an attribute that many events have alike."""
    return header_name(attribute), value.encode()


def header_name(attribute: str) -> str:
    """Name the header of an attribute: `ce_` before each but one."""
    return "content-type" if attribute == "datacontenttype" else f"ce_{attribute}"
