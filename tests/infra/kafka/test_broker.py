"""The broker that the other tests stand on."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from scripts.broker.broker import Broker
from scripts.broker.programs import ProgramMissing, programs

TOPIC = "kept"
HOLDER = """
from scripts.broker.broker import Broker
with Broker() as broker:
    print(broker._process.pid, flush=True)
    input()
"""


def test_what_is_sent_outlives_a_kill_of_the_broker(broker: Broker) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.create_topics({TOPIC: {"num_partitions": 1, "replication_factor": 1}})
    admin.close()
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap)
    producer.send(TOPIC, b"kept").get(30)
    producer.close()

    broker.kill()
    assert not broker.answers()
    broker.start()

    consumer = KafkaConsumer(
        TOPIC, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest"
    )
    assert next(consumer).value == b"kept"
    consumer.close()


def test_a_broker_leaves_with_the_process_that_started_it() -> None:
    started = subprocess.Popen(
        (sys.executable, "-c", HOLDER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with started:
        assert started.stdout is not None
        pid = int(started.stdout.readline())
        started.kill()

    assert gone_within(30, pid)


def gone_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_missing_maven_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing, match="install the system package maven"):
        programs("broker")
