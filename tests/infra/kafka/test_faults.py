"""Whatever dies, the topics hold the log: each event once, in order per key, as the feed tells it.

`make drills` does the same with the full counts (scripts/drills/relay.py).
"""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import Any

import pytest
from kafka import KafkaAdminClient

from infra.kafka.checkpoint import RelayStatus
from infra.kafka.topics import KEPT
from scripts.broker.broker import Broker
from scripts.drills.broken_releases import until
from scripts.drills.stream_faults import (
    MOMENTS,
    delete,
    hold_relay,
    kill_broker,
    kill_relay,
    relaying,
    stall_readers,
    stop_database,
    there,
    two_relays,
)
from scripts.drills.streams import Moment, RelayProcess, Stream

EVENTS = 300
KEPT_FOR_EVER: dict[str, Any] = {"num_partitions": 3, "configs": KEPT}
DELETED_ON_PURPOSE = "UPDATE delivery.relay SET position = 0, topics = '{}' RETURNING 1"
INSTANCE = "SELECT instance FROM delivery.relay"


def test_a_broker_that_is_killed_loses_and_doubles_nothing(stream: Stream, broker: Broker) -> None:
    chance = Random(1)
    with RelayProcess(stream):
        for _ in range(3):
            kill_broker(stream, broker, EVENTS, chance)
            assert stream.breaches() == []


# Three at random, three between sending and committing, and once at each other moment.
KILLS: list[Moment] = [*MOMENTS, "never", "never", "before-commit", "before-commit"]


def test_a_relay_that_is_killed_loses_and_doubles_nothing(stream: Stream) -> None:
    chance = Random(2)
    for moment in KILLS:
        kill_relay(stream, moment, EVENTS, chance)
        with relaying(stream):
            assert stream.breaches() == [], moment


@pytest.mark.parametrize("moment", ["mid-page", "before-commit", "after-commit"])
def test_a_relay_that_stood_still_is_fenced_by_the_one_that_took_its_place(
    stream: Stream, moment: Moment
) -> None:
    hold_relay(stream, moment, EVENTS, Random(moment))
    with relaying(stream):
        assert stream.breaches() == []


def test_two_relays_at_once_send_nothing_twice(stream: Stream) -> None:
    chance = Random(3)
    for _ in range(3):
        two_relays(stream, EVENTS, chance)
        with relaying(stream):
            assert stream.breaches() == []


def test_a_relay_that_stands_by_takes_over_when_the_other_has_died(stream: Stream) -> None:
    with relaying(stream):
        stream.wait_for(lambda stand: stand.state == "relaying")
        first = stream.office.rows(INSTANCE)
        with RelayProcess(stream):
            until(lambda: stream.office.rows(INSTANCE) != first)
            stream.write(EVENTS)
            stream.wait_for_head()
        stream.write(EVENTS)
        assert stream.breaches() == []


def test_a_database_that_is_restarted_is_read_on(stream_of_its_own_server: Stream) -> None:
    stream, chance = stream_of_its_own_server, Random(4)
    with relaying(stream) as lives:
        for _ in range(3):
            stop_database(stream, EVENTS, chance)
            assert stream.breaches() == []
            assert lives()


def test_readers_that_stall_hold_nobody_up_and_miss_nothing(stream: Stream) -> None:
    chance = Random(5)
    with relaying(stream):
        for _ in range(3):
            handled = stall_readers(stream, EVENTS, chance)
            assert [sorted(found) for found in handled] == [[*range(1, stream.head() + 1)]] * 2
        assert stream.breaches() == []


@pytest.mark.parametrize(("deleted", "then"), [([0], 1), ([1], 1), ([0, 1], 0)])
def test_topics_that_are_deleted_stop_the_relay_and_are_not_filled_again_in_silence(
    stream: Stream, deleted: list[int], then: int
) -> None:
    gone = [stream.topics[nth] for nth in deleted]
    with relaying(stream):
        relayed = stream.wait_for_head()
        delete(stream, gone)
        stream.write(then)
        stand = stream.wait_for(is_stopped)
        assert f"topic {gone[0]} was deleted while" in stand.reason

    with relaying(stream):
        stand = stream.wait_for(lambda stand: is_stopped(stand) and "bring" in stand.reason)
        assert f"topic {gone[0]} is not there, but" in stand.reason
        assert (stand.position, there(stream)) == (relayed, set(stream.topics) - set(gone))

    delete(stream, sorted(there(stream)))
    stream.office.rows(DELETED_ON_PURPOSE)
    with relaying(stream):
        assert stream.breaches() == []


def test_topics_that_are_deleted_before_the_first_note_are_not_filled_again(
    stream: Stream,
) -> None:
    with RelayProcess(stream, "after-commit") as first:
        first.arrive()
    assert stream.stand().position == 0
    delete(stream, stream.topics)

    with relaying(stream):
        stand = stream.wait_for(is_stopped)

    assert f"topic {stream.topics[0]} is not there" in stand.reason
    assert there(stream) == set()


def test_other_topics_of_the_same_names_are_not_taken_for_those_that_were_filled(
    stream: Stream, broker: Broker
) -> None:
    with relaying(stream):
        stream.wait_for_head()
    delete(stream, stream.topics)
    with closing(KafkaAdminClient(bootstrap_servers=broker.bootstrap)) as admin:
        admin.create_topics(dict.fromkeys(stream.topics, KEPT_FOR_EVER))

    with relaying(stream):
        stand = stream.wait_for(is_stopped)

    assert f"topic {stream.topics[0]} is not the one that was filled" in stand.reason


def is_stopped(stand: RelayStatus) -> bool:
    return stand.state == "stopped"
