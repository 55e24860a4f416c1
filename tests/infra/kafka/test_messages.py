"""A message is what CloudEvents' own package makes of the feed's record, under Kafka's own key."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from infra.kafka.messages import TOPICS, message
from projections.core.event_log import StoredEvent
from projections.disclosure.cloud_event import record, written
from scripts.example_events import ORIGIN, line_of
from scripts.schemas import EXAMPLES

if TYPE_CHECKING:
    from cloudevents.core.base import BaseCloudEvent

    from projections.disclosure import Zone


class AsWritten(JSONFormat):
    """The format of data that is already written."""

    def write_data(self, data: Any, _content_type: str | None) -> bytes:
        return bytes(data)


def lines() -> list[StoredEvent]:
    """Return the kept examples of every topic and version, as the store holds them."""
    return [
        line_of(path.stem, msgspec.json.encode(kept["state"]))
        for path in sorted(EXAMPLES.glob("*.json"))
        for kept in json.loads(path.read_text(encoding="utf-8")).values()
    ]


def cloud_event(line: StoredEvent, zone: Zone) -> BaseCloudEvent:
    """Give the feed's record to the package."""
    attributes = record(line, ORIGIN, zone)
    data = written(attributes.pop("data"))
    return CloudEvent(attributes | {"time": datetime.fromisoformat(attributes["time"])}, data)


@pytest.mark.parametrize("zone", TOPICS)
def test_every_event_is_sent_as_the_binding_of_cloud_events_says(zone: Zone) -> None:
    assert len(lines()) > 200
    for line in lines():
        bound = to_binary(cloud_event(line, zone), AsWritten())

        made = message(line, ORIGIN, zone)

        assert dict(made.headers) == bound.headers
        assert len(made.headers) == len(bound.headers)
        assert isinstance(bound.key, str)
        assert made.key == bound.key.encode()
        assert made.value == bound.value


@pytest.mark.parametrize("zone", TOPICS)
def test_the_package_reads_the_feeds_record_out_of_a_message(zone: Zone) -> None:
    for line in lines():
        made = message(line, ORIGIN, zone)

        event = from_binary_event(KafkaMessage(dict(made.headers), made.key, made.value))

        told = record(line, ORIGIN, zone)
        assert event.get_data() == told.pop("data")
        assert event.get_attributes() == told | {"time": datetime.fromisoformat(told["time"])}


def test_payments_are_kept_together_by_their_run() -> None:
    payments = [line for line in lines() if line.subject.startswith("payment:")]
    assert payments
    for line in payments:
        assert message(line, ORIGIN, "office").key.startswith(b"pay-run:")
        assert message(line, ORIGIN, "open").key == b"commitment"
