"""Kafka's own console consumer, which nobody here wrote, reads the topics."""

from __future__ import annotations

import re
import subprocess
from random import Random

from scripts.broker.programs import class_path, java
from scripts.drills.stream_faults import kill_relay, relaying
from scripts.drills.streams import Stream

CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer"
MILLISECONDS_TO_WAIT = "3000"
SEQUENCE = re.compile(r"\bce_sequence:(\d+)\b")


def test_kafkas_console_consumer_reads_every_event_once(stream: Stream) -> None:
    # What was sent of a page that was never committed lies in the topics too.
    kill_relay(stream, "mid-page", 300, Random(6))
    with relaying(stream):
        head = stream.wait_for_head()

    committed = [read(stream, topic, "read_committed") for topic in stream.topics]
    everything = read(stream, stream.topics[0], "read_uncommitted")

    assert [sorted(found) for found in committed] == [[*range(1, head + 1)]] * 2
    assert len(everything) > head


def read(stream: Stream, topic: str, isolation: str) -> list[int]:
    """Return the sequences of the events that the program prints until no more come."""
    ran = subprocess.run(
        (
            *(java(), "-cp", class_path("console"), CONSUMER),
            *("--bootstrap-server", stream.bootstrap, "--topic", topic, "--from-beginning"),
            *("--isolation-level", isolation, "--timeout-ms", MILLISECONDS_TO_WAIT),
            *("--property", "print.headers=true", "--property", "print.value=false"),
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(found) for found in SEQUENCE.findall(ran.stdout)]
