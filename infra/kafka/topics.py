"""The two topics: made as they must be, looked at, and read at their ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from kafka import KafkaAdminClient, KafkaConsumer, OffsetSpec, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaTimeoutError, TopicAlreadyExistsError

from infra.kafka.clients import begun
from infra.kafka.messages import SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infra.kafka.settings import KafkaSettings

MOST_BYTES = 16 * 2**20
# For ever, and never compacted.
KEPT = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
MADE = KEPT | {"max.message.bytes": str(MOST_BYTES)}
UNKNOWN_TOPIC = 3
# A partition's end is looked for in so many records, then in eight times as many, and so on.
FIRST_LOOK, GROWTH = 100, 8
SECONDS_TO_READ = 20.0


class Stopped(Exception):
    """What the relay must not go on with by itself; the text says what to do."""


class End(NamedTuple):
    """The last event that a topic holds."""

    sequence: int
    headers: dict[str, bytes]
    value: bytes


class Topics:
    """The topics of one relay, on a connection to the broker."""

    def __init__(self, kafka: KafkaSettings, names: Sequence[str]) -> None:
        """Connect."""
        self.names = list(names)
        self._kafka = kafka
        self._admin = begun(KafkaAdminClient, kafka)
        self.ids: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the broker."""
        self._admin.close()

    def make(self) -> None:
        """Make the topics that are missing."""
        how = {
            "num_partitions": self._kafka.partitions,
            "replication_factor": self._kafka.replication,
            "configs": MADE,
        }
        missing = {name: how for name in self.names if name not in self.found()}
        if missing:
            try:
                self._admin.create_topics(missing, wait_for_metadata=True)
            except TopicAlreadyExistsError:
                # Another relay was quicker; what it has made is looked at like any other.
                self._admin.wait_for_topics(list(missing))

    def found(self) -> dict[str, str]:
        """Return the topics that are there, with the ids that no others ever have."""
        described = self._admin.describe_topics(self.names)
        return {t["name"]: t["topic_id"] for t in described if t["error_code"] != UNKNOWN_TOPIC}

    def check(self) -> None:
        """Stop if a topic loses events in time, or has lost its beginning."""
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in self.names]
        configs = self._admin.describe_configs(resources, config_filter="all")["topic"]
        for name in self.names:
            for setting, wanted in KEPT.items():
                value = configs[name][setting]["value"]
                if value != wanted:
                    raise Stopped(
                        f"topic {name} has {setting}={value} and would lose events:"
                        f" set it to {wanted}"
                    )
        lost = [p for p, offset in self._offsets(OffsetSpec.EARLIEST).items() if offset > 0]
        if lost:
            raise Stopped(f"the first records of topic {lost[0].topic} were deleted")
        self.ids = self.found()

    def check_same(self) -> None:
        """Stop if a topic is not the one that was looked at."""
        now = self.found()
        changed = [name for name in self.names if now.get(name) != self.ids[name]]
        if changed:
            raise Stopped(f"topic {changed[0]} was deleted while it was written to")

    def ends(self) -> dict[str, End | None]:
        """Return the last committed event of each topic, None where there is none."""
        ends = self._offsets(OffsetSpec.LATEST)
        with_records = {partition: end for partition, end in ends.items() if end > 0}
        found: dict[str, End | None] = dict.fromkeys(self.names)
        if not with_records:
            return found
        consumer = begun(
            KafkaConsumer,
            self._kafka,
            isolation_level="read_committed",
            enable_auto_commit=False,
            group_id=None,
            auto_offset_reset="none",
        )
        try:
            for partition, end in with_records.items():
                last = last_record(consumer, partition, end)
                known = found[partition.topic]
                if last is not None and (known is None or known.sequence < last.sequence):
                    found[partition.topic] = last
        finally:
            consumer.close(autocommit=False)
        return found

    def _offsets(self, which: OffsetSpec) -> dict[TopicPartition, int]:
        """Return the first or the last offsets of all partitions, open transactions and all."""
        asked = {
            TopicPartition(topic["name"], partition["partition_index"]): which
            for topic in self._admin.describe_topics(self.names)
            for partition in topic["partitions"]
        }
        answer = self._admin.list_partition_offsets(asked)
        return {partition: offset.offset for partition, offset in answer.items()}


def last_record(consumer: KafkaConsumer, partition: TopicPartition, end: int) -> End | None:
    """Return the last committed record before an offset; markers and aborted records lie between.

    The consumer begins ever further back.
    """
    consumer.assign([partition])
    look = FIRST_LOOK
    while True:
        start = max(end - look, 0)
        records = records_between(consumer, partition, start, end)
        if records:
            last = records[-1]
            headers = dict(last.headers)
            return End(sequence_of(headers, partition), headers, last.value)
        if start == 0:
            return None
        look *= GROWTH


def records_between(
    consumer: KafkaConsumer, partition: TopicPartition, start: int, end: int
) -> list[Any]:
    """Read the committed records between two offsets."""
    consumer.seek(partition, start)
    deadline = time.monotonic() + SECONDS_TO_READ
    records: list[Any] = []
    while consumer.position(partition) < end:
        if time.monotonic() > deadline:
            raise KafkaTimeoutError(
                f"{partition.topic} cannot be read up to its end: a transaction is open in it"
            )
        records += consumer.poll(timeout_ms=500).get(partition, ())
    return records


def sequence_of(headers: Mapping[str, bytes], partition: TopicPartition) -> int:
    """Return the position of the event in a record of ours."""
    text = headers.get(SEQUENCE, b"")
    if not text.isdigit():
        raise Stopped(f"topic {partition.topic} holds records that are not of a ledger")
    return int(text)
