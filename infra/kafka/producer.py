"""One life of the producer: it finishes what an earlier one left, then sends page after page.

A page is one transaction over both topics. Whatever goes wrong ends the session: the next one
asks the topics how far they reach, so that nothing depends on what this one believed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kafka import KafkaProducer
from kafka.errors import KafkaError
from kafka.partitioner.default import murmur2

from infra.kafka.clients import begun
from infra.kafka.messages import ID, TIME, TOPICS, TYPE, message, topic_of
from infra.kafka.topics import MOST_BYTES, End, Stopped, Topics
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.kafka.checkpoint import Noted
    from infra.kafka.messages import KafkaMessage
    from infra.kafka.settings import KafkaSettings
    from projections.core.event_log import StoredEvent

PRODUCER: dict[str, Any] = {
    "client_id": "mingzhang-relay",
    "acks": "all",
    "allow_auto_create_topics": False,
    "max_request_size": MOST_BYTES,
    # Few large requests; a page's end sends what is left at once.
    "batch_size": 512 * 1024,
    "linger_ms": 100,
    "max_block_ms": 30_000,
    "delivery_timeout_ms": 45_000,
    "transaction_timeout_ms": 60_000,
}
SECONDS_TO_FLUSH = 50
# The bits of a hash that choose a partition, as all Kafka clients do it.
POSITIVE = 0x7FFFFFFF


class Session:
    """A producer that nobody else can be at the same time, and the topics it writes to."""

    def __init__(self, kafka: KafkaSettings, origin: Origin) -> None:
        """Connect to the broker."""
        self._kafka = kafka
        self._origin = origin
        self.topics = Topics(kafka, [topic_of(origin.jurisdiction, zone) for zone in TOPICS])
        self._producer: KafkaProducer | None = None
        self._partitions: dict[str, int] = {}
        self._ends: dict[str, End | None] = {}

    def begin(self, noted: Noted) -> int:
        """Fence off other relays, see how the topics stand, and return how far they reach."""
        if noted.position > 0 or noted.topics:
            self._check_there(noted.position)
        self.topics.make()
        self.topics.check()
        if noted.topics:
            self._check_known(noted.topics)
        name = f"{self._origin.jurisdiction}.relay"
        producer = begun(KafkaProducer, self._kafka, **PRODUCER, transactional_id=name)
        self._producer = producer
        # Ends the transaction that an earlier session may have left open, one way or the other.
        producer.init_transactions()
        self._partitions = {t: len(producer.partitions_for(t)) for t in self.topics.names}
        return self._reached(noted.position)

    def _check_there(self, relayed: int) -> None:
        missing = set(self.topics.names) - self.topics.found().keys()
        if missing:
            raise Stopped(gone(f"topic {min(missing)} is not there", relayed))

    def _check_known(self, topics: dict[str, str]) -> None:
        for name, found in self.topics.ids.items():
            if topics.get(name) != found:
                raise Stopped(
                    f"topic {name} is not the one that was filled: bring that one back, or, if this"
                    " one holds the same, say so: UPDATE delivery.relay SET topics = '{}'"
                )

    def _reached(self, relayed: int) -> int:
        """Return the last position in the topics, if they agree with each other and the notes."""
        self._ends = self.topics.ends()
        reached = {name: end.sequence if end else 0 for name, end in self._ends.items()}
        least = min(reached, key=lambda name: reached[name])
        if reached[least] < relayed:
            raise Stopped(gone(f"topic {least} ends at event {reached[least]}", relayed))
        if len(set(reached.values())) > 1:
            ends = ", ".join(f"{name} at {position}" for name, position in reached.items())
            raise Stopped(f"the topics do not end together: {ends}; bring both back")
        return reached[least]

    def check_last(self, line: StoredEvent | None) -> None:
        """Stop if the last event of the topics is not the ledger's event at that position."""
        for zone in TOPICS:
            name = topic_of(self._origin.jurisdiction, zone)
            end = self._ends[name]
            if end is None:
                continue
            if line is None:
                raise Stopped(
                    f"topic {name} reaches event {end.sequence}, the log does not: is it an older"
                    " copy of the ledger, or another one?"
                )
            if not same(end, message(line, self._origin, zone)):
                raise Stopped(f"event {end.sequence} of topic {name} is another ledger's")

    def send(self, page: Sequence[KafkaMessage]) -> None:
        """Send a page as one transaction; afterwards it is committed, or an error is raised."""
        producer = self._begun()
        self.topics.check_same()
        producer.begin_transaction()
        self.put(page)
        producer.commit_transaction()

    def put(self, page: Sequence[KafkaMessage]) -> None:
        """Send messages inside a transaction, and wait until the broker has each of them."""
        producer = self._begun()
        futures = [
            producer.send(
                topic,
                value,
                key,
                headers,
                partition=partition(key, self._partitions[topic]),
                timestamp_ms=milliseconds,
            )
            for topic, key, value, headers, milliseconds in page
        ]
        producer.flush(SECONDS_TO_FLUSH)
        # Only then may it be committed: the library can lose a transaction to an error of a batch
        # and yet call the commit a success.
        for future in futures:
            if not future.succeeded():
                raise future.exception or KafkaError("a record was not sent")

    def _begun(self) -> KafkaProducer:
        if self._producer is None:
            raise RuntimeError("begin first")
        return self._producer

    def close(self) -> None:
        """Leave everything as it is: what is not committed will be aborted by the next session."""
        self.topics.close()
        producer = self._producer
        if producer is None:
            return
        try:
            producer.close(timeout=0)
        except KafkaError:
            # Batches under way keep it from closing, and its thread would try on for ever.
            producer._sender.force_close()  # noqa: SLF001 - the library has no other way


@lru_cache(100_000)
def partition(key: bytes, partitions: int) -> int:
    """Choose the partition of a key as every Kafka client does."""
    return int(murmur2(key) & POSITIVE) % partitions


def same(end: End, ours: KafkaMessage) -> bool:
    """Tell whether a record is of the same event, in whatever words an earlier release told it."""
    told = dict(ours.headers)
    return all(end.headers.get(name) == told[name] for name in (ID, TYPE, TIME))


def gone(what: str, relayed: int) -> str:
    """Say that events are lost in the topics, and what to do."""
    return (
        f"{what}, but the log was relayed up to {relayed}: bring the topics back, or, if both were"
        " deleted on purpose, say so: UPDATE delivery.relay SET position = 0, topics = '{}'; new"
        " ones are then filled from event 1"
    )
