"""A ledger that is relayed to Kafka, and what must hold of its topics whatever happened to them.

A `read_committed` consumer finds each event 1..head exactly once in each topic, the events of a key
in order and in one partition, and values that are to the byte the `data` of the HTTP feed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeAlias, cast
from urllib.parse import urlsplit

from kafka import KafkaConsumer, TopicPartition

from api.http import tokens
from infra.kafka import checkpoint
from infra.kafka.messages import SEQUENCE, TOPICS, topic_of
from infra.kafka.relay import RelayContext
from infra.kafka.settings import KafkaSettings
from projections.disclosure import Zone
from scripts.bench.serving import asked
from scripts.scenarios.office import CLERK, EVE, OPERATOR, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.ledger import Ledger

# Where a relay stands still until it is killed or let go on; `never`: a relay as it is served.
Moment: TypeAlias = Literal["never", "mid-page", "before-commit", "after-commit"]

ROOT = Path(__file__).parents[2]
PATHS: dict[Zone, str] = {"office": "/v1/events", "open": "/open/v1/events"}
# Behind the data of a record stand its other members, in the order of their names.
BEHIND_DATA = b',"datacontenttype":"application/json","dataschema":"'
PATIENCE_SECONDS = 120.0
_names = count(1)


class Received(NamedTuple):
    """A record as a consumer has it."""

    sequence: int
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: dict[str, bytes]


class Stream:
    """A ledger of its own, and the broker that it is relayed to."""

    def __init__(self, ledger: Ledger, bootstrap: str, url: str) -> None:
        """Take a ledger, a broker and where the ledger's feed is served."""
        self.office = Office(ledger)
        self.ledger = ledger
        self.bootstrap = bootstrap
        # How relays in processes of their own reach the broker.
        self.kafka = {"KAFKA_BOOTSTRAP": bootstrap}
        self.url = url
        settings = ledger.settings
        kafka = KafkaSettings(bootstrap=bootstrap)
        self.means = RelayContext(ledger.database.app_url, kafka, ledger.identity.origin)
        self.topics = [topic_of(settings.jurisdiction, zone) for zone in TOPICS]

    def tell(self, payments: int = 20) -> None:
        """Tell a story of money, persons and a pay run."""
        office = staffed(self.office)
        office.send("role.grant", "role:reader", by=OPERATOR, on=EVE, who="reader", role="auditor")
        a_fund(office, holding=10**12)
        a_scheme(office, rate=1000)
        entitled(office, payments)
        approved(office)
        release(office)

    def write(self, events: int) -> None:
        """Write so many events more: every second one of a person, of whom the public hears not."""
        self.office.send_all(order for _, order in zip(range(events), orders(), strict=False))

    def head(self) -> int:
        """Return the last position of the log."""
        return self.ledger.recorder.max_notification_id() or 0

    def stand(self) -> checkpoint.RelayStatus:
        """Return how the relay stands."""
        with self.ledger.connection() as connection:
            return checkpoint.stand(connection)

    def wait_for(self, holds: Callable[[checkpoint.RelayStatus], bool]) -> checkpoint.RelayStatus:
        """Wait until the relay stands so, and return how."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds(stand := self.stand()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the relay came no further than {stand}")
            time.sleep(0.02)
        return stand

    def wait_for_head(self) -> int:
        """Wait until the topics hold the whole log; return the last position."""
        head = self.head()
        self.wait_for(lambda stand: stand.position >= head)
        return head

    def environment(self) -> dict[str, str]:
        """Return the environment of a process that serves this ledger."""
        settings = self.ledger.settings
        return os.environ | {
            "MINGZHANG_DATA": str(settings.data_folder),
            "DATABASE_URL": settings.database_url or "",
            "MINGZHANG_JURISDICTION": settings.jurisdiction,
            **self.kafka,
        }

    def breaches(self) -> list[str]:
        """Say what is wrong with the topics, once they should hold the whole log."""
        self.wait_for_head()
        found = []
        for zone in TOPICS:
            records = self.received(zone)
            told = self.told(zone)
            topic = topic_of(self.ledger.settings.jurisdiction, zone)
            found += [f"{topic}: {breach}" for breach in differences(records, told)]
        return found

    def received(self, zone: Zone) -> list[Received]:
        """Read a topic from its beginning, as a `read_committed` consumer."""
        topic = topic_of(self.ledger.settings.jurisdiction, zone)
        return list(consumed(self.bootstrap, topic))

    def told(self, zone: Zone) -> list[bytes]:
        """Read the feed of a zone over HTTP; return its lines."""
        headers = {"Accept": "application/jsonl"} | (self.reader() if zone == "office" else {})
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE_SECONDS)
        return asked(connection, f"{PATHS[zone]}?limit=5000", headers).content.splitlines()

    def reader(self) -> dict[str, str]:
        """Return the header of somebody who may read all."""
        secret, hour = self.ledger.secret("token-key"), timedelta(hours=1)
        token, _ = tokens.issue(secret, by="reader", roles=("auditor",), ttl=hour)
        return {"Authorization": f"Bearer {token}"}


class RelayProcess:
    """A relay in a process of its own."""

    def __init__(self, stream: Stream, moment: Moment = "never", nth: int = 1) -> None:
        """Start it; at the nth time that it comes to a moment, it stands still there."""
        self.process = subprocess.Popen(
            (sys.executable, "-m", "scripts.drills.relaying", moment, str(nth)),
            cwd=ROOT,
            env=stream.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.said = cast("IO[bytes]", self.process.stdout)

    def __enter__(self) -> Self:
        """Wait until it has begun."""
        self.said.readline()
        return self

    def __exit__(self, *_: object) -> None:
        """Kill it."""
        self.kill()

    def arrive(self) -> None:
        """Wait until it has come to its moment."""
        if not self.said.readline():
            raise RuntimeError("the relay ended before it came to its moment")

    def go_on(self) -> None:
        """Let it go on from its moment."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it, as `kill -9` does."""
        with self.process:
            self.process.kill()


