"""An event as Kafka's messages: the binary mode of CloudEvents' binding, as the feed has it.

The value is the `data` of the feed's record, to the byte; its other members are headers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from projections.cloud_event import Line, Record, Zone, record, written

if TYPE_CHECKING:
    from collections.abc import Iterable

TOPICS: dict[Zone, str] = {"office": "events.v1", "open": "public.v1"}
SEQUENCE, ID, TYPE, TIME = "ce_sequence", "ce_id", "ce_type", "ce_time"


class Message(NamedTuple):
    """What is sent of one event to one topic."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]
    milliseconds: int


def topic_of(jurisdiction: str, zone: Zone) -> str:
    """Name the topic of a zone."""
    return f"{jurisdiction}.{TOPICS[zone]}"


def messages(lines: Iterable[Line], jurisdiction: str) -> list[Message]:
    """Make the messages of some events, in order."""
    return [message(line, jurisdiction, zone) for line in lines for zone in TOPICS]


def message(line: Line, jurisdiction: str, zone: Zone) -> Message:
    """Make the message of an event in a zone's topic."""
    made = record(line, jurisdiction, zone)
    return Message(
        topic=topic_of(jurisdiction, zone),
        key=made["partitionkey"].encode(),
        value=written(made.pop("data")),
        headers=headers(made),
        milliseconds=int(line.recorded_at.timestamp() * 1000),
    )


def headers(attributes: Record) -> list[tuple[str, bytes]]:
    """Write the attributes of a record as the binding does."""
    return [(header_name(name), value.encode()) for name, value in attributes.items()]


def header_name(attribute: str) -> str:
    """Name the header of an attribute: `ce_` before each but one."""
    return "content-type" if attribute == "datacontenttype" else f"ce_{attribute}"
