"""kafka-python as it comes: the relay's own records in the same transactions, all made beforehand.

`python -m scripts.bench.plain_producer` sends the log of its environment to new topics, and prints
how many events a second lay between its first commit and the last but one.
"""

from __future__ import annotations

import gc
import time
from contextlib import closing
from typing import TYPE_CHECKING

from kafka import KafkaProducer

from infra.config.settings import Settings
from infra.kafka.messages import TOPICS, topic_of
from infra.kafka.producer import PRODUCER
from infra.kafka.relay_page import read
from infra.kafka.topics import Topics
from infra.ledger import open_ledger
from infra.parts import kafka

if TYPE_CHECKING:
    from infra.kafka.messages import KafkaMessage
    from infra.kafka.relay_page import RelayPage
    from infra.ledger import Ledger


def main() -> None:
    """Send."""
    settings = Settings()
    with open_ledger(settings, watch=False) as ledger:
        pages = made(ledger)
    # What lies ready is none of the producer's garbage.
    gc.collect()
    gc.freeze()
    broker = kafka(settings)
    with closing(Topics(broker, [topic_of(settings.jurisdiction, z) for z in TOPICS])) as topics:
        topics.make()
    name = f"{settings.jurisdiction}.plain"
    with closing(KafkaProducer(**broker.client(), **PRODUCER, transactional_id=name)) as producer:
        producer.init_transactions()
        committed = [sent(producer, page.messages) for page in pages]
    events = pages[-2].last - pages[0].last
    print(events / (committed[-2] - committed[0]))


def made(ledger: Ledger) -> list[RelayPage]:
    """Read the whole log, page by page as the relay does."""
    pages: list[RelayPage] = []
    with ledger.connection() as connection:
        while (page := read(connection, ledger.identity.origin, ended(pages))).events:
            pages.append(page)
    return pages


def ended(pages: list[RelayPage]) -> int:
    """Return the last position of some pages."""
    return pages[-1].last if pages else 0


def sent(producer: KafkaProducer, page: list[KafkaMessage]) -> float:
    """Send a page as the library's own example does, and return when it was committed."""
    producer.begin_transaction()
    for topic, key, value, headers, milliseconds in page:
        producer.send(topic, value, key, headers, timestamp_ms=milliseconds)
    producer.commit_transaction()
    return time.perf_counter()


if __name__ == "__main__":
    main()