def orders() -> Iterator[dict[str, Any]]:
    """Give orders without end: money for one fund, and persons."""
    for nth in _names:
        if nth % 2:
            what: dict[str, Any] = {
                "amount": fen(100),
                "earmark": "general",
                "source": "fiscal",
                "document": "d",
            }
            yield an_order("fund.receive", "fund:x", on=EVE, **what) | {"by": TREASURER}
        else:
            yield an_order("person.register", f"person:p-{nth}", on=EVE) | {"by": CLERK}


def consumed(bootstrap: str, topic: str) -> Iterator[Received]:
    """Read what is committed in a topic, partition by partition, up to its last record.

    That a transaction is committed, the broker notes in each partition a little after it says so.
    """
    with closing(KafkaConsumer(bootstrap_servers=bootstrap)) as asked:
        numbers = sorted(asked.partitions_for_topic(topic) or ())
        ends = asked.end_offsets([TopicPartition(topic, number) for number in numbers])
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    with closing(consumer):
        for place, end in ends.items():
            consumer.assign([place])
            consumer.seek(place, 0)
            while consumer.position(place) < end:
                for record in consumer.poll(timeout_ms=1000).get(place, ()):
                    yield received(record)


def received(record: Any) -> Received:
    """Take what counts from the library's record."""
    headers = dict(record.headers)
    sequence = int(headers[SEQUENCE])
    place = record.partition, record.offset
    return Received(sequence, *place, record.key, record.value, headers)


def differences(records: list[Received], told: list[bytes]) -> list[str]:
    """Say where a topic is not what the feed tells."""
    found = []
    sequences = sorted(record.sequence for record in records)
    if sequences != list(range(1, len(told) + 1)):
        times = len(sequences) - len(set(sequences))
        missing = set(range(1, len(told) + 1)) - set(sequences)
        found.append(f"{len(missing)} events missing, {times} doubled, {len(told)} in the log")
    by_sequence = {record.sequence: record for record in records}
    other = [n for n, line in enumerate(told, 1) if not equal(by_sequence.get(n), line)]
    if other:
        found.append(f"{len(other)} values are not the feed's, the first at {other[0]}")
    by_key = defaultdict(list)
    for record in records:
        by_key[record.key].append(record)
    for key, kept in by_key.items():
        if len({record.partition for record in kept}) > 1:
            found.append(f"key {key.decode()} lies in several partitions")
        if kept != sorted(kept):
            found.append(f"key {key.decode()} is out of order")
    return found


def equal(record: Received | None, line: bytes) -> bool:
    """Tell whether a record's value is the data of a line of the feed, to the byte."""
    return record is not None and data_of(line) == record.value


def data_of(line: bytes) -> bytes:
    """Cut the data out of a line of the feed."""
    return line.removeprefix(b'{"data":')[: line.rindex(BEHIND_DATA) - len(b'{"data":')]
