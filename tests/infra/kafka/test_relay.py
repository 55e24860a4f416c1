"""The topics hold the log: each event once, in order per key, as the feed tells it."""

from __future__ import annotations

import secrets
from contextlib import closing

import httpx
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType

from infra.kafka.checkpoint import RelayStatus
from infra.kafka.producer import partition
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KEPT
from scripts.broker.broker import Broker
from scripts.drills.stream_faults import relaying
from scripts.drills.streams import Stream
from tests.api.conftest import catch_up


def test_the_topics_hold_what_the_feed_tells_in_both_zones(stream: Stream) -> None:
    stream.write(1000)
    with relaying(stream):
        stream.wait_for_head()
        stream.write(300)
        assert stream.breaches() == []


def test_an_event_is_in_the_topics_soon_after_it_is_in_the_log(stream: Stream) -> None:
    with relaying(stream):
        stream.wait_for_head()
        for _ in range(20):
            stream.write(1)
            stream.wait_for_head()
        assert stream.breaches() == []


def test_topics_are_kept_for_ever_and_never_compacted(stream: Stream) -> None:
    with relaying(stream):
        stream.wait_for_head()
    with closing(KafkaAdminClient(bootstrap_servers=stream.bootstrap)) as admin:
        asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in stream.topics]
        configs = admin.describe_configs(asked, config_filter="all")["topic"]
        partitions = [len(t["partitions"]) for t in admin.describe_topics(stream.topics)]
    for name in stream.topics:
        assert {setting: configs[name][setting]["value"] for setting in KEPT} == {
            "cleanup.policy": "delete",
            "retention.ms": "-1",
            "retention.bytes": "-1",
        }
    assert partitions == [3, 3]


@pytest.mark.parametrize("number", range(3))
def test_a_consumer_that_joins_late_gets_everything_once(stream: Stream, number: int) -> None:
    stream.write(400)
    with relaying(stream):
        stream.wait_for_head()
        stream.write(200)
        for topic in stream.topics:
            consumer = KafkaConsumer(
                topic,
                group_id=f"late-{number}-{topic}",
                bootstrap_servers=stream.bootstrap,
                isolation_level="read_committed",
                auto_offset_reset="earliest",
            )
            with closing(consumer):
                found: list[int] = []
                while len(found) < stream.head():
                    for records in consumer.poll(timeout_ms=1000).values():
                        found += [int(dict(record.headers)["ce_sequence"]) for record in records]
                assert consumer.poll(timeout_ms=500) == {}
            assert sorted(found) == list(range(1, stream.head() + 1))
        assert stream.breaches() == []


def test_a_key_goes_where_every_kafka_client_sends_it(broker: Broker) -> None:
    with closing(KafkaAdminClient(bootstrap_servers=broker.bootstrap)) as admin:
        admin.create_topics({"seven": {"num_partitions": 7}}, wait_for_metadata=True)
    keys = [secrets.token_bytes(1 + nth % 60) for nth in range(300)]
    with closing(KafkaProducer(bootstrap_servers=broker.bootstrap)) as producer:
        sent = [producer.send("seven", b"", key=key) for key in keys]
        found = [future.get(30).partition for future in sent]
    assert [partition(key, 7) for key in keys] == found


def test_how_the_relay_stands_is_seen_on_readyz_and_metrics(stream: Stream) -> None:
    catch_up(stream.ledger)
    with relaying(stream):
        head = stream.wait_for_head()
        stream.wait_for(lambda stand: stand.state == "relaying")
        ready, metrics = httpx.get(f"{stream.url}/readyz"), httpx.get(f"{stream.url}/metrics").text
    stand = RelayStatus(**ready.json()["relay"])
    assert (stand.state, stand.position, stand.lag, stand.events) == ("relaying", head, 0, head)
    assert 'mingzhang_relay_state{state="relaying"} 1' in metrics
    assert f"mingzhang_relay_position {head}" in metrics
    assert "mingzhang_relay_lag 0" in metrics
    assert stand.events_per_second > 0
    assert stream.stand().state == "off"


def test_half_a_login_is_refused() -> None:
    with pytest.raises(ValueError, match="KAFKA_SASL_PASSWORD"):
        KafkaSettings(
            bootstrap="kafka:9092",
            security_protocol="SASL_SSL",
            sasl_mechanism="PLAIN",
            sasl_username="relay",
        )
