"""A broker that is away for long costs a relay nothing but time."""

from __future__ import annotations

import logging
import threading

import psutil
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaConnectionError

from infra.kafka.clients import begun
from infra.kafka.settings import KafkaSettings
from scripts.broker.broker import HOST, free_ports


@pytest.mark.parametrize("kind", [KafkaAdminClient, KafkaConsumer, KafkaProducer])
def test_a_client_that_cannot_begin_leaves_nothing_behind_and_says_why(
    kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    # pytest keeps what is logged, and with it the sockets.
    monkeypatch.setattr(logging.getLogger("kafka"), "propagate", False)
    (port,) = free_ports(1)
    away = KafkaSettings(bootstrap=f"{HOST}:{port}")
    held = []

    for _ in range(4):
        with pytest.raises(KafkaConnectionError, match=f"{HOST}:{port}: .*REFUSED"):
            begun(kind, away, bootstrap_timeout_ms=300)
        held.append((threading.active_count(), psutil.Process().num_fds()))

    assert held[1:] == held[:-1]
