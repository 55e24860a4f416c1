"""What may happen to the stream while events flow: each fault once, for drills and for tests.

After each of them the topics must hold the log as `Stream.breaches` asks, once a relay is at work.
"""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer

from infra.embedded.server import EmbeddedPostgres
from infra.kafka.relay import relay
from scripts.drills.broken_releases import until
from scripts.drills.releasing import AWAY
from scripts.drills.streams import RelayProcess, received

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from scripts.broker.broker import Broker
    from scripts.drills.streams import Moment, Stream

MOST_AT_ONCE = 60
SECONDS_BETWEEN_WRITES = 0.03
# A relay dies at the latest so long after it has begun.
SECONDS_TO_LIVE = 2.0
MOMENTS: tuple[Moment, ...] = ("never", "before-commit", "mid-page", "after-commit")


@contextmanager
def relaying(stream: Stream) -> Iterator[Callable[[], bool]]:
    """Relay in a thread while the block runs; give a question whether it still does."""
    stopping = threading.Event()
    thread = threading.Thread(target=relay, args=(stream.means, stopping))
    thread.start()
    try:
        yield thread.is_alive
    finally:
        stopping.set()
        thread.join()


@contextmanager
def flowing(stream: Stream, events: int, chance: Random) -> Iterator[None]:
    """Write so many events, some at a time, and then one by one until the block ends."""
    over = threading.Event()

    def flow() -> None:
        left = events
        while left or not over.is_set():
            some = min(left, chance.randint(1, MOST_AT_ONCE)) or 1
            with suppress(*AWAY):
                stream.write(some)
                left -= min(left, some)
            time.sleep(SECONDS_BETWEEN_WRITES)

    thread = threading.Thread(target=flow)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def kill_broker(stream: Stream, broker: Broker, events: int, chance: Random) -> None:
    """Kill the broker while a relay sends it what flows, and start it again a little later."""
    reached = stream.stand().position
    with flowing(stream, events, chance):
        stream.wait_for(lambda stand: stand.position > reached)
        time.sleep(chance.uniform(0, 0.2))
        broker.kill()
        time.sleep(chance.uniform(0, 0.5))
        broker.start()


def kill_relay(stream: Stream, moment: Moment, events: int, chance: Random) -> None:
    """Kill a relay while events flow: at a moment it comes to, or at any."""
    nth = chance.randint(1, 3)
    with RelayProcess(stream, moment, nth) as process, flowing(stream, events, chance):
        if moment == "never":
            time.sleep(chance.uniform(0, SECONDS_TO_LIVE))
        else:
            process.arrive()
        process.kill()


def hold_relay(stream: Stream, moment: Moment, events: int, chance: Random) -> None:
    """Let a relay stand still while another one takes its place, then let it go on."""
    with RelayProcess(stream, moment) as first, flowing(stream, events, chance):
        first.arrive()
        with relaying(stream):
            stream.wait_for_head()
            first.go_on()
            stream.write(events)
            stream.wait_for_head()


def two_relays(stream: Stream, events: int, chance: Random) -> None:
    """Let two relays begin at once while events flow, and leave them to each other."""
    pair = RelayProcess(stream), RelayProcess(stream)
    with pair[0], pair[1], flowing(stream, events, chance):
        time.sleep(chance.uniform(0, SECONDS_TO_LIVE))
        stream.wait_for_head()


def stop_database(stream: Stream, events: int, chance: Random) -> None:
    """Stop PostgreSQL without a checkpoint while events flow, and start it again."""
    with flowing(stream, events, chance):
        time.sleep(chance.uniform(0, 0.5))
        EmbeddedPostgres(stream.ledger.settings).stop("immediate")
        time.sleep(chance.uniform(0, 0.5))
        stream.ledger.database.restart_if_dead()
        until(lambda: answers(stream))


def answers(stream: Stream) -> bool:
    """Tell whether the ledger answers."""
    try:
        return stream.head() > 0
    except AWAY:
        return False


def stall_readers(stream: Stream, events: int, chance: Random) -> list[list[int]]:
    """Let the readers of two groups stall until their groups have given them up, and read on.

    Return the positions that they handled of each topic, in their order.
    """
    stream.wait_for_head()
    groups = [f"{topic}-{secrets.token_hex(4)}" for topic in stream.topics]
    readers = list(map(partial(reader, stream), stream.topics, groups))
    handled = [handle(consumer) for consumer in readers]
    with flowing(stream, events, chance):
        until(lambda: members(stream, groups) == 0)
    head = stream.wait_for_head()
    return [list(rest(*each, head)) for each in zip(readers, handled, strict=True)]


def reader(stream: Stream, topic: str, group: str) -> KafkaConsumer:
    """Join a group of one, which gives a reader up that asks for nothing for a second."""
    return KafkaConsumer(
        topic,
        group_id=group,
        bootstrap_servers=stream.bootstrap,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_interval_ms=1_000,
        max_poll_records=100,
    )


def handle(consumer: KafkaConsumer) -> list[int]:
    """Read some records, and commit that they are handled."""
    polled = consumer.poll(timeout_ms=500)
    found = [received(record).sequence for records in polled.values() for record in records]
    if found:
        consumer.commit()
    return found


def rest(consumer: KafkaConsumer, handled: list[int], head: int) -> Iterator[int]:
    """Give what was handled, and what a reader handles until it has so many; then let it go."""
    yield from handled
    left = head - len(handled)
    with closing(consumer):
        while left > 0:
            found = handle(consumer)
            left -= len(found)
            yield from found
        yield from handle(consumer)


def members(stream: Stream, groups: Sequence[str]) -> int:
    """Return how many readers some groups have."""
    with closing(KafkaAdminClient(bootstrap_servers=stream.bootstrap)) as admin:
        return sum(len(group["members"]) for group in admin.describe_groups(groups).values())


def delete(stream: Stream, topics: Sequence[str]) -> None:
    """Delete topics."""
    with closing(KafkaAdminClient(bootstrap_servers=stream.bootstrap)) as admin:
        admin.delete_topics(list(topics))


def there(stream: Stream) -> set[str]:
    """Return which topics of the stream are there."""
    with closing(KafkaAdminClient(bootstrap_servers=stream.bootstrap)) as admin:
        return set(stream.topics) & set(admin.list_topics())
